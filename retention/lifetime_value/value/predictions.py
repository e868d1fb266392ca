"""What a fitted model expects: who is still a customer, now and later, and what they will buy.

Ages and horizons are in **days**, the unit of the tables; the model's clock turns them into its own
time. `x` is always a whole number.
"""

# ruff: noqa: N803  T is the field's own name for the age
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.interpolate import CubicSpline

from retention.lifetime_value.models.arrays import distinct_rows

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel

_STEPS = 120  # days computed of the past, beside those of the purchases; more cannot be told apart
_AHEAD = 40  # days computed of the future
_NODES, _ROOM = 500, 1e-9  # between which what is expected of a new customer is interpolated


def probability_alive(model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array:
    """Probability that a customer has not dropped out yet: 1 for one-time buyers of BG/NBD, by construction.

    Parameters
    ----------
    x : repeat purchase days
    t_x, T : age at the last purchase and at the observation end, in days
    """
    count, last, age = np.broadcast_arrays(x, t_x, T)
    (bought, latest, lived), which = distinct_rows(count, last, age)
    alive = model.family.alive(model.parameters, bought, *model.clock.past(latest, lived))
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
    (bought, latest, lived), which = alike_ahead(model, x, t_x, T)
    past, later = model.clock.past(latest, lived), model.clock.ahead(ahead)
    staying = model.family.still_alive(model.parameters, bought, *past, later)
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
    while_alive = expected_while_alive(model, x, t_x, T, [horizon])[:, 0]
    return np.ravel(probability_alive(model, x, t_x, T)) * while_alive


def alike_ahead(
    model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike
) -> tuple[tuple[Array, Array, Array], NDArray[np.int64]]:
    """Histories that stand for all who, being alive, have the same future, and which of them each is.

    Who buys at random moments has forgotten when the last purchase was: x and T are enough then. A regular
    buyer has not.

    Parameters
    ----------
    x : (n,) repeat purchase days
    t_x, T : (n,) age at the last purchase and at the observation end, in days

    Returns
    -------
    x, t_x and T of each kind, (kinds,); and the kind of each customer, (n,)
    """
    if model.k > 1:
        (bought, latest, lived), which = distinct_rows(x, t_x, T)
        return (bought, latest, lived), which
    (bought, lived), which = distinct_rows(x, T)
    return (bought, np.zeros(bought.size), lived), which


def expected_while_alive(
    model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, horizons: ArrayLike
) -> Array:
    """Purchase days expected within each horizon of a customer known to be alive at T.

    It is computed once for all who are alike.

    Parameters
    ----------
    x : (n,) repeat purchase days
    t_x, T : (n,) age at the last purchase and at the observation end, in days
    horizons : (k,) days from the observation end on

    Returns
    -------
    (n, k)
    """
    (bought, latest, lived), which = alike_ahead(model, x, t_x, T)
    past, ahead = model.clock.past(latest, lived), model.clock.ahead(horizons)
    return model.family.while_alive(model.parameters, bought, *past, ahead)[which]


def alike_gone(
    model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike
) -> tuple[tuple[Array, Array, Array], NDArray[np.int64]]:
    """Histories that stand for all who, having left, would have had the same future, and which each is.

    Who leaves after a purchase has lived until then, and how long ago that was tells no more, but for when in
    the year it was.

    Parameters
    ----------
    x : (n,) repeat purchase days
    t_x, T : (n,) age at the last purchase and at the observation end, in days

    Returns
    -------
    x, t_x and T of each kind, (kinds,); and the kind of each customer, (n,)
    """
    if model.kind == "pareto_nbd" or model.season is not None:
        (bought, latest, lived), which = distinct_rows(x, t_x, T)
        return (bought, latest, lived), which
    (bought, latest), which = distinct_rows(x, t_x)
    return (bought, latest, latest), which


def expected_had_they_stayed(
    model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, horizons: ArrayLike
) -> Array:
    """Purchase days expected within each horizon of a customer known to have left, were they still there.

    It is told from the time they were there alone: the silence that followed says nothing of how often they
    bought. It is computed once for all who are alike.

    Parameters
    ----------
    x : (n,) repeat purchase days
    t_x, T : (n,) age at the last purchase and at the observation end, in days
    horizons : (k,) days from the observation end on

    Returns
    -------
    (n, k), without a meaning for customers who cannot have left
    """
    (bought, latest, lived), which = alike_gone(model, x, t_x, T)
    past, ahead = model.clock.past(latest, lived), model.clock.ahead(horizons)
    return model.family.had_they_stayed(model.parameters, bought, *past, ahead)[which]


def expected_purchases_of_new(model: PurchaseModel, horizon: ArrayLike) -> Array:
    """Repeat purchase days expected of a customer won today within `horizon` days: E[X(t)].

    Parameters
    ----------
    horizon : days, a number or an array

    Returns
    -------
    array of the same shape
    """
    ahead = model.clock.ahead(horizon)
    return _of_new(model, np.ravel(ahead)).reshape(ahead.shape)


def expected_repeats(model: PurchaseModel, won: ArrayLike, customers: Array, days: ArrayLike) -> Array:
    """Repeat purchase days expected up to some days of customers won on others: Σ E[X(S(day) − S(won))].

    Parameters
    ----------
    won, customers : (n,) days customers were won on, and how many on each
    days : (k,) as those, days from the observation end on, negative before it

    Returns
    -------
    (k,) of customers won after a day, nothing
    """
    lived = np.maximum(model.clock.between(won, np.asarray(days)[:, None]), 0.0)
    is_time = model.family.in_time
    scale = min(value for value, timed in zip(model.parameters, is_time, strict=True) if timed)
    grown = np.log1p(lived / scale)  # in which what is expected is smooth
    nodes = np.linspace(0.0, float(grown.max()) + _ROOM, _NODES)
    of_one = CubicSpline(nodes, _of_new(model, scale * np.expm1(nodes)))
    return np.asarray(of_one(grown) @ customers)


def _of_new(model: PurchaseModel, ahead: Array) -> Array:
    """Repeat purchases expected of a customer within times of the model's clock after the first purchase."""
    none = np.zeros(1)
    staying = model.family.alive(model.parameters, none, none, none)  # by MBG/NBD some leave at once
    return np.asarray(staying * model.family.while_alive(model.parameters, none, none, none, ahead)[0])


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
    past = model.clock.past(bought[count], days, days - age)
    then = model.family.alive(model.parameters, count.astype(float), *past)
    later = np.linspace(0.0, horizon_days, _AHEAD)
    ahead = probability_alive_after(model, [bought.size - 1], [bought[-1]], [age], later)[0]
    return pd.DataFrame(
        {
            "age": np.concatenate([days, age + later]),
            "p_alive": np.concatenate([then, ahead]),
            "ahead": np.repeat([False, True], [days.size, later.size]),
        }
    )
