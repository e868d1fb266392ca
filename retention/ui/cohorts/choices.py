"""What the Cohorts page's settings ask for, and the table they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import streamlit as st

from retention import aggregate, cohorts, metrics
from retention.orders import SEGMENT
from retention.ui.parts import controls, grouping, screen
from retention.ui.state import loaded

if TYPE_CHECKING:
    import pandas as pd

    from retention.cohorts import Activity, CohortTable, Measure, OnOrAfter
    from retention.orders import Orders
    from retention.periods import Period

_WIDTH = 210  # pixels of a list in a row of settings


@dataclass(frozen=True)
class View:
    """What the page's settings ask for.

    Attributes
    ----------
    segments : column of the orders that segments come from, None where there is none
    by_segment : whether the rows are segments
    """

    period: Period
    measure: Measure
    activity: Activity
    segments: str | None
    by_segment: bool
    leave_out: int

    @property
    def by(self) -> str | None:
        """Column of the segments that are the rows; None where these are first periods."""
        return self.segments if self.by_segment else None


def view(orders: Orders) -> View:
    """The page's settings, each with its usual choice made."""
    period, measure = controls.period(), controls.measure()
    counted = measure in cohorts.COUNTED
    activity = cast("Activity", controls.choice("activity")) if counted else "on"
    by_segment = bool(orders.segments) and controls.choice("rows") == "segment"
    column = _column(orders)
    return View(period, measure, activity, column, by_segment, int(controls.number("leave_out")))


def _column(orders: Orders) -> str | None:
    """The column segments come from; None where there is none, and no question where there is but one."""
    named = grouping.columns(orders)
    if st.session_state.get("segments_of") not in named:
        st.session_state["segments_of"] = next(iter(named), SEGMENT)
    if len(named) > 1:
        st.selectbox(
            screen.say("cohorts.compare.column"),
            list(named),
            format_func=named.__getitem__,
            key="segments_of",
            persist_state="session",
            width=_WIDTH,
        )
    return str(st.session_state["segments_of"]) if named else None


def table(chosen: View) -> CohortTable:
    """The cohort table these settings ask for; the orders are counted once a period and segment."""
    make = cohorts.table_by_segment if chosen.by else cohorts.table_of

    def compute() -> CohortTable:
        counted = seen(chosen.period, chosen.by)
        return make(
            counted,
            chosen.period,
            loaded.orders().window,
            later=later(chosen, chosen.by),
            leave_out=chosen.leave_out,
        )

    given = (chosen.period, chosen.activity, chosen.by, chosen.leave_out)
    return loaded.computed("cohorts.table", compute, given)


def seen(period: Period, by: str | None) -> pd.DataFrame:
    """Customers, orders and money by cohort and period, and by segment where one is named."""
    return loaded.computed(
        "cohorts.cells", lambda: aggregate.cells(loaded.orders(), period, by=by), (period, by)
    )


def later(chosen: View, by: str | None) -> OnOrAfter | None:
    """What counting "on or after" needs, where that is asked for."""
    if chosen.activity == "on":
        return None
    settled = loaded.computed("active_days", lambda: metrics.active_days(loaded.orders()))
    last = loaded.computed(
        "cohorts.last_periods",
        lambda: aggregate.last_periods(loaded.orders(), chosen.period, by=by),
        (chosen.period, by),
    )
    return cohorts.OnOrAfter(last, settled)
