"""How far realised value may lie from the expected: parameters drawn, purchases and spend simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.errors import DataWarning
from retention.lifetime_value.base import CustomerBase
from retention.lifetime_value.chance import realised_deviations
from retention.lifetime_value.likelihood import LIMIT
from retention.statistics import SEED

if TYPE_CHECKING:
    from collections.abc import Sequence

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
) -> tuple[float | None, float | None, tuple[DataWarning, ...]]:
    """95 % interval of the discounted margin realised within the horizon, see `CustomerValues`.

    Parameters
    ----------
    total : expected under the fitted parameters, where known: of very many customers only a sample is looked
        at here

    Returns
    -------
    low, high : None where `predictive_intervals` has none
    warnings : ``interval_not_available`` with `reason` and `q` then
    """
    totals = None if total is None else np.array([total])
    low, high, noted = predictive_intervals([people], purchases, spend, terms, totals)
    return _bound(low), _bound(high), noted


def predictive_intervals(
    parts: Sequence[pd.DataFrame],
    purchases: PurchaseModel,
    spend: SpendModel,
    terms: Terms,
    totals: Array | None = None,
    draws: int = DRAWS,
) -> tuple[Array, Array, tuple[DataWarning, ...]]:
    """95 % intervals of the discounted margin groups of customers bring within the horizon.

    Each of the draws is the total expected under parameters drawn from the asymptotic normal of their
    logarithms, plus the deviation of one simulated future from what was expected of it. Where drop-out
    is not identified that normal does not hold for a and b: only r and α are drawn, and the ends move
    out by the least and the greatest total along the profiles.

    Parameters
    ----------
    parts : the groups, at least a customer in each
    totals : (groups,) expected under the fitted parameters, where known
    draws : futures simulated

    Returns
    -------
    low, high : (groups,) NaN where the mean spend is infinite in more draws than the interval leaves out, or
        where the spend model's parameters are not known at all
    warnings : ``interval_not_available`` with `reason` and `q` then
    """
    unknown = np.full(len(parts), np.nan)
    if not spend.has_mean:
        return unknown, unknown, (_not_available("infinite_mean_spend", spend),)
    if any(note.code == "spend_not_identified" for note in spend.warnings):
        return unknown, unknown, (_not_available("spend_not_identified", spend),)
    chance = np.random.default_rng(SEED)
    base = CustomerBase.of(parts, purchases, terms)
    of_spend = np.array(spend.parameters)
    expected = base.totals(np.array(purchases.parameters), of_spend)
    totals = expected if totals is None else totals
    share = np.divide(totals, expected, out=np.ones(len(parts)), where=expected > 0)
    futures = share * _expected_draws(base, purchases, spend, chance, draws)
    futures += realised_deviations(base, purchases, spend, chance, draws)
    along = np.zeros((1 + len(purchases.alternatives), len(parts)))
    for row, other in enumerate(purchases.alternatives, start=1):
        along[row] = share * base.totals(other, of_spend) - totals
    # Observed points, not interpolated ones: an infinite draw must not spoil the ends inside it.
    low = np.quantile(futures, ENDS[0], axis=0, method="lower") + along.min(axis=0)
    high = np.quantile(futures, ENDS[1], axis=0, method="higher") + along.max(axis=0)
    bounded = np.isfinite(high)
    noted = () if bounded.all() else (_not_available("infinite_mean_spend", spend),)
    return np.maximum(low, 0.0), np.where(bounded, high, np.nan), noted


def _bound(ends: Array) -> float | None:
    return float(ends[0]) if np.isfinite(ends[0]) else None


def known_spread(purchases: PurchaseModel) -> Array:
    """Covariance to draw the logarithms of the parameters from: only of r and α where drop-out is unknown."""
    if not len(purchases.alternatives):
        return purchases.covariance
    spread = np.zeros((4, 4))
    spread[_RATES, _RATES] = np.linalg.inv(np.linalg.inv(purchases.covariance)[_RATES, _RATES])
    return spread


def parameter_draws(purchases: PurchaseModel, draws: int) -> Array:
    """Parameters as well as the data knows them: (draws, 4), from the asymptotic normal of their logarithms.

    Where drop-out is not identified only r and α are drawn so; what goes with them are, in turn, the fitted
    parameters and every alternative that fits nearly as well.
    """
    around = np.concatenate([np.array([purchases.parameters]), purchases.alternatives])
    return drawn_parameters(
        around[np.arange(draws) % len(around)], known_spread(purchases), np.random.default_rng(SEED), draws
    )


def _not_available(reason: str, spend: SpendModel) -> DataWarning:
    return DataWarning("interval_not_available", {"reason": reason, "q": spend.q})


def _expected_draws(
    base: CustomerBase,
    purchases: PurchaseModel,
    spend: SpendModel,
    chance: np.random.Generator,
    draws: int,
) -> Array:
    """Totals under drawn parameters: (draws, groups); infinite where the drawn q leaves no mean spend."""
    of_purchases = drawn_parameters(np.array(purchases.parameters), known_spread(purchases), chance, draws)
    of_spend = drawn_parameters(np.array(spend.parameters), spend.covariance, chance, draws)
    return np.array([base.totals(one, other) for one, other in zip(of_purchases, of_spend, strict=True)])


def drawn_parameters(estimate: Array, covariance: Array, chance: np.random.Generator, draws: int) -> Array:
    """Parameters from the asymptotic normal of their logarithms, (draws, parameters)."""
    steps = chance.multivariate_normal(np.zeros(estimate.shape[-1]), covariance, size=draws, method="eigh")
    return estimate * np.exp(np.clip(steps, -LIMIT, LIMIT))
