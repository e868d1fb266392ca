"""Who leaves: the part of the Drop-off page that holds each group of customers against all others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from retention import charts
from retention.leaving import FIRST_ORDER, OUTCOMES
from retention.ui.dropoff import tables
from retention.ui.parts import screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from collections.abc import Hashable

    from retention.charts.style import Drawing
    from retention.leaving import Leaving
    from retention.study import Study
    from retention.text import Words


def section(study: Study) -> None:
    """The greatest real difference in a sentence, all of them in a chart for each outcome and a table."""
    screen.section("leaving.title")
    with screen.computing():
        result = study.dropoff.leaving()
    if result is None or result.table.empty:
        screen.text("leaving.none")
        return
    words = screen.words()
    rows = cached(_worded, result, len(study.segments) > 1, words)
    _headline(result, rows)
    screen.text("leaving.window", days=result.days)
    drawn = cached(charts.dropoff.differences, rows, words)
    for outcome in OUTCOMES:
        if outcome in drawn:
            _chart(result, rows[rows["outcome"] == outcome], drawn[outcome])
    screen.text("leaving.legend", n=len(result.real()), compared=len(rows))
    screen.table(lambda: cached(_table, rows, words), "leaving", columns=tables.LEAVING_SHOWN)


def _chart(result: Leaving, rows: pd.DataFrame, drawing: Drawing) -> None:
    """One outcome's differences, under what it is."""
    first = _spoken(rows.iloc[0].to_dict())
    said = screen.say(f"leaving.chart.{first['outcome']}", days=result.days, twice=result.watched_days)
    st.markdown(f"**{said}**")
    screen.chart(drawing, f"leaving.alt.{first['outcome']}", n=int(rows["real"].sum()), **first)


def _headline(result: Leaving, rows: pd.DataFrame) -> None:
    """What differs most and is more than chance; or that nothing does."""
    real = len(result.real())
    if real == 0:
        st.markdown(screen.say("leaving.headline.none", n=len(rows)))
        return
    first = _spoken(rows.iloc[0].to_dict())
    days = {"days": result.days, "twice": result.watched_days}
    st.markdown(screen.say(f"leaving.headline.{first['outcome']}", **days, **first))


def _worded(result: Leaving, several: bool, words: Words) -> pd.DataFrame:
    """The comparisons with the names of their groups and a sentence for each.

    Parameters
    ----------
    several : whether the file has several segments, so that each is named with its group
    """
    table = result.table
    names = [
        _size(result, int(level), words) if column == FIRST_ORDER else _segment(column, level, several, words)
        for column, level in zip(table["column"], table["level"], strict=True)
    ]
    rows = table.assign(group=names)
    rows["sentence"] = [
        words.say(f"leaving.reading.{row['outcome']}", days=result.days, **_spoken(row))
        for row in rows.to_dict("records")
    ]
    return rows


def _segment(column: str, level: Any, several: bool, words: Words) -> str:
    """The name of a segment, with what it is one of where there are several."""
    named = words.say("dropoff.not_given") if pd.isna(level) else str(level)
    return words.say("leaving.group", column=words.heading(column), group=named) if several else named


def _size(result: Leaving, number: int, words: Words) -> str:
    """The bounds of the first order."""
    bounds = (None, *result.edges, None)
    low, high = bounds[number : number + 2]
    if low is None:
        return words.say("leaving.size.smallest", high=high)
    if high is None:
        return words.say("leaving.size.largest", low=low)
    return words.say("leaving.size.between", low=low, high=high)


def _spoken(row: dict[Hashable, Any]) -> dict[str, Any]:
    """A comparison's values as its sentences name them; differences in points."""
    return {
        "outcome": row["outcome"],
        "group": row["group"],
        "customers": row["customers"],
        "rate": row["rate"],
        "low": row["low"],
        "high": row["high"],
        "other": row["other_rate"],
        "points": row["difference"],
        "points_low": row["difference_low"],
        "points_high": row["difference_high"],
    }


def _table(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    columns = [
        words.say("leaving.first_order") if c == FIRST_ORDER else words.heading(c) for c in rows["column"]
    ]
    return pd.DataFrame(
        {
            "split_by": columns,
            "group": rows["group"],
            "outcome": [words.say(f"leaving.outcome.{outcome}") for outcome in rows["outcome"]],
            "customers": rows["customers"],
            "group_share": rows["rate"],
            "low": rows["low"],
            "high": rows["high"],
            "other_rate": rows["other_rate"],
            "points": 100 * rows["difference"],
            "points_low": 100 * rows["difference_low"],
            "points_high": 100 * rows["difference_high"],
            "corrected_p": rows["corrected_p"],
            "real": [words.say(f"leaving.is_real.{'yes' if real else 'no'}") for real in rows["real"]],
        }
    )
