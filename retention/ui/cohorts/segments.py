"""Two segments side by side on the Cohorts page: a heatmap of each, and their difference."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from retention import charts, cohorts
from retention.orders import SEGMENT
from retention.text import escaped
from retention.ui.cohorts import tables
from retention.ui.cohorts.choices import later, seen
from retention.ui.parts import screen
from retention.ui.state import loaded

if TYPE_CHECKING:
    from retention.charts.style import Drawing
    from retention.cohorts import CohortTable, Comparison
    from retention.ui.cohorts.choices import View

_WIDTH = 260  # pixels of a list
_OFFERED = 100  # segments a list can hold, the largest first


def compare(chosen: View) -> None:
    """Choose two segments; then both heatmaps on one scale, their difference, and its table."""
    screen.section("cohorts.compare")
    screen.text("cohorts.compare.help")
    one, other = _pair(chosen)
    if one is None or other is None:
        return
    if one == other:
        screen.text("cohorts.compare.same")
        return
    names = (_named(one), _named(other))
    given = (replace(chosen, by_segment=False), one, other)
    found = loaded.computed(
        "segments.comparison",
        lambda: cohorts.compare(_table(chosen, one), _table(chosen, other), chosen.measure),
        given,
    )
    if found.cells.empty:
        screen.text("cohorts.compare.apart")
        return
    _both(found, names, given)
    _difference(found, names, given)
    screen.table(tables.comparison(found, screen.words()), "segment_difference", cells=tables.compared(found))


def _pair(chosen: View) -> tuple[str | None, str | None]:
    """The two segments, kept in the visit's state as long as the file has them."""
    offered = _offered(chosen)
    with screen.settings():
        for name in ("one", "other"):
            kept = st.session_state.get(f"compare_{name}")
            st.session_state[f"compare_{name}"] = kept if kept in offered else None
            st.selectbox(
                screen.say(f"cohorts.compare.{name}"),
                offered,
                index=None,
                format_func=_named,
                key=f"compare_{name}",
                placeholder=screen.say("cohorts.behind.choose"),
                persist_state="session",
                width=_WIDTH,
            )
    return st.session_state["compare_one"], st.session_state["compare_other"]


def _offered(chosen: View) -> list[str]:
    counted = seen(chosen.period, chosen.segments)
    won = counted[counted["cohort"] == counted["period"]].groupby(SEGMENT)["customers"].sum()
    ranked = won.reset_index().sort_values(["customers", SEGMENT], ascending=[False, True])
    return list(ranked[SEGMENT])[:_OFFERED]


def _named(segment: str) -> str:
    return segment or screen.words().say("chart.no_segment")


def _table(chosen: View, segment: str) -> CohortTable:
    return cohorts.table_of(
        cohorts.only(seen(chosen.period, chosen.segments), segment),
        chosen.period,
        loaded.orders().window,
        later=cohorts.only_later(later(chosen, chosen.segments), segment),
        leave_out=chosen.leave_out,
    )


def _both(found: Comparison, names: tuple[str, str], given: object) -> None:
    words, measure = screen.words(), found.measure
    most = max(charts.cohorts.top(side, measure) for side in (found.one, found.other))

    def draw() -> tuple[Drawing, Drawing]:
        one, other = (
            charts.cohorts.heatmap(side, measure, words, scale_top=most) for side in (found.one, found.other)
        )
        return one, other

    drawn = loaded.computed("segments.heatmaps", draw, (given, words))
    sides = zip(st.columns(2), (found.one, found.other), names, drawn, strict=True)
    for place, side, name, drawing in sides:
        with place:
            st.markdown(f"**{escaped(name)}**")
            screen.chart(
                drawing,
                "cohorts.heatmap.alt",
                rows=side.cells["cohort"].nunique(),
                ages=int(side.cells["age"].max()),
                sentence=charts.cohorts.example(side, measure, words),
            )


def _difference(found: Comparison, names: tuple[str, str], given: object) -> None:
    words = screen.words()
    st.markdown(f"**{screen.say('cohorts.compare.difference', one=names[0], other=names[1])}**")
    sentence = charts.cohorts.largest_difference(found, names, words)
    draw = loaded.computed(
        "segments.difference", lambda: charts.cohorts.difference(found, names, words), (given, words)
    )
    screen.chart(draw, "cohorts.compare.alt", one=names[0], other=names[1], sentence=sentence)
    screen.text("cohorts.reading", sentence=sentence)
    screen.text("cohorts.compare.legend")
