"""The What if page's further pictures, of which one at a time is computed and drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from retention import charts, what_if
from retention.ui.parts import screen
from retention.ui.simulator import answer, tables
from retention.ui.state import loaded
from retention.ui.state.settings import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from streamlit.delta_generator import DeltaGenerator

    from retention.ui.simulator.question import Asked
    from retention.what_if import Simulation

_HARDLY_ANYBODY = 1.0  # customer
VIEWS = ("active", "tornado", "margin", "retention")


def tabs() -> Sequence[DeltaGenerator]:
    """A tab for each picture; only the open one is drawn, and it stays open over pages and languages."""
    labels = [screen.say(f"simulator.more.{view}") for view in VIEWS]
    key, before = f"simulator_view_{language()}", st.session_state.get("simulator_view", VIEWS[0])
    st.session_state.setdefault(key, labels[VIEWS.index(before)])
    tabs = st.tabs(labels, key=key, on_change="rerun")
    st.session_state["simulator_view"] = VIEWS[labels.index(st.session_state[key])]
    return tabs


def active(asked: Asked, result: Simulation) -> None:
    """Customers over time."""
    words = screen.words()
    drawing = loaded.drawn(
        "active", lambda: charts.simulator.active(result, asked.base.period, words), asked.given
    )
    year = min(round(asked.base.per_year), result.periods)
    then, last = result.active.iloc[year], result.active.iloc[-1]
    told = {
        "today": float(result.active["before"].iloc[0]),
        **{name: float(last[name]) for name in ("before", "after")},
        **{name: float(then[name]) for name in ("base_before", "base_after")},
        "when": words.say(f"simulator.active.{'year' if year == round(asked.base.per_year) else 'horizon'}"),
        "horizon": answer.horizon(asked),
    }
    screen.chart(drawing, "simulator.active.alt", **told)
    gone = float(then["base_after"]) < _HARDLY_ANYBODY
    screen.text(f"simulator.active.reading{'.gone' if gone else ''}", **told)
    screen.table(lambda: tables.active(result), "simulator_active")


def tornado(asked: Asked, result: Simulation) -> None:
    """Which input matters most."""
    gain = result.present.firm.absolute.value
    found: pd.DataFrame = loaded.tried(
        "sensitivity",
        lambda: what_if.sensitivity(asked.base, asked.plan, asked.footing),
        asked.given,
    )
    if gain == 0 or found.empty:
        screen.text("simulator.tornado.nothing")
        return
    words = screen.words()
    rows = tables.inputs(found, words)
    drawing = loaded.drawn("tornado", lambda: charts.simulator.tornado(rows, gain, words), asked.given)
    widest = rows.iloc[0]
    ends = sorted((float(widest["gain_low"]), float(widest["gain_high"])))
    told = {"name": widest["name"], "low": ends[0], "high": ends[1]}
    screen.chart(drawing, "simulator.tornado.alt", **told)
    screen.text("simulator.tornado.reading", **told)
    screen.table(lambda: tables.sensitivity(rows), "simulator_tornado")


def grid(asked: Asked, result: Simulation, by: Literal["margin", "retention"]) -> None:
    """What the rise brings by its size and by the margin or today's retention."""
    cells: pd.DataFrame = loaded.tried(
        f"grid_{by}",
        lambda: what_if.gain_grid(asked.base, asked.plan, asked.footing, by, asked.rest),
        asked.given,
    )
    words = screen.words()
    at = asked.plan.margin if by == "margin" else result.retention_before
    here = (asked.plan.uplift, at)
    drawing = loaded.drawn(
        f"grid_{by}",
        lambda: charts.simulator.grid(cells, by, here, asked.plan.kind, words),
        asked.given,
    )
    shown: dict[str, Any] = {"low": None, "high": None}
    values = cells["gain" if by == "margin" else "relative"].dropna()
    if len(values):
        shown = {"low": float(values.min()), "high": float(values.max())}
    screen.chart(drawing, f"simulator.grid.{by}.alt", **shown)
    alike = result.footing == "constant" and asked.plan.steps == "all"  # else it need not rise with retention
    plain = ".plain" if by == "retention" and not alike else ""
    screen.text(f"simulator.grid.{by}.reading{plain}")
    screen.table(lambda: tables.grid(cells, by), f"simulator_{by}")
