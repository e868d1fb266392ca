"""Whether purchases follow the year: months that are high or low in every year of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import f as f_distribution

from retention.errors import DataWarning

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from retention.lifetime_value.arrays import Array
    from retention.periods import Window

YEAR = 12
# Two years less the first month, in which nobody can come back: a pattern seen once may be anything.
NEEDED = 2 * YEAR - 1
_AT_RISK = 100  # customers, below whom a month's share says little
_CERTAIN = 0.01
_STRONG = 0.10  # weaker seasons move no yearly figure one would notice


def seasons(months: pd.DataFrame, window: Window) -> DataWarning | None:
    """``seasonal`` where months of the year differ, ``seasons_unknown`` where two years are not there.

    The logarithm of the share of customers won before a month who buy in it is explained by a trend, which
    the ageing of a base makes, and by the months of the year. These count when the F test of them is below
    1 % and their standard deviation at least 10 %: a shop whose season is told must show it in both years.

    Parameters
    ----------
    months : `retention.aggregate.flows` by month
    """
    table = months[months["period"].isin(window.complete("month"))]
    before = months["new"].cumsum().shift(1, fill_value=0)[table.index].to_numpy(dtype=float)
    back = (table["active"] - table["new"]).to_numpy(dtype=float)
    usable = (before >= _AT_RISK) & (back > 0)
    if usable.sum() < NEEDED:
        return DataWarning("seasons_unknown", {"months": int(usable.sum()), "needed": NEEDED})
    number = table["period"].to_numpy()[usable]
    effects, chance = _month_effects(np.log(back[usable] / before[usable]), number)
    if chance > _CERTAIN or float(np.std(effects)) < _STRONG:
        return None
    high, low = int(np.argmax(effects)), int(np.argmin(effects))
    return DataWarning(
        "seasonal",
        {
            "high": high + 1,
            "low": low + 1,
            "above": float(np.expm1(effects[high])),
            "below": float(-np.expm1(effects[low])),
        },
    )


def _month_effects(log_share: Array, number: NDArray[np.int64]) -> tuple[Array, float]:
    """Effect of each month of the year about their mean, and the chance of such a fit without any."""
    when = (number - number.mean()) / YEAR
    trend = np.stack([np.ones(when.size), when, when**2, when**3], axis=1)
    of_year = (number % YEAR)[:, None] == np.arange(YEAR)
    both = np.concatenate([trend, of_year[:, 1:]], axis=1)
    unexplained, fitted = _residuals(trend, log_share)[0], _residuals(both, log_share)
    free = when.size - both.shape[1]
    ratio = (unexplained - fitted[0]) / (YEAR - 1) / max(fitted[0] / free, 1e-300)
    effects = np.concatenate([[0.0], fitted[1][trend.shape[1] :]])
    return effects - effects.mean(), float(f_distribution.sf(ratio, YEAR - 1, free))


def _residuals(columns: Array, values: Array) -> tuple[float, Array]:
    found, *_ = np.linalg.lstsq(columns, values, rcond=None)
    return float(np.sum((values - columns @ found) ** 2)), np.asarray(found)
