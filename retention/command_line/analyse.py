"""`analyse`: the figures of a file as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from retention import ingest
from retention.command_line import reading
from retention.command_line.options import (
    BACK,
    COMPLAINING,
    COUNTING,
    PRODUCTS,
    READING,
    TRYING,
    VALUING,
    with_options,
)
from retention.command_line.settings import SETTING, settings
from retention.errors import DataWarning
from retention.report import figures
from retention.report.notes import notes
from retention.report.plain import plain
from retention.study import Study
from retention.text import Words
from retention.text.description import note

if TYPE_CHECKING:
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
    **options: Any,
) -> None:
    """Compute the figures of FILE (a path, sample:cdnow or sample:shop) and write them as JSON."""
    asked = settings(file, options)
    raw = reading.read(file, sheet)
    guess = reading.guess(raw, options)
    columns = reading.mapping(guess)
    intake = reading.orders(raw, columns, options)
    reading.progress("computing")
    spent = None if spend is None else ingest.read_spend(reading.read(spend))
    complained = reading.complaints(complaints, raw, columns)
    found = figures(
        Study(intake.orders, intake.lines, intake.exported), raw, guess, intake, asked, spent, complained
    )
    words = Words(language, intake.orders.currency)
    for warning in found["warnings"]:
        click.echo(f"warning: {words.warning(DataWarning(warning['code'], warning['details']))}", err=True)
    for left in notes(raw, guess, intake):
        click.echo(f"warning: {note(left, words)}", err=True)
        found["warnings"].append(plain(left))
    reading.write(found, out)
