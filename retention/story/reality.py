"""The reality check: what everybody quotes about keeping customers, against this data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention import charts, claims
from retention.errors import InputError
from retention.story.message import MOST_LINES, Message, Table, Untold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention.claims import Finding, Side, Tested, Unit
    from retention.story.telling import Telling
    from retention.text import Words
    from retention.text.kinds import CellKind

_KINDS: dict[Unit, CellKind] = {"share": "share", "change": "change", "times": "number", "money": "money"}
_NAMED = 3  # claims in a sentence
_NUMBERS = ("figure_here", "interval_from", "interval_to")


def reality(told: Telling) -> Message | Untold:
    """How the claims fare, each figure over the quoted range."""
    words, plain = told.words, told.plain
    try:
        value = told.value
    except InputError:
        value = None
    lift = told.study.claims.lift(told.asked.claim)
    tested = claims.tested(told.study.claims.findings(lift, told.winning, value, told.heard))
    if not tested.findings:
        return Untold("reality", words.say("reality.page"), headline(tested, words))
    return Message(
        "reality",
        words.say("reality.page"),
        headline(tested, words),
        takeaways(tested, words)[:MOST_LINES],
        (),
        charts.overview.ranges(tested, plain),
        plain.say("reality.alt", fit=tested.count("true"), tested=len(tested.findings)),
        _table(tested.findings, plain),
        words.say("reality.definition"),
        numbers={each.claim.code: each.figure and each.figure.value for each in tested.findings},
    )


def headline(tested: Tested, words: Words) -> str:
    """How many of the claims this data can test hold."""
    unsure, n = tested.count("open"), len(tested.findings)
    if n == 0:
        return words.say("reality.headline.none")
    doubt = ".unsure" if unsure else ""
    return words.say(f"reality.headline{doubt}", fit=tested.count("true"), tested=n, unsure=unsure)


def takeaways(tested: Tested, words: Words) -> tuple[str, ...]:
    """Which of them are true, and with which not to plan: by name, of many the first few."""
    return tuple(
        _takeaway(which, found, tested.count(which), words) for which, found in tested.named_once.items()
    )


def _takeaway(which: Side, found: Sequence[Finding], every: int, words: Words) -> str:
    names = [words.bare.say("claims.quote", claim=each.claim.code) for each in found[:_NAMED]]
    more = every - len(names)
    return words.say(f"reality.takeaway.{which}{'.more' if more else ''}", names=names, n=more, all=every)


def _table(found: Sequence[Finding], words: Words) -> Table:
    rows = [
        {
            "said": words.say(f"claims.short.{each.claim.code}"),
            "claimed_from": each.claim.low,
            "claimed_to": each.claim.high,
            "figure_here": each.figure.value if each.figure else None,
            "interval_from": each.figure.low if each.figure else None,
            "interval_to": each.figure.high if each.figure else None,
            "verdict": words.say(f"claims.verdict.{each.verdict}"),
        }
        for each in found
    ]
    kinds = [_KINDS[each.claim.unit] for each in found]
    quoted: list[CellKind] = ["number" if kind == "money" else kind for kind in kinds]
    units = dict.fromkeys(_NUMBERS, kinds)
    return Table(pd.DataFrame(rows), units=units | {"claimed_from": quoted, "claimed_to": quoted})
