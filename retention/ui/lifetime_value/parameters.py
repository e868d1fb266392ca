"""The models' parameters with their intervals, how well they fit, and what each says in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import lifetime_value
from retention.ui.lifetime_value import tables
from retention.ui.parts import controls, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.lifetime_value import PurchaseModel, SpendModel
    from retention.study import Value


def section(value: Value) -> None:
    """Closed until asked for: the unit of time, the table, the words."""
    with screen.closed("lifetime_value.parameters"):
        controls.time_unit()
        frame = cached(tables.parameters, value.purchases, value.spend, screen.words())
        screen.show_table(frame)
        screen.download(frame, "parameters")
        lines = [*_of_purchases(value.purchases), *_of_spend(value.spend)]
        st.markdown("\n".join(f"- {line}" for line in lines))
        screen.text("lifetime_value.parameters.reading")


def _of_purchases(model: PurchaseModel) -> list[str]:
    rate = screen.say("lifetime_value.means.rate", days=model.days_between, spread=model.rate_spread)
    if model.kind == "pareto_nbd":
        return [rate, screen.say("lifetime_value.means.life", days=model.half_life)]
    key = "lifetime_value.means.dropout.first" if model.kind == "mbg_nbd" else "lifetime_value.means.dropout"
    return [rate, screen.say(key, share=model.drop_out, one_in=model.leaves_after)]


def _of_spend(model: SpendModel) -> list[str]:
    within = screen.say("lifetime_value.means.within", spread=model.spread_within)
    if not model.has_mean:
        return [screen.say("lifetime_value.means.no_mean", q=model.q), within]
    return [screen.say("lifetime_value.means.spend", mean=lifetime_value.mean_spend(model)), within]
