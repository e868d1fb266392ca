"""Intervals of ratios and of shares of value when customers are resampled, drawn once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.statistics.intervals import LEVELS, Z_95, Estimate
from retention.statistics.normal import normal_steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    from retention.statistics.intervals import Method

DRAWS = 1000
SEED = 20051  # any fixed number: the same data always shows the same interval
MOST_KINDS = 20_000  # kinds of customers that are resampled one by one
_FEW = 4  # customers of a kind, on average, up to which they are drawn one by one
_BLOCK = 100_000  # numbers drawn at a time, so that they stay near


def middle_95(draws: NDArray[np.float64], axis: int = 0) -> NDArray[np.float64]:
    """Ends of the middle 95 % of draws along an axis: (2, …)."""
    ends: NDArray[np.float64] = np.quantile(draws, LEVELS, axis=axis)
    return ends


def middle_of(value: float, draws: NDArray[np.float64], method: Method = "resampled") -> Estimate:
    """A figure with the middle 95 % of its draws; without ends where some draw has no value."""
    if draws.size == 0 or not np.isfinite(draws).all():
        return Estimate(value)
    low, high = middle_95(draws)
    return Estimate(value, float(low), float(high), method)


def estimate(value: float, draws: NDArray[np.float64], method: Method = "resampled") -> Estimate:
    """A figure with the middle 95 % of its draws and itself; without ends where some draw has no value.

    Where a figure is the most there can be, as the gain is where retention just reaches 1, all its draws lie
    on one side of it.
    """
    found = middle_of(value, draws, method)
    return Estimate(value, *_around(value, *found.ends), method) if found.ends else found


def _around(value: float, low: float, high: float) -> tuple[float, float]:
    return min(low, value), max(high, value)


def _resampled(customers: ArrayLike, draws: int) -> Iterator[NDArray[np.int64]]:
    """As many customers again, drawn with replacement: how many of each kind, some draws at a time.

    Where few customers share a kind they are drawn one by one, which then is quicker than kind by kind.
    """
    count = np.asarray(customers, dtype=np.int64)
    generator, total, kinds = np.random.default_rng(SEED), int(count.sum()), len(count)
    kind = np.repeat(np.arange(kinds), count) if total <= _FEW * kinds else None
    most = max(_BLOCK // (kinds if kind is None else total), 1)
    for start in range(0, draws, most):
        size = min(most, draws - start)
        if kind is None:
            yield generator.multinomial(total, count / total, size=size)
        else:
            place = kind.take(generator.integers(total, size=(size, total), dtype=np.int32))
            place += kinds * np.arange(size)[:, None]  # in a table of a row for each draw
            yield np.bincount(place.ravel(), minlength=size * kinds).reshape(size, kinds)


def ratio_draws(
    part: ArrayLike, whole: ArrayLike, customers: ArrayLike, draws: int = DRAWS
) -> NDArray[np.float64]:
    """Bootstrap draws of Σ part / Σ whole when customers are resampled.

    Parameters
    ----------
    part, whole : (n,) what one customer of each kind adds above and below the line
    customers : (n,) how many customers are of that kind

    Returns
    -------
    (draws,) ratios, those with nothing below the line left out
    """
    each = np.column_stack([np.asarray(part, dtype=float), np.asarray(whole, dtype=float)])
    above, below = np.concatenate([counts @ each for counts in _resampled(customers, draws)]).T
    ratios: NDArray[np.float64] = above[below > 0] / below[below > 0]
    return ratios


def total_draws(each: ArrayLike, customers: ArrayLike, draws: int = DRAWS) -> NDArray[np.float64]:
    """Draws of the totals of several columns when customers are resampled.

    Beyond 20,000 kinds the totals are drawn from the normal distribution that resampling tends to, with the
    same mean and covariance: counting out a million customers a thousand times would change nothing.

    Parameters
    ----------
    each : (n, k) what one customer of each kind adds to each total
    customers : (n,) how many customers are of that kind
    draws : how many

    Returns
    -------
    (draws, k) totals
    """
    values, count = np.asarray(each, dtype=float), np.asarray(customers, dtype=np.int64)
    if len(count) <= MOST_KINDS:
        return np.concatenate([counts @ values for counts in _resampled(count, draws)])
    generator, total = np.random.default_rng(SEED), int(count.sum())
    mean = count @ values / total
    spread = (values - mean) * np.sqrt(count)[:, None]
    return np.asarray(total * mean + normal_steps(spread.T @ spread, generator, draws))


def ratio(above: ArrayLike, below: ArrayLike, customers: ArrayLike) -> Estimate:
    """Σ above / Σ below over customers, with its interval.

    Raises
    ------
    ValueError
        If there is nothing below the line.
    """
    each = np.column_stack([np.asarray(above, dtype=float), np.asarray(below, dtype=float)])
    top, bottom = np.asarray(customers, dtype=float) @ each
    if not bottom > 0:
        raise ValueError("a ratio needs something below the line")
    draws = total_draws(each, customers)
    with np.errstate(divide="ignore", invalid="ignore"):
        return estimate(float(top / bottom), draws[:, 0] / draws[:, 1])


def share_of_best(value: ArrayLike, customers: ArrayLike, fraction: float) -> Estimate:
    """Share of a value that the best fraction of customers hold, read off the Lorenz curve.

    Parameters
    ----------
    value : (n,) what one customer of each kind holds, 0 or more, not all 0
    customers : (n,) how many customers are of that kind

    Examples
    --------
    >>> share_of_best([1, 2, 6], [2, 1, 1], 0.25).value
    0.6
    """
    held, count = np.asarray(value, dtype=float), np.asarray(customers, dtype=np.int64)
    best_first = np.argsort(-held, kind="stable")
    held, count = held[best_first], count[best_first]
    found = float(_held_by_best(held, count[None, :], fraction)[0])
    if len(count) > MOST_KINDS:
        return _linearised(held, count, fraction, found)
    draws = [_held_by_best(held, counts, fraction) for counts in _resampled(count, DRAWS)]
    return estimate(found, np.concatenate(draws))


def _held_by_best(
    held: NDArray[np.float64], counts: NDArray[np.int64], fraction: float
) -> NDArray[np.float64]:
    """The share in each row of counts, customers standing best first."""
    wanted = fraction * counts.sum(axis=1)
    before = np.cumsum(counts, axis=1) - counts
    taken = np.clip(wanted[:, None] - before, 0.0, counts)
    shares: NDArray[np.float64] = (taken @ held) / (counts @ held)
    return shares


def _linearised(
    held: NDArray[np.float64], count: NDArray[np.int64], fraction: float, found: float
) -> Estimate:
    """The interval by the influence function of a point of the Lorenz curve, for very many customers."""
    total = count.sum()
    limit = held[min(int(np.searchsorted(np.cumsum(count), fraction * total)), len(held) - 1)]
    mean = float(count @ held) / total
    above = np.maximum(held - limit, 0.0) + fraction * limit
    influence = (above - found * held) / mean
    half = Z_95 * float(np.sqrt(count @ influence**2)) / total
    return Estimate(found, max(found - half, 0.0), min(found + half, 1.0), "delta")
