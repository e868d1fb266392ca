"""The options that commands share, and how they are put on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from retention.command_line.reading import tell_secrets
from retention.lifetime_value import MOST_REGULAR, Wanted
from retention.orders import SEGMENTS
from retention.returned import MOST_PURCHASES
from retention.text import DEFAULT, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    Option = Callable[[Callable[..., None]], Callable[..., None]]

_SEASON = {"auto": None, "on": True, "off": False}
DATE = click.DateTime(formats=["%Y-%m-%d"])


def _few_segments(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    if len(given) > len(SEGMENTS):
        raise click.BadParameter(f"at most {len(SEGMENTS)}")
    return given


# How a file is read, asked of every command that reads one
READING = (
    click.option(
        "--secrets",
        metavar="TOML",
        envvar="STREAMLIT_SECRETS_FILES",
        default=".streamlit/secrets.toml",
        show_default=True,
        expose_value=False,
        is_eager=True,
        callback=tell_secrets,
        help="File that names the sources; a FILE called source:NAME is one of them.",
    ),
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

# Which of the rows count
COUNTING = (
    click.option("--until", type=DATE, help="Observation end, inclusive; the last date in the file."),
    click.option(
        "--zero-orders", type=click.Choice(["leave-out", "keep"]), default="leave-out", show_default=True
    ),
    click.option("--duplicates", type=click.Choice(["keep", "drop"]), default="keep", show_default=True),
    click.option(
        "--reversed-orders",
        type=click.Choice(["keep", "drop"]),
        default="keep",
        show_default=True,
        help="Purchases taken back in full, with their refunds.",
    ),
    click.option(
        "--leave-out", metavar="CUSTOMER", multiple=True, help="A cash desk, a guest; may be repeated."
    ),
)

# Which names in the column of products are none
PRODUCTS = (
    click.option(
        "--fees",
        type=click.Choice(["leave-out", "keep"]),
        default="leave-out",
        show_default=True,
        help="Lines of postage, discounts and fees, among the products.",
    ),
    click.option(
        "--no-product", metavar="NAME", multiple=True, help="A name that is no product; may be repeated."
    ),
)

# Who counts, and how much an engine beyond memory may use
BEYOND = (
    click.option(
        "--engine",
        type=click.Choice(["pandas", "duckdb", "spark"]),
        default="pandas",
        show_default=True,
        help="Who counts: duckdb reads Parquet or CSV, a file or a folder of them, larger than memory; spark "
        "reads Parquet or a table, here or on a server, for what outgrows one machine.",
    ),
    click.option(
        "--spark",
        metavar="ADDRESS",
        help="With --engine spark: sc://host:port of a Spark Connect server, or local[4] for four processors "
        "of this machine; by default what SPARK_REMOTE says, and else every processor.",
    ),
    click.option(
        "--memory-limit",
        type=click.FloatRange(0.1),
        default=4.0,
        show_default=True,
        help="With --engine duckdb or spark: GB it may use here; what does not fit is put on disk.",
    ),
    click.option(
        "--temporary",
        metavar="FOLDER",
        help="With --engine duckdb or spark: where; by default the system's folder of temporary files.",
    ),
)

# What an engine writes where the customers are
PREDICTING = (
    click.option(
        "--store",
        metavar="FOLDER",
        help="With --engine duckdb: where to keep what was counted, so that of FILE, a folder, only files "
        "added since are read, and only their customers counted again. It holds customers' orders.",
    ),
    click.option(
        "--predictions",
        metavar="OUT",
        help="With --engine duckdb or spark: Parquet to write (of spark a folder), a customer a row, with "
        "P(alive), purchases and CLV.",
    ),
)

COMPLAINING = (
    click.option(
        "--complaints",
        metavar="FILE",
        help="Complaints: customer, date, resolved or not; by default a column of FILE called complaint.",
    ),
)

# What it takes to count as back
BACK = (
    click.option(
        "--returned-after",
        type=click.IntRange(1, MOST_PURCHASES),
        default=1,
        show_default=True,
        help="Cohorts and drop-off: how many purchases it takes to count as back.",
    ),
    click.option(
        "--returned-spend",
        type=click.FloatRange(0.0),
        default=0.0,
        show_default=True,
        help="Cohorts and drop-off: how much these must be worth.",
    ),
)

# Of the purchase model
MODEL = (
    click.option(
        "--model",
        type=click.Choice(["bg-nbd", "mbg-nbd", "pareto-nbd"]),
        help="Of purchases, for lifetime value; by default the one that foresaw best.",
    ),
    click.option(
        "--regularity",
        type=click.IntRange(1, MOST_REGULAR),
        help="How regularly customers buy: 1 is at random moments; by default as the data shows.",
    ),
    click.option(
        "--season",
        type=click.Choice(["auto", "on", "off"]),
        default="auto",
        show_default=True,
        help="Whether the purchase model knows the months of the year.",
    ),
)

# Of the models, and the terms on which customers are valued
VALUING = (
    *MODEL,
    click.option(
        "--horizon-months",
        type=int,
        default=12,
        show_default=True,
        help="How far ahead customers are valued.",
    ),
    click.option("--discount-rate", type=float, default=0.10, show_default=True, help="A year."),
    click.option(
        "--margin", type=float, default=1.0, show_default=True, help="Share of revenue that is profit."
    ),
)

# What is tried in what if, in the units of its page
TRYING = (
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


def with_options(options: Iterable[Option]) -> Option:
    """A command with these options, in their order."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(tuple(options)):
            command = option(command)
        return command

    return add


def wanted(options: dict[str, Any]) -> Wanted:
    """What the call asks of the purchase model; the data decides the rest."""
    model: Any = options["model"] and options["model"].replace("-", "_")
    return Wanted(model, options["regularity"], _SEASON[options["season"]])
