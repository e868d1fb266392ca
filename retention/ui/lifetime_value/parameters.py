"""The models' parameters with their intervals, how well they fit, and what each says in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from retention import lifetime_value
from retention.ui.lifetime_value import tables
from retention.ui.parts import controls, screen

if TYPE_CHECKING:
    from retention.lifetime_value import PurchaseModel, SpendModel
    from retention.ui.lifetime_value.value import Valued


def section(found: Valued) -> None:
    """Closed until asked for: the unit of time, the table, the words."""
    words = screen.words()
    with screen.closed("lifetime_value.parameters"):
        controls.time_unit()
        frame = tables.parameters(found.purchases, found.spend, words)
        screen.show_table(frame)
        screen.download(frame, "parameters")
        lines = [*_of_purchases(found.purchases), *_of_spend(found.spend)]
        st.markdown("\n".join(f"- {line}" for line in lines))
        screen.text("lifetime_value.parameters.reading")


def _of_purchases(model: PurchaseModel) -> list[str]:
    r, alpha, third, fourth = model.parameters
    unit = model.days_per_unit
    rate = screen.say("lifetime_value.means.rate", days=unit * alpha / r, spread=1.0 / np.sqrt(r))
    if model.kind == "pareto_nbd":
        half = unit * fourth * float(np.expm1(np.log(2.0) / third))
        return [rate, screen.say("lifetime_value.means.life", days=half)]
    key = "lifetime_value.means.dropout.first" if model.kind == "mbg_nbd" else "lifetime_value.means.dropout"
    return [rate, screen.say(key, share=third / (third + fourth), one_in=(third + fourth) / third)]


def _of_spend(model: SpendModel) -> list[str]:
    within = screen.say("lifetime_value.means.within", spread=1.0 / np.sqrt(model.p))
    if not model.has_mean:
        return [screen.say("lifetime_value.means.no_mean", q=model.q), within]
    return [screen.say("lifetime_value.means.spend", mean=lifetime_value.mean_spend(model)), within]
