"""`analyse`: the figures of a file as JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from retention import ingest
from retention.command_line import reading
from retention.command_line.options import (
    BACK,
    COUNTING,
    DATE,
    PRODUCTS,
    READING,
    TRYING,
    VALUING,
    wanted,
    with_options,
)
from retention.command_line.reading import SAMPLE
from retention.errors import DataWarning, InputError
from retention.periods import PERIODS
from retention.report import figures
from retention.report.notes import notes
from retention.report.plain import plain
from retention.returned import Returned
from retention.study import Settings, Study
from retention.text import Words
from retention.text.description import note
from retention.what_if import LIMITS

if TYPE_CHECKING:
    from retention.text import LanguageCode


@click.command()
@click.argument("file")
@with_options(READING)
@with_options(COUNTING)
@with_options(VALUING)
@click.option(
    "--period", type=click.Choice(PERIODS), default="month", show_default=True, help="Of cohorts and flows."
)
@click.option("--time-unit", type=click.Choice(["day", "week", "month"]), default="week", show_default=True)
@click.option(
    "--holdout",
    type=DATE,
    help="Last day of the data the models are checked on what followed it; the middle of the data.",
)
@with_options(TRYING)
@click.option("--spend", metavar="FILE", help="Marketing spend: month, channel, amount, purpose.")
@with_options(BACK)
@with_options(PRODUCTS)
@click.option(
    "--complaints",
    metavar="FILE",
    help="Complaints: customer, date, resolved or not; by default a column of FILE called complaint.",
)
@click.option("--left-truncated", type=click.Choice(["keep", "leave-out"]), default="keep", show_default=True)
@click.option(
    "--engine", type=click.Choice(["pandas", "duckdb", "spark"]), default="pandas", show_default=True
)
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
    if options["engine"] != "pandas":
        raise InputError("engine_not_available", engine=options["engine"])
    raw = reading.read(file, sheet)
    guess = reading.guess(raw, options)
    columns = reading.mapping(guess)
    intake = reading.orders(raw, columns, options)
    settings = Settings(
        period=options["period"],
        time_unit=options["time_unit"],
        model=wanted(options),
        holdout=options["holdout"].date() if options["holdout"] else None,
        as_of=None if options["until"] or file.startswith(SAMPLE) else datetime.now(tz=UTC).date(),
        horizon_months=options["horizon_months"],
        discount_rate=options["discount_rate"],
        margin=options["margin"],
        leave_out_left_truncated=options["left_truncated"] == "leave-out",
        returned=Returned(options["returned_after"], options["returned_spend"]),
        no_products=options["no_product"],
        keep_fees=options["fees"] == "keep",
        **{name: options[name] for name in (*LIMITS, "uplift_kind")},
    )
    reading.progress("computing")
    spent = None if spend is None else ingest.read_spend(reading.read(spend))
    if complaints is None:
        complained = ingest.complaints_in(raw, columns)
    else:
        complained = ingest.read_complaints(reading.read(complaints))
    found = figures(Study(intake.orders, intake.lines), raw, guess, intake, settings, spent, complained)
    words = Words(language, intake.orders.currency)
    for warning in found["warnings"]:
        click.echo(f"warning: {words.warning(DataWarning(warning['code'], warning['details']))}", err=True)
    for left in notes(raw, guess, intake):
        click.echo(f"warning: {note(left, words)}", err=True)
        found["warnings"].append(plain(left))
    reading.write(found, out)
