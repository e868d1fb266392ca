"""The Cohorts page's own parts: settings, the table they ask for, heatmap, curves, revenue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from retention import aggregate, charts, cohorts, metrics
from retention.orders import SEGMENT
from retention.statistics import named_ends
from retention.ui import controls, grouping, loaded, screen, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

    from retention.charts.style import Drawing
    from retention.cohorts import Activity, CohortTable, Measure, OnOrAfter
    from retention.errors import DataWarning
    from retention.orders import Orders
    from retention.periods import Period

_SHOWN = 200  # rows of a table that may have very many
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


def headline(found: CohortTable) -> None:
    """How many of a hundred come back in the next period, and who stands behind that."""
    if found.pooled.empty or found.pooled.iloc[0]["age"] != 1:
        screen.headline("cohorts.headline.none")
        return
    next_period = found.pooled.iloc[0]
    later_too = "later." if found.activity == "on_or_after" else ""
    screen.headline(
        f"cohorts.headline.{later_too}{found.period}",
        rate=next_period["rate"],
        low=next_period["low"],
        high=next_period["high"],
    )
    count, customers = int(next_period["cohorts"]), int(next_period["customers"])
    screen.text("cohorts.basis", n=count, cohorts=count, customers=customers)


def old_customers(chosen: View, warnings: Iterable[DataWarning]) -> None:
    """What customers older than the file do to the headline, once.

    The first cohort holds most of them and can be left out here: where it bends the headline that is told,
    and where it is left out; elsewhere what warns of them.
    """
    everybody = table(replace(chosen, by_segment=False, leave_out=0))
    first = loaded.computed(
        "cohorts.first", lambda: cohorts.without_first(everybody), (chosen.period, chosen.activity)
    )
    if chosen.leave_out and not everybody.pooled.empty:
        screen.text("cohorts.left_out", n=chosen.leave_out, rate=everybody.pooled.iloc[0]["rate"])
    elif first is None or not first.bends:
        screen.warnings(warnings)
    else:
        name = screen.words().period(first.cohort, chosen.period)
        screen.text(
            "cohorts.without_first",
            cohort=name,
            size=first.size,
            rate=first.without.value,
            **named_ends(first.without),
        )


def heatmap(found: CohortTable, chosen: View, on_click: Callable[[str], None]) -> None:
    """The heatmap, whose cells can be clicked, and how to read it.

    Parameters
    ----------
    on_click : what to do with a click, given the heatmap's name in the visit's state
    """
    words, key = screen.words(), f"cohorts_{chosen.period}_{chosen.by or ''}"
    reading = _example(found, chosen)
    screen.clickable(
        drawing("heatmap", lambda: charts.cohorts.heatmap(found, chosen.measure, words), chosen),
        key,
        lambda: on_click(key),
        "cohorts.heatmap.alt",
        rows=found.cells["cohort"].nunique(),
        ages=int(found.cells["age"].max()),
        sentence=reading,
    )
    screen.text("cohorts.reading", sentence=reading)
    screen.text("cohorts.heatmap.legend")
    if charts.cohorts.is_cut(found):
        screen.text("cohorts.heatmap.cut", most=charts.cohorts.MOST)
    screen.table(tables.cohorts(found, chosen.measure, words), "cohorts", cells=chosen.measure)


def curves(found: CohortTable, chosen: View) -> None:
    """The curves, the average among them, and its table."""
    words, reading = screen.words(), _example(found, chosen)
    averages = loaded.computed(
        "cohorts.averages",
        lambda: charts.cohorts.average_sentences(found, chosen.measure, words),
        (chosen, words),
    )
    screen.chart(
        drawing("curves", lambda: charts.cohorts.curves(found, chosen.measure, words), chosen),
        "cohorts.curves.alt",
        rows=found.cells["cohort"].nunique(),
        sentence=averages[0] if averages else reading,
    )
    if averages:
        screen.text("cohorts.curves.reading", first=averages[0], last=averages[-1])
    else:
        screen.text("cohorts.reading", sentence=reading)
    screen.table(tables.pooled(found), "pooled_retention")


def revenue(chosen: View) -> None:
    """Whose revenue it is, as shares or as money."""
    with screen.settings():
        shares = controls.choice("revenue_as") == "share"
    words = screen.words()
    base = table(replace(chosen, by_segment=False, activity="on", leave_out=0))
    found = loaded.computed("cohorts.revenue", lambda: cohorts.revenue_by_cohort(base), chosen.period)
    read = _latest_whole(found)
    if read is None:
        screen.text("cohorts.no_rows")
        return
    values: dict[str, Any] = {**read, "when": words.period(read["when"], chosen.period)}
    screen.chart(
        loaded.computed(
            "cohorts.revenue.chart",
            lambda: charts.cohorts.revenue(found, chosen.period, words, shares=shares),
            (chosen.period, shares, words),
        ),
        "cohorts.revenue.alt",
        **values,
    )
    screen.text("cohorts.revenue.reading", **values)
    whole = tables.revenue(found, chosen.period, words)
    screen.table(whole[::-1], "revenue_by_cohort", most=_SHOWN)


def drawing(what: str, draw: Callable[[], Drawing], chosen: View) -> Drawing:
    """A chart of this view, drawn once for each language and currency."""
    return loaded.computed(f"cohorts.{what}", draw, (chosen, screen.words()))


def _example(found: CohortTable, chosen: View) -> str:
    """What one cell says in a sentence: of the latest row whose next period is final, or else the first."""
    words = screen.words()
    return loaded.computed(
        "cohorts.example",
        lambda: charts.cohorts.example(found, chosen.measure, words),
        (chosen, words),
    )


def _latest_whole(found: pd.DataFrame) -> dict[str, Any] | None:
    """Who the revenue of the last complete period came from; None where there is none above 0."""
    whole = found[found["complete"]].dropna(subset=["share"])
    if whole.empty:
        return None
    last = whole[whole["period"] == whole["period"].max()]
    new = float(last.loc[last["age"] == 0, "share"].sum())
    return {"when": int(last["period"].iloc[0]), "new": new, "old": 1 - new}
