"""Whom to write to: how many customers each occasion concerns, and what is at stake; nobody by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention import charts
from retention.errors import InputError
from retention.lists import OCCASIONS
from retention.story import forecast
from retention.story.message import MOST_FIGURES, Figure, Message, Native, Table, Untold

if TYPE_CHECKING:
    from retention.lists import CallList, Extent, Occasion
    from retention.story.telling import Telling
    from retention.text import Words


def customers(told: Telling) -> Message | Untold:
    """The headline of the occasion looked at, and every occasion with its size and its stake."""
    words, plain, subject = told.words, told.plain, told.words.say("customers.page")
    try:
        called = lists(told)
    except InputError as refused:
        return Untold("customers", subject, words.error(refused))
    full = called[told.asked.occasion]
    rows = table(called, plain)
    most = rows.sort_values("stake_or_to_come", ascending=False, kind="stable").head(MOST_FIGURES)
    return Message(
        "customers",
        subject,
        headline(full, words),
        (words.say(f"occasion.{told.asked.occasion}.who"), forecast.line(told.forecast, words)),
        tuple(_figure(called[OCCASIONS[int(place)]], plain) for place in most.index),
        charts.customers.occasions(rows, plain) if rows["customers"].sum() else None,
        plain.say("customers.chart.alt", n=len(rows)),
        Table(rows, Native("bars", "occasion", ("stake_or_to_come",), plain.heading("stake_or_to_come"))),
        words.say("customers.definition"),
        told.trust,
        {
            occasion: {"customers": found.customers, "stake": found.stake}
            for occasion, found in called.items()
        },
    )


def lists(told: Telling) -> dict[Occasion, Extent]:
    """How many customers each occasion concerns, and their stake.

    Raises
    ------
    InputError
        Why no model tells who customers are.
    """
    found = told.study.customers(told.value)
    return {occasion: found.extent(occasion) for occasion in OCCASIONS}


def headline(full: CallList | Extent, words: Words) -> str:
    """What to do on an occasion, for how many, and what is at stake with them."""
    if full.customers == 0:
        return words.say("customers.headline.nobody")
    return words.say(f"customers.headline.{full.occasion}", n=full.customers, stake=full.stake)


def table(called: dict[Occasion, Extent], words: Words) -> pd.DataFrame:
    """An occasion a row."""
    return pd.DataFrame(
        [
            {
                "occasion": words.say(f"occasion.{occasion}"),
                "customers": found.customers,
                "stake_or_to_come": found.stake,
            }
            for occasion, found in called.items()
        ]
    )


def _figure(found: Extent, words: Words) -> Figure:
    label = words.say(
        "customers.chart.of", occasion=words.say(f"occasion.{found.occasion}"), n=found.customers
    )
    written = words.say("value.about", value=found.stake)
    return Figure(f"stake_{found.occasion}", label, written, found.stake, "money")
