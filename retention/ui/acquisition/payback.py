"""The Win or keep page's third part: when customers have paid back what winning them cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import charts
from retention.ui.acquisition import tables
from retention.ui.parts import controls, screen
from retention.ui.state import loaded

if TYPE_CHECKING:
    from retention.acquisition import Acquisition, Payback, UnitEconomics

_CHOSEN = "payback_group"


def section(found: Acquisition, worth: UnitEconomics, given: object) -> None:
    """One way of grouping at a time: the chosen group's payback in a sentence, the curves, the table."""
    if worth.everybody is None:
        return
    screen.section("acquisition.payback")
    words = screen.words()
    ways: dict[str, dict[str, Payback]] = {
        "all": {words.say("chart.all_new"): worth.everybody},
        "cohort": {words.period(n, found.cohort_period): one for n, one in worth.cohorts.items()},
        "channel": worth.channels,
    }
    offered = tuple(way for way, groups in ways.items() if groups)
    way = controls.choice("payback_by", offered) if len(offered) > 1 else offered[0]
    groups = ways[way]
    name = _group(way, list(groups))
    _told(name, groups[name], single=way == "all")
    drawing = loaded.drawn(
        "paid_back", lambda: charts.acquisition.paid_back(groups, name, words), (given, way, name)
    )
    one = groups[name]
    screen.chart(drawing, "acquisition.payback.alt", name=name, balance=one.balance, n=one.observed)
    screen.text("acquisition.payback.reading")
    if way != "all":
        paid = sum(one.months is not None for one in groups.values())
        screen.text(
            f"acquisition.payback.{way}.{'all' if paid == len(groups) else 'some'}", n=len(groups), paid=paid
        )
        loaded.table(tables.paid_back(groups), "paid_back", (given, way))
    loaded.table(tables.balances(groups), "payback_curve", (given, way))


def _group(way: str, names: list[str]) -> str:
    """Which group stands in front; the one with the most months observed until another is chosen."""
    if len(names) == 1:
        return names[0]
    key = f"{_CHOSEN}_{way}"
    if st.session_state.get(key) not in names:
        st.session_state[key] = names[0]
    st.segmented_control(
        screen.say("acquisition.payback.group"),
        names,
        required=True,
        format_func=screen.markdown_words().text,
        key=key,
        persist_state="session",
        wrap=True,
    )
    return str(st.session_state[key])


def _told(name: str, one: Payback, *, single: bool) -> None:
    """When the group has paid back, how sure that is, or what it still lacks."""
    last = one.curve.iloc[-1]
    values = {
        "name": name,
        "cac": one.cac,
        "n": one.months,
        "soonest": one.soonest,
        "latest": one.latest,
        "observed": one.observed,
        "lacking": -one.balance,
        "low": max(-float(last["high"]), 0.0),
        "high": -float(last["low"]),
    }
    if one.observed == 0:
        how = "unobserved"
    elif one.months is None:
        how = "not_yet" if last.isna()["low"] else "not_yet.interval"
    elif one.soonest is None or one.soonest == one.latest == one.months:
        how = "paid"  # with nothing to tell of an interval
    else:
        how = "paid.open" if one.latest is None else "paid.interval"
    screen.headline(f"acquisition.payback.{'all' if single else 'one'}.{how}", **values)
