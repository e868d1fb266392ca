"""Who comes, stays and leaves, by the calendar or by the days since they bought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from retention import charts, overview
from retention.metrics import active_days
from retention.ui.overview import tables
from retention.ui.parts import controls, screen
from retention.ui.state import loaded
from retention.ui.state.settings import get

if TYPE_CHECKING:
    from retention.flows import Flows
    from retention.overview import ActiveFlows
    from retention.periods import Period


@st.fragment
def show(every: Period) -> None:
    """Who comes, stays and leaves, by the calendar or by the days since they bought."""
    with screen.settings():
        activity = controls.choice("active_by")
        if activity == "typed":
            controls.number("own_days")
    with screen.computing():
        if activity == "calendar":
            _calendar_flows(loaded.flows(every))
        else:
            days = int(get("own_days") or 1) if activity == "typed" else None
            _active_flows(_active(every, days))


def _active(every: Period, days: int | None) -> ActiveFlows:
    chosen = days or loaded.computed("active_days", lambda: active_days(loaded.orders()))
    return loaded.computed(
        "active_flows", lambda: overview.active_flows(loaded.orders(), every, chosen), (every, chosen)
    )


def _calendar_flows(found: Flows) -> None:
    table = found.table.assign(whole=found.table["complete"])
    whole = found.complete
    if len(whole):
        last = whole.iloc[-1]
        _flows_chart(table, found.period, last, "flows.calendar", kept=last["strict_retention"])
    else:
        screen.text("flows.none")
    screen.text("flows.early")
    screen.table(tables.calendar_flows(found, screen.words()), "flows")


def _active_flows(found: ActiveFlows) -> None:
    table = found.table.assign(whole=found.table["complete"] & found.table["settled"])
    whole = found.table[found.table["complete"]]
    if len(whole):
        last = whole.iloc[-1]
        _flows_chart(
            table, found.period, last, "flows.active", kept=last["strict_retention"], days=found.days
        )
    else:
        screen.text("flows.none")
    screen.text("flows.active.days", days=found.days)
    screen.table(tables.active_flows(found, screen.words()), "flows")


def _flows_chart(table: pd.DataFrame, every: Period, last: pd.Series, key: str, **more: Any) -> None:
    """The last complete period in a sentence, then all as a chart."""
    named = {str(name): None if pd.isna(value) else value for name, value in last.items()}
    words = screen.words()
    values = {**named, **more, "period": words.period(int(last["period"]), every)}
    st.markdown(screen.say(key, **values))
    drawing = loaded.drawn(key, lambda: charts.overview.flows(table, every, words), (every, more))
    screen.chart(drawing, "flows.alt", **values)
