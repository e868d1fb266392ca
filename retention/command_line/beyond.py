"""`analyse` of files larger than memory: the same figures, counted by an engine where the rows are."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retention import ingest
from retention.command_line import reading
from retention.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.engines.in_duckdb import DuckDB
    from retention.ingest import Guess, Intake, RawTable

_GB = 1_000_000_000
_ASKED = {"duplicates": "drop", "reversed_orders": "drop"}  # what only a file in memory can be asked


@contextmanager
def opened(file: str, options: dict[str, Any]) -> Iterator[tuple[RawTable, Guess, Intake]]:
    """The orders of a path, held by an engine as long as they are looked at.

    Raises
    ------
    InputError
        ``engine_cannot`` with the option that needs the file in memory; ``cannot_write`` of a folder that
        cannot be used.
    """
    for name, value in _ASKED.items():
        if options[name] == value:
            raise InputError("engine_cannot", option=f"--{name.replace('_', '-')} {value}")
    path, told = reading.path(file)
    source = ingest.Source.of(path)
    with _engine(options) as engine:
        reading.progress("reading")
        part = replace(source.part(engine), **told)
        guess = reading.guess(part, options)
        mapping = reading.mapping(guess)
        until = options["until"]
        intake = ingest.large_orders(
            source,
            part,
            mapping,
            engine,
            until=until.date() if until else None,
            zero_orders=options["zero_orders"],
            currency=options["currency"],
            leave_out_customers=frozenset(options["leave_out"]),
        )
        yield part, guess, intake


def _engine(options: dict[str, Any]) -> DuckDB:
    folder = options["temporary"]
    made = import_module("retention.engines.in_duckdb")  # which loads DuckDB: only who asks for it waits
    limits = made.Limits(round(options["memory_limit"] * _GB), folder=folder and Path(folder))
    try:
        engine: DuckDB = made.DuckDB(limits)
    except OSError as error:
        raise InputError("cannot_write", name=folder or "", reason=error.strerror or "") from error
    return engine
