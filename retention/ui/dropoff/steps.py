"""The steps from purchase to purchase: settings, headline, curves, and whom to ask now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import aggregate, charts, truncation
from retention.dropoff import DropOff, Step, drop_off
from retention.text.formats import NOTHING
from retention.ui.dropoff import tables
from retention.ui.parts import controls, screen
from retention.ui.state import loaded
from retention.ui.state.settings import SETTINGS, Choice

if TYPE_CHECKING:
    import pandas as pd

    from retention.errors import DataWarning
    from retention.orders import Orders
    from retention.statistics import Estimate

_TYPES = {
    **dict.fromkeys(("median_days", "trigger_day", "read_at_day"), "Int64"),
    **dict.fromkeys(("within_low", "within_high", "low", "high"), "float64"),
}
_SHOWN = 500  # customers on screen; the download holds all


def leave_out() -> bool:
    """Whether customers who may be older than the file are left out."""
    return controls.choice("old_customers") == "leave_out"


def counted(leave_out: bool) -> Orders:
    """The orders the page's figures are of."""
    everybody = loaded.orders()
    if not leave_out:
        return everybody
    return loaded.computed(
        "counted", lambda: truncation.counted(everybody, leave_out=True), "without left truncated"
    )


def steps(leave_out: bool) -> DropOff:
    """The steps from each purchase to the next."""
    return loaded.computed("dropoff", lambda: drop_off(aggregate.gaps(counted(leave_out), "year")), leave_out)


def warnings() -> tuple[DataWarning, ...]:
    """What bends the steps: customers who may be older than the file."""
    return loaded.computed("dropoff_truncation", lambda: truncation.drop_off_warnings(loaded.orders()))


def asked(found: DropOff, leave_out: bool) -> pd.DataFrame:
    """Everybody whose wait passed its trigger day in the last seven days."""
    return loaded.computed(
        "asked", lambda: aggregate.past_trigger(loaded.orders(), found.triggers, found.later), leave_out
    )


def headline(found: DropOff) -> None:
    """Where most are lost, of how many, and where later on."""
    worst, later = found.worst(), found.worst(2)
    if worst is None or worst.within is None:
        screen.stop("dropoff.too_few")
    kind = "later" if worst.purchase > 1 else "both" if later else "first"
    screen.headline(
        f"dropoff.headline.{kind}",
        number=worst.purchase,
        within=found.day,
        **_lost(worst.within),
        **{f"later_{name}": value for name, value in _lost(later.within if later else None).items()},
        later=later.purchase if later else None,
    )
    first = found.steps[0]
    screen.text(
        "dropoff.basis", customers=first.customers, median=first.median_days, trigger=first.trigger_day
    )


def figures(found: DropOff, to_ask: pd.DataFrame) -> None:
    """Share that buys again after the first purchase, when, from when on to ask, and how many to ask now."""
    words, first = screen.words(), found.steps[0]
    within = first.within
    screen.metrics(
        {
            "dropoff.goes_on": (screen.say("value.percent", value=within.value if within else None), None),
            "dropoff.median": (_days(first.median_days), None),
            "dropoff.trigger": (words.count(first.trigger_day) if first.trigger_day else NOTHING, None),
            "dropoff.to_ask": (words.count(len(to_ask)), None),
        }
    )


def curve(found: DropOff, leave_out: bool) -> None:
    """The curve by purchase number, its reading and its table."""
    first, end = found.compared[0], found.compared[: charts.dropoff.MOST][-1]
    values = {
        "within": found.day,
        "second": first.reached.value if first.reached else None,
        "last": end.purchase + 1,
        "share": end.reached.value if end.reached else None,
    }
    words = screen.words()
    drawing = loaded.drawn("dropoff_steps", lambda: charts.dropoff.steps(found, words), leave_out)
    screen.chart(drawing, "dropoff.steps.alt", **values)
    screen.text("dropoff.steps.reading", **values)
    screen.table(tables.steps(found), "dropoff_steps")


def purchase(found: DropOff) -> Step:
    """The step looked at, of those that can be compared."""
    setting = SETTINGS["purchase_number"]
    offered = [str(step.purchase) for step in found.compared]
    codes = setting.options if isinstance(setting, Choice) else ()
    number = controls.choice("purchase_number", tuple(code for code in codes if code in offered))
    return found.steps[int(number) - 1]


def waiting(step: Step, leave_out: bool) -> None:
    """The days one step takes, their reading and their table."""
    values = {
        "n": step.purchase,
        "customers": step.customers,
        "share": step.goes_on.value if step.goes_on else None,
        "day": step.read_at_day,
        "median": step.median_days,
        "trigger": step.trigger_day,
        "naive": step.naive,
    }
    words, given = screen.words(), (step.purchase, leave_out)
    drawing = loaded.drawn("dropoff_waiting", lambda: charts.dropoff.waiting(step, words), given)
    screen.chart(drawing, "dropoff.waiting.alt", **values)
    screen.text("dropoff.waiting.reading", **values)
    screen.table(tables.waiting(step), "dropoff_waiting")


def list_of(to_ask: pd.DataFrame) -> None:
    """Who passed the trigger day this week, the most valuable first, ready for a request."""
    last = loaded.orders().window.last
    if to_ask.empty:
        screen.text("dropoff.list.none", last=last)
        return
    screen.text("dropoff.list.help", n=len(to_ask), last=last)
    table = tables.listed(to_ask)
    screen.show_table(table.head(_SHOWN), height="auto" if len(table) < 10 else 380)  # noqa: PLR2004  rows that fit
    screen.download(table, "dropoff_list", label="dropoff.list.download")


def _days(number: int | None) -> str:
    return NOTHING if number is None else screen.say("value.days", n=number)


def _lost(within: Estimate | None) -> dict[str, float | None]:
    """A loss with its interval, out of the share that goes on."""
    if within is None:
        return {"lost": None, "low": None, "high": None}
    low, high = within.ends or (None, None)
    return {
        "lost": 1 - within.value,
        "low": None if high is None else 1 - high,
        "high": None if low is None else 1 - low,
    }
