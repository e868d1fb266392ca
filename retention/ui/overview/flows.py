"""Who comes, stays and leaves, by the calendar or by the days since they bought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from retention import charts
from retention.ui.overview import tables
from retention.ui.parts import controls, screen
from retention.ui.parts.cached import cached
from retention.ui.state.settings import get

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention.flows import Flows
    from retention.overview import ActiveFlows
    from retention.periods import Period
    from retention.study import Study


_PERIODS = {"period": 0, "previous": 1}  # named in sentences, and how far back each is


def counted_by() -> None:
    """Who counts as active: by the calendar, or by the days since they bought."""
    if controls.choice("active_by") == "typed":
        controls.number("own_days")


def show(study: Study, every: Period) -> None:
    """Who comes, stays and leaves, by the calendar or by the days since they bought."""
    activity = get("active_by")
    with screen.computing():
        if activity == "calendar":
            _calendar(study.shop.flows(every))
        else:
            days = int(get("own_days") or 1) if activity == "typed" else None
            _active(study.overview.active_flows(every, days))


def _calendar(found: Flows) -> None:
    _chart(found, "flows.calendar")
    screen.text("flows.early")
    _table(tables.calendar_flows, found)


def _active(found: ActiveFlows) -> None:
    _chart(found, "flows.active", days=found.days)
    screen.text("flows.active.days", days=found.days)
    _table(tables.active_flows, found)


def _table(make: Callable[..., pd.DataFrame], found: Flows | ActiveFlows) -> None:
    screen.table(lambda: cached(make, found, screen.words()), "flows", columns=tables.FLOWS_SHOWN)


def _chart(found: Flows | ActiveFlows, key: str, **more: Any) -> None:
    """The last complete period in a sentence, then all as a chart; or that none is complete."""
    if found.complete.empty:
        screen.text("flows.none")
        return
    last, words = found.complete.iloc[-1], screen.words()
    named = {str(name): None if pd.isna(value) else value for name, value in last.items()}
    ends = {name: words.period(int(last["period"]) - back, found.period) for name, back in _PERIODS.items()}
    values = {**named, **more, "kept": last["strict_retention"], **ends}
    st.markdown(screen.say(key, **values))
    screen.chart(cached(charts.overview.flows, found, words), "flows.alt", **values)
