"""How customers are put together on a page: by one of our codes, or by a segment of the file.

A segment is known by the orders' column, which no language changes and which says nothing of the file, so the
choice may travel in a link; where the file opened there has no such column, the usual choice stands in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from retention import lifetime_value
from retention.orders import SEGMENTS
from retention.ui.parts import screen
from retention.ui.state.settings import SETTINGS, Choice

if TYPE_CHECKING:
    from retention.orders import Orders


def choice(name: str, orders: Orders) -> str:
    """One of a setting's codes or the file's segments, as buttons; no question where there is but one."""
    setting, segments = SETTINGS[name], columns(orders)
    if not isinstance(setting, Choice):
        raise TypeError(name)
    offered = [code for code in setting.options if code not in SEGMENTS or code in segments]
    if st.session_state.get(name) not in offered:
        st.session_state[name] = setting.default
    if len(offered) > 1:
        words = screen.words()
        st.segmented_control(
            screen.say("lifetime_value.groups.by"),
            offered,
            required=True,
            format_func=lambda code: segments.get(code) or words.say(f"lifetime_value.groups.{code}"),
            key=name,
            persist_state="session",
            wrap=True,
        )
    return str(st.session_state[name])


def columns(orders: Orders) -> dict[str, str]:
    """What the reader knows each segment by, by the column that holds it."""
    words = screen.words()
    return {column: words.heading(name) for name, column in orders.segments.items()}


def of(people: pd.DataFrame, by: str, orders: Orders) -> pd.Series:
    """The group of each customer: a fifth of P(active), a cohort, a segment or none."""
    if by == "p_alive":
        return lifetime_value.bands(people["p_alive"])
    if by == "cohort":
        return lifetime_value.cohort_of(people["first_day"], lifetime_value.cohort_period(orders.window))
    return people[by]


def named(groups: pd.Series, by: str, orders: Orders) -> list[str]:
    """The groups as a reader knows them."""
    words = screen.words()
    if by == "p_alive":
        ends = lifetime_value.BANDS
        return [words.say("lifetime_value.groups.band", low=ends[k], high=ends[k + 1]) for k in groups]
    if by == "cohort":
        period = lifetime_value.cohort_period(orders.window)
        return [words.period(int(number), period) for number in groups]
    return [words.say("dropoff.not_given") if pd.isna(group) else str(group) for group in groups]


def shown(rows: pd.DataFrame, by: str, value: str) -> pd.DataFrame:
    """The largest groups: segments by their value, the most first, all others in their order."""
    ranked = rows.sort_values(["customers", "group"], ascending=[False, True])
    largest = ranked.head(lifetime_value.MOST_GROUPS)
    if by not in SEGMENTS:
        return largest.sort_index()
    return largest.sort_values([value, "group"], ascending=[False, True])
