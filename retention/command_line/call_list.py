"""`list`: whom to write to on an occasion, with the reason, what is at stake and who is held back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from retention import lists
from retention.command_line import reading
from retention.command_line.opening import opened
from retention.command_line.options import BEYOND, COUNTING, READING, VALUING, wanted, with_options
from retention.report import call_list
from retention.report.call_list import DAYS, SEED, SHARE, Wish
from retention.study import Study
from retention.text import Words

if TYPE_CHECKING:
    from retention.report.call_list import Written
    from retention.text import LanguageCode

_PERCENT = 100.0
_MOST_HELD_BACK = 90.0  # percent


@click.command("list")
@click.argument("occasion", type=click.Choice([name.replace("_", "-") for name in lists.OCCASIONS]))
@click.argument("file")
@with_options(READING)
@with_options(COUNTING)
@with_options(VALUING)
@with_options(BEYOND)
@click.option("--contacts", type=click.IntRange(min=1), help="Customers at most, the best first.")
@click.option("--budget", type=click.FloatRange(min=0), help="Money at most; needs --cost-per-contact.")
@click.option(
    "--cost-per-contact", type=click.FloatRange(min=0), default=0.0, show_default=True, help="Of one contact."
)
@click.option(
    "--hold-back",
    type=click.FloatRange(0, _MOST_HELD_BACK),
    default=_PERCENT * SHARE,
    show_default=True,
    help="Percent drawn at random and not written to, so that the list can be judged.",
)
@click.option("--seed", type=int, default=SEED, show_default=True, help="Of that chance.")
@click.option(
    "--days",
    type=click.IntRange(7, 730),
    default=DAYS,
    show_default=True,
    help="To follow customers after it.",
)
@click.option(
    "--for", "tool", type=click.Choice(lists.TOOLS), help="Also a file for a mail tool or for adverts."
)
@click.option("--out", metavar="CSV", required=True, help="The list, to be kept: it judges itself later.")
def write_list(
    occasion: str, file: str, sheet: str | None, language: LanguageCode, out: str, **options: Any
) -> None:
    """Write whom OCCASION concerns among the customers of FILE (a path, a sample or a source).

    With --engine duckdb FILE may be a folder, with --engine spark table:NAME too, a table by its name.
    """
    if options["budget"] is not None and options["cost_per_contact"] == 0:
        raise click.BadParameter("--budget needs --cost-per-contact")
    wish = Wish(
        occasion=_occasion(occasion),
        contacts=options["contacts"],
        budget=options["budget"],
        each=options["cost_per_contact"],
        share=options["hold_back"] / _PERCENT,
        seed=options["seed"],
        days=options["days"],
    )
    with opened(file, sheet, options) as there:
        intake = there.intake
        reading.progress("computing")
        study = Study(intake.orders, intake.lines, intake.exported)
        value = study.value(
            wanted(options),
            horizon_months=options["horizon_months"],
            discount_rate=options["discount_rate"],
            margin=options["margin"],
        )
        words = Words(language, intake.orders.currency)
        written = call_list.write(study.customers(value), wish, words)
        warnings = (*intake.warnings, *study.tables.warnings())
    for_tool = None if options["tool"] is None else lists.for_tool(written.table, options["tool"])
    reading.write_bytes(call_list.as_csv(written.table, language), out)
    if for_tool is not None:
        reading.write_bytes(call_list.as_csv(for_tool), _beside(out, options["tool"]))
    reading.say_what_margin(options["margin"], words)
    reading.say_warnings(warnings, words)
    _tell(written, wish, words)


def _occasion(asked: str) -> lists.Occasion:
    return next(name for name in lists.OCCASIONS if name == asked.replace("-", "_"))


def _beside(out: str, tool: str) -> str:
    path = Path(out)
    return str(path.with_name(f"{path.stem}-{tool}{path.suffix}"))


def _tell(written: Written, wish: Wish, words: Words) -> None:
    """How many, what is at stake, who is left out, and what the list can show, on standard error."""
    taken, left = written.taken, written.left
    said = [words.say(f"list.on_it.{taken.at_stake}", n=taken.customers, stake=taken.stake)]
    if left.customers:
        said.append(words.say(f"list.left_out.{left.at_stake}", n=left.customers, stake=left.stake))
    if wish.each > 0 and taken.customers:
        said.append(words.say(f"list.break_even.{taken.at_stake}", **vars(written.worth(wish.each, 0.0))))
    if written.spread is not None:
        told = {"n": written.held_back, "seed": wish.seed, "days": wish.days}
        expected = written.spread.mean
        said.append(
            words.say(
                "list.held_back",
                **told,
                smallest=written.smallest,
                plain=written.smallest_plain,
                expected=expected,
            )
        )
    else:
        said.append(words.say("list.nobody_held_back"))
    for line in said:
        click.echo(line, err=True)
