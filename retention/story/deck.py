"""The messages of a study in the order of a story, and what a report says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.errors import InputError
from retention.story.acquisition import acquisition
from retention.story.actions import actions
from retention.story.cohorts import cohorts
from retention.story.customers import customers
from retention.story.data import data
from retention.story.dropoff import dropoff
from retention.story.lifetime_value import lifetime_value, trust
from retention.story.message import Message, Untold
from retention.story.overview import overview
from retention.story.reality import reality
from retention.story.simulator import simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    from retention.story.telling import Telling
    from retention.text import Words

# Where we stand, who comes back, where we lose them, what more kept ones are worth, win or keep, what
# customers are still worth and how sure that is, whom to write to, what people quote, what to do, of what
MAKE: Mapping[str, Callable[[Telling], Message | Untold]] = {
    "overview": overview,
    "cohorts": cohorts,
    "dropoff": dropoff,
    "simulator": simulator,
    "acquisition": acquisition,
    "lifetime_value": lifetime_value,
    "trust": trust,
    "customers": customers,
    "reality": reality,
    "actions": actions,
    "data": data,
}
SECTIONS: tuple[str, ...] = tuple(MAKE)


def subject(section: str, words: Words) -> str:
    """What a section is about, in a word or two."""
    own = {"trust": "report.trust", "actions": "report.actions"}
    return words.say(own[section]) if section in own else words.say(f"{section}.page")


def named(asked: str | None) -> tuple[str, ...]:
    """Sections by their names, with commas between; all of them where none is named.

    Raises
    ------
    InputError
        ``unknown_section`` where there is no such.
    """
    names = [name.strip().replace("-", "_") for name in (asked or "").split(",") if name.strip()]
    for name in names:
        if name not in SECTIONS:
            raise InputError("unknown_section", section=name, sections=list(SECTIONS))
    return tuple(names) or SECTIONS


@dataclass(frozen=True)
class Deck:
    """What a report says.

    Attributes
    ----------
    title, subtitle : whose it is, and of what
    source : the file, its customers and orders, its days: under every message
    forecast : the verdict on what is foreseen; "" where nothing can be
    day : the report's own
    messages, untold : in the order of the story, and what cannot be said with why
    words : the reader's, for labels and numbers
    """

    title: str
    subtitle: str
    source: str
    forecast: str
    day: date
    messages: tuple[Message, ...]
    untold: tuple[Untold, ...]
    words: Words


def deck(
    told: Telling,
    day: date,
    *,
    name: str | None = None,
    sections: Collection[str] = SECTIONS,
    made: Callable[[str, int, int], None] = lambda *_: None,
) -> Deck:
    """Make the messages that are asked for.

    Parameters
    ----------
    name : of whom the report is for or by; the file's where none is given
    made : told before each: its name, which it is and of how many

    Raises
    ------
    Unanswered
        Where whoever holds the rows gave no answer to one of them.
    """
    asked = [section for section in SECTIONS if section in sections]
    if not asked:
        raise ValueError("a deck of no sections")
    found = []
    with told.study.memo.whole():
        for place, section in enumerate(asked):
            made(section, place, len(asked))
            found.append(MAKE[section](told))
    plain = told.plain
    return Deck(
        title=name or told.name,
        subtitle=plain.say("report.subtitle"),
        source=source(told),
        forecast=_forecast(told),
        day=day,
        messages=tuple(each for each in found if isinstance(each, Message)),
        untold=tuple(each for each in found if isinstance(each, Untold)),
        words=plain,
    )


def source(told: Telling) -> str:
    """Of which file, how many customers and orders, from when to when; and at what margin."""
    account, window = told.intake.account, told.study.window
    return told.plain.say(
        "report.source",
        name=told.name,
        customers=account.customers,
        orders=account.purchases,
        first=window.first,
        last=window.last,
        margin=told.asked.margin,
    )


def _forecast(told: Telling) -> str:
    try:
        return told.trust
    except InputError:
        return ""
