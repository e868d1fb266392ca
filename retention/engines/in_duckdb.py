"""DuckDB, within the bounds it is given: what does not fit into its memory goes to a folder of its own."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import duckdb

from retention.engines.engine import answering

if TYPE_CHECKING:
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

    def asked(self, sql: str, **frames: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
        """The rows of a query in SQL, computed now.

        Parameters
        ----------
        frames : by the name the query calls each by
        """
        name = f"made_{next(self._names)}"
        views = {called: f"given_{next(self._names)}" for called in frames}
        with answering():
            for called, view in views.items():
                frames[called].create_view(view)
            self.connection.execute(f"CREATE TABLE {name} AS {sql.format(**views)}")
            return self.connection.table(name)

    def written(self, query: nw.LazyFrame[Any], path: Path) -> None:
        """Write the rows of a query as Parquet."""
        with answering():
            query.to_native().write_parquet(str(path), compression="zstd")
