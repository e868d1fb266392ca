"""One customer over time: how likely they were still one on each day, as could be known on that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.lifetime_value import predict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value.models import PurchaseModel

_STEPS = 120  # days computed of the past, beside those of the purchases; more cannot be told apart
_AHEAD = 40  # days computed of the future


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
    then = predict.probability_alive(model, count, bought[count], days)
    later = np.linspace(0.0, horizon_days, _AHEAD)
    ahead = predict.probability_alive_after(model, [bought.size - 1], [bought[-1]], [age], later)[0]
    return pd.DataFrame(
        {
            "age": np.concatenate([days, age + later]),
            "p_alive": np.concatenate([then, ahead]),
            "ahead": np.repeat([False, True], [days.size, later.size]),
        }
    )
