"""Whether a shop is one the models are made for: seasons, one acquisition date, promotions, contracts.

The models know customers who buy at random moments at a steady rate of their own until they leave. Each
rule here looks for one way in which a shop is not like that, and is silent on a shop that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import fdtrc

from retention.aggregate import customers_of
from retention.errors import DataWarning
from retention.lifetime_value.models.arrays import sum_by

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array
    from retention.periods import Window

# Nine in ten customers won within a tenth of the data: their ages differ by so little that a customer who
# slows down and one who has left look alike.
_NEARLY_ALL = 0.9
_SHORT = 0.1
# A day counts as a peak from twice its usual number of purchases on, if that is beyond chance: six standard
# deviations of a Poisson number, which a shop of any size shows less than once in a thousand years.
_PEAK, _DEVIATIONS = 2.0, 6.0
_AROUND = 4  # weeks before and after whose same weekday says what is usual
_PROMOTED = 0.10  # of all purchases are made on peaks beyond what is usual there
# Random purchases put at most 16 % of the gaps so close to any one length (7 ± 1 days; 4 % about a month),
# whatever the rates: a third is at least twice that.
_REGULAR = 1 / 3
_TOLERANCE = 0.05  # of the length, or a day: 28 to 32 for a month
_SHORTEST = 6  # days: nobody renews sooner than every week
_FEWEST_GAPS = 50
_WEEK = 7
YEAR = 12
# Two years less the first month, in which nobody can come back: a pattern seen once may be anything.
NEEDED = 2 * YEAR - 1
_AT_RISK = 100  # customers, below whom a month's share says little
_CERTAIN = 0.01
_STRONG = 0.10  # weaker seasons move no yearly figure one would notice


def validity(
    months: pd.DataFrame, days: pd.DataFrame, gaps: pd.DataFrame, people: pd.DataFrame, window: Window
) -> tuple[DataWarning, ...]:
    """Name what about this shop the models do not know; nothing when it is of their kind.

    Parameters
    ----------
    months, days : `retention.aggregate.flows` by month and by day
    gaps : `retention.aggregate.gaps` between purchase days
    people : first_day, a customer a row: the table `retention.aggregate.customers` makes; or `starts`
    window : the days the data speaks for

    Returns
    -------
    any of ``seasonal`` (`high`, `low`: months of the year, 1 to 12; `above`, `below` the usual as shares),
    ``seasons_unknown`` (`months` that can be used, `needed`), ``one_acquisition_date`` (`share` of customers
    won within `days`, of `span`), ``heavy_promotions`` (`peaks`, days; `share` of purchases beyond the
    usual on them; `dispersion`, the variance of a day over its mean, 1 by chance) and ``contracts`` (`share`
    of gaps from `low` to `high` days, `variation` of the gaps, 1 by chance)
    """
    found = (
        seasons(months, window),
        _one_acquisition_date(people, window.days),
        _heavy_promotions(_by_day(days, window)),
        _contracts(gaps),
    )
    return tuple(note for note in found if note is not None)


def _one_acquisition_date(people: pd.DataFrame, span: int) -> DataWarning | None:
    first_day, which = np.unique(people["first_day"].to_numpy(dtype=np.int64), return_inverse=True)
    upto = np.cumsum(sum_by(which, customers_of(people), first_day.size)).astype(np.int64)
    total = int(upto[-1]) if upto.size else 0
    together = int(np.ceil(_NEARLY_ALL * total))
    if together < 2:  # noqa: PLR2004  one customer is no group
        return None
    last = np.append(0, upto[:-1]) + together  # number of the last of so many, from each day's first on
    reached = last <= total
    days = int(np.min(first_day[np.searchsorted(upto, last[reached])] - first_day[reached])) + 1
    if days > _SHORT * span:
        return None
    return DataWarning("one_acquisition_date", {"share": together / total, "days": days, "span": span})


def _by_day(days: pd.DataFrame, window: Window) -> Array:
    """Purchases of every day of the window, 0 where there was none."""
    bought = np.zeros(window.days)
    bought[days["period"].to_numpy() - window.first.toordinal()] = days["orders"].to_numpy()
    return bought


def _heavy_promotions(bought: Array) -> DataWarning | None:
    usual = _usual(bought)
    noise = np.sqrt(np.maximum(usual, 1.0))
    peak = (bought >= _PEAK * usual) & (bought > usual + _DEVIATIONS * noise)
    share = float(np.sum((bought - usual)[peak]) / bought.sum()) if peak.any() else 0.0
    if share < _PROMOTED:
        return None
    known = usual > 0
    spread = float(np.mean((bought - usual)[known] ** 2) / np.mean(usual[known])) if known.any() else None
    return DataWarning("heavy_promotions", {"peaks": int(peak.sum()), "share": share, "dispersion": spread})


def _usual(bought: Array) -> Array:
    """Median of the same weekday in the weeks around, the day itself left out; the mean below two weeks."""
    if bought.size < 2 * _WEEK:
        return np.full(bought.size, bought.mean())
    steps = [_WEEK * k for k in range(-_AROUND, _AROUND + 1) if k]
    padded = np.pad(bought, _WEEK * _AROUND, constant_values=np.nan)
    start = _WEEK * _AROUND
    around = np.stack([padded[start + step : start + step + bought.size] for step in steps])
    return np.asarray(np.nanmedian(around, axis=0))


def _contracts(gaps: pd.DataFrame) -> DataWarning | None:
    ended = gaps[gaps["followed"]].groupby("days")["count"].sum()
    length, count = ended.index.to_numpy(dtype=float), ended.to_numpy(dtype=float)
    if count.sum() < _FEWEST_GAPS:
        return None
    reach = np.maximum(1.0, np.round(_TOLERANCE * length))
    sums = np.concatenate([[0.0], np.cumsum(count)])
    near = (
        sums[np.searchsorted(length, length + reach, "right")] - sums[np.searchsorted(length, length - reach)]
    )
    near[length < _SHORTEST] = 0.0
    at = int(np.argmax(near))
    share = float(near[at] / count.sum())
    if share < _REGULAR:
        return None
    mean = float(np.average(length, weights=count))
    spread = float(np.sqrt(np.average((length - mean) ** 2, weights=count)))
    ends = {"low": int(length[at] - reach[at]), "high": int(length[at] + reach[at])}
    return DataWarning("contracts", {"share": share, **ends, "variation": spread / mean})


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
    return effects - effects.mean(), float(fdtrc(YEAR - 1, free, ratio))


def _residuals(columns: Array, values: Array) -> tuple[float, Array]:
    found, *_ = np.linalg.lstsq(columns, values, rcond=None)
    return float(np.sum((values - columns @ found) ** 2)), np.asarray(found)
