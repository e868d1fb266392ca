"""Intervals of means and of shares of value when customers are resampled, drawn once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.intervals import DRAWS, SEED, Z_95

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

MOST_KINDS = 20_000  # kinds of customers that are resampled one by one
_BLOCK = 100  # draws at a time, so that memory stays bounded
_LEVELS = (0.025, 0.975)


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval, all in the figure's own unit; the ends are None where unknown."""

    value: float
    low: float | None = None
    high: float | None = None

    def times(self, factor: float) -> Estimate:
        """The same of so many times as much, or of a part of it: 0 or more."""
        ends = (None if end is None else factor * end for end in (self.low, self.high))
        return Estimate(factor * self.value, *ends)


def estimate(value: float, draws: NDArray[np.float64]) -> Estimate:
    """A figure with the middle 95 % of its draws and itself; without ends where some draw has no value."""
    if draws.size == 0 or not np.isfinite(draws).all():
        return Estimate(value)
    low, high = np.quantile(draws, _LEVELS)
    return Estimate(value, min(float(low), value), max(float(high), value))


def total_draws(each: ArrayLike, customers: ArrayLike, draws: int = DRAWS) -> NDArray[np.float64]:
    """Draws of the totals of several columns when customers are resampled.

    Beyond 20,000 kinds the totals are drawn from the normal distribution that resampling tends to, with the
    same mean and covariance: counting out a million customers a thousand times would change nothing.

    Parameters
    ----------
    each : (n, k) what one customer of each kind adds to each total
    customers : (n,) how many customers are of that kind
    draws : whole hundreds

    Returns
    -------
    (draws, k) totals
    """
    values, count = np.asarray(each, dtype=float), np.asarray(customers, dtype=np.int64)
    generator, total = np.random.default_rng(SEED), int(count.sum())
    if len(count) <= MOST_KINDS:
        share = count / total
        blocks = [generator.multinomial(total, share, size=_BLOCK) @ values for _ in range(draws // _BLOCK)]
        return np.concatenate(blocks)
    mean = count @ values / total
    spread = (values - mean) * np.sqrt(count)[:, None]
    drawn: NDArray[np.float64] = generator.multivariate_normal(
        total * mean, spread.T @ spread, size=draws, method="svd"
    )
    return drawn


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
    generator = np.random.default_rng(SEED)
    share = count / count.sum()
    draws = [
        _held_by_best(held, generator.multinomial(count.sum(), share, size=_BLOCK), fraction)
        for _ in range(DRAWS // _BLOCK)
    ]
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
    return Estimate(found, max(found - half, 0.0), min(found + half, 1.0))
