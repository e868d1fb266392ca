"""Where the rows of a path are, and a part of them to tell the columns by."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pyarrow.parquet as pq

from retention.engines import answering
from retention.errors import InputError
from retention.ingest.parse.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention.engines import Beyond
    from retention.ingest.parse.reading import RawTable

TABLE = "table:"  # before the name of a table, in the place of a path
_PARQUET, _TEXT = (".parquet", ".pq"), (".csv", ".tsv", ".txt")
_PART = 20_000  # rows the columns are told by
_BYTES = 4_000_000  # of a text file, likewise


@dataclass(frozen=True)
class Source:
    """Files of one shape, or a table.

    Attributes
    ----------
    name : of the file, folder or table
    path : as the engine finds it
    files : Parquet, or text; none of a table
    """

    name: str
    path: str
    files: tuple[str, ...] = ()

    @classmethod
    def of(cls, path: str, files_of: Callable[[str], list[str]]) -> Source:
        """The files of a path: itself, or those of a folder and of the folders in it; or a table by its name.

        Parameters
        ----------
        path : ``table:`` and a name for a table
        files_of : the files of a path, where it is to be read: `Beyond.files` of an engine, or `files_here`

        Raises
        ------
        InputError
            ``cannot_open``; ``source_not_allowed``; ``nothing_to_read`` where there is no file of a kind that
            an engine reads, or files of several kinds.
        """
        if path.startswith(TABLE):
            return cls(path.removeprefix(TABLE), path.removeprefix(TABLE))
        files = files_of(path)
        kinds = [[file for file in files if _ending(file) in endings] for endings in (_PARQUET, _TEXT)]
        found = [kind for kind in kinds if kind]
        if len(found) != 1:
            raise InputError("nothing_to_read", name=path)
        return cls(PurePath(path).name, path, tuple(found[0]))

    def only(self, files: tuple[str, ...]) -> Source:
        """Some of its files."""
        return replace(self, files=files)

    @property
    def is_text(self) -> bool:
        """Whether they are text rather than Parquet."""
        return any(_ending(file) in _TEXT for file in self.files[:1])

    def part(self, engine: Beyond) -> RawTable:
        """The first rows, as any file is read.

        Raises
        ------
        InputError
            ``engine_reads_no_text``
        """
        if self.is_text and not engine.reads_text:
            raise InputError("engine_reads_no_text")
        if self.is_text:
            return replace(_head(Path(self.files[0])), name=self.name)
        rows = engine.parquet(self.path, self.files, part=True) if self.files else engine.named(self.path)
        out = io.BytesIO()
        with answering():
            pq.write_table(nw.from_native(rows).lazy().head(_PART).collect("pyarrow").to_native(), out)
        return replace(read(out.getvalue(), "part.parquet"), name=self.name, files=(self.name,))

    def rows(self, engine: Beyond, part: RawTable) -> Any:
        """All rows, as a view of the engine; of text files every column is text."""
        if not self.files:
            return engine.named(self.path)
        if not self.is_text:
            return engine.parquet(self.path, self.files)
        if not part.headed or part.first_row != 2:  # noqa: PLR2004  headings stand in the first row
            raise InputError("headings_not_first", name=self.name)
        return engine.text(self.files, part.delimiter)


def _head(file: Path) -> RawTable:
    with file.open("rb") as opened:
        content = opened.read(_BYTES)
    whole = content if len(content) < _BYTES else content[: content.rfind(b"\n") + 1]
    return read(whole, file.name)


def _ending(file: str) -> str:
    return PurePath(file).suffix.casefold()
