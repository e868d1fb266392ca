"""How far to trust what a purchase model expects, in the same words wherever a figure rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.errors import DataWarning
from retention.lifetime_value import Holdout
from retention.text.model_names import model_name

if TYPE_CHECKING:
    from typing import Any

    from retention.lifetime_value import Pooled, Variant, Verdict
    from retention.text import Words


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


def in_words(forecast: Forecast, words: Words) -> str:
    """The verdict as it stands in every export, and in sentences."""
    trust = words.say(f"trust.{forecast.said.trust or 'unknown'}")
    return words.say("trust.unreliable", trust=trust) if forecast.doubts else trust


def use(forecast: Forecast, words: Words) -> str | None:
    """What the forecast is good for; None where nothing is known of it, or its doubts say what to do instead.

    A poor one may be good once corrected; a good one is not for money that was foreseen worse than purchases.
    """
    if forecast.said.trust is None or forecast.doubts:
        return None
    return words.say(f"trust.{forecast.said.trust}.{_good_for(forecast.said)}")


def _good_for(said: Verdict) -> str:
    if said.correction is not None:
        return "corrected"
    money_off = any(reason.code == "money_off" for reason in said.reasons)
    return "purchases" if said.trust == "good" and money_off else "use"


def line(forecast: Forecast, words: Words) -> str:
    """By which model figures are expected and how far to trust it, where they are only used."""
    named = model_name(forecast.model, words.bare)
    told = words.say("forecast.line", model=named, verdict=in_words(forecast, words.bare))
    return " ".join(filter(None, (told, use(forecast, words))))


def tested(found: Holdout | Pooled | DataWarning, words: Words) -> str:
    """By how much it expected too much, or too little, from several days or on what followed one.

    Parameters
    ----------
    found : how it did from several days together, or where that cannot be told from one; or why not even that
    """
    if isinstance(found, DataWarning):
        return ""
    if isinstance(found, Holdout):
        return _off("day", found.bias, words, until=found.until, days=found.days)
    return _off("days", found.bias, words, n=found.origins)


def _off(on: str, bias: float | None, words: Words, **told: Any) -> str:
    if bias is None:
        return ""
    way = f"{on}.{'more' if bias > 0 else 'less'}"
    return words.say(f"lifetime_value.tested.{way}", off=abs(bias), **told)
