"""The What if page's further pictures, of which one at a time is computed and drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from retention import charts
from retention.ui.parts import screen
from retention.ui.parts.cached import cached
from retention.ui.simulator import answer, tables
from retention.ui.state.settings import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from streamlit.elements.lib.mutable_tab_container import TabContainer

    from retention.study import Start

VIEWS = ("active", "tornado", "margin", "retention")


def show(start: Start) -> None:
    """The pictures, of which the open one is drawn."""
    for tab, draw in zip(_tabs(), (active, tornado, by_margin, by_retention), strict=True):
        with tab:
            if tab.open:
                draw(start)


def _tabs() -> Sequence[TabContainer]:
    """A tab for each picture; only the open one is drawn, and it stays open over pages and languages."""
    labels = [screen.say(f"simulator.more.{view}") for view in VIEWS]
    key, before = f"simulator_view_{language()}", st.session_state.get("simulator_view", VIEWS[0])
    st.session_state.setdefault(key, labels[VIEWS.index(before)])
    tabs = st.tabs(labels, key=key, on_change="rerun")
    st.session_state["simulator_view"] = VIEWS[labels.index(st.session_state[key])]
    return tabs


def active(start: Start) -> None:
    """Customers over time."""
    words, result = screen.words(), start.answer
    drawing = cached(charts.simulator.active, result, start.base.period, words)
    left, last = result.survivors(start.base.per_year), result.active.iloc[-1]
    told = {
        "today": float(result.active["before"].iloc[0]),
        **{name: float(last[name]) for name in ("before", "after")},
        "base_before": left.before,
        "base_after": left.after,
        "when": words.say(f"simulator.active.{'year' if left.after_a_year else 'horizon'}"),
        "horizon": answer.horizon(start),
    }
    screen.chart(drawing, "simulator.active.alt", **told)
    screen.text(f"simulator.active.reading{'.gone' if left.hardly_anybody else ''}", **told)
    screen.table(lambda: cached(tables.active, result), "simulator_active")


def tornado(start: Start) -> None:
    """Which input matters most."""
    gain = start.answer.present.firm.absolute.value
    if gain == 0 or start.sensitivity.empty:
        screen.text("simulator.tornado.nothing")
        return
    words = screen.words()
    rows = cached(tables.inputs, start.sensitivity, words)
    drawing = cached(charts.simulator.tornado, rows, gain, words)
    widest = rows.iloc[0]
    low, high = sorted((float(widest["gain_low"]), float(widest["gain_high"])))
    told = {"name": widest["name"], "low": low, "high": high}
    screen.chart(drawing, "simulator.tornado.alt", **told)
    screen.text("simulator.tornado.reading", **told)
    screen.table(lambda: cached(tables.sensitivity, rows), "simulator_tornado")


def by_margin(start: Start) -> None:
    """What the rise brings by its size and by the margin."""
    cells = start.gain_by_margin
    _grid(start, cells, "margin", start.plan.margin)
    screen.text("simulator.grid.margin.reading")
    screen.table(lambda: cached(tables.grid, cells, "margin"), "simulator_margin")


def by_retention(start: Start) -> None:
    """What the rise brings by its size and by today's retention."""
    cells = start.gain_by_retention
    _grid(start, cells, "retention", start.answer.retention_before)
    alike = start.footing.code == "constant" and start.plan.steps == "all"  # else it need not rise with it
    screen.text(f"simulator.grid.retention.reading{'' if alike else '.plain'}")
    screen.table(lambda: cached(tables.grid, cells, "retention"), "simulator_retention")


def _grid(start: Start, cells: pd.DataFrame, by: Literal["margin", "retention"], at: float) -> None:
    here = (start.plan.uplift, at)
    drawing = cached(charts.simulator.grid, cells, by, here, start.plan.kind, screen.words())
    shown: dict[str, Any] = {"low": None, "high": None}
    values = cells["gain" if by == "margin" else "relative"].dropna()
    if len(values):
        shown = {"low": float(values.min()), "high": float(values.max())}
    screen.chart(drawing, f"simulator.grid.{by}.alt", **shown)
