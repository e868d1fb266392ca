"""What a lost customer costs, what it costs to replace one, and where the value at risk lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from retention import charts
from retention.statistics import value_of
from retention.story.tables import largest_groups, named_groups
from retention.text.formats import about
from retention.ui.acquisition import spend_editor
from retention.ui.lifetime_value import tables
from retention.ui.lifetime_value.value import named
from retention.ui.parts import grouping, screen
from retention.ui.parts.cached import cached
from retention.ui.state import settings

if TYPE_CHECKING:
    from retention.statistics import Estimate
    from retention.study import Value


def section(value: Value) -> None:
    """In words what a loss costs; then where the value at risk lies: bars, the reading, the table."""
    _told(value)
    if value.at_risk.warnings:
        st.warning(screen.say("lifetime_value.risk.unsure"), icon=":material/warning:")
    screen.text("lifetime_value.risk.assumes", model=named(value.purchases))
    if value.at_risk.total.value > 0:
        _groups(value)


def _groups(value: Value) -> None:
    words, by = screen.words(), grouping.choice("risk_by", value.study)
    rows = cached(named_groups, value.risk_by_group(by), by, value.cohort_period(), words)
    shown = cached(largest_groups, rows, by, "value_at_risk")
    most = {str(name): cell for name, cell in shown.nlargest(1, "value_at_risk").iloc[0].items()}
    drawing = cached(charts.lifetime_value.at_risk, shown, words)
    screen.chart(drawing, "lifetime_value.risk.alt", n=len(rows), **most)
    reading = "lifetime_value.risk.reading"
    screen.text(f"{reading}.p_alive" if by == "p_alive" else reading, **most)
    if value.differ(by):
        screen.text("lifetime_value.groups.differ")
    if len(shown) < len(rows):
        screen.text("lifetime_value.groups.more", n=len(shown), all=len(rows))
    screen.table(lambda: cached(tables.at_risk, rows, by), "value_at_risk", columns=tables.AT_RISK_SHOWN)


def _told(value: Value) -> None:
    """What a lost customer would have brought, what is at risk in all, and what replacing one costs."""
    risk = value.at_risk
    values: dict[str, Any] = {
        "model": named(value.purchases),
        "months": value.terms.horizon_months,
        "customers": value.customers.customers,
        "gone": risk.lost,
        "total": risk.total.value,
        "low": risk.total.low,
        "high": risk.total.high,
        "share": None if risk.share is None else about(risk.share),
        "if_active": risk.if_active,
    }
    lost = risk.each
    if lost is None or risk.hardly_anybody:
        st.markdown(screen.say("lifetime_value.risk.nobody", **values))
        return
    each = {"each": lost.value, "each_low": lost.low, "each_high": lost.high}
    st.markdown(screen.say("lifetime_value.risk.each", **values, **each))
    st.markdown(screen.say("lifetime_value.risk.total", **values))
    _replacing(value, lost)


def _replacing(value: Value, lost: Estimate) -> None:
    cac = _cac(value)
    replaced = None if cac is None else value.replacement(cac)
    if replaced is None:
        screen.text("lifetime_value.risk.no_cac")
        return
    net = replaced.net
    key = "lifetime_value.risk.replace" if net.value > 0 else "lifetime_value.risk.replace.gain"
    said = screen.say(
        key,
        each=lost.value,
        cac=replaced.cac,
        new=replaced.new_customer_value,
        months=value.terms.horizon_months,
        net=net.value,
        low=net.low,
        high=net.high,
    )
    st.markdown(said)


def _cac(value: Value) -> float | None:
    """Cost of winning a customer, from the spend typed or uploaded; None without it."""
    spend = spend_editor.present()
    if spend is None:
        return None
    winning = value.study.acquisition(spend).winning(
        leave_out_left_truncated=settings.leave_out_left_truncated()
    )
    return value_of(winning.costs.cac)
