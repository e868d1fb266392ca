"""When customers have paid back what winning them cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import charts
from retention.statistics import named_ends
from retention.ui.acquisition import tables
from retention.ui.parts import controls, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.acquisition import Payback, UnitEconomics
    from retention.periods import Period

_CHOSEN = "payback_group"


def section(worth: UnitEconomics, cohorts: Period) -> None:
    """One way of grouping at a time: the chosen group's payback in a sentence, the curves, the table.

    Parameters
    ----------
    cohorts : their period
    """
    if worth.everybody is None:
        return
    words = screen.words()
    ways: dict[str, dict[str, Payback]] = {
        "all": {words.say("chart.all_new"): worth.everybody},
        "cohort": {words.period(n, cohorts): one for n, one in worth.cohorts.items()},
        "channel": worth.channels,
    }
    offered = tuple(way for way, groups in ways.items() if groups)
    way = controls.choice("payback_by", offered) if len(offered) > 1 else offered[0]
    groups = ways[way]
    name = _group(way, list(groups))
    _told(name, groups[name], single=way == "all")
    drawing, one = cached(charts.acquisition.paid_back, groups, name, words), groups[name]
    screen.chart(drawing, "acquisition.payback.alt", name=name, balance=one.balance, n=one.observed)
    screen.text("acquisition.payback.reading")
    if way != "all":
        paid = [name for name, one in groups.items() if one.how == "paid"]
        whole = "all" if len(paid) == len(groups) else "some"
        screen.text(f"acquisition.payback.{way}.{whole}", n=len(groups), paid=len(paid))
        screen.table(lambda: cached(tables.paid_back, groups), "paid_back")
    screen.table(lambda: cached(tables.balances, groups), "payback_curve")


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
    lacking = one.lacking
    values = {
        "name": name,
        "cac": one.cac,
        "n": one.months,
        "soonest": one.soonest,
        "latest": one.latest,
        "observed": one.observed,
        "lacking": lacking.value,
        **named_ends(lacking),
    }
    how: str = one.how
    if how == "not_yet" and lacking.ends:
        how = "not_yet.interval"
    elif how == "paid" and one.soonest is not None and not one.soonest == one.latest == one.months:
        how = "paid.open" if one.latest is None else "paid.interval"
    screen.headline(f"acquisition.payback.{'all' if single else 'one'}.{how}", **values)
