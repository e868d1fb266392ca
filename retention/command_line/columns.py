"""`columns`: what would be read of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from retention.command_line import reading
from retention.command_line.options import READING, with_options
from retention.report import describe
from retention.text import Words, description_lines

if TYPE_CHECKING:
    from retention.text import LanguageCode

_WIDTH = 24  # characters; the longest label has 20


@click.command()
@click.argument("file")
@with_options(READING)
@click.option("--json", "out", metavar="OUT", help="The same as JSON; - is standard output.")
def columns(file: str, sheet: str | None, language: LanguageCode, out: str | None, **options: Any) -> None:
    """Show what would be read of FILE: its table, its columns and how they are written."""
    raw = reading.read(file, sheet)
    guess, currency = reading.guess(raw, options), options["currency"]
    found = describe(raw, guess, currency=currency)
    words = Words(language, found["account"] and found["account"]["currency"])
    reading.say_what_is_open(raw, guess, currency, words)
    if out is not None:
        reading.write(found, out)
        return
    for name, said in description_lines(found, words):
        click.echo(f"{name:<{_WIDTH}}{said}")
