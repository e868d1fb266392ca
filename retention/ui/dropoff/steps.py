"""The steps from purchase to purchase: settings, headline, curves, and whom to ask now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from retention import charts
from retention.returned import ONCE
from retention.statistics import named_ends, value_of
from retention.text.formats import NOTHING
from retention.ui.dropoff import tables
from retention.ui.parts import controls, downloads, screen
from retention.ui.parts.cached import cached
from retention.ui.state.settings import SETTINGS, Choice

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd
    from pandas.io.formats.style import Styler

    from retention.dropoff import DropOff, Step
    from retention.returned import Returned
    from retention.text import Words

_SHOWN = 500  # customers on screen; the download holds all
_FITTING, _HEIGHT = 6, 248  # rows from which on the list scrolls, and how high it then is, in pixels


def leave_out() -> bool:
    """Whether customers who may be older than the file are left out."""
    return controls.choice("old_customers") == "leave_out"


def returned() -> Returned:
    """What it takes to count as back."""
    with screen.settings():
        return controls.returned()


def headline(found: DropOff, returned: Returned = ONCE) -> None:
    """Where most are lost, of how many, and where later on; or why that cannot be told."""
    worst, later = found.worst, found.later_point
    if worst is None:
        screen.stop("dropoff.too_few")
    if found.is_short:
        screen.stop("dropoff.too_short")
    if not returned.by_any_purchase:
        _not_back(found, returned)
        return
    kind = "later" if worst.purchase > 1 else "both" if later else "first"
    screen.headline(
        f"dropoff.headline.{kind}",
        number=worst.purchase,
        within=found.day,
        lost=value_of(worst.lost),
        **named_ends(worst.lost),
        later_lost=value_of(later.lost) if later else None,
        **named_ends(later.lost if later else None, "later"),
        later=later.purchase if later else None,
    )
    first = found.steps[0]
    screen.text(
        f"dropoff.basis{_told(first)}",
        customers=first.customers,
        median=first.median_days,
        trigger=first.trigger_day,
    )


def _not_back(found: DropOff, returned: Returned) -> None:
    """How many are not back after their first purchase, where that takes more than the next one."""
    first = found.steps[0]
    screen.headline(
        "dropoff.headline.back", within=found.day, lost=value_of(first.lost), **named_ends(first.lost)
    )
    spend = ".spend" if returned.spend else ""
    screen.text(f"dropoff.returned{spend}", n=returned.purchases, spend=returned.spend)


def figures(found: DropOff, to_ask: pd.DataFrame, returned: Returned = ONCE) -> None:
    """Share that buys again after the first purchase, when, from when on to write, and to how many now."""
    words, first = screen.words(), found.steps[0]
    if not returned.by_any_purchase:  # the others are of the next purchase
        screen.metrics({"dropoff.to_ask": (words.count(len(to_ask)), None)})
        return
    screen.metrics(
        {
            "dropoff.goes_on": (screen.say("value.percent", value=value_of(first.within)), None),
            "dropoff.median": (_days(first.median_days), None),
            "dropoff.trigger": (_days(first.trigger_day), None),
            "dropoff.to_ask": (words.count(len(to_ask)), None),
        }
    )


def curve(found: DropOff, returned: Returned = ONCE) -> None:
    """The curve by purchase number, its reading and its table."""
    first, end = found.compared[0], found.compared[: charts.dropoff.MOST][-1]
    values = {
        "within": found.day,
        "second": value_of(first.reached),
        "last": end.next_purchase,
        "share": value_of(end.reached),
    }
    words = screen.words()
    drawing = cached(charts.dropoff.steps, found, words)
    if returned.by_any_purchase:
        screen.chart(drawing, "dropoff.steps.alt", **values)
        screen.text("dropoff.steps.reading", **values)
    else:
        times = values | {"n": end.purchase}
        screen.chart(drawing, "dropoff.steps.back.alt", **times)
        screen.text("dropoff.steps.back", **times)
    screen.table(lambda: cached(tables.steps, found), "dropoff_steps", columns=tables.STEPS_SHOWN)


def purchase(found: DropOff) -> Step:
    """The step looked at, of those that can be compared."""
    setting = SETTINGS["purchase_number"]
    offered = [str(step.purchase) for step in found.compared]
    codes = setting.options if isinstance(setting, Choice) else ()
    number = controls.choice("purchase_number", tuple(code for code in codes if code in offered))
    return found.steps[int(number) - 1]


def waiting(step: Step) -> None:
    """The days one step takes, their reading and their table."""
    values = {
        "n": step.purchase,
        "customers": step.customers,
        "share": value_of(step.goes_on),
        "day": step.read_at_day,
        "asked": step.asked_within,
        "median": step.median_days,
        "trigger": step.trigger_day,
        "naive": step.naive,
    }
    drawing, told = cached(charts.dropoff.waiting, step, screen.words()), _told(step)
    screen.chart(drawing, f"dropoff.waiting.alt{told}", **values)
    screen.text(f"dropoff.waiting.reading{told}", **values)
    screen.table(lambda: cached(tables.waiting, step), "dropoff_waiting")


def list_of(to_ask: pd.DataFrame, last: date) -> None:
    """Who passed the trigger day this week, the most valuable first, ready for a request."""
    if to_ask.empty:
        screen.text("dropoff.list.none", last=last)
        return
    screen.text("dropoff.list.help", n=len(to_ask), last=last)
    height: int | Literal["auto"] = "auto" if len(to_ask) < _FITTING else _HEIGHT
    screen.show_table(cached(_listed, to_ask, screen.words()), height=height)
    screen.download(lambda: cached(tables.listed, to_ask), "dropoff_list", label="dropoff.list.download")


def _told(step: Step) -> str:
    """Which of two sentences holds: with the days by which customers go on, or without them."""
    return "" if step.trigger_day is not None else ".untold"


def _days(number: int | None) -> str:
    return NOTHING if number is None else screen.say("value.days", n=number)


def _listed(to_ask: pd.DataFrame, words: Words) -> Styler:
    """The top of the list as it is read."""
    return downloads.written(tables.listed(to_ask).head(_SHOWN), words)
