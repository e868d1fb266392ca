"""Fitting the Gamma-Gamma to the small table of what repeat purchases were worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.errors import DataWarning, InputError
from retention.lifetime_value.models import by_lifetimes
from retention.lifetime_value.models.arrays import spend_parameters
from retention.lifetime_value.models.fitted import SpendModel
from retention.lifetime_value.models.gamma_gamma import Spending
from retention.lifetime_value.models.likelihood import (
    LIMIT,
    SAMPLE,
    Likelihood,
    covariance,
    is_known,
    maximise_by_sample,
)

if TYPE_CHECKING:
    import pandas as pd

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.likelihood import Maximum

# A medium correlation by Cohen (1988). Ignoring one of ρ shifts total value by about ρ times the two
# coefficients of variation, each near 1: from here on by as much as a forecast counted as "poor".
DEPENDS_FROM = 0.3
_STARTS = (np.log([2.0, 4.0, 1.5]), np.log([5.0, 2.0, 0.2]))  # money scaled to a mean of 1
_AT_THE_LIMIT = LIMIT - 1.0


def fit_spend(spend: pd.DataFrame) -> SpendModel:
    """Fit the Gamma-Gamma by maximum likelihood, with the table's counts as weights.

    Parameters
    ----------
    spend : x, m_x, customers: the table `retention.aggregate.spend` makes

    Raises
    ------
    InputError
        ``cannot_fit_spend`` with `reason` "nobody_repeats" and `customers`.
    """
    if not len(spend):
        raise InputError("cannot_fit_spend", reason="nobody_repeats", customers=0)
    x, counts = spend["x"].to_numpy(dtype=float), spend["customers"].to_numpy()
    observed = float(np.average(spend["m_x"], weights=counts))
    value = spend["m_x"].to_numpy(dtype=float) / observed
    spending = Spending.of(x, value, counts)
    likelihood = likelihood_of_spend(spending)
    related = pearson(x, value, counts), spearman(x, value, counts)
    return _spend_model(likelihood, _best(spending, likelihood), observed, related)


def _best(spending: Spending, likelihood: Likelihood) -> Maximum:
    """Climb on a sample where there are many rows, then from where that led on all of them."""
    few = spending if spending.x.size <= SAMPLE else spending.sample(SAMPLE)
    of_few = likelihood if few is spending else likelihood_of_spend(few)
    return maximise_by_sample(
        likelihood, of_few, _STARTS, lambda: by_lifetimes.spend(few.x, few.mean, few.customers)
    )


def likelihood_of_spend(spending: Spending) -> Likelihood:
    """The likelihood of what repeat purchases were worth, in the logarithms of the parameters."""
    return Likelihood(lambda at: spending.curved(spend_parameters(np.exp(at))), spending.total)


def _spend_model(
    likelihood: Likelihood, best: Maximum, observed: float, related: tuple[float | None, float | None]
) -> SpendModel:
    """Bring the maximum from money scaled to a mean of 1 back to the currency, with how sharp it is."""
    p, q, gamma = spend_parameters(np.exp(best.at) * np.array([1.0, 1.0, observed]))
    spread = covariance(best.matrix)
    known = is_known(best.matrix) and bool(np.all(np.abs(best.at) < _AT_THE_LIMIT))
    return SpendModel(
        p=p,
        q=q,
        gamma=gamma,
        log_likelihood=best.value - likelihood.customers * float(np.log(observed)),
        covariance=spread,
        observed_mean=observed,
        correlation=related[0],
        spearman=related[1],
        customers=likelihood.customers,
        warnings=tuple(_spend_cautions(q, related, likelihood.customers, known=known)),
    )


def _spend_cautions(
    q: float, related: tuple[float | None, float | None], customers: int, *, known: bool
) -> list[DataWarning]:
    noted = []
    if q <= 1.0:
        noted.append(DataWarning("spend_infinite_mean", {"q": q}))
    if any(value is not None and abs(value) > DEPENDS_FROM for value in related):
        found = {"correlation": related[0], "spearman": related[1], "threshold": DEPENDS_FROM}
        noted.append(DataWarning("spend_depends_on_frequency", found))
    if not known:
        noted.append(DataWarning("spend_not_identified", {"customers": customers}))
    return noted


def pearson(first: Array, second: Array, customers: Array) -> float | None:
    """Pearson's correlation, each row counted `customers` times; None where a column does not vary."""
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    one = first - np.average(first, weights=customers)
    other = second - np.average(second, weights=customers)
    product = np.sqrt(np.average(one**2, weights=customers) * np.average(other**2, weights=customers))
    return float(np.clip(np.average(one * other, weights=customers) / product, -1.0, 1.0))


def spearman(first: Array, second: Array, customers: Array) -> float | None:
    """Spearman's rank correlation, each row counted `customers` times, ties at their mean rank."""
    return pearson(_ranks(first, customers), _ranks(second, customers), customers)


def _ranks(column: Array, customers: Array) -> Array:
    _, group = np.unique(column, return_inverse=True)
    size = np.bincount(group, weights=customers)
    ranks: Array = (np.cumsum(size) - (size - 1.0) / 2.0)[group]
    return ranks
