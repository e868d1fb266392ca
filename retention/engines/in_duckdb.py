"""DuckDB, within the bounds it is given: what does not fit into its memory goes to a folder of its own."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import duckdb

from retention.engines.here import files_here
from retention.engines.refusals import answering
from retention.engines.sql import DuckDBDialect
from retention.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    import narwhals as nw
    import pandas as pd

    from retention.engines.engine import EngineCode

MEMORY = 4_000_000_000  # bytes DuckDB may use; the models need their own beside it


@dataclass(frozen=True)
class Limits:
    """What DuckDB may use.

    Attributes
    ----------
    memory : bytes
    threads : None for every processor
    folder : where it puts what it computed and what does not fit, None for the system's folder of temporary
        files; everything there is deleted in the end
    """

    memory: int = MEMORY
    threads: int | None = None
    folder: Path | None = None


class DuckDB:
    """A database of its own in a temporary folder, gone once it is closed.

    Parameters
    ----------
    limits : what it may use
    """

    code: EngineCode = "duckdb"
    in_memory = False
    reads_text = True
    sql = DuckDBDialect()

    def __init__(self, limits: Limits | None = None) -> None:
        limits = limits or Limits()
        self.folder = Path(tempfile.mkdtemp(prefix="ritorno-", dir=limits.folder))
        self._names = count()
        threads = {} if limits.threads is None else {"threads": limits.threads}
        self.connection = duckdb.connect(
            str(self.folder / "tables.duckdb"),
            config={
                "memory_limit": f"{limits.memory // 1_000_000}MB",
                "temp_directory": str(self.folder / "spilled"),
                "preserve_insertion_order": False,  # which would need memory, and no figure depends on it
                **threads,
            },
        )

        self.connection.execute("SET TimeZone = 'UTC'")  # a day is the same on every machine

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Delete everything it holds."""
        self.connection.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def kept(self, query: nw.LazyFrame[Any]) -> Any:
        """The rows, as a table of the database."""
        return self.made(query.to_native())

    def beside(self, table: pd.DataFrame) -> Any:
        """The table, copied into the database."""
        return self.made(self.connection.from_df(table))

    def made(self, rows: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
        """A table of some rows."""
        name = f"made_{next(self._names)}"
        with answering():
            rows.create(name)
            return self.connection.table(name)

    def files(self, path: str) -> list[str]:
        """The file of a path, or those of a folder and of the folders in it, in order."""
        return files_here(path)

    def parquet(self, path: str, files: Sequence[str], *, part: bool = False) -> duckdb.DuckDBPyRelation:  # noqa: ARG002  it reads by file
        """Rows of Parquet; the part is of the first file."""
        with answering():
            return self.connection.read_parquet(list(files[:1] if part else files), union_by_name=True)

    def text(self, files: Sequence[str], delimiter: str | None) -> duckdb.DuckDBPyRelation:
        """Rows of text files with headings, every column as text."""
        with answering():
            return self.connection.read_csv(
                list(files), header=True, delimiter=delimiter, all_varchar=True, union_by_name=True
            )

    def named(self, table: str) -> duckdb.DuckDBPyRelation:
        """Refused: it has no tables but its own.

        Raises
        ------
        InputError
            ``engine_has_no_tables``.
        """
        raise InputError("engine_has_no_tables", table=table)

    def viewed(self, sql: str, **frames: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
        """The rows of a query in SQL, computed when they are looked at."""
        views = {called: f"given_{next(self._names)}" for called in frames}
        with answering():
            for called, view in views.items():
                frames[called].create_view(view)
            return self.connection.sql(sql.format(**views))

    def asked(self, sql: str, **frames: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
        """The same, computed now."""
        return self.made(self.viewed(sql, **frames))

    def written(self, query: nw.LazyFrame[Any], path: str) -> None:
        """Write the rows of a query as a file of Parquet."""
        if not Path(path).parent.is_dir():
            raise InputError("cannot_write", name=path, reason=os.strerror(errno.ENOENT))
        with answering():
            query.to_native().write_parquet(path, compression="zstd")
