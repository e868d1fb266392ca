"""How far realised value may lie from the expected: parameters drawn, purchases and spend simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.errors import DataWarning
from retention.intervals import SEED
from retention.lifetime_value.base import CustomerBase
from retention.lifetime_value.chance import realised_deviations
from retention.lifetime_value.likelihood import LIMIT

if TYPE_CHECKING:
    import pandas as pd

    from retention.lifetime_value.arrays import Array
    from retention.lifetime_value.discounting import Terms
    from retention.lifetime_value.models import PurchaseModel, SpendModel

DRAWS = 500
ENDS = (0.025, 0.975)
_RATES = slice(0, 2)  # ln r and ln α: what the data always tells


def predictive_interval(
    people: pd.DataFrame,
    purchases: PurchaseModel,
    spend: SpendModel,
    terms: Terms,
    total: float | None = None,
    draws: int = DRAWS,
) -> tuple[float | None, float | None, tuple[DataWarning, ...]]:
    """95 % interval of the discounted margin realised within the horizon, see `CustomerValues`.

    Each of the draws is the total expected under parameters drawn from the asymptotic normal of their
    logarithms, plus the deviation of one simulated future from what was expected of it. Where drop-out
    is not identified that normal does not hold for a and b: only r and α are drawn, and the ends move
    out by the least and the greatest total along the profiles.

    Parameters
    ----------
    total : expected under the fitted parameters, where known: of very many customers only a sample is looked
        at here
    draws : futures simulated

    Returns
    -------
    low, high : None where the mean spend is infinite in more draws than the interval leaves out, or where
        the spend model's parameters are not known at all
    warnings : ``interval_not_available`` with `reason` and `q` then
    """
    if not spend.has_mean:
        return None, None, (_not_available("infinite_mean_spend", spend),)
    if any(note.code == "spend_not_identified" for note in spend.warnings):
        return None, None, (_not_available("spend_not_identified", spend),)
    chance = np.random.default_rng(SEED)
    base = CustomerBase.of(people, purchases, terms)
    expected = base.total(np.array(purchases.parameters), np.array(spend.parameters))
    total = expected if total is None else total
    share = total / expected if expected > 0 else 1.0
    futures = share * _expected_draws(base, purchases, spend, chance, draws)
    futures += realised_deviations(base, purchases, spend, chance, draws)
    along = [
        share * base.total(other, np.array(spend.parameters)) - total for other in purchases.alternatives
    ]
    # Observed points, not interpolated ones: an infinite draw must not spoil the ends inside it.
    low = float(np.quantile(futures, ENDS[0], method="lower")) + min([0.0, *along])
    high = float(np.quantile(futures, ENDS[1], method="higher")) + max([0.0, *along])
    if not np.isfinite(high):
        return max(low, 0.0), None, (_not_available("infinite_mean_spend", spend),)
    return max(low, 0.0), high, ()


def known_spread(purchases: PurchaseModel) -> Array:
    """Covariance to draw the logarithms of the parameters from: only of r and α where drop-out is unknown."""
    if not len(purchases.alternatives):
        return purchases.covariance
    spread = np.zeros((4, 4))
    spread[_RATES, _RATES] = np.linalg.inv(np.linalg.inv(purchases.covariance)[_RATES, _RATES])
    return spread


def _not_available(reason: str, spend: SpendModel) -> DataWarning:
    return DataWarning("interval_not_available", {"reason": reason, "q": spend.q})


def _expected_draws(
    base: CustomerBase,
    purchases: PurchaseModel,
    spend: SpendModel,
    chance: np.random.Generator,
    draws: int,
) -> Array:
    """Totals expected under drawn parameters; infinite where the drawn q leaves no mean spend."""
    of_purchases = _draws(np.array(purchases.parameters), known_spread(purchases), chance, draws)
    of_spend = _draws(np.array(spend.parameters), spend.covariance, chance, draws)
    return np.array([base.total(one, other) for one, other in zip(of_purchases, of_spend, strict=True)])


def _draws(estimate: Array, covariance: Array, chance: np.random.Generator, draws: int) -> Array:
    steps = chance.multivariate_normal(np.zeros(estimate.size), covariance, size=draws, method="eigh")
    return estimate * np.exp(np.clip(steps, -LIMIT, LIMIT))
