"""The Drop-off page: what is computed for it, its settings, its sentences and its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from retention import aggregate, charts, truncation
from retention.dropoff import DropOff, Step, compare_groups, drop_off
from retention.text.formats import NOTHING
from retention.ui import controls, loaded, screen
from retention.ui.settings import SETTINGS, Choice

if TYPE_CHECKING:
    from retention.errors import DataWarning
    from retention.intervals import Rate
    from retention.orders import Orders
    from retention.periods import Period

_SHOWN = 500  # customers on screen; the download holds all
_MOST_COHORTS = 24
_COHORTS: tuple[Period, ...] = ("month", "quarter", "year")


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
            "dropoff.goes_on": (screen.say("value.percent", value=within.rate if within else None), None),
            "dropoff.median": (_days(first.median_days), None),
            "dropoff.trigger": (words.count(first.trigger_day) if first.trigger_day else NOTHING, None),
            "dropoff.to_ask": (words.count(len(to_ask)), None),
        }
    )


def curve(found: DropOff) -> None:
    """The curve by purchase number, its reading and its table."""
    first, end = found.compared[0], found.compared[: charts.dropoff.MOST][-1]
    values = {
        "within": found.day,
        "second": first.reached.rate if first.reached else None,
        "last": end.purchase + 1,
        "share": end.reached.rate if end.reached else None,
    }
    screen.chart(charts.dropoff.steps(found, screen.words()), "dropoff.steps.alt", **values)
    screen.text("dropoff.steps.reading", **values)
    screen.table(steps_table(found), "dropoff_steps")


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
        "share": step.goes_on.rate if step.goes_on else None,
        "day": step.read_at_day,
        "median": step.median_days,
        "trigger": step.trigger_day,
        "naive": step.naive,
    }
    screen.chart(charts.dropoff.waiting(step, screen.words()), "dropoff.waiting.alt", **values)
    screen.text("dropoff.waiting.reading", **values)
    screen.table(waiting_table(step), "dropoff_waiting")


def list_of(to_ask: pd.DataFrame) -> None:
    """Who passed the trigger day this week, the most valuable first, ready for a request."""
    last = loaded.orders().window.last
    if to_ask.empty:
        screen.text("dropoff.list.none", last=last)
        return
    screen.text("dropoff.list.help", n=len(to_ask), last=last)
    table = readable(to_ask)
    screen.show_table(table.head(_SHOWN), height="auto" if len(table) < 10 else 380)  # noqa: PLR2004  rows that fit
    screen.download(table, "dropoff_list", label="dropoff.list.download")


def by_segment(step: Step, found: DropOff, leave_out: bool) -> None:
    """The step in each segment, one column of the file at a time; nothing where the file has none."""
    segments = loaded.orders().segments
    if not segments or found.day is None:
        return
    name = _segment(list(segments))
    rows = _groups(segments[name], step, found.day, leave_out)
    words = screen.words()
    named = rows.assign(
        name=[words.say("dropoff.not_given") if pd.isna(group) else str(group) for group in rows["group"]]
    )
    ranked = named.sort_values(["customers", "name"], ascending=[False, True]).head(charts.dropoff.MOST)
    _compared(ranked.sort_values(["within", "name"], ascending=[False, True]), step, found.day, "segment")
    screen.table(_group_table(named), "dropoff_segments")


def by_cohort(step: Step, found: DropOff, leave_out: bool) -> None:
    """The step in each cohort, in months, or longer periods where there are many."""
    if found.day is None:
        return
    period = _cohort_period(counted(leave_out))
    rows = _groups(period, step, found.day, leave_out)
    words = screen.words()
    named = rows.assign(name=[words.period(group, period) for group in rows["group"]])
    _compared(named.tail(_MOST_COHORTS), step, found.day, "cohort")
    screen.table(_group_table(named), "dropoff_cohorts")


def steps_table(found: DropOff) -> pd.DataFrame:
    """Every step with at least 30 customers, as far as it is known."""
    return pd.DataFrame(
        [
            {
                "purchase": step.purchase,
                "customers": step.customers,
                "within": step.within.rate if step.within else None,
                "within_low": step.within.low if step.within else None,
                "within_high": step.within.high if step.within else None,
                "median_days": step.median_days,
                "trigger_day": step.trigger_day,
                "goes_on": step.goes_on.rate,
                "low": step.goes_on.low,
                "high": step.goes_on.high,
                "read_at_day": step.read_at_day,
                "naive": step.naive,
                "reached": step.reached.rate if step.reached else None,
            }
            for step in found.steps
            if step.goes_on is not None
        ]
    ).astype({"median_days": "Int64", "trigger_day": "Int64", "read_at_day": "Int64"})


def waiting_table(step: Step) -> pd.DataFrame:
    """Share gone on by each day, up to the last the step is read at."""
    curve = step.curve
    table = pd.DataFrame(
        {
            "day": curve.days,
            "at_risk": curve.at_risk,
            "gone_on": 1 - curve.waiting,
            "low": 1 - curve.high,
            "high": 1 - curve.low,
        }
    )
    return table[table["day"] <= (step.read_at_day or 0)]


def readable(to_ask: pd.DataFrame) -> pd.DataFrame:
    """The list with dates for day numbers."""
    origin = pd.Timestamp("1970-01-01").toordinal()
    return pd.DataFrame(
        {
            "customer_id": to_ask["customer_id"],
            "orders": to_ask["purchase"],
            "last_bought": pd.to_datetime(to_ask["last_day"] - origin, unit="D").dt.date,
            "waited": to_ask["waited"],
            "trigger_day": to_ask["trigger"],
            "revenue_net": to_ask["revenue"],
        }
    )


def _days(number: int | None) -> str:
    return NOTHING if number is None else screen.say("value.days", n=number)


def _lost(within: Rate | None) -> dict[str, float | None]:
    """A loss with its interval, out of the share that goes on."""
    if within is None:
        return {"lost": None, "low": None, "high": None}
    return {"lost": 1 - within.rate, "low": 1 - within.high, "high": 1 - within.low}


def _segment(names: list[str]) -> str:
    """Which of the file's segments; no question where there is one."""
    if len(names) == 1:
        return names[0]
    if st.session_state.get("dropoff_segment") not in names:
        st.session_state["dropoff_segment"] = names[0]
    st.segmented_control(
        screen.say("dropoff.segment"),
        names,
        required=True,
        format_func=screen.words().heading,
        key="dropoff_segment",
        persist_state="session",
        wrap=True,
    )
    return str(st.session_state["dropoff_segment"])


def _cohort_period(orders: Orders) -> Period:
    """The shortest period of which there are not too many."""
    fitting = (p for p in _COHORTS if len(orders.window.numbers(p)) <= _MOST_COHORTS + 1)
    return next(fitting, "year")


def _groups(by: str, step: Step, day: int, leave_out: bool) -> pd.DataFrame:
    """The step in each group: `by` is a period, for cohorts, or a column of the orders."""

    def count() -> pd.DataFrame:
        orders = counted(leave_out)
        if by in _COHORTS:
            return aggregate.gaps_by_cohort(orders, by)
        return aggregate.gaps_by_segment(orders, by)

    def compare() -> pd.DataFrame:
        return compare_groups(loaded.computed("group_gaps", count, (by, leave_out)), step.purchase, day)

    return loaded.computed("groups", compare, (by, leave_out, step.purchase))


def _compared(named: pd.DataFrame, step: Step, day: int, kind: str) -> None:
    """The chart of a step in each group, with its reading; why not, where no group is followed so long."""
    known = named.dropna(subset="within")
    if known.empty or step.within is None:
        screen.text(f"dropoff.{kind}.none", within=day)
        return
    words = screen.words()
    sentences = [
        words.say(
            "chart.group",
            name=r.name,
            customers=r.customers,
            share=r.within,
            low=r.within_low,
            high=r.within_high,
        )
        for r in known.itertuples(index=False)
    ]
    values: dict[str, Any] = {
        "within": day,
        "name": known["name"].iloc[0],
        "customers": known["customers"].iloc[0],
        "share": known["within"].iloc[0],
        "low": known["within_low"].iloc[0],
        "high": known["within_high"].iloc[0],
        "everybody": step.within.rate,
    }
    drawing = charts.dropoff.groups(known.assign(sentence=sentences), step.within.rate, words)
    screen.chart(drawing, f"dropoff.{kind}.alt", **values)
    screen.text(f"dropoff.{kind}.reading", **values)


def _group_table(named: pd.DataFrame) -> pd.DataFrame:
    table = named.assign(group=named["name"]).drop(columns="name")
    return table.astype({"median_days": "Int64"})
