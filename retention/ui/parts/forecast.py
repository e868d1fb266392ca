"""How far to trust what a purchase model expects, in the same words wherever a figure rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import streamlit as st

from retention.story import forecast as told
from retention.story.forecast import Forecast
from retention.ui.parts import screen
from retention.ui.state import loaded, visit

if TYPE_CHECKING:
    from retention.lifetime_value import Trust
    from retention.study import Value

_BADGES: dict[Trust | None, tuple[Literal["green", "orange", "red", "gray"], str]] = {
    "good": ("green", ":material/check_circle:"),
    "fair": ("orange", ":material/error:"),
    "poor": ("red", ":material/cancel:"),
    None: ("gray", ":material/help:"),
}


def of(value: Value) -> Forecast:
    """What is said of the forecast of customers' value, on the days the visitor wants it held against."""
    doubts = value.study.models.reliability(loaded.reference_day())
    return Forecast(value.variant, visit.verdict(value), doubts)


def in_words(forecast: Forecast) -> str:
    """The verdict as it stands in every export."""
    return told.in_words(forecast, screen.words())


def badge(forecast: Forecast) -> None:
    """The verdict at a glance."""
    trust = forecast.said.trust
    colour, icon = _BADGES["fair" if forecast.doubts and trust == "good" else trust]
    st.badge(in_words(forecast), color=colour, icon=icon)


def line(value: Value) -> None:
    """By which model figures are expected and how far to trust it, on a page that only uses them."""
    st.caption(told.line(of(value), screen.markdown_words()))
