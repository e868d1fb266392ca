"""The Drop-off page's comparison of one step between segments and between cohorts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from retention import charts
from retention.study.dropoff import MOST_COHORTS
from retention.ui.dropoff import tables
from retention.ui.parts import screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.dropoff import DropOff, Step
    from retention.periods import Period
    from retention.study import Study
    from retention.text import Words


def by_segment(study: Study, step: Step, found: DropOff) -> None:
    """The step in each segment, one column of the file at a time; nothing where the file has none."""
    segments = study.segments
    if not segments or found.day is None:
        return
    rows = study.dropoff.by_segment(segments[_segment(list(segments))], step.purchase, found.day)
    named = cached(_segments, rows, screen.words())
    _chart("segment", cached(_largest, named), step, found.day)
    screen.table(named, "dropoff_segments", columns=tables.GROUPS_SHOWN)


def by_cohort(study: Study, step: Step, found: DropOff) -> None:
    """The step in each cohort, in months, or longer periods where there are many."""
    if found.day is None:
        return
    rows = study.dropoff.by_cohort(step.purchase, found.day)
    named = cached(_cohorts, rows, study.dropoff.cohort_period(), screen.words())
    _chart("cohort", cached(_latest, named), step, found.day)
    screen.table(named, "dropoff_cohorts", columns=tables.GROUPS_SHOWN)


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


def _segments(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The step in each segment, by its name."""
    names = [words.say("dropoff.not_given") if pd.isna(group) else str(group) for group in rows["group"]]
    return rows.assign(group=names).astype({"median_days": "Int64"})


def _cohorts(rows: pd.DataFrame, period: Period, words: Words) -> pd.DataFrame:
    """The step in each cohort, by its name."""
    names = [words.period(group, period) for group in rows["group"]]
    return rows.assign(group=names).astype({"median_days": "Int64"})


def _largest(named: pd.DataFrame) -> pd.DataFrame:
    """As many of the largest segments as a chart can hold, those first where most go on."""
    ranked = named.sort_values(["customers", "group"], ascending=[False, True]).head(charts.dropoff.MOST)
    return ranked.sort_values(["within", "group"], ascending=[False, True])


def _latest(named: pd.DataFrame) -> pd.DataFrame:
    """As many of the latest cohorts as a chart can hold."""
    return named.tail(MOST_COHORTS)


def _chart(kind: str, shown: pd.DataFrame, step: Step, day: int) -> None:
    """The chart of a step in each group, with its reading; why not, where no group is followed so long."""
    known = shown.dropna(subset="within")
    if known.empty or step.within is None:
        screen.text(f"dropoff.{kind}.none", within=day)
        return
    everybody, first = step.within.value, known.iloc[0]
    values = {
        "number": step.purchase,
        "within": day,
        "name": first["group"],
        "share": first["within"],
        "low": first["within_low"],
        "high": first["within_high"],
        "everybody": everybody,
    }
    drawing = cached(charts.dropoff.groups, shown, everybody, screen.words())
    screen.chart(drawing, f"dropoff.{kind}.alt", **values)
    screen.text(f"dropoff.{kind}.reading", **values)
