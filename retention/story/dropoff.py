"""Where we lose them: after which purchase customers stop, and by when to ask for the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import charts
from retention.returned import ONCE
from retention.statistics import named_ends, value_of
from retention.story import tables
from retention.story.message import Figure, Message, Native, Table, Untold
from retention.text.formats import NOTHING

if TYPE_CHECKING:
    from typing import Any

    from retention.dropoff import DropOff, Step
    from retention.returned import Returned
    from retention.story.telling import Telling
    from retention.text import Words
    from retention.text.kinds import CellKind

_COLUMNS = ["purchase", "customers", "within", "within_low", "within_high", "median_days", "trigger_day"]


def dropoff(told: Telling) -> Message | Untold:
    """The headline of the steps, when to ask, and the share that comes to each purchase."""
    study, words, plain = told.back, told.words, told.plain
    left_out, returned = told.asked.leave_out_left_truncated, told.asked.returned
    found = study.counted(leave_out_left_truncated=left_out).dropoff.steps()
    why = refusal(found)
    if why is not None:
        return Untold("dropoff", words.say("dropoff.page"), words.say(why))
    to_ask = study.dropoff.number_to_ask(leave_out_left_truncated=left_out)
    warned = () if left_out else study.dropoff.warnings()
    table = tables.steps(found).head(len(found.compared[: charts.dropoff.MOST]))
    return Message(
        "dropoff",
        words.say("dropoff.page"),
        headline(found, words, returned),
        (basis(found, words, returned), *(words.warning(each) for each in warned[:1])),
        figures(found, to_ask, plain, returned),
        charts.dropoff.steps(found, plain),
        plain.say(
            "dropoff.steps.alt" if returned.by_any_purchase else "dropoff.steps.back.alt",
            **reading(found, returned),
        ),
        Table(table[_COLUMNS], Native("columns", "purchase", ("within",), plain.say("dropoff.goes_on"))),
        words.say("dropoff.definition"),
        numbers={f"within_{row.purchase}": row.within for row in table.itertuples()},
    )


def refusal(found: DropOff) -> str | None:
    """Key of why it cannot be told; None where it can."""
    if found.worst is None:
        return "dropoff.too_few"
    return "dropoff.too_short" if found.is_short else None


def headline(found: DropOff, words: Words, returned: Returned = ONCE) -> str:
    """Where most are lost, of how many, and where later on; how many are not back where that takes more."""
    if not returned.by_any_purchase:
        lost = found.steps[0].lost
        return words.say("dropoff.headline.back", within=found.day, lost=value_of(lost), **named_ends(lost))
    worst, later = found.worst, found.later_point
    if worst is None:
        raise ValueError("no step can be told of")
    kind = "later" if worst.purchase > 1 else "both" if later else "first"
    return words.say(
        f"dropoff.headline.{kind}",
        number=worst.purchase,
        within=found.day,
        lost=value_of(worst.lost),
        **named_ends(worst.lost),
        later_lost=value_of(later.lost) if later else None,
        **named_ends(later.lost if later else None, "later"),
        later=later.purchase if later else None,
    )


def basis(found: DropOff, words: Words, returned: Returned = ONCE) -> str:
    """Who stands behind the headline, and when those who go on do; what it takes to count as back."""
    if not returned.by_any_purchase:
        spend = ".spend" if returned.spend else ""
        return words.say(f"dropoff.returned{spend}", n=returned.purchases, spend=returned.spend)
    first = found.steps[0]
    return words.say(
        f"dropoff.basis{is_told(first)}",
        customers=first.customers,
        median=first.median_days,
        trigger=first.trigger_day,
    )


def is_told(step: Step) -> str:
    """Which of two sentences holds: with the days by which customers go on, or without them."""
    return "" if step.trigger_day is not None else ".untold"


def figures(found: DropOff, to_ask: int, words: Words, returned: Returned = ONCE) -> tuple[Figure, ...]:
    """Share that buys again after the first purchase, when, from when on to write, and to how many now."""
    first = found.steps[0]
    within, median, trigger = value_of(first.within), first.median_days, first.trigger_day
    named: dict[str, tuple[str, float | None, CellKind]] = {
        "goes_on": (words.say("value.percent", value=within), within, "share"),
        "median": (_days(median, words), median, "count"),
        "trigger": (_days(trigger, words), trigger, "count"),
        "to_ask": (words.count(to_ask), to_ask, "count"),
    }
    if not returned.by_any_purchase:  # the others are of the next purchase
        named = {"to_ask": named["to_ask"]}
    return tuple(Figure(name, words.say(f"dropoff.{name}"), *given) for name, given in named.items())


def _days(days: int | None, words: Words) -> str:
    return NOTHING if days is None else words.say("value.days", n=days)


def reading(found: DropOff, returned: Returned = ONCE) -> dict[str, Any]:
    """What the curve shows, for its sentences."""
    first, end = found.compared[0], found.compared[: charts.dropoff.MOST][-1]
    values = {
        "within": found.day,
        "second": value_of(first.reached),
        "last": end.next_purchase,
        "share": value_of(end.reached),
    }
    return values if returned.by_any_purchase else values | {"n": end.purchase}
