"""What a fitted model expects: who is still a customer, now and later, and what they will buy.

Ages and horizons are in **days**, the unit of the tables; they are converted to the model's own unit
inside. `x` is always a whole number.
"""

# ruff: noqa: N803  T is the field's own name for the age
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.lifetime_value.models.arrays import distinct_rows

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel

_STEPS = 120  # days computed of the past, beside those of the purchases; more cannot be told apart
_AHEAD = 40  # days computed of the future


def probability_alive(model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array:
    """Probability that a customer has not dropped out yet: 1 for one-time buyers of BG/NBD, by construction.

    Parameters
    ----------
    x : repeat purchase days
    t_x, T : age at the last purchase and at the observation end, in days
    """
    unit = model.days_per_unit
    count, last, age = np.broadcast_arrays(x, t_x, T)
    (bought, latest, lived), which = distinct_rows(count, last, age)
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
    pairs, which = distinct_rows(x, T)
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
    pairs, which = distinct_rows(x, T)
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


def alive_path(
    model: PurchaseModel, bought: NDArray[np.int64], age: int, horizon_days: float
) -> pd.DataFrame:
    """P(alive) of one customer from the first purchase to the observation end, and from there on.

    On each day of the past it is computed from the purchases up to that day alone, parameters as fitted on
    all data. From the observation end on it is what is expected now, with nothing more known.

    Parameters
    ----------
    bought : ages in days at every purchase day, 0 first, in order
    age : T in days
    horizon_days : how far to look ahead

    Returns
    -------
    age : in days
    p_alive
    ahead : whether after the observation end; the end itself is in both parts
    """
    before = bought[1:] - 1  # the day before a purchase, to which the curve has fallen
    days = np.unique(np.concatenate([np.linspace(0, age, _STEPS).round().astype(np.int64), bought, before]))
    days = days[(days >= 0) & (days <= age)]
    count = np.searchsorted(bought, days, side="right") - 1
    then = probability_alive(model, count, bought[count], days)
    later = np.linspace(0.0, horizon_days, _AHEAD)
    ahead = probability_alive_after(model, [bought.size - 1], [bought[-1]], [age], later)[0]
    return pd.DataFrame(
        {
            "age": np.concatenate([days, age + later]),
            "p_alive": np.concatenate([then, ahead]),
            "ahead": np.repeat([False, True], [days.size, later.size]),
        }
    )
