"""A file as orders, for every command: in memory, or by an engine where the rows are."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from retention.command_line import beyond, reading
from retention.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.ingest import Guess, Intake, RawTable

    Opened = tuple[RawTable, Guess, Intake]

_IN_MEMORY = "pandas"


@contextmanager
def opened(file: str, sheet: str | None, options: dict[str, Any]) -> Iterator[Opened]:
    """The table of a file, or the part of it the columns are told by; what these are; and its orders.

    Raises
    ------
    InputError
        ``needs_spark`` of --spark with another engine; ``engine_cannot`` of --sheet beyond memory; what
        reading the file raises.
    """
    if options["spark"] is not None and options["engine"] != "spark":
        raise InputError("needs_spark", option="--spark")
    if is_in_memory(options):
        raw = reading.read(file, sheet)
        guess = reading.guess(raw, options)
        yield raw, guess, reading.orders(raw, reading.mapping(guess), options)
        return
    if sheet is not None:
        raise InputError("engine_cannot", option="--sheet")
    with beyond.opened(file, options) as found:
        yield found


def is_in_memory(options: dict[str, Any]) -> bool:
    """Whether the call leaves the rows to this process."""
    return bool(options["engine"] == _IN_MEMORY)
