"""A forecast tried on days held back, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.lifetime_value import Holdout, trust_in
from retention.report.plain import plain, records

if TYPE_CHECKING:
    from retention.errors import DataWarning
    from retention.lifetime_value import Correction, CustomerValues, Holdouts, Origins, Variant

_SCORES = ("expected", "low", "high", "bias", "mape")


def holdout(found: Holdouts, here: Holdout | DataWarning) -> dict[str, Any] | None:
    """The holdout of one model in full, and the scores of every kind; None where there is none."""
    if not isinstance(here, Holdout):
        return None
    return {
        "until": plain(here.until),
        "days": here.days,
        "weeks": here.weeks,
        "customers": here.customers,
        "actual": here.actual,
        **_scores(here),
        "naive": plain(here.naive),
        "money": plain(here.money),
        "by_frequency": records(here.by_frequency),
        "tracking": records(here.tracked.drop(columns="ends")),
        "models": {name: _scores(other) | {"trust": trust_in(other)} for name, other in found.found.items()},
        "proposed": found.proposed,
    }


def origins(tried: Origins) -> list[dict[str, Any]]:
    """A row for each model from each day."""
    return [
        {"until": plain(day), **named(variant), **_from_a_day(found)}
        for variant, by_day in tried.found.items()
        for day, found in by_day.items()
    ]


def corrected(found: Correction | None, values: CustomerValues) -> dict[str, Any] | None:
    """The totals put right by what forecasts missed from several days; None where that is not called for."""
    if found is None:
        return None
    right = found.of(values)
    return {
        **plain(right.total),
        "expected_purchases": right.expected_purchases,
        "origins": found.origins,
        "purchases": plain(found.purchases),
        "money": plain(found.money),
    }


def named(variant: Variant) -> dict[str, Any]:
    """Which model."""
    return {"model": variant.kind, "k": variant.k, "season": variant.season}


def _from_a_day(found: Holdout) -> dict[str, Any]:
    return {
        "actual": found.actual,
        "expected": found.expected,
        "bias": found.bias,
        "rmse": found.errors.rmse,
        "tracking_error": found.tracking_error,
        "covered": found.within_chance,
    }


def _scores(found: Holdout) -> dict[str, Any]:
    scores = {name: getattr(found, name) for name in _SCORES} | vars(found.errors)
    return {name: plain(value) for name, value in scores.items()}
