"""From the call to orders, and back to a file or a terminal."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from retention import ingest
from retention.errors import InputError
from retention.orders import SEGMENTS
from retention.report.notes import notes
from retention.text.description import note

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from types import ModuleType

    from retention.errors import DataWarning
    from retention.ingest import Complaints, Guess, Intake, Mapping, RawTable
    from retention.sources import Source
    from retention.store import Stored
    from retention.text import Words

_COLUMNS = ("customer", "order", "date", "amount", "quantity", "price", "discount", "product")
_FURTHER = ("status", "refund", "currency")
SAMPLE, SOURCE = "sample:", "source:"
GB = 1_000_000_000
_SECRETS = "secrets"  # in the call's context


@dataclass(frozen=True)
class Opened:
    """The orders of a file.

    Attributes
    ----------
    raw : its table, or the part of it by which the columns are told
    guess : what the columns are
    intake : the orders, and what became of each row
    store : what is kept of them for the next time; None where nothing is
    """

    raw: RawTable
    guess: Guess
    intake: Intake
    store: Stored | None = None


def read(file: str, sheet: str | None = None) -> RawTable:
    """Read the table of a file, of a sample, or of a source of the secrets file."""
    progress("reading")
    if file.startswith(SOURCE):
        found: RawTable = _sources().read(source(file))
        return found
    if file.startswith(SAMPLE):
        return ingest.open_sample(cast("Any", file.removeprefix(SAMPLE)))
    return ingest.read(content(file), Path(file).name, sheet=sheet)


def tell_secrets(context: click.Context, _: click.Parameter, file: str) -> None:
    """Note which file the sources of this call stand in."""
    context.meta[_SECRETS] = file


def source(file: str) -> Source:
    """The source a call names.

    Raises
    ------
    InputError
        ``no_such_source``, or as of `sources.sources_of`.
    """
    known: dict[str, Source] = _sources().sources_of(click.get_current_context().meta[_SECRETS])
    key = file.removeprefix(SOURCE)
    if key not in known:
        raise InputError("no_such_source", name=key, names=list(known))
    return known[key]


def _sources() -> ModuleType:
    """What reads them, with the driver of databases: only who asks for one waits for it to be loaded."""
    return import_module("retention.sources")


def path(file: str) -> tuple[str, dict[str, Any]]:
    """Where the files of a call are, and what their host tells of them, by field of a `RawTable`.

    Raises
    ------
    InputError
        ``source_needs_files`` for a database.
    """
    if not file.startswith(SOURCE):
        return file, {}
    named = source(file)
    held: str | Path | None = getattr(named.place, "path", None)
    if held is None:
        raise InputError("source_needs_files", name=named.name)
    return str(held), {"known": dict(named.columns), "currency": named.currency}


def engine_of(source: Source) -> dict[str, Any]:
    """The options a source that names an engine stands for; none of any other."""
    place = source.place
    if not isinstance(place, _sources().ByEngine):
        return {}
    memory, folder, spark = place.where.memory, place.where.folder, place.where.spark
    return {"engine": place.engine, "memory_limit": memory / GB, "temporary": folder, "spark": spark}


def content(file: str) -> bytes:
    """All bytes of a file."""
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise InputError("cannot_open", name=file, reason=error.strerror or "") from error


def guess(raw: RawTable, options: dict[str, Any]) -> Guess:
    """What the columns are, as the call says and else as they seem to be."""
    if options["mapping"] is not None:
        saved = ingest.load(content(options["mapping"]).decode("utf-8", "replace"))
        guess = ingest.Guess(
            saved,
            saved.platform,
            columns={str(role): column for role, column in saved.columns.items()},
            questions=ingest.questions_about(raw, saved),
        )
    else:
        asked = {**{role: role for role in _COLUMNS}, **{role: f"{role}_column" for role in _FURTHER}}
        known = {role: options[name] for role, name in asked.items() if options[name]}
        guess = ingest.guess(raw, **known, **dict(zip(SEGMENTS, options["segment"], strict=False)))
    written = ("day_first", "decimal", "cents", "no_sale")
    given = {name: options[name] for name in written if options[name] not in (None, ())}
    if guess.mapping is None or not given:
        return guess
    unanswered = tuple(question for question in guess.questions if question.field not in given)
    return replace(guess, mapping=replace(guess.mapping, **given), questions=unanswered)


def mapping(guess: Guess) -> Mapping:
    """Which column is what; refused where that is not known."""
    if guess.mapping is None:
        raise guess.refusal()
    return guess.mapping


def orders(raw: RawTable, mapping: Mapping, options: dict[str, Any]) -> Intake:
    """The orders of a table."""
    until: datetime | None = options["until"]
    return ingest.to_orders(
        raw,
        mapping,
        until=until.date() if until else None,
        zero_orders=options["zero_orders"],
        duplicates=options["duplicates"],
        drop_reversed=options["reversed_orders"] == "drop",
        leave_out_customers=frozenset(options["leave_out"]),
        currency=options["currency"],
    )


def complaints(file: str | None, raw: RawTable, mapping: Mapping, *, whole: bool = True) -> Complaints | None:
    """Complaints: of a file of their own, else of a column of the sales; None where neither has any.

    Parameters
    ----------
    whole : whether the table has all rows; of a part of them no column is read
    """
    if file is None and not whole:
        return None
    return ingest.complaints_in(raw, mapping) if file is None else ingest.read_complaints(read(file))


def say_what_is_open(raw: RawTable, guess: Guess, currency: str | None, words: Words) -> None:
    """What a page would ask or warn of, on standard error."""
    try:
        intake = None if guess.mapping is None else ingest.to_orders(raw, guess.mapping, currency=currency)
    except InputError:
        intake = None
    for warning in (*(intake.warnings if intake else ()), *notes(raw, guess, intake)):
        click.echo(f"warning: {note(warning, words)}", err=True)


def write(found: dict[str, Any], out: str) -> None:
    """Write figures as JSON to a file, or to standard output."""
    text = json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False)
    if out == "-":
        click.echo(text)
        return
    write_bytes(f"{text}\n".encode(), out)


def write_bytes(content: bytes, out: str) -> None:
    """Write a file.

    Raises
    ------
    InputError
        ``cannot_write`` where it cannot be.
    """
    try:
        Path(out).write_bytes(content)
    except OSError as error:
        raise InputError("cannot_write", name=out, reason=error.strerror or "") from error


def say_what_margin(margin: float, words: Words) -> None:
    """That sums of profit are revenue where all of it is taken to be margin, on standard error."""
    if margin == 1:
        click.echo(f"warning: {words.say('warning.margin_is_all')}", err=True)


def say_warnings(warnings: Iterable[DataWarning], words: Words) -> None:
    """What a reader of the figures must know, on standard error."""
    for warning in warnings:
        click.echo(f"warning: {words.warning(warning)}", err=True)


def progress(step: str) -> None:
    """Say on a terminal what takes a moment."""
    if sys.stderr.isatty():
        click.echo(f"{step} …", err=True)
