"""`analyse`: the figures of a file as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from retention import ingest
from retention.command_line import reading
from retention.command_line.opening import as_its_source_says, is_in_memory, opened
from retention.command_line.options import (
    BACK,
    BEYOND,
    COMPLAINING,
    COUNTING,
    PREDICTING,
    PRODUCTS,
    READING,
    TRYING,
    VALUING,
    with_options,
)
from retention.command_line.settings import SETTING, settings
from retention.errors import DataWarning, InputError
from retention.periods import DAYS_PER_MONTH
from retention.report import figures, write_predictions
from retention.report.notes import notes
from retention.report.plain import plain
from retention.study import Study, foresee
from retention.text import Words
from retention.text.description import note

if TYPE_CHECKING:
    from retention.store import Stored
    from retention.text import LanguageCode


@click.command()
@click.argument("file")
@with_options(READING)
@with_options(COUNTING)
@with_options(VALUING)
@with_options(SETTING)
@with_options(TRYING)
@with_options(BACK)
@with_options(PRODUCTS)
@with_options(COMPLAINING)
@with_options(BEYOND)
@with_options(PREDICTING)
@click.option(
    "--json", "out", metavar="OUT", default="-", show_default=True, help="Where to; - is standard output."
)
def analyse(
    file: str,
    sheet: str | None,
    spend: str | None,
    complaints: str | None,
    language: LanguageCode,
    out: str,
    predictions: str | None,
    **options: Any,
) -> None:
    """Compute the figures of FILE (a path, sample:cdnow, sample:shop, source:NAME) and write them as JSON.

    With --engine duckdb FILE may be a folder, with --engine spark table:NAME too, a table by its name.
    """
    options = as_its_source_says(file, options)
    asked, in_memory = settings(file, options), is_in_memory(options)
    if options["store"] is not None and options["engine"] != "duckdb":
        raise InputError("needs_duckdb", option="--store")
    if predictions is not None and in_memory:
        raise InputError("needs_engine", option="--predictions")
    spent = None if spend is None else ingest.read_spend(reading.read(spend))
    with opened(file, sheet, options) as there:
        raw, guess, intake = there.raw, there.guess, there.intake
        reading.progress("computing")
        complained = reading.complaints(complaints, raw, reading.mapping(guess), whole=in_memory)
        study = Study(intake.orders, intake.lines, intake.exported)
        found = figures(study, raw, guess, intake, asked, spent, complained)
        if predictions is not None:
            write_predictions(study, asked, predictions)
        words = Words(language, intake.orders.currency)
        for warning in found["warnings"]:
            _warn(DataWarning(warning["code"], warning["details"]), words)
        for left in notes(raw, guess, intake):
            click.echo(f"warning: {note(left, words)}", err=True)
            found["warnings"].append(plain(left))
        reading.write(found, out)
        if there.store is not None:
            reading.progress("keeping")
            foresee(study, asked.period, DAYS_PER_MONTH * asked.horizon_months)
            _keep(there.store, words)


def _keep(store: Stored, words: Words) -> None:
    """Write the store, and say where it is not the one there was."""
    if store.anew is not None:
        _warn(DataWarning(f"store_anew_{store.anew}"), words)
    store.write()


def _warn(warning: DataWarning, words: Words) -> None:
    click.echo(f"warning: {words.warning(warning)}", err=True)
