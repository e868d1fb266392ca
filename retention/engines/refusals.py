"""What engines say when they give no answer, as the few reasons a reader can mend."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from retention.errors import Unanswered

if TYPE_CHECKING:
    from collections.abc import Iterator

EngineError = Literal[
    "engine_failed",
    "engine_out_of_disk",
    "engine_out_of_memory",
    "engine_stopped",
    "source_not_allowed",
    "source_not_there",
    "spark_not_there",
    "table_not_there",
    "times_too_fine",
    "written_already",
]

_ENGINES = ("duckdb", "grpc", "py4j", "pyspark")  # packages whose errors are an engine's
_INTERRUPTED = "Query interrupted"  # what DuckDB says of Ctrl-C
_BY_KIND: dict[str, EngineError] = {
    "OutOfMemoryException": "engine_out_of_memory",
    "InterruptException": "engine_stopped",
}
# What errors of input and output are told apart by; the first that is in them
_BY_WORDS: tuple[tuple[str, EngineError], ...] = (
    ("no space left", "engine_out_of_disk"),
    ("max_temp_directory_size", "engine_out_of_disk"),
    ("failed to offload", "engine_out_of_disk"),
    ("java.lang.outofmemoryerror", "engine_out_of_memory"),
    ("permission denied", "source_not_allowed"),
    ("accesscontrolexception", "source_not_allowed"),
    ("no files found", "source_not_there"),
    ("no such file", "source_not_there"),
    ("path_not_found", "source_not_there"),
    ("file_not_exist", "source_not_there"),
    ("filenotfoundexception", "source_not_there"),
    ("table_or_view_not_found", "table_not_there"),
    ("schema_not_found", "table_not_there"),
    ("catalog_not_found", "table_not_there"),
    ("requires_single_part_namespace", "table_not_there"),
    ("spark_job_cancelled", "engine_stopped"),
    ("operation_canceled", "engine_stopped"),
    ("timestamp(nanos", "times_too_fine"),
    ("path_already_exists", "written_already"),
    ("statuscode.unavailable", "spark_not_there"),
    ("retries_exceeded", "spark_not_there"),
)
_OF_JAVA = "An error occurred while calling"  # the first line of what Java says, which names nothing
_ACCOUNT_OF_JAVA = re.compile(r"\n\s+at |\n+JVM stacktrace:")


@contextmanager
def answering() -> Iterator[None]:
    """Say in the reader's words why an engine gave no answer.

    Raises
    ------
    Unanswered
        One of `EngineError`, with what the engine said; ``engine_failed`` where it is none of the others.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, RuntimeError) and str(error) == _INTERRUPTED:
            raise KeyboardInterrupt from error
        if not _is_of_an_engine(error):
            raise
        raise _refusal(error) from error


def _is_of_an_engine(error: Exception) -> bool:
    package = type(error).__module__.split(".", maxsplit=1)[0]
    return package.removeprefix("_") in _ENGINES


def _refusal(error: Exception) -> Unanswered:
    words = str(error).casefold()
    told = next((code for part, code in _BY_WORDS if part in words), None)
    return Unanswered(
        told or _BY_KIND.get(type(error).__name__, "engine_failed"), reason=_in_a_line(str(error))
    )


def _in_a_line(said: str) -> str:
    """What was said, without Java's account of where."""
    lines = [line.strip() for line in _ACCOUNT_OF_JAVA.split(said)[0].splitlines()]
    lines = [line for line in lines if line and not line.startswith(_OF_JAVA)]
    return " ".join(" ".join(lines).removeprefix(": ").split())
