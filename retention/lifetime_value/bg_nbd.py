"""BG/NBD (Fader, Hardie, Lee 2005): its likelihood, who is still a customer, what they will buy.

Every function that takes a fitted model wants ages and horizons in **days**, the unit of the tables; they
are converted to the model's own unit inside. `x` is always a whole number.
"""

# ruff: noqa: N803, N806  T is the field's own name for the age
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit

from retention.lifetime_value.beta_average import purchases_before_dropout

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from retention.lifetime_value.models import Array, Parameters, PurchaseModel


def log_likelihood(parameters: Parameters, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array:
    """Log-likelihood of each customer (Fader, Hardie, Lee 2005, eq. 6), time in the unit of α.

    Gamma functions enter as products of x factors, so that neither large counts nor parameters on a
    ridge lose digits. With a = 0 it is the NBD, in which nobody drops out.
    """
    x, t_x, T = np.asarray(x, dtype=np.int64), np.asarray(t_x, dtype=float), np.asarray(T, dtype=float)
    r, _, a, b = parameters
    steps = np.arange(x.max(initial=0))
    common = _sums(np.log(r + steps))[x] - _sums(np.log1p(a / (b + steps)))[x]
    alive, dropped_out = _endings(parameters, x, t_x, T)
    return np.asarray(common + np.logaddexp(alive, dropped_out))


def score(parameters: Parameters, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array:
    """Gradient of `log_likelihood` in (ln r, ln α, ln a, ln b): (4, n)."""
    x, t_x, T = np.asarray(x, dtype=np.int64), np.asarray(t_x, dtype=float), np.asarray(T, dtype=float)
    r, alpha, a, b = parameters
    steps = np.arange(x.max(initial=0))
    alive, dropped_out = _endings(parameters, x, t_x, T)
    gone = expit(dropped_out - alive)
    here = 1.0 - gone
    in_r = _sums(1.0 / (r + steps))[x] - here * np.log1p(T / alpha) - gone * np.log1p(t_x / alpha)
    in_alpha = here * (r * T - x * alpha) / (alpha + T) + gone * (r * t_x - x * alpha) / (alpha + t_x)
    in_a = gone - a * _sums(1.0 / (a + b + steps))[x]
    in_b = b * _sums(a / ((b + steps) * (a + b + steps)))[x] - gone * b / (b + np.maximum(x, 1) - 1)
    return np.stack([r * in_r, in_alpha, in_a, in_b])


def probability_alive(model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array:
    """Probability that a customer has not dropped out yet: 1 for one-time buyers, by construction.

    Parameters
    ----------
    x : repeat purchase days
    t_x, T : age at the last purchase and at the observation end, in days
    """
    age = 1.0 / model.days_per_unit
    return alive_from(
        model.parameters, np.asarray(x), np.asarray(t_x, dtype=float) * age, np.asarray(T, dtype=float) * age
    )


def expected_purchases(
    model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, horizon: float
) -> Array:
    """Purchase days expected in the next `horizon` days, given the past: E[Y(t) | x, t_x, T].

    Parameters
    ----------
    x : (n,) repeat purchase days
    t_x, T : (n,) age at the last purchase and at the observation end, in days
    horizon : days from the observation end on

    Returns
    -------
    (n,) finite, between 0 and what a customer who never drops out would buy
    """
    while_alive = expected_while_alive(model, x, T, [horizon])[:, 0]
    return np.ravel(probability_alive(model, x, t_x, T)) * while_alive


def expected_while_alive(model: PurchaseModel, x: ArrayLike, T: ArrayLike, horizons: ArrayLike) -> Array:
    """Purchase days expected within each horizon of a customer known to be alive at T.

    Given that, λ ~ Gamma(r + x, α + T) and p ~ Beta(a, b + x), so this depends on x and T alone and is
    computed once for each distinct pair.

    Parameters
    ----------
    x : (n,) repeat purchase days
    T : (n,) age at the observation end, in days
    horizons : (k,) days from the observation end on

    Returns
    -------
    (n, k)
    """
    pairs, which = np.unique(np.stack([np.ravel(x), np.ravel(T)]).astype(float), axis=1, return_inverse=True)
    ahead = np.asarray(horizons, dtype=float) / model.days_per_unit
    expected = while_alive_from(model.parameters, pairs[0], pairs[1] / model.days_per_unit, ahead)
    return expected[np.ravel(which)]


def expected_purchases_of_new(model: PurchaseModel, horizon: ArrayLike) -> Array:
    """Repeat purchase days expected of a customer won today within `horizon` days: E[X(t)].

    Parameters
    ----------
    horizon : days, a number or an array

    Returns
    -------
    array of the same shape
    """
    ahead = np.asarray(horizon, dtype=float)
    of_new = expected_while_alive(model, [0], [0], np.ravel(ahead))
    return of_new.reshape(ahead.shape)


def alive_from(parameters: Parameters, x: Array, t_x: Array, T: Array) -> Array:
    """`probability_alive` from bare parameters, time in their own unit."""
    alive, dropped_out = _endings(parameters, x, t_x, T)
    return expit(alive - dropped_out)


def while_alive_from(parameters: Parameters, x: Array, T: Array, t: Array) -> Array:
    """`expected_while_alive` from bare parameters, time in their own unit: (n,), (n,), (k,) → (n, k)."""
    r, alpha, a, b = parameters
    return purchases_before_dropout(r + x, a, b + x, t / (alpha + T[:, None]))


def _endings(parameters: Parameters, x: Array, t_x: Array, T: Array) -> tuple[Array, Array]:
    """Compare the two ends a history can have, alive at T or gone after t_x, in log-likelihood."""
    r, alpha, a, b = parameters
    alive = -r * np.log1p(T / alpha) - x * np.log(alpha + T)
    gone = -r * np.log1p(t_x / alpha) - x * np.log(alpha + t_x)
    risk = np.log(a) - np.log(b + np.maximum(x, 1) - 1.0) if a > 0 else -np.inf
    return alive, np.where(x > 0, gone + risk, -np.inf)


def _sums(terms: Array) -> Array:
    """Add up the first 0, 1, 2, … terms."""
    return np.concatenate([[0.0], np.cumsum(terms)])
