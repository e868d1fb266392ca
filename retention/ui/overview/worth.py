"""Lifetime value on the Overview page: told where it is known, offered where it is not.

It takes the longest of all there is to compute, so that nobody waits for it who has not asked for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention.errors import InputError
from retention.ui.parts import forecast, problems, screen
from retention.ui.state import settings, visit

if TYPE_CHECKING:
    from retention.study import Study, Value


def known(study: Study) -> Value | None:
    """Lifetime value by the settings of its page; None where it was not computed in this visit."""
    value = _asked(study)
    return value if value.known else None


def told(study: Study) -> None:
    """What today's customers are still worth, where that is known."""
    value = known(study)
    if value is None:
        return
    found, correction = value.customers, visit.verdict(value).correction
    told = {"total": found.total, "months": found.horizon_months}
    if correction is None:
        bounded = "overview.value" if found.low is None else "overview.value.interval"
        screen.text(bounded, low=found.low, high=found.high, **told)
    else:
        right = correction.of(found).total
        told |= {"right": right.value, "n": correction.origins}
        bounded = "overview.value.corrected"
        if right.ends is not None:
            bounded = "overview.value.corrected.interval"
        screen.text(bounded, low=right.low, high=right.high, **told)
    forecast.line(value)


def offered(study: Study) -> None:
    """To compute lifetime value here, where it is not known; or why it cannot be."""
    value = _asked(study)
    if value.known or not st.button(screen.say("overview.value.compute"), icon=":material/savings:"):
        return
    try:
        _ = value.customers, value.at_risk, visit.verdict(value)
    except InputError as refused:
        problems.error(refused)
    else:
        st.rerun()


def _asked(study: Study) -> Value:
    return study.value(
        settings.wanted(),
        settings.time_unit(),
        horizon_months=int(settings.get("horizon")),
        discount_rate=settings.share("discount"),
        margin=settings.share("margin"),
    )
