"""What a lost customer costs, what it costs to replace one, and where the value at risk lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from retention import charts, lifetime_value
from retention.text.formats import about
from retention.ui.acquisition import costs, spend_editor
from retention.ui.lifetime_value.value import named
from retention.ui.parts import grouping, screen
from retention.ui.state import loaded

if TYPE_CHECKING:
    import pandas as pd

    from retention.statistics import Estimate
    from retention.ui.lifetime_value.value import Valued

_NOBODY = 0.5  # customers likely gone, below which there is none to speak of
_HEADINGS = {"p_alive": "p_alive_band", "cohort": "cohort"}


def section(found: Valued) -> None:
    """In words what a loss costs; then where the value at risk lies: bars, the reading, the table."""
    screen.section("lifetime_value.risk")
    risk = found.risk
    _told(found)
    if risk.warnings:
        st.warning(screen.say("lifetime_value.risk.unsure"), icon=":material/warning:")
    screen.text("lifetime_value.risk.assumes", model=named(found.listed))
    if risk.total.value <= 0:
        return
    orders, words = loaded.orders(), screen.words()
    by = grouping.choice("risk_by", orders)
    given, basis = (*found.given, by), (*found.basis, by)
    with screen.computing():
        of_revenue = loaded.computed("risk_groups", lambda: _by_group(found, by), basis)
    rows = found.at_margin(of_revenue, "value_at_risk", "low", "high", "clv_if_active")
    worded = rows.assign(group=grouping.named(rows["group"], by, orders))
    shown = grouping.shown(worded, by, "value_at_risk")
    largest = shown.nlargest(1, "value_at_risk").iloc[0]
    most = {str(name): value for name, value in largest.items()}
    drawing = loaded.drawn("risk_groups", lambda: charts.lifetime_value.at_risk(shown, words), given)
    screen.chart(drawing, "lifetime_value.risk.alt", n=len(rows), **most)
    reading = "lifetime_value.risk.reading"
    screen.text(f"{reading}.p_alive" if by == "p_alive" else reading, **most)
    if len(shown) < len(rows):
        screen.text("lifetime_value.groups.more", n=len(shown), all=len(rows))
    headings = {"group": _HEADINGS.get(by, "segment"), "lost": "likely_gone", "share": "share_at_risk"}
    ends = {"low": "at_risk_low", "high": "at_risk_high"}
    loaded.table(worded.rename(columns=headings | ends), "value_at_risk", given)


def _told(found: Valued) -> None:
    """What a lost customer would have brought, what is at risk in all, and what replacing one costs."""
    risk = found.risk
    values: dict[str, Any] = {
        "model": named(found.listed),
        "months": found.terms.horizon_months,
        "customers": len(risk.table),
        "gone": risk.lost,
        "total": risk.total.value,
        "low": risk.total.low,
        "high": risk.total.high,
        "share": about(risk.total.value / risk.if_active) if risk.if_active > 0 else None,
        "if_active": risk.if_active,
    }
    lost = risk.each
    if lost is None or risk.lost < _NOBODY:
        st.markdown(screen.say("lifetime_value.risk.nobody", **values))
        return
    each = {"each": lost.value, "each_low": lost.low, "each_high": lost.high}
    st.markdown(screen.say("lifetime_value.risk.each", **values, **each))
    st.markdown(screen.say("lifetime_value.risk.total", **values))
    _replacing(found, lost)


def _replacing(found: Valued, lost: Estimate) -> None:
    cac = _cac()
    if cac is None:
        screen.text("lifetime_value.risk.no_cac")
        return
    new = found.margin * lifetime_value.new_customer_value(
        found.listed, found.spend, float(loaded.people()["first_value"].mean()), **vars(found.terms)
    )
    net = lifetime_value.replacement(lost, cac, new)
    values = {"each": lost.value, "cac": cac, "new": new, "months": found.terms.horizon_months}
    key = "lifetime_value.risk.replace" if net.value > 0 else "lifetime_value.risk.replace.gain"
    st.markdown(screen.say(key, **values, net=net.value, low=net.low, high=net.high))


def _cac() -> float | None:
    """Cost of winning a customer, from the spend typed or uploaded; None without it."""
    spend = spend_editor.present()
    return None if spend is None else costs.winning(spend).costs.cac.value


def _by_group(found: Valued, by: str) -> pd.DataFrame:
    risk = found.risk_of_revenue
    people = found.of_revenue.table.assign(p_alive=risk.table["p_alive"])
    group = grouping.of(people, by, loaded.orders())
    return lifetime_value.at_risk_by_group(people, risk, group, found.listed, found.spend, found.terms)
