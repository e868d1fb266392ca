"""Value still to come by cohort and by segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from retention import charts, lifetime_value
from retention.periods import number_of
from retention.ui import loaded, screen
from retention.ui.clv import table

if TYPE_CHECKING:
    from retention.orders import Orders
    from retention.periods import Period
    from retention.ui.clv import Valued

_COHORTS: tuple[Period, ...] = ("month", "quarter", "year")
_FIRST_PURCHASE = ""  # beside the names of the file's segments


def section(found: Valued) -> None:
    """One way of grouping at a time: bars with intervals, the reading, the table."""
    screen.section("lifetime_value.groups")
    orders, words = loaded.orders(), screen.words()
    by = _grouping(list(orders.segments))
    column = orders.segments.get(by)
    given, basis = (*found.given, column), (*found.basis, column)
    with screen.computing():
        of_revenue = loaded.computed("value_groups", lambda: _values(found, orders, column), basis)
    rows = found.at_margin(of_revenue, "clv", "low", "high", "mean")
    named = rows.assign(group=_names(rows["group"], orders, column))
    shown = _shown(named, in_time=column is None)
    first = shown.nlargest(1, "clv").iloc[0]
    told = {name: first[name] for name in ("group", "customers", "clv", "low", "high", "mean")}
    drawing = loaded.drawn("value_groups", lambda: charts.lifetime_value.groups(shown, words), given)
    screen.chart(drawing, "lifetime_value.groups.alt", n=len(rows), **told)
    screen.text("lifetime_value.groups.reading", **told, share=_share(first["clv"], rows["clv"].sum()))
    if len(shown) < len(rows):
        screen.text("lifetime_value.groups.more", n=len(shown), all=len(rows))
    heading = "cohort" if column is None else "segment"
    headings = {"group": heading, "p_alive": "active_expected", "mean": "clv_mean"}
    ends = {"low": "clv_low", "high": "clv_high"}
    table(named.rename(columns=headings | ends), "value_groups", given)


def _grouping(segments: list[str]) -> str:
    """By first purchase, or by one of the file's segments; no question where it has none."""
    offered = [_FIRST_PURCHASE, *segments]
    if st.session_state.get("value_by") not in offered:
        st.session_state["value_by"] = _FIRST_PURCHASE
    if not segments:
        return _FIRST_PURCHASE
    words = screen.words()
    st.segmented_control(
        screen.say("lifetime_value.groups.by"),
        offered,
        required=True,
        format_func=lambda name: words.heading(name) if name else words.say("lifetime_value.groups.cohort"),
        key="value_by",
        persist_state="session",
        wrap=True,
    )
    return str(st.session_state["value_by"])


def _values(found: Valued, orders: Orders, column: str | None) -> pd.DataFrame:
    p_alive = loaded.computed("p_listed", lambda: _alive(found), found.basis)
    people = found.of_revenue.table.assign(p_alive=p_alive)
    group = people[column] if column else _cohort(people["first_day"], _period(orders))
    return lifetime_value.value_by_group(people, group, found.purchases, found.spend, found.terms)


def _alive(found: Valued) -> pd.Series:
    table = found.worth.table
    each = lifetime_value.probability_alive(found.listed, table["x"], table["t_x"], table["T"])
    return pd.Series(each, index=table.index)


def _period(orders: Orders) -> Period:
    """The shortest period of which there are not too many."""
    most = lifetime_value.MOST_GROUPS
    return next((p for p in _COHORTS if len(orders.window.numbers(p)) <= most), "year")


def _cohort(first_day: pd.Series, period: Period) -> pd.Series:
    days = first_day.unique()
    numbers = {day: number_of(pd.Timestamp.fromordinal(int(day)).date(), period) for day in days}
    return first_day.map(numbers)


def _names(groups: pd.Series, orders: Orders, column: str | None) -> list[str]:
    words = screen.words()
    if column is None:
        return [words.period(int(number), _period(orders)) for number in groups]
    return [words.say("dropoff.not_given") if pd.isna(group) else str(group) for group in groups]


def _shown(named: pd.DataFrame, *, in_time: bool) -> pd.DataFrame:
    """Cohorts in their order; of the segments the largest, the most valuable first."""
    largest = named.sort_values(["customers", "group"], ascending=[False, True]).head(
        lifetime_value.MOST_GROUPS
    )
    return largest.sort_index() if in_time else largest.sort_values(["clv", "group"], ascending=[False, True])


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None
