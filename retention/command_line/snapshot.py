"""`snapshot` and `since`: a day's figures and forecast in a small file, and what newer sales say of them."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from retention.command_line import reading
from retention.command_line.opening import opened
from retention.command_line.options import BEYOND, COUNTING, DATE, MODEL, READING, wanted, with_options
from retention.report.plain import plain
from retention.report.since import as_plain
from retention.snapshot import dump, load
from retention.study import Study
from retention.text import Words, marked, since as said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retention.errors import DataWarning
    from retention.text import LanguageCode


@click.command()
@click.argument("file")
@with_options(READING)
@with_options(COUNTING)
@with_options(MODEL)
@with_options(BEYOND)
@click.option("--dated", type=DATE, help="Day on it; today.")
@click.option("--out", metavar="SNAPSHOT", required=True, help="Where to; a small JSON file.")
def snapshot(file: str, sheet: str | None, language: LanguageCode, out: str, **options: Any) -> None:
    """Keep figures and forecast of FILE (a path, a sample or a source) in a small file without customers.

    With --engine duckdb FILE may be a folder, with --engine spark table:NAME too, a table by its name.
    """
    made: datetime = options["dated"] or datetime.now(tz=UTC)
    with _study(file, sheet, options) as (study, name, warnings):
        taken = study.snapshots.taken(name, made.date(), wanted(options))
    words = Words(language)
    reading.write_bytes(dump(taken), out)
    reading.say_warnings(warnings, words)
    if not taken.sealed:
        _tell([words.say("since.sealed.none")])


@click.command()
@click.argument("kept", metavar="SNAPSHOT")
@click.argument("file")
@with_options(READING)
@with_options(COUNTING)
@with_options(BEYOND)
@click.option(
    "--json", "out", metavar="OUT", default="-", show_default=True, help="Where to; - is standard output."
)
def since(kept: str, file: str, sheet: str | None, language: LanguageCode, out: str, **options: Any) -> None:
    """Say what changed in FILE since SNAPSHOT was kept, and whether its forecast held.

    With --engine duckdb FILE may be a folder, with --engine spark table:NAME too, a table by its name.
    """
    earlier = load(reading.content(kept))
    with _study(file, sheet, options) as (study, _, warnings):
        found = study.snapshots.since(earlier)
    words = Words(language, study.orders.currency, markdown=True)
    reading.say_warnings(warnings, words.bare)
    sentences = [marked.plain(line) for line in said.sentences(found, words)]
    _tell(sentences)
    reading.write({**as_plain(found), "sentences": plain(sentences)}, out)


@contextmanager
def _study(
    file: str, sheet: str | None, options: dict[str, Any]
) -> Iterator[tuple[Study, str, tuple[DataWarning, ...]]]:
    """The study of a file, its name, and what a reader of its figures must know."""
    with opened(file, sheet, options) as there:
        raw, intake = there.raw, there.intake
        reading.progress("computing")
        study = Study(intake.orders, intake.lines)
        yield study, Path(raw.name).name, (*intake.warnings, *study.tables.warnings())


def _tell(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        click.echo(sentence, err=True)
