"""Fitting the purchase and spend models to the small tables: the only module that knows lifetimes."""

from __future__ import annotations

import warnings
from contextlib import redirect_stdout
from io import StringIO
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from retention.errors import DataWarning, InputError
from retention.lifetime_value import bg_nbd, dropout, gamma_gamma
from retention.lifetime_value.association import pearson, spearman
from retention.lifetime_value.likelihood import LIMIT, Likelihood, covariance, information, is_known, maximise
from retention.lifetime_value.models import DAYS_PER_UNIT, PurchaseModel, SpendModel, TimeUnit, four, three

with warnings.catch_warnings():  # its import warns, and silences FutureWarning for the whole process
    warnings.simplefilter("ignore")
    from lifetimes import BetaGeoFitter, GammaGammaFitter
    from lifetimes.utils import ConvergenceError

if TYPE_CHECKING:
    import pandas as pd

    from retention.lifetime_value.likelihood import Maximum
    from retention.lifetime_value.models import Array

LEAST_CUSTOMERS = 10  # four parameters on fewer say nothing at all; `gate` says what is enough to rely on
# A medium correlation by Cohen (1988). Ignoring one of ρ shifts total value by about ρ times the two
# coefficients of variation, each near 1: from here on by as much as a forecast counted as "poor".
DEPENDS_FROM = 0.3

_PURCHASE_STARTS = (np.log([0.3, 0.2, 0.8, 2.5]), np.log([1.0, 1.0, 0.1, 5.0]))  # time scaled to 0 … 1
_SPEND_STARTS = (np.log([2.0, 4.0, 1.5]), np.log([5.0, 2.0, 0.2]))  # money scaled to a mean of 1
_AT_THE_LIMIT = LIMIT - 1.0
_one_at_a_time = Lock()  # sys.stdout and the warning filters belong to the whole process


def fit_purchases(states: pd.DataFrame, unit: TimeUnit = "week") -> PurchaseModel:
    """Fit the BG/NBD by maximum likelihood, with the states' counts as weights.

    lifetimes makes the fit; where it does not converge, or stops early, our own search goes on from
    there. Log-likelihood, covariance and warnings are our own.

    Parameters
    ----------
    states : x, t_x, T in days, customers: the table `retention.aggregate.states` makes
    unit : what time is measured in, unrounded

    Raises
    ------
    InputError
        ``cannot_fit_purchases`` with `reason` "too_few_customers" or "nobody_repeats", `customers`,
        `repeaters` and `needed` customers.
    """
    _need_repeaters(states)
    scale = float(states["T"].max())
    x, counts = states["x"].to_numpy(), states["customers"].to_numpy()
    t_x, age = states["t_x"].to_numpy() / scale, states["T"].to_numpy() / scale
    likelihood = Likelihood(
        lambda at: float(np.sum(counts * bg_nbd.log_likelihood(four(np.exp(at)), x, t_x, age))),
        lambda at: np.asarray(bg_nbd.score(four(np.exp(at)), x, t_x, age) @ counts),
        int(counts.sum()),
    )
    best = maximise(likelihood, [*_PURCHASE_STARTS, *_by_lifetimes(BetaGeoFitter(), x, t_x, age, counts)])
    return _purchase_model(likelihood, best, scale / DAYS_PER_UNIT[unit], int(np.sum(counts * x)), unit)


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
    likelihood = Likelihood(
        lambda at: float(np.sum(counts * gamma_gamma.log_likelihood(three(np.exp(at)), x, value))),
        lambda at: np.asarray(gamma_gamma.score(three(np.exp(at)), x, value) @ counts),
        int(counts.sum()),
    )
    best = maximise(likelihood, [*_SPEND_STARTS, *_by_lifetimes(GammaGammaFitter(), x, value, counts)])
    related = pearson(x, value, counts), spearman(x, value, counts)
    return _spend_model(likelihood, best, observed, related)


def _need_repeaters(states: pd.DataFrame) -> None:
    found = {
        "customers": int(states["customers"].sum()),
        "repeaters": int(states.loc[states["x"] > 0, "customers"].sum()),
        "needed": LEAST_CUSTOMERS,
    }
    if found["customers"] < LEAST_CUSTOMERS:
        raise InputError("cannot_fit_purchases", reason="too_few_customers", **found)
    if found["repeaters"] == 0:
        raise InputError("cannot_fit_purchases", reason="nobody_repeats", **found)


def _by_lifetimes(fitter: Any, *table: Array) -> list[Array]:
    """Logarithms of what lifetimes fits, or nothing where it does not get there; it prints and warns then."""
    *columns, counts = table
    with _one_at_a_time, warnings.catch_warnings(), redirect_stdout(StringIO()):
        warnings.simplefilter("ignore")
        try:
            found = np.log(fitter.fit(*columns, weights=counts).params_.to_numpy())
        except (ConvergenceError, np.linalg.LinAlgError):
            return []
    return [found] if np.all(np.isfinite(found)) else []


def _purchase_model(
    likelihood: Likelihood, best: Maximum, scale: float, repeats: int, unit: TimeUnit
) -> PurchaseModel:
    """Bring the maximum from time scaled to 0 … 1 back to time in `unit`, with how sharp it is."""
    matrix = information(likelihood, best.at)
    around = dropout.profile(likelihood, best)
    gain = dropout.gain_over_no_dropout(likelihood, best)
    noted = dropout.cautions(gain, around, known=is_known(matrix))
    unidentified = any(note.code == "dropout_not_identified" for note in noted)
    back = np.array([1.0, scale, 1.0, 1.0])
    r, alpha, a, b = estimate = four(np.exp(best.at) * back)
    spread = covariance(matrix)
    return PurchaseModel(
        r=r,
        alpha=alpha,
        a=a,
        b=b,
        standard_errors=_errors(("r", "alpha", "a", "b"), estimate, spread),
        # A density of purchase times: each is divided by how many units make up the scale.
        log_likelihood=best.value - repeats * float(np.log(scale)),
        covariance=spread,
        alternatives=np.exp(around.points) * back if unidentified else np.empty((0, 4)),
        unit=unit,
        customers=likelihood.customers,
        warnings=noted,
    )


def _spend_model(
    likelihood: Likelihood, best: Maximum, observed: float, related: tuple[float | None, float | None]
) -> SpendModel:
    """Bring the maximum from money scaled to a mean of 1 back to the currency, with how sharp it is."""
    matrix = information(likelihood, best.at)
    p, q, gamma = estimate = three(np.exp(best.at) * np.array([1.0, 1.0, observed]))
    spread = covariance(matrix)
    known = is_known(matrix) and bool(np.all(np.abs(best.at) < _AT_THE_LIMIT))
    return SpendModel(
        p=p,
        q=q,
        gamma=gamma,
        standard_errors=_errors(("p", "q", "gamma"), estimate, spread),
        log_likelihood=best.value - likelihood.customers * float(np.log(observed)),
        covariance=spread,
        observed_mean=observed,
        correlation=related[0],
        spearman=related[1],
        customers=likelihood.customers,
        warnings=tuple(_spend_cautions(q, related, likelihood.customers, known=known)),
    )


def _errors(names: tuple[str, ...], estimate: tuple[float, ...], spread: Array) -> dict[str, float]:
    """Turn the covariance of the logarithms into standard errors of the parameters."""
    errors = np.array(estimate) * np.sqrt(np.diag(spread))
    return dict(zip(names, errors.tolist(), strict=True))


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
