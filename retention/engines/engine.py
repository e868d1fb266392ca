"""What is asked of an engine, and the one that holds everything in memory."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from retention.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import narwhals as nw
    import pandas as pd

EngineCode = Literal["pandas", "duckdb"]
EngineError = Literal[
    "engine_failed",
    "engine_out_of_disk",
    "engine_out_of_memory",
    "engine_stopped",
    "source_not_allowed",
    "source_not_there",
]


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
class InMemory:
    """Tables of pandas, of this process."""

    code: EngineCode = "pandas"
    in_memory: bool = True

    def kept(self, query: nw.LazyFrame[Any]) -> Any:
        """The rows, collected."""
        return query.collect("pandas").to_native()

    def beside(self, table: pd.DataFrame) -> Any:
        """The table as it is."""
        return table


IN_MEMORY = InMemory()


@contextmanager
def answering() -> Iterator[None]:
    """Say in the reader's words why an engine gave no answer.

    Raises
    ------
    InputError
        ``engine_out_of_memory``, ``engine_out_of_disk``, ``engine_stopped``, ``source_not_there``,
        ``source_not_allowed``, or ``engine_failed`` with what the engine said.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, RuntimeError) and str(error) == _INTERRUPTED:
            raise KeyboardInterrupt from error
        if "duckdb" not in type(error).__module__:
            raise
        raise _refusal(error) from error


_INTERRUPTED = "Query interrupted"  # what DuckDB says of Ctrl-C
_BY_KIND: dict[str, EngineError] = {
    "OutOfMemoryException": "engine_out_of_memory",
    "InterruptException": "engine_stopped",
}
# What the engine's errors of input and output are told apart by
_BY_WORDS: tuple[tuple[str, EngineError], ...] = (
    ("no space left", "engine_out_of_disk"),
    ("max_temp_directory_size", "engine_out_of_disk"),
    ("failed to offload", "engine_out_of_disk"),
    ("permission denied", "source_not_allowed"),
    ("no files found", "source_not_there"),
    ("no such file", "source_not_there"),
)


def _refusal(error: Exception) -> InputError:
    said = " ".join(str(error).split())
    words = said.casefold()
    told = next((code for part, code in _BY_WORDS if part in words), None)
    return InputError(told or _BY_KIND.get(type(error).__name__, "engine_failed"), reason=said)
