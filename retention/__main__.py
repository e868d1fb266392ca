"""The command line: the library without a browser, for scheduled runs and for checking its numbers."""

from __future__ import annotations

import gc

gc.disable()  # while modules load, nearly all of which stays: looking for what does not takes longer

import json
import runpy
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from retention import ingest, memory, threads
from retention.errors import DataWarning, InputError
from retention.lifetime_value import MOST_REGULAR, Wanted
from retention.orders import SEGMENTS
from retention.periods import PERIODS
from retention.report import describe, figures
from retention.report.notes import notes
from retention.report.plain import plain
from retention.resources import resource
from retention.study import Settings, Study
from retention.text import DEFAULT, LANGUAGES, LanguageCode, Words, description_lines
from retention.text.description import note
from retention.what_if import LIMITS

gc.freeze()  # nor is any of it looked through again
gc.enable()

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from retention.ingest import Guess, Intake, Mapping, RawTable

    Option = Callable[[Callable[..., None]], Callable[..., None]]

_COLUMNS = ("customer", "order", "date", "amount", "quantity", "price", "discount", "product")
_FURTHER = ("status", "refund", "currency")
_SAMPLE = "sample:"
_SEASON = {"auto": None, "on": True, "off": False}
_INTERRUPTED = 130
_REFUSED = 2
_WIDTH = 24  # characters; the longest label has 20
_DATE = click.DateTime(formats=["%Y-%m-%d"])


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Customer retention, cohorts and lifetime value from a spreadsheet of sales."""


def _few_segments(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    if len(given) > len(SEGMENTS):
        raise click.BadParameter(f"at most {len(SEGMENTS)}")
    return given


# How a file is read, asked of every command that reads one
_READING = (
    click.option("--sheet", help="Sheet of a workbook; by default the one that holds the table."),
    click.option(
        "--customer",
        metavar="COL",
        help="Column of the customer; every column is guessed when left out.",
    ),
    click.option("--order", metavar="COL", help="Column of the order number."),
    click.option("--date", metavar="COL", help="Column of the date."),
    click.option("--amount", metavar="COL", help="Column of the amount."),
    click.option("--quantity", metavar="COL", help="Column of the quantity, used with the price."),
    click.option("--price", metavar="COL", help="Column of the unit price, used with the quantity."),
    click.option("--discount", metavar="COL", help="Column of the discount, taken off quantity × price."),
    click.option("--product", metavar="COL", help="Column of what was bought: a name or a code."),
    click.option(
        "--segment",
        metavar="COL",
        multiple=True,
        callback=_few_segments,
        help="Column of a segment: channel, country …; may be repeated.",
    ),
    click.option("--status-column", metavar="COL", help="Column that says what was cancelled or refunded."),
    click.option(
        "--no-sale",
        metavar="WORD",
        multiple=True,
        help="Word of the status that was no sale, where it is not known; may be repeated.",
    ),
    click.option("--refund-column", metavar="COL", help="Column that marks rows as refunds or credit notes."),
    click.option("--currency-column", metavar="COL", help="Column of the currency."),
    click.option(
        "--currency",
        metavar="CODE",
        help="The one to keep where the file has several; what its amounts are in where it names none.",
    ),
    click.option("--mapping", metavar="JSON", help="Choices saved on the Data page, instead of guessing."),
    click.option(
        "--day-first/--month-first",
        default=None,
        help="Order of day and month; read from the column.",
    ),
    click.option("--decimal", type=click.Choice([",", "."]), help="Decimal sign; read from the column."),
    click.option(
        "--cents/--no-cents",
        default=None,
        help="Whether amounts are in cents, 1050 for 10.50; read from the heading.",
    ),
    click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        default=DEFAULT,
        show_default=True,
        help="Of messages.",
    ),
)


# What is tried in what if, in the units of its page
_TRYING = (
    click.option(
        "--uplift",
        type=float,
        default=5.0,
        show_default=True,
        help="What if: by how many points retention rises; 5 is from 30 % to 35 %.",
    ),
    click.option(
        "--uplift-kind",
        type=click.Choice(["points", "relative"]),
        default="points",
        show_default=True,
        help="Whether the rise is in points, or in percent of itself: 5 is then from 30 % to 31.5 %.",
    ),
    click.option("--years", type=int, default=3, show_default=True, help="How far what if looks ahead."),
    click.option(
        "--programme-cost",
        type=float,
        default=0.0,
        show_default=True,
        help="Of the programme that brings the rise, money a year.",
    ),
    click.option(
        "--cost-per-customer",
        type=float,
        default=0.0,
        show_default=True,
        help="Of the programme, money per active customer and year.",
    ),
    click.option(
        "--bites-after",
        type=int,
        default=0,
        show_default=True,
        help="Months until the programme has its full effect.",
    ),
)


def _with(options: Iterable[Option]) -> Option:
    """A command with these options, in their order."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(tuple(options)):
            command = option(command)
        return command

    return add


@cli.command()
@click.argument("file")
@_with(_READING)
@click.option(
    "--period", type=click.Choice(PERIODS), default="month", show_default=True, help="Of cohorts and flows."
)
@click.option("--until", type=_DATE, help="Observation end, inclusive; the last date in the file.")
@click.option("--time-unit", type=click.Choice(["day", "week", "month"]), default="week", show_default=True)
@click.option(
    "--model",
    type=click.Choice(["bg-nbd", "mbg-nbd", "pareto-nbd"]),
    help="Of purchases, for lifetime value; by default the one that foresaw best.",
)
@click.option(
    "--regularity",
    type=click.IntRange(1, MOST_REGULAR),
    help="How regularly customers buy: 1 is at random moments; by default as the data shows.",
)
@click.option(
    "--season",
    type=click.Choice(["auto", "on", "off"]),
    default="auto",
    show_default=True,
    help="Whether the purchase model knows the months of the year.",
)
@click.option(
    "--holdout",
    type=_DATE,
    help="Last day of the data the models are checked on what followed it; the middle of the data.",
)
@click.option(
    "--horizon-months", type=int, default=12, show_default=True, help="How far ahead customers are valued."
)
@click.option("--discount-rate", type=float, default=0.10, show_default=True, help="A year.")
@click.option("--margin", type=float, default=1.0, show_default=True, help="Share of revenue that is profit.")
@_with(_TRYING)
@click.option("--spend", metavar="FILE", help="Marketing spend: month, channel, amount, purpose.")
@click.option(
    "--zero-orders", type=click.Choice(["leave-out", "keep"]), default="leave-out", show_default=True
)
@click.option("--duplicates", type=click.Choice(["keep", "drop"]), default="keep", show_default=True)
@click.option(
    "--reversed-orders",
    type=click.Choice(["keep", "drop"]),
    default="keep",
    show_default=True,
    help="Purchases taken back in full, with their refunds.",
)
@click.option("--leave-out", metavar="CUSTOMER", multiple=True, help="A cash desk, a guest; may be repeated.")
@click.option("--left-truncated", type=click.Choice(["keep", "leave-out"]), default="keep", show_default=True)
@click.option(
    "--engine", type=click.Choice(["pandas", "duckdb", "spark"]), default="pandas", show_default=True
)
@click.option(
    "--json", "out", metavar="OUT", default="-", show_default=True, help="Where to; - is standard output."
)
def analyse(
    file: str, sheet: str | None, spend: str | None, language: LanguageCode, out: str, **options: Any
) -> None:
    """Compute the figures of FILE (a path, sample:cdnow or sample:shop) and write them as JSON."""
    if options["engine"] != "pandas":
        raise InputError("engine_not_available", engine=options["engine"])
    raw = _read(file, sheet)
    guess = _guess(raw, options)
    intake = _orders(raw, _mapping(guess), options)
    settings = Settings(
        period=options["period"],
        time_unit=options["time_unit"],
        model=Wanted(
            options["model"] and options["model"].replace("-", "_"),
            options["regularity"],
            _SEASON[options["season"]],
        ),
        holdout=options["holdout"].date() if options["holdout"] else None,
        as_of=None if options["until"] or file.startswith(_SAMPLE) else datetime.now(tz=UTC).date(),
        horizon_months=options["horizon_months"],
        discount_rate=options["discount_rate"],
        margin=options["margin"],
        leave_out_left_truncated=options["left_truncated"] == "leave-out",
        **{name: options[name] for name in (*LIMITS, "uplift_kind")},
    )
    _progress("computing")
    spent = None if spend is None else ingest.read_spend(_read(spend))
    found = figures(Study(intake.orders), raw, guess, intake, settings, spent)
    words = Words(language, intake.orders.currency)
    for warning in found["warnings"]:
        click.echo(f"warning: {words.warning(DataWarning(warning['code'], warning['details']))}", err=True)
    for left in notes(raw, guess, intake):
        click.echo(f"warning: {note(left, words)}", err=True)
        found["warnings"].append(plain(left))
    _write(found, out)


@cli.command()
@click.argument("file")
@_with(_READING)
@click.option("--json", "out", metavar="OUT", help="The same as JSON; - is standard output.")
def columns(file: str, sheet: str | None, language: LanguageCode, out: str | None, **options: Any) -> None:
    """Show what would be read of FILE: its table, its columns and how they are written."""
    raw = _read(file, sheet)
    guess, currency = _guess(raw, options), options["currency"]
    found = describe(raw, guess, currency=currency)
    words = Words(language, found["account"] and found["account"]["currency"])
    _say_what_is_open(raw, guess, currency, words)
    if out is not None:
        _write(found, out)
        return
    for name, said in description_lines(found, words):
        click.echo(f"{name:<{_WIDTH}}{said}")


@cli.command()
@click.option(
    "--address",
    envvar="STREAMLIT_SERVER_ADDRESS",
    default="localhost",
    show_default=True,
    help="Address to answer at; 0.0.0.0 for every one this machine has.",
)
@click.option("--port", type=int, help="Port to answer at; 8501, or the next that is free.")
def app(address: str, port: int | None) -> None:
    """Open the app in the browser; Ctrl+C ends it.

    Streamlit's other settings are read from its variables, such as STREAMLIT_SERVER_HEADLESS.
    """
    # An address is always named: without one the server asks an outside one for its own.
    at = ["--server.address", address, *([] if port is None else ["--server.port", str(port)])]
    sys.argv = ["streamlit", "run", str(resource("app.py")), *at]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


def ritorno() -> int:
    """Run the command line under the name it is installed by."""
    return main(called="ritorno")


def main(arguments: list[str] | None = None, *, called: str = "retention") -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : of the call; by default those this process was started with
    called : name of the program in its help

    Returns
    -------
    0 done; 2 the input or the call cannot be used; 130 interrupted
    """
    given = sys.argv[1:] if arguments is None else arguments
    threads.use_one()
    memory.keep()
    try:
        cli.main(given, prog_name=called, standalone_mode=False)
    except InputError as error:
        return _refuse(_words(given).error(error))
    except click.Abort:
        return _INTERRUPTED
    except click.ClickException as error:
        return _refuse(" ".join(error.format_message().split()))
    return 0


def _read(file: str, sheet: str | None = None) -> RawTable:
    _progress("reading")
    if file.startswith(_SAMPLE):
        return ingest.open_sample(cast("Any", file.removeprefix(_SAMPLE)))
    return ingest.read(_bytes(file), Path(file).name, sheet=sheet)


def _bytes(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise InputError("cannot_open", name=file, reason=error.strerror or "") from error


def _guess(raw: RawTable, options: dict[str, Any]) -> Guess:
    """What the columns are, as the call says and else as they seem to be."""
    if options["mapping"] is not None:
        saved = ingest.load(_bytes(options["mapping"]).decode("utf-8", "replace"))
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


def _mapping(guess: Guess) -> Mapping:
    if guess.mapping is None:
        raise guess.refusal()
    return guess.mapping


def _orders(raw: RawTable, mapping: Mapping, options: dict[str, Any]) -> Intake:
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


def _say_what_is_open(raw: RawTable, guess: Guess, currency: str | None, words: Words) -> None:
    """What a page would ask or warn of, on standard error."""
    try:
        intake = None if guess.mapping is None else ingest.to_orders(raw, guess.mapping, currency=currency)
    except InputError:
        intake = None
    for warning in (*(intake.warnings if intake else ()), *notes(raw, guess, intake)):
        click.echo(f"warning: {note(warning, words)}", err=True)


def _write(found: dict[str, Any], out: str) -> None:
    text = json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False)
    if out == "-":
        click.echo(text)
        return
    try:
        Path(out).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError("cannot_write", name=out, reason=error.strerror or "") from error


def _progress(step: str) -> None:
    """Say on a terminal what takes a moment."""
    if sys.stderr.isatty():
        click.echo(f"{step} …", err=True)


def _refuse(why: str) -> int:
    click.echo(f"error: {why}", err=True)
    return _REFUSED


def _words(arguments: list[str]) -> Words:
    """The language of messages, told from the call even where the call itself is refused."""
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    asked = {b if a == "--language" else a.removeprefix("--language=") for a, b in pairs if "--language" in a}
    return Words(next((code for code in LANGUAGES if code in asked), DEFAULT))


if __name__ == "__main__":
    sys.exit(main())
