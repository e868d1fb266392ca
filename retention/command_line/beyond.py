"""Files larger than memory: the same figures, counted by an engine where the rows are."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from retention import ingest
from retention.command_line import reading
from retention.engines import Place, answering, opened as engine_opened
from retention.errors import InputError
from retention.store import stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.command_line.reading import Opened

_ASKED = {"duplicates": "drop", "reversed_orders": "drop"}  # what only a file in memory can be asked


@contextmanager
def opened(file: str, options: dict[str, Any]) -> Iterator[Opened]:
    """The orders of a path, held by an engine as long as they are looked at.

    Raises
    ------
    InputError
        ``engine_cannot`` with the option that needs the file in memory; what `retention.engines.opened` and
        `retention.store.stored` raise.
    """
    for name, value in _ASKED.items():
        if options[name] == value:
            raise InputError("engine_cannot", option=f"--{name.replace('_', '-')} {value}")
    path, told = reading.path(file)
    place = Place(round(options["memory_limit"] * reading.GB), options["temporary"], options["spark"])
    with engine_opened(options["engine"], place) as engine, answering():
        reading.progress("reading")
        source = ingest.Source.of(path, engine.files)
        part = replace(source.part(engine), **told)
        guess = reading.guess(part, options)
        mapping, until = reading.mapping(guess), options["until"]
        asked = {
            "until": until.date() if until else None,
            "zero_orders": options["zero_orders"],
            "currency": options["currency"],
            "leave_out_customers": frozenset(options["leave_out"]),
        }
        folder = options.get("store")
        if folder is None:
            yield reading.Opened(part, guess, ingest.large_orders(source, part, mapping, engine, **asked))
            return
        with stored(folder, source, part, mapping, engine, **asked) as store:
            yield reading.Opened(part, guess, store.intake, store)
