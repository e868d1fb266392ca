"""What is asked of an engine, and the one that holds everything in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self

import narwhals as nw

from retention.engines.refusals import answering

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    import pandas as pd
    from narwhals.dtypes import DType

    from retention.engines.sql import Dialect

EngineCode = Literal["pandas", "duckdb", "spark"]


class Engine(Protocol):
    """Who holds the rows.

    Attributes
    ----------
    code : its name on the command line
    in_memory : whether what it holds is a table of this process, with everything a page may ask of it
    """

    @property
    def code(self) -> EngineCode:
        """Its name."""
        ...

    @property
    def in_memory(self) -> bool:
        """Whether it is this process."""
        ...

    def kept(self, query: nw.LazyFrame[Any]) -> Any:
        """The rows of a query, computed now, as a frame that can be asked again and again."""
        ...

    def beside(self, table: pd.DataFrame) -> Any:
        """A small table as a frame that can be joined with this engine's."""
        ...


@dataclass(frozen=True)
class Asking:
    """What one thread asks of an engine, as others see it.

    Attributes
    ----------
    stop : break off what it is at
    share : how much of that is done, from 0 to 1; None where that is not known
    """

    stop: Callable[[], object]
    share: Callable[[], float | None]


class Beyond(Engine, Protocol):
    """An engine that reads files itself, and holds their rows elsewhere than in this process.

    Attributes
    ----------
    sql : what it writes differently in SQL
    reads_text : whether it reads text files, from where this process runs
    """

    @property
    def reads_text(self) -> bool:
        """Whether it reads text files."""
        ...

    @property
    def sql(self) -> Dialect:
        """What it writes differently."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def close(self) -> None:
        """Let go of everything it holds."""
        ...

    def apart(self) -> Self:
        """The same engine, whose tables go when this is closed, while the others stay."""
        ...

    def kept_apart(self, query: nw.LazyFrame[Any]) -> Any:
        """The rows, which take no more room once nobody holds what is returned."""
        ...

    def asking(self) -> Asking:
        """What this thread asks from now on, for others to break off or see how far it is."""
        ...

    def files(self, path: str) -> list[str]:
        """The file of a path, or those of a folder and of the folders in it, in order.

        Raises
        ------
        InputError
            ``cannot_open``, ``source_not_allowed``.
        """
        ...

    def parquet(self, path: str, files: Sequence[str], *, part: bool = False) -> Any:
        """Rows of Parquet.

        Parameters
        ----------
        files : those found at the path
        part : whether some of the rows will do
        """
        ...

    def text(self, files: Sequence[str], delimiter: str | None) -> Any:
        """Rows of text files with headings, every column as text.

        Raises
        ------
        InputError
            ``engine_reads_no_text``.
        """
        ...

    def named(self, table: str) -> Any:
        """Rows of a table by its name.

        Raises
        ------
        InputError
            ``engine_has_no_tables``.
        """
        ...

    def viewed(self, sql: str, **frames: Any) -> Any:
        """The rows of a query in SQL, computed when they are looked at.

        Parameters
        ----------
        frames : by the name the query calls each by, in braces
        """
        ...

    def asked(self, sql: str, **frames: Any) -> Any:
        """The same, computed now."""
        ...

    def written(self, query: nw.LazyFrame[Any], path: str) -> None:
        """Write the rows of a query as Parquet.

        Raises
        ------
        InputError
            ``cannot_write``, ``written_already``.
        """
        ...


@dataclass(frozen=True)
class InMemory:
    """Tables of pandas, of this process."""

    code: EngineCode = "pandas"
    in_memory: bool = True

    def kept(self, query: nw.LazyFrame[Any]) -> Any:
        """The rows, collected."""
        return collected(query)

    def beside(self, table: pd.DataFrame) -> Any:
        """The table as it is."""
        return table


IN_MEMORY = InMemory()


def collected(query: nw.LazyFrame[Any]) -> pd.DataFrame:
    """All rows of a query of any engine, as they come.

    Raises
    ------
    InputError
        As of `answering`.
    """
    with answering():
        if query.implementation.is_spark_like():  # whose own way to pandas is not made for pandas 3
            table: pd.DataFrame = query.collect("pyarrow").to_native().to_pandas()
        else:
            table = query.collect("pandas").to_native()
    return table


def types_of(rows: Any) -> dict[str, DType]:
    """The columns of a frame of any engine, with their types.

    Raises
    ------
    InputError
        As of `answering`.
    """
    with answering():
        return dict(nw.from_native(rows).lazy().collect_schema())
