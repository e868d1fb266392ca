"""More than the mean: how many purchases with which chance, and how long until the next one.

Ages and horizons are in **days**, as in `retention.lifetime_value.value.predictions`.
"""

# ruff: noqa: N803  T is the field's own name for the age
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.lifetime_value.models import purchase_counts
from retention.lifetime_value.value import predictions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel

    History = tuple[Array, Array, Array]  # x, t_x and T, each (n,)

LONGEST = 36_525.0  # days: a purchase that takes more than a century is none
_CELLS = 200_000  # of a block of states by numbers of purchases: memory stays bounded
_HALVINGS = 60  # of a logarithm of days: to less than a second
_SOONEST = 1e-3  # days
_LIKELY, _ROWS = 0.99, 15  # of the chances; rows beside that of none


def purchase_chances(
    model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, horizon: float, *, most: int
) -> Array:
    """P(0), P(1) … P(most) purchase days in the next `horizon` days, given the past.

    ``(1 − P(alive))·[n = 0] + P(alive)·P(Y = n | alive)``, with λ ~ Gamma(r + x, α + T) of who is alive.

    Parameters
    ----------
    x : (n,) repeat purchase days
    t_x, T : (n,) age at the last purchase and at the observation end, in days
    horizon : days from the observation end on
    most : purchase days to count up to; what is missing from 1 is the chance of more

    Returns
    -------
    (n, most + 1)
    """
    count, last, age = _history(x, t_x, T)
    alive = np.ravel(predictions.probability_alive(model, x, t_x, T))
    kinds, kind_of_each = predictions.alike_ahead(model, count, last, age)
    if_alive = _if_alive(model, kinds, np.full(kinds[0].size, float(horizon)), most)
    return _whether_alive(alive, if_alive[kind_of_each])


def most_purchases(model: PurchaseModel, x: ArrayLike, T: ArrayLike, horizon: float) -> NDArray[np.int64]:
    """Purchase days that customers exceed within `horizon` days with a chance below one in a million."""
    r, alpha, *_ = model.parameters
    count, age = np.asarray(x, dtype=float), np.asarray(T, dtype=float)
    reach = model.clock.ahead(horizon) / (alpha + model.clock.between(-age, 0.0))
    begun = model.k - 1  # hidden events that may lie behind already
    events = purchase_counts.enough(r + model.k * count + begun, reach)
    return np.asarray((events + begun) // model.k)


def blocks(most: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], int]]:
    """Rows that count up to about as many purchases, a bounded block at a time, with how many that is."""
    order = np.argsort(most, kind="stable")
    while order.size:
        needed = most[order] + 1
        taken = max(1, int(np.sum(needed * np.arange(1, order.size + 1) <= _CELLS)))
        yield order[:taken], int(most[order[taken - 1]])
        order = order[taken:]


def purchase_quantiles(chances: Array, levels: tuple[float, ...]) -> NDArray[np.int64]:
    """Least numbers of purchases not exceeded with these chances: (n, most + 1) → (n, levels)."""
    reached = np.cumsum(chances, axis=1)
    return np.stack([np.argmax(reached >= level, axis=1) for level in levels], axis=1)


def readable_chances(
    model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, horizon: float
) -> pd.DataFrame:
    """The chances of one customer's numbers of purchases; of many, so many at a time.

    Returns
    -------
    purchases, up_to : 0 alone, then 1 to `up_to` and so on, equally many in each of at most 16 rows
    chance : of so many; in the last row of so many or more, so that they add up to 1
    """
    most = int(most_purchases(model, x, T, horizon)[0])
    chances = purchase_chances(model, x, t_x, T, horizon, most=most)[0]
    likely = max(int(np.argmax(np.cumsum(chances) >= _LIKELY)), 1)
    width = -(-likely // _ROWS)
    first = np.arange(1, likely + 1, width)
    each = np.concatenate([chances[:1], np.add.reduceat(chances[1 : likely + 1], first - 1)])
    each[-1] = 1.0 - each[:-1].sum()
    least = np.concatenate([[0], first])
    return pd.DataFrame({"purchases": least, "up_to": np.append(least[1:] - 1, most), "chance": each})


def chance_of_purchase(
    model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, days: ArrayLike
) -> Array:
    """Probability of at least one purchase within each of k numbers of days: (n,) and (k,) → (n, k)."""
    history = _history(x, t_x, T)
    alive = np.ravel(predictions.probability_alive(model, x, t_x, T))
    within = np.ravel(np.asarray(days, dtype=float))
    return np.stack(
        [1.0 - _chances(model, alive, history, np.full(alive.size, end), 0)[:, 0] for end in within],
        axis=1,
    )


def median_days(
    model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, *, still_customer: bool = False
) -> Array:
    """Days by when half of such customers have bought again; NaN where half never will.

    Parameters
    ----------
    x, t_x, T : (n,) as in `purchase_chances`
    still_customer : suppose that nobody has dropped out by the observation end

    Returns
    -------
    (n,) days from the observation end on, NaN too where it takes more than a century
    """
    history = _history(x, t_x, T)
    alive = (
        np.ones(history[0].size)
        if still_customer
        else np.ravel(predictions.probability_alive(model, x, t_x, T))
    )
    low, high = np.full(alive.size, np.log(_SOONEST)), np.full(alive.size, np.log(LONGEST))
    never = _chances(model, alive, history, np.exp(high), 0)[:, 0] > 0.5  # noqa: PLR2004  half
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        waits = _chances(model, alive, history, np.exp(middle), 0)[:, 0] > 0.5  # noqa: PLR2004
        low, high = np.where(waits, middle, low), np.where(waits, high, middle)
    return np.where(never, np.nan, np.exp(high))


def _history(x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> History:
    """x, t_x and T, each (n,)."""
    count, last, age = (np.ravel(column).astype(float) for column in np.broadcast_arrays(x, t_x, T))
    return count, last, age


def _chances(model: PurchaseModel, alive: Array, history: History, ahead: Array, most: int) -> Array:
    return _whether_alive(alive, _if_alive(model, history, ahead, most))


def _if_alive(model: PurchaseModel, history: History, ahead: Array, most: int) -> Array:
    x, t_x, age = history
    past, later = model.clock.past(t_x, age), model.clock.ahead(ahead)
    return model.family.counts(model.parameters, x, *past, later, most)


def _whether_alive(alive: Array, chances: Array) -> Array:
    """Chances of numbers of purchases of who may have left, from those of who has not: (n, most + 1)."""
    found = chances * alive[:, None]
    found[:, 0] += 1.0 - alive
    return found
