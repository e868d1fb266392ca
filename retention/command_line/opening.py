"""A file as orders, for every command: in memory, or by an engine where the rows are."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from retention.command_line import beyond, reading
from retention.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.command_line.reading import Opened

_IN_MEMORY = "pandas"


@contextmanager
def opened(file: str, sheet: str | None, options: dict[str, Any]) -> Iterator[Opened]:
    """The orders of a file, in memory or where an engine has them.

    Raises
    ------
    InputError
        ``needs_spark`` of --spark with another engine; ``engine_cannot`` of --sheet beyond memory; what
        reading the file raises.
    """
    options = as_its_source_says(file, options)
    if options["spark"] is not None and options["engine"] != "spark":
        raise InputError("needs_spark", option="--spark")
    if is_in_memory(options):
        raw = reading.read(file, sheet)
        guess = reading.guess(raw, options)
        yield reading.Opened(raw, guess, reading.orders(raw, reading.mapping(guess), options))
        return
    if sheet is not None:
        raise InputError("engine_cannot", option="--sheet")
    with beyond.opened(file, options) as found:
        yield found


def as_its_source_says(file: str, options: dict[str, Any]) -> dict[str, Any]:
    """The options of a call, with the engine of its source where that names one and the call none.

    Raises
    ------
    InputError
        As of `reading.source`.
    """
    if not is_in_memory(options) or not file.startswith(reading.SOURCE):
        return options
    return options | reading.engine_of(reading.source(file))


def is_in_memory(options: dict[str, Any]) -> bool:
    """Whether the call leaves the rows to this process."""
    return bool(options["engine"] == _IN_MEMORY)
