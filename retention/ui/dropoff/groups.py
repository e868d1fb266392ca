"""The Drop-off page's comparison of one step between segments and between cohorts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from retention import aggregate, charts
from retention.dropoff import DropOff, Step, compare_groups
from retention.ui.dropoff import steps
from retention.ui.parts import screen
from retention.ui.state import loaded

if TYPE_CHECKING:
    from retention.orders import Orders
    from retention.periods import Period

_MOST_COHORTS = 24
_COHORTS: tuple[Period, ...] = ("month", "quarter", "year")


def by_segment(step: Step, found: DropOff, leave_out: bool) -> None:
    """The step in each segment, one column of the file at a time; nothing where the file has none."""
    segments = loaded.orders().segments
    if not segments or found.day is None:
        return
    column = segments[_segment(list(segments))]
    gaps = loaded.computed(
        "gaps_by_segment",
        lambda: aggregate.gaps_by_segment(steps.counted(leave_out), column),
        (column, leave_out),
    )
    rows = _compared(gaps, step, found.day, (column, leave_out))
    words = screen.words()
    named = rows.assign(
        group=[words.say("dropoff.not_given") if pd.isna(group) else str(group) for group in rows["group"]]
    )
    ranked = named.sort_values(["customers", "group"], ascending=[False, True]).head(charts.dropoff.MOST)
    shown = ranked.sort_values(["within", "group"], ascending=[False, True])
    _show("segment", shown, step, found.day, (column, leave_out))
    screen.table(_table(named), "dropoff_segments")


def by_cohort(step: Step, found: DropOff, leave_out: bool) -> None:
    """The step in each cohort, in months, or longer periods where there are many."""
    if found.day is None:
        return
    orders = steps.counted(leave_out)
    period = _cohort_period(orders)
    gaps = loaded.computed(
        "gaps_by_cohort", lambda: aggregate.gaps_by_cohort(orders, period), (period, leave_out)
    )
    rows = _compared(gaps, step, found.day, (period, leave_out))
    words = screen.words()
    named = rows.assign(group=[words.period(group, period) for group in rows["group"]])
    _show("cohort", named.tail(_MOST_COHORTS), step, found.day, (period, leave_out))
    screen.table(_table(named), "dropoff_cohorts")


def _compared(gaps: pd.DataFrame, step: Step, day: int, given: tuple[object, ...]) -> pd.DataFrame:
    """The step in each group."""
    return loaded.computed(
        "groups_compared", lambda: compare_groups(gaps, step.purchase, day), (step.purchase, *given)
    )


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


def _show(kind: str, named: pd.DataFrame, step: Step, day: int, given: tuple[object, ...]) -> None:
    """The chart of a step in each group, with its reading; why not, where no group is followed so long."""
    known = named.dropna(subset="within")
    if known.empty or step.within is None:
        screen.text(f"dropoff.{kind}.none", within=day)
        return
    words, everybody, first = screen.words(), step.within.value, known.iloc[0]
    values = {
        "number": step.purchase,
        "within": day,
        "name": first["group"],
        "share": first["within"],
        "low": first["within_low"],
        "high": first["within_high"],
        "everybody": everybody,
    }
    drawing = loaded.drawn(
        f"dropoff_{kind}", lambda: charts.dropoff.groups(known, everybody, words), (step.purchase, *given)
    )
    screen.chart(drawing, f"dropoff.{kind}.alt", **values)
    screen.text(f"dropoff.{kind}.reading", **values)


def _table(named: pd.DataFrame) -> pd.DataFrame:
    return named.astype({"median_days": "Int64"})
