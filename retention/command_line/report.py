"""`report`: what a file says, as a document, a workbook or slides."""

from __future__ import annotations

from datetime import UTC, date, datetime
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
    DATE,
    READING,
    TRYING,
    VALUING,
    with_options,
)
from retention.command_line.settings import SETTING, settings
from retention.study import Study
from retention.text import Words, file_named

if TYPE_CHECKING:
    from retention.text import LanguageCode


@click.command("report")
@click.argument("file")
@with_options(READING)
@with_options(COUNTING)
@with_options(VALUING)
@with_options(SETTING)
@with_options(TRYING)
@with_options(BACK)
@with_options(COMPLAINING)
@with_options(BEYOND)
@click.option("--title", "--name", "name", help="On the cover, instead of the file's name.")
@click.option("--logo", metavar="PICTURE", help="PNG or JPEG, on the cover and on every slide.")
@click.option("--colour", metavar="#RRGGBB", help="Of bars and headings.")
@click.option(
    "--sections",
    metavar="A,B",
    help="What goes in, of overview, cohorts, dropoff, simulator, acquisition, lifetime_value, trust, "
    "customers, reality, actions, data; everything when left out.",
)
@click.option("--dated", type=DATE, help="Day on the report; today.")
@click.option("--out", metavar="REPORT", required=True, help="Ends with .html, .xlsx or .pptx.")
def write_report(
    file: str,
    sheet: str | None,
    spend: str | None,
    complaints: str | None,
    language: LanguageCode,
    out: str,
    **options: Any,
) -> None:
    """Write a report on FILE (a path, sample:cdnow, sample:shop or source:NAME).

    With --engine duckdb FILE may be a folder, with --engine spark table:NAME too, a table by its name.
    """
    # Charts and what writes them take longer to load than a small file takes to analyse
    from retention import story  # noqa: PLC0415  as said above
    from retention.report import written  # noqa: PLC0415  as said above

    write, asked = written.writer(out), settings(file, options)
    logo = None if options["logo"] is None else reading.content(options["logo"])
    brand = written.brand(options["name"], options["colour"], options["logo"], logo)
    sections = story.named(options["sections"])
    spent = None if spend is None else ingest.read_spend(reading.read(spend)).table
    options = as_its_source_says(file, options)
    with opened(file, sheet, options) as there:
        raw, guess, intake = there.raw, there.guess, there.intake
        complained = reading.complaints(complaints, raw, reading.mapping(guess), whole=is_in_memory(options))
        study = Study(intake.orders, intake.lines, intake.exported)
        heard = None if complained is None else complained.table
        words = Words(language, intake.orders.currency, markdown=True)
        name = file_named(raw, words.bare, intake.account.rows)
        told = story.Telling(study, intake, name, story.as_set(asked, study, spent, heard), words)
        made = story.deck(told, _day(options["dated"]), name=brand.name, sections=sections, made=_progress)
        warnings = (*intake.warnings, *study.tables.warnings())
    reading.progress("writing")
    reading.write_bytes(write(made, brand), out)
    reading.say_what_margin(options["margin"], words.bare)
    reading.say_warnings(warnings, words.bare)
    for left in made.untold:
        click.echo(f"warning: {left.subject}: {left.said}", err=True)


def _day(given: datetime | None) -> date:
    return given.date() if given else datetime.now(tz=UTC).date()


def _progress(section: str, place: int, count: int) -> None:
    reading.progress(f"{section} ({place + 1}/{count})")
