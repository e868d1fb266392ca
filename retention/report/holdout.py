"""A forecast tried on days held back, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.lifetime_value import trust_in
from retention.report.plain import plain, records

if TYPE_CHECKING:
    from retention.lifetime_value import Holdout, Holdouts, PurchaseKind

_SCORES = ("expected", "low", "high", "bias", "mape")


def holdout(found: Holdouts, kind: PurchaseKind) -> dict[str, Any] | None:
    """The holdout of one kind of model in full, and the scores of all; None where there is none."""
    here = found.found.get(kind)
    if here is None:
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


def _scores(found: Holdout) -> dict[str, Any]:
    scores = {name: getattr(found, name) for name in _SCORES} | vars(found.errors)
    return {name: plain(value) for name, value in scores.items()}
