"""Fitting a purchase model to the small table of states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.errors import InputError
from retention.lifetime_value.models import by_lifetimes, identifiability
from retention.lifetime_value.models.arrays import purchase_parameters
from retention.lifetime_value.models.fitted import (
    DAYS_PER_UNIT,
    FAMILIES,
    Family,
    PurchaseKind,
    PurchaseModel,
    TimeUnit,
    family_of,
)
from retention.lifetime_value.models.histories import Histories
from retention.lifetime_value.models.likelihood import (
    SAMPLE,
    Likelihood,
    covariance,
    maximise_by_sample,
)
from retention.lifetime_value.models.when_asked import WhenAsked

if TYPE_CHECKING:
    import pandas as pd

    from retention.lifetime_value.models.likelihood import Maximum

LEAST_CUSTOMERS = (
    10  # four parameters on fewer say nothing at all; `reliability` says what is enough to rely on
)

# Time is scaled to 0 … 1.
_BETA_STARTS = (np.log([0.3, 0.2, 0.8, 2.5]), np.log([1.0, 1.0, 0.1, 5.0]))
_STARTS = {
    "bg_nbd": _BETA_STARTS,
    "mbg_nbd": _BETA_STARTS,
    "pareto_nbd": (np.log([0.5, 0.3, 0.6, 0.3]), np.log([1.0, 1.0, 0.1, 1.0])),
}


def fit_purchases(
    states: pd.DataFrame,
    unit: TimeUnit = "week",
    kind: PurchaseKind = "bg_nbd",
    k: int = 1,
    gaps: pd.DataFrame | None = None,
) -> PurchaseModel:
    """Fit a purchase model by maximum likelihood, with the states' counts as weights.

    The search climbs from a start, on a sample where there are many states, and goes on from there on all of
    them. Where it finds no sharp top it climbs from another start too, and where these lead to different
    heights, from what lifetimes finds.

    Parameters
    ----------
    states : x, t_x, T in days, customers: the table `retention.aggregate.states` makes
    unit : what time is measured in, unrounded
    kind : BG/NBD, MBG/NBD or Pareto/NBD
    k : how regularly customers buy: with 2 or more it is (M)BG/CNBD-k
    gaps : the table `retention.aggregate.gaps` makes of purchase days: needed of regular buyers, whose
        likelihood depends on them

    Raises
    ------
    InputError
        ``cannot_fit_purchases`` with `reason` "too_few_customers" or "nobody_repeats", `customers`,
        `repeaters` and `needed` customers.
    """
    error = unfit(states)
    if error is not None:
        raise error
    scale = float(states["T"].max())
    x, t_x, age, customers = (states[name].to_numpy() for name in ("x", "t_x", "T", "customers"))
    known = Histories.of(x, t_x / scale, age / scale, customers)
    family = family_of(kind, k)
    likelihood = likelihood_of(family, known)
    best = _best(family, kind, known, likelihood)
    evenly = 0.0 if k == 1 else _evenly(k, gaps, scale)
    repeats = int(known.bought.sum())
    return _model(kind, k, likelihood, best, evenly, scale / DAYS_PER_UNIT[unit], repeats, unit)


def unfit(states: pd.DataFrame) -> InputError | None:
    """What `fit_purchases` raises of such states, whatever the kind; None where it can fit them."""
    found = {
        "customers": int(states["customers"].sum()),
        "repeaters": int(states.loc[states["x"] > 0, "customers"].sum()),
        "needed": LEAST_CUSTOMERS,
    }
    if found["customers"] < LEAST_CUSTOMERS:
        return InputError("cannot_fit_purchases", reason="too_few_customers", **found)
    if found["repeaters"] == 0:
        return InputError("cannot_fit_purchases", reason="nobody_repeats", **found)
    return None


def _evenly(k: int, gaps: pd.DataFrame | None, scale: float) -> float:
    """What the times between purchases add to the log-likelihood of regular buyers, in scaled time."""
    if gaps is None:
        raise ValueError("regular buyers cannot be told without the days between purchases")
    between = gaps[gaps["followed"]]
    return (k - 1) * float(np.log(between["days"] / scale) @ between["count"])


def _best(family: Family, kind: PurchaseKind, known: Histories, likelihood: Likelihood) -> Maximum:
    """Climb on a sample where there are many states, then from where that led on all of them."""
    few = known if known.x.size <= SAMPLE else known.sample(SAMPLE)
    of_few = likelihood if few is known else likelihood_of(family, few)
    return maximise_by_sample(
        likelihood,
        of_few,
        _STARTS[kind],
        lambda: (
            by_lifetimes.purchases(kind, few.x, few.t_x, few.T, few.customers)
            if family is FAMILIES[kind]
            else []
        ),
    )


def likelihood_of(family: Family, known: Histories) -> Likelihood:
    """The likelihood of histories, in the logarithms of the parameters."""
    return Likelihood(lambda at: family.curved(purchase_parameters(np.exp(at)), known), known.total)


def _model(
    kind: PurchaseKind,
    k: int,
    likelihood: Likelihood,
    best: Maximum,
    evenly: float,
    scale: float,
    repeats: int,
    unit: TimeUnit,
) -> PurchaseModel:
    """Bring the maximum from time scaled to 0 … 1 back to time in `unit`, with how sharp it is."""
    back = np.where(FAMILIES[kind].in_time, scale, 1.0)
    return PurchaseModel(
        kind=kind,
        parameters=purchase_parameters(np.exp(best.at) * back),
        # A density of purchase times: each is divided by how many units make up the scale.
        log_likelihood=best.value + evenly - repeats * float(np.log(scale)),
        covariance=covariance(best.matrix),
        cautions=WhenAsked(lambda: identifiability.cautions(likelihood, best, np.log(back))),
        unit=unit,
        customers=likelihood.customers,
        k=k,
    )
