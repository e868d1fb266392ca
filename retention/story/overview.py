"""Where we stand: what changed most, in sentences to be read aloud, and the shop's four figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

from retention import charts
from retention.overview import MOST
from retention.story.message import MOST_LINES, Figure, Message, Native, Table
from retention.text.changes import change_sentence, change_values

if TYPE_CHECKING:
    from typing import Any

    from retention.flows import Flows
    from retention.overview import NotableChanges, Trend
    from retention.periods import Period
    from retention.story.telling import Telling
    from retention.text import Words
    from retention.text.kinds import CellKind

SHOWN = ("customers", "revenue_net", "strict_retention", "repeat_rate")
_KINDS: dict[str, CellKind] = {"rate": "share", "money": "money", "count": "count"}
_FLOWS = ["new", "retained", "reactivated", "lost", "revenue", "strict_retention"]
_BEFORE = {"period": 0, "previous": 1}  # named in sentences, and how far back each is


def overview(told: Telling) -> Message:
    """What changed most, and how many come, stay and leave."""
    study, asked, words = told.study, told.asked, told.words
    within = study.overview.usual_days() if asked.within is None else asked.within
    trends = study.overview.trends(asked.every, within)
    found, flows = study.overview.notable_changes(asked.every, within), study.shop.flows(asked.every)
    drawn = not flows.complete.empty
    return Message(
        "overview",
        words.say("overview.page"),
        headline(found, trends, words),
        tuple(_lines(found, asked.every, words)[:MOST_LINES]),
        figures(trends, told.plain),
        charts.overview.flows(flows, told.plain) if drawn else None,
        told.plain.say("flows.alt", **last_flow(flows, told.plain)) if drawn else "",
        _table(flows, told.plain),
        words.say("overview.definition"),
        numbers={trend.name: trend.value() for trend in trends},
    )


def headline(found: NotableChanges, trends: tuple[Trend, ...], words: Words) -> str:
    """That so many changes stand out, or none but a growth; or that there is nothing to compare yet."""
    latest = trends[0].latest
    if latest is None or not found.looked_at:
        return words.say("overview.headline.short")
    named = words.period(latest, trends[0].period)
    if not found.changes:
        return words.say(f"overview.headline.{_growth(found) or 'none'}", period=named)
    key = "overview.headline" if len(found.changes) == MOST else "overview.headline.few"
    return words.say(key, n=len(found.changes), period=named)


def changes(found: NotableChanges, every: Period, words: Words) -> list[str]:
    """What changed most, a sentence each."""
    return [change_sentence(each, every, words) for each in found.changes]


def goes_on(found: NotableChanges, every: Period, words: Words) -> str | None:
    """That the shop just grows or shrinks as it did; None where that cannot be told."""
    way = _growth(found)
    if found.growth is None or way is None:
        return None
    key = f"overview.{way}" if found.changes else "overview.goes_on"
    return words.say(key, **change_values(found.growth, every, words))


def _growth(found: NotableChanges) -> Literal["growing", "shrinking"] | None:
    """Where customers become more or fewer as they did before; None where that cannot be told."""
    if found.growth is None:
        return None
    return "growing" if found.growth.score > 0 else "shrinking"


def _lines(found: NotableChanges, every: Period, words: Words) -> list[str]:
    told = [*changes(found, every, words), goes_on(found, every, words)]
    return [line for line in told if line]


def figures(trends: tuple[Trend, ...], words: Words) -> tuple[Figure, ...]:
    """The four figures of the last period that counts, with their course."""
    named: dict[str, Trend] = {trend.name: trend for trend in trends}
    return tuple(_figure(named[name], words) for name in SHOWN)


def last_flow(found: Flows, words: Words) -> dict[str, Any]:
    """What sentences say of the last complete period."""
    last = found.complete.iloc[-1]
    named = {str(name): None if pd.isna(value) else value for name, value in last.items()}
    ends = {name: words.period(int(last["period"]) - back, found.period) for name, back in _BEFORE.items()}
    return {**named, "kept": last["strict_retention"], **ends}


def _figure(trend: Trend, words: Words) -> Figure:
    value = trend.value()
    unit = "percent" if trend.unit == "rate" else trend.unit
    return Figure(
        trend.name,
        _label(trend, words),
        words.say(f"value.{unit}", value=value),
        value,
        _KINDS[trend.unit],
        tuple(trend.known["value"].tolist()),
    )


def _label(trend: Trend, words: Words) -> str:
    """What a figure is called; what is counted from one period to the next names that period."""
    if trend.name == "strict_retention":
        return words.say(f"figure.strict_retention.{trend.period}")
    return words.say(f"figure.{trend.name}")


def _table(found: Flows, words: Words) -> Table:
    """The complete periods: customers who came, stayed, returned and left, revenue, retention."""
    rows = found.complete
    when = [words.period(number, found.period) for number in rows["period"]]
    frame = rows[_FLOWS].reset_index(drop=True)
    frame.insert(0, "period", when)
    return Table(
        frame, Native("stacked", "period", ("retained", "reactivated", "new"), words.say("chart.customers"))
    )
