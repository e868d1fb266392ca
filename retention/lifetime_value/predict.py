"""What a fitted model expects: who is still a customer, now and later, and what they will buy.

Ages and horizons are in **days**, the unit of the tables; they are converted to the model's own unit
inside. `x` is always a whole number.
"""

# ruff: noqa: N803  T is the field's own name for the age
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.arrays import distinct

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from retention.lifetime_value.arrays import Array
    from retention.lifetime_value.models import PurchaseModel


def probability_alive(model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array:
    """Probability that a customer has not dropped out yet: 1 for one-time buyers of BG/NBD, by construction.

    Parameters
    ----------
    x : repeat purchase days
    t_x, T : age at the last purchase and at the observation end, in days
    """
    unit = model.days_per_unit
    count, last, age = np.broadcast_arrays(x, t_x, T)
    (bought, latest, lived), which = distinct(count, last, age)
    alive = model.family.alive(model.parameters, bought, latest / unit, lived / unit)
    return alive[which].reshape(count.shape)


def probability_alive_after(
    model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, ahead: ArrayLike
) -> Array:
    """Probability that a customer will not have dropped out some days after the observation end.

    Parameters
    ----------
    x : (n,) repeat purchase days
    t_x, T : (n,) age at the last purchase and at the observation end, in days
    ahead : (k,) days from the observation end on

    Returns
    -------
    (n, k)
    """
    pairs, which = distinct(x, T)
    later = np.asarray(ahead, dtype=float) / model.days_per_unit
    staying = model.family.still_alive(model.parameters, pairs[0], pairs[1] / model.days_per_unit, later)
    return np.ravel(probability_alive(model, x, t_x, T))[:, None] * staying[which]


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

    This depends on x and T alone and is computed once for each distinct pair.

    Parameters
    ----------
    x : (n,) repeat purchase days
    T : (n,) age at the observation end, in days
    horizons : (k,) days from the observation end on

    Returns
    -------
    (n, k)
    """
    pairs, which = distinct(x, T)
    ahead = np.asarray(horizons, dtype=float) / model.days_per_unit
    expected = model.family.while_alive(model.parameters, pairs[0], pairs[1] / model.days_per_unit, ahead)
    return expected[which]


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
    staying = probability_alive(model, [0], [0], [0])  # less than 1 where the first purchase may be the last
    of_new = staying * expected_while_alive(model, [0], [0], np.ravel(ahead))
    return of_new.reshape(ahead.shape)
