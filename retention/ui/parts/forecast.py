"""How far to trust what a purchase model expects, in the same words wherever a figure rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import streamlit as st

from retention.text.model_names import model_name
from retention.ui.parts import screen
from retention.ui.state import loaded, visit

if TYPE_CHECKING:
    from retention.errors import DataWarning
    from retention.lifetime_value import Trust, Variant, Verdict
    from retention.study import Value

_BADGES: dict[Trust | None, tuple[Literal["green", "orange", "red", "gray"], str]] = {
    "good": ("green", ":material/check_circle:"),
    "fair": ("orange", ":material/error:"),
    "poor": ("red", ":material/cancel:"),
    None: ("gray", ":material/help:"),
}


@dataclass(frozen=True)
class Forecast:
    """What is said of a model's forecast.

    Attributes
    ----------
    model : which
    said : its verdict
    doubts : what the amount and age of the data say against relying on any
    """

    model: Variant
    said: Verdict
    doubts: tuple[DataWarning, ...]


def of(value: Value) -> Forecast:
    """What is said of the forecast of customers' value, on the days the visitor wants it held against."""
    doubts = value.study.models.reliability(loaded.reference_day())
    return Forecast(value.variant, visit.verdict(value), doubts)


def in_words(forecast: Forecast) -> str:
    """The verdict as it stands in every export."""
    trust = screen.words().say(f"trust.{forecast.said.trust or 'unknown'}")
    return screen.words().say("trust.unreliable", trust=trust) if forecast.doubts else trust


def badge(forecast: Forecast) -> None:
    """The verdict at a glance."""
    trust = forecast.said.trust
    colour, icon = _BADGES["fair" if forecast.doubts and trust == "good" else trust]
    st.badge(in_words(forecast), color=colour, icon=icon)


def use(forecast: Forecast) -> str | None:
    """What the forecast is good for; None where nothing is known of it, or its doubts say what to do instead.

    A poor one may be good once corrected; a good one is not for money that was foreseen worse than purchases.
    """
    if forecast.said.trust is None or forecast.doubts:
        return None
    return screen.say(f"trust.{forecast.said.trust}.{_good_for(forecast.said)}")


def _good_for(said: Verdict) -> str:
    if said.correction is not None:
        return "corrected"
    money_off = any(reason.code == "money_off" for reason in said.reasons)
    return "purchases" if said.trust == "good" and money_off else "use"


def line(value: Value) -> None:
    """By which model figures are expected and how far to trust it, on a page that only uses them."""
    forecast = of(value)
    named = model_name(forecast.model, screen.words())
    told = screen.say("forecast.line", model=named, verdict=in_words(forecast))
    screen.paragraph(*filter(None, (told, use(forecast))))
