"""Fitting a purchase model to the small table of states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.errors import InputError
from retention.lifetime_value import by_lifetimes, dropout
from retention.lifetime_value.arrays import four
from retention.lifetime_value.likelihood import Likelihood, covariance, information, is_known, maximise
from retention.lifetime_value.models import DAYS_PER_UNIT, FAMILIES, PurchaseKind, PurchaseModel, TimeUnit

if TYPE_CHECKING:
    import pandas as pd

    from retention.lifetime_value.likelihood import Maximum

LEAST_CUSTOMERS = 10  # four parameters on fewer say nothing at all; `gate` says what is enough to rely on

# Time is scaled to 0 … 1.
_BETA_STARTS = (np.log([0.3, 0.2, 0.8, 2.5]), np.log([1.0, 1.0, 0.1, 5.0]))
_STARTS = {
    "bg_nbd": _BETA_STARTS,
    "mbg_nbd": _BETA_STARTS,
    "pareto_nbd": (np.log([0.5, 0.3, 0.6, 0.3]), np.log([1.0, 1.0, 0.1, 1.0])),
}


def fit_purchases(
    states: pd.DataFrame, unit: TimeUnit = "week", kind: PurchaseKind = "bg_nbd"
) -> PurchaseModel:
    """Fit a purchase model by maximum likelihood, with the states' counts as weights.

    lifetimes makes the fit; where it does not converge, or stops early, our own search goes on from
    there. Log-likelihood, covariance and warnings are our own.

    Parameters
    ----------
    states : x, t_x, T in days, customers: the table `retention.aggregate.states` makes
    unit : what time is measured in, unrounded
    kind : BG/NBD, MBG/NBD or Pareto/NBD

    Raises
    ------
    InputError
        ``cannot_fit_purchases`` with `reason` "too_few_customers" or "nobody_repeats", `customers`,
        `repeaters` and `needed` customers.
    """
    _need_repeaters(states)
    family, scale = FAMILIES[kind], float(states["T"].max())
    x, counts = states["x"].to_numpy(), states["customers"].to_numpy()
    t_x, age = states["t_x"].to_numpy() / scale, states["T"].to_numpy() / scale
    likelihood = Likelihood(
        lambda at: float(np.sum(counts * family.log_likelihood(four(np.exp(at)), x, t_x, age))),
        lambda at: np.asarray(family.score(four(np.exp(at)), x, t_x, age) @ counts),
        int(counts.sum()),
    )
    starts = [*_STARTS[kind], *by_lifetimes.purchases(kind, x, t_x, age, counts)]
    best = maximise(likelihood, starts)
    return _model(kind, likelihood, best, scale / DAYS_PER_UNIT[unit], int(np.sum(counts * x)), unit)


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


def _model(
    kind: PurchaseKind, likelihood: Likelihood, best: Maximum, scale: float, repeats: int, unit: TimeUnit
) -> PurchaseModel:
    """Bring the maximum from time scaled to 0 … 1 back to time in `unit`, with how sharp it is."""
    matrix = information(likelihood, best.at)
    around = dropout.profile(likelihood, best)
    gain = dropout.gain_over_no_dropout(likelihood, best)
    noted = dropout.cautions(gain, around, known=is_known(matrix))
    unidentified = any(note.code == "dropout_not_identified" for note in noted)
    back = np.where(FAMILIES[kind].in_time, scale, 1.0)
    return PurchaseModel(
        kind=kind,
        parameters=four(np.exp(best.at) * back),
        # A density of purchase times: each is divided by how many units make up the scale.
        log_likelihood=best.value - repeats * float(np.log(scale)),
        covariance=covariance(matrix),
        alternatives=np.exp(around.points) * back if unidentified else np.empty((0, 4)),
        unit=unit,
        customers=likelihood.customers,
        warnings=noted,
    )
