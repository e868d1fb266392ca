"""Where the rows of a path are, and a part of them to tell the columns by."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retention.engines import answering
from retention.errors import InputError
from retention.ingest.parse.reading import read

if TYPE_CHECKING:
    from retention.engines.in_duckdb import DuckDB
    from retention.ingest.parse.reading import RawTable

_PARQUET, _TEXT = (".parquet", ".pq"), (".csv", ".tsv", ".txt")
_PART = 20_000  # rows the columns are told by
_BYTES = 4_000_000  # of a text file, likewise


@dataclass(frozen=True)
class Source:
    """Files of one shape.

    Attributes
    ----------
    name : of the file or folder
    files : Parquet, or text
    """

    name: str
    files: tuple[Path, ...]

    @classmethod
    def of(cls, path: str) -> Source:
        """The files of a path: itself, or those of a folder and of the folders in it.

        Raises
        ------
        InputError
            ``cannot_open``; ``source_not_allowed``; ``nothing_to_read`` where there is no file of a kind that
            an engine reads, or files of several kinds.
        """
        place = Path(path)
        if not place.exists():
            raise InputError("cannot_open", name=path, reason=os.strerror(2))
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        kinds = [[file for file in files if _ending(file) in endings] for endings in (_PARQUET, _TEXT)]
        found = [kind for kind in kinds if kind]
        if len(found) != 1:
            raise InputError("nothing_to_read", name=path)
        barred = next((file for file in found[0] if not os.access(file, os.R_OK)), None)
        if barred is not None:
            raise InputError("source_not_allowed", reason=str(barred))
        return cls(place.name, tuple(found[0]))

    @property
    def is_text(self) -> bool:
        """Whether they are text rather than Parquet."""
        return _ending(self.files[0]) in _TEXT

    def part(self, engine: DuckDB) -> RawTable:
        """The first rows, as any file is read."""
        first = self.files[0]
        if self.is_text:
            with first.open("rb") as file:
                content = file.read(_BYTES)
            whole = content if len(content) < _BYTES else content[: content.rfind(b"\n") + 1]
            return replace(read(whole, first.name), name=self.name)
        out = engine.folder / "part.parquet"
        with answering():
            engine.connection.read_parquet(str(first)).limit(_PART).write_parquet(str(out))
        return replace(read(out.read_bytes(), "part.parquet"), name=self.name, files=(self.name,))

    def rows(self, engine: DuckDB, part: RawTable) -> Any:
        """All rows, as a view of the engine; of text files every column is text."""
        files = [str(file) for file in self.files]
        with answering():
            if not self.is_text:
                return engine.connection.read_parquet(files, union_by_name=True)
            if not part.headed or part.first_row != 2:  # noqa: PLR2004  headings stand in the first row
                raise InputError("headings_not_first", name=self.name)
            return engine.connection.read_csv(
                files, header=True, delimiter=part.delimiter, all_varchar=True, union_by_name=True
            )


def _ending(file: Path) -> str:
    return file.suffix.casefold() if file.is_file() else ""
