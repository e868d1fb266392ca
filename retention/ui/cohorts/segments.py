"""Two segments side by side on the Cohorts page: a heatmap of each, and their difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from retention import charts
from retention.statistics import named_ends
from retention.text import escaped
from retention.ui.cohorts import tables
from retention.ui.parts import screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.cohorts import Comparison, Standing
    from retention.study import Study
    from retention.ui.cohorts.choices import View

_WIDTH = 260  # pixels of a list
_OFFERED = 100  # segments a list can hold, the largest first


def headline(study: Study, chosen: View) -> None:
    """Whose customers come back more and less than all others, by more than chance; or that nobody's do."""
    if not chosen.segments:
        return
    found = study.cohorts.ranking(chosen.period, chosen.activity, chosen.segments, chosen.leave_out)
    if found.best is None and found.worst is None:
        if found.compared > 1:
            screen.text("cohorts.segments.none", n=found.compared)
        return
    kind = "both" if found.best and found.worst else "best" if found.best else "worst"
    stand = {**_stands("best", found.best), **_stands("worst", found.worst)}
    st.markdown(screen.say(f"cohorts.segments.{kind}", **stand))


def _stands(name: str, standing: Standing | None) -> dict[str, Any]:
    """A segment and its share with its interval as a sentence names them."""
    if standing is None:
        return {}
    share = standing.share
    return {name: _named(standing.segment), f"{name}_rate": share.value, **named_ends(share, name)}


def compare(study: Study, chosen: View) -> None:
    """Choose two segments; then both heatmaps on one scale, their difference, and its table."""
    screen.text("cohorts.compare.help")
    by = chosen.segments or ""
    one, other = _pair(study.cohorts.segments(chosen.period, by)[:_OFFERED])
    if one is None or other is None:
        return
    if one == other:
        screen.text("cohorts.compare.same")
        return
    found = study.cohorts.compared(
        one, other, chosen.period, chosen.activity, by, chosen.leave_out, chosen.measure
    )
    if found.cells.empty:
        screen.text("cohorts.compare.apart")
        return
    names = (_named(one), _named(other))
    _both(found, names)
    _difference(found, names)
    screen.table(
        lambda: cached(tables.comparison, found, screen.words()),
        "segment_difference",
        cells=tables.compared(found),
    )


def _pair(offered: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The two segments, kept in the visit's state as long as the file has them."""
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


def _named(segment: str) -> str:
    return segment or screen.words().say("chart.no_segment")


def _both(found: Comparison, names: tuple[str, str]) -> None:
    words = screen.words()
    drawn = cached(charts.cohorts.both, found, words)
    for place, side, name, drawing in zip(st.columns(2), (found.one, found.other), names, drawn, strict=True):
        with place:
            st.markdown(f"**{escaped(name)}**")
            screen.chart(
                drawing,
                "cohorts.heatmap.alt",
                rows=side.cells["cohort"].nunique(),
                ages=int(side.cells["age"].max()),
                sentence=cached(charts.cohorts.example, side, found.measure, words),
            )


def _difference(found: Comparison, names: tuple[str, str]) -> None:
    words = screen.words()
    st.markdown(f"**{screen.say('cohorts.compare.difference', one=names[0], other=names[1])}**")
    sentence = cached(charts.cohorts.largest_difference, found, names, words)
    drawing = cached(charts.cohorts.difference, found, names, words)
    screen.chart(drawing, "cohorts.compare.alt", one=names[0], other=names[1], sentence=sentence)
    screen.paragraph(screen.say("cohorts.reading", sentence=sentence), screen.say("cohorts.compare.legend"))
