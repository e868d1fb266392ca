"""DuckDB, within the bounds it is given: what does not fit into its memory goes to a folder of its own."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Lock, local
from typing import TYPE_CHECKING, Any, Self

import duckdb

from retention.engines.engine import Asking
from retention.engines.frames import EachTime, let_go_with
from retention.engines.here import files_here
from retention.engines.refusals import answering
from retention.engines.sql import DuckDBDialect
from retention.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    import narwhals as nw
    import pandas as pd

    from retention.engines.engine import EngineCode

MEMORY = 4_000_000_000  # bytes DuckDB may use; the models need their own beside it
_SETTINGS = (
    "SET TimeZone = 'UTC'",  # a day is the same on every machine
    "SET enable_progress_bar = true",
    "SET enable_progress_bar_print = false",  # told where it is waited for
)


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

    Each thread has a connection of its own, so that several can ask at once.

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
        self._of_threads = local()
        self._alone = Lock()
        self._parted: list[str] | None = None
        threads = {} if limits.threads is None else {"threads": limits.threads}
        try:
            self._database = duckdb.connect(
                str(self.folder / "tables.duckdb"),
                config={
                    "memory_limit": f"{limits.memory // 1_000_000}MB",
                    "temp_directory": str(self.folder / "spilled"),
                    "preserve_insertion_order": False,  # which would need memory, and no figure depends on it
                    **threads,
                },
            )
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection of this thread."""
        held: duckdb.DuckDBPyConnection | None = getattr(self._of_threads, "connection", None)
        if held is None:
            with answering():
                with self._alone:
                    held = self._database.cursor()
                for setting in _SETTINGS:
                    held.execute(setting)
            self._of_threads.connection = held
        return held

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Delete everything it holds; of a part of it, what that made."""
        if self._parted is None:
            with self._alone:
                self._database.close()
            shutil.rmtree(self.folder, ignore_errors=True)
            return
        with suppress(duckdb.Error, InputError):  # all of it may be gone by now
            for made in reversed(self._parted):
                self.connection.execute(f"DROP {made}").fetchall()

    def apart(self) -> Self:
        """The same database, for tables that go when this is closed."""
        part = copy(self)
        part._parted = []  # noqa: SLF001  one of ours
        return part

    def asking(self) -> Asking:
        """What this thread asks from now on, for others to look at."""
        connection = self.connection
        return Asking(connection.interrupt, lambda: _share(connection.query_progress()))

    def kept(self, query: nw.LazyFrame[Any]) -> EachTime:
        """The rows, as a table of the database."""
        return self.made(query.to_native())

    def kept_apart(self, query: nw.LazyFrame[Any]) -> EachTime:
        """The rows, as a table that goes with what is returned."""
        kept: EachTime = let_go_with(self.apart(), query)
        return kept

    def beside(self, table: pd.DataFrame) -> EachTime:
        """The table, copied into the database."""
        return self.made(self.connection.from_df(table))

    def made(self, rows: duckdb.DuckDBPyRelation) -> EachTime:
        """A table of some rows."""
        with answering():
            return self._named("TABLE", rows.create)

    def files(self, path: str) -> list[str]:
        """The file of a path, or those of a folder and of the folders in it, in order."""
        return files_here(path)

    def parquet(self, path: str, files: Sequence[str], *, part: bool = False) -> EachTime:  # noqa: ARG002  it reads by file
        """Rows of Parquet; the part is of the first file."""
        with answering():
            read = self.connection.read_parquet(list(files[:1] if part else files), union_by_name=True)
            return self._named("VIEW", read.create_view)

    def text(self, files: Sequence[str], delimiter: str | None) -> EachTime:
        """Rows of text files with headings, every column as text."""
        with answering():
            read = self.connection.read_csv(
                list(files), header=True, delimiter=delimiter, all_varchar=True, union_by_name=True
            )
            return self._named("VIEW", read.create_view)

    def named(self, table: str) -> EachTime:
        """Refused: it has no tables but its own.

        Raises
        ------
        InputError
            ``engine_has_no_tables``.
        """
        raise InputError("engine_has_no_tables", table=table)

    def viewed(self, sql: str, **frames: Any) -> EachTime:
        """The rows of a query in SQL, computed when they are looked at."""
        with answering():
            return self._named("VIEW", self._asked(sql, frames).create_view)

    def asked(self, sql: str, **frames: Any) -> EachTime:
        """The same, computed now."""
        return self.made(self._asked(sql, frames))

    def written(self, query: nw.LazyFrame[Any], path: str) -> None:
        """Write the rows of a query as a file of Parquet."""
        if not Path(path).parent.is_dir():
            raise InputError("cannot_write", name=path, reason=os.strerror(errno.ENOENT))
        with answering():
            query.to_native().write_parquet(path, compression="zstd")

    def _asked(self, sql: str, frames: dict[str, Any]) -> duckdb.DuckDBPyRelation:
        with answering():
            names = {called: self._name_of(rows) for called, rows in frames.items()}
            return self.connection.sql(sql.format(**names))

    def _name_of(self, rows: Any) -> str:
        """What SQL calls some rows."""
        if isinstance(rows, _Named):
            return rows.name
        frame = rows.here() if isinstance(rows, EachTime) else rows
        return self._named("VIEW", frame.create_view).name

    def _named(self, kind: str, create: Callable[[str], object]) -> _Named:
        """A table or a view that is made under a new name."""
        name = f"made_{next(self._names)}"
        create(name)
        if self._parted is not None:
            self._parted.append(f"{kind} IF EXISTS {name}")
        return _Named(self, name)


class _Named(EachTime):
    """A table of a database, or a view."""

    def __init__(self, engine: DuckDB, name: str) -> None:
        self.name = name
        super().__init__(lambda: engine.connection.table(name))


def _share(done: float) -> float | None:
    """Of a hundred; less than nothing where it is not known."""
    return done / 100 if done >= 0 else None
