"""Customers and profit period by period, before and after a change of retention."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Stream:
    """Customers, or what they bring, in each future period.

    Attributes
    ----------
    base, new : (periods, 1 + k) today's customers and those who joined since; the estimate in the first
        column, then k draws of it
    """

    base: Numbers
    new: Numbers

    @cached_property
    def firm(self) -> Numbers:
        """Both together."""
        return self.base + self.new

    def times(self, factor: float | Numbers) -> Stream:
        """Every period multiplied by one number, or by its own."""
        factors = np.asarray(factor, dtype=np.float64).reshape(-1, 1)
        return Stream(self.base * factors, self.new * factors)


@dataclass(frozen=True)
class Profit:
    """Profit in each future period, in money, without and with the change."""

    before: Stream
    after: Stream

    def times(self, factor: float | Numbers) -> Profit:
        """Both multiplied, as by discount factors."""
        return Profit(self.before.times(factor), self.after.times(factor))


def active(base: float, won: float, retention: Numbers, periods: int) -> Stream:
    """Active customers in each future period.

    In period t = 1, 2 … base·r^t of today's are there. Of those who joined in period s, r^(t − s) are there
    in t: summed over s = 1 … t, won·(1 + r + … + r^(t − 1)).

    Parameters
    ----------
    retention : (1 + k,) probability r of staying from one period to the next

    Examples
    --------
    >>> stream = active(100, 10, np.array([0.5]), periods=2)
    >>> stream.base[:, 0], stream.new[:, 0]
    (array([50., 25.]), array([10., 15.]))
    """
    each_period = np.broadcast_to(retention, (periods, retention.size))
    survival: Numbers = np.cumprod(each_period, axis=0, dtype=np.float64)
    joined = np.ones_like(survival)
    joined[1:] += survival[:-1].cumsum(axis=0)
    return Stream(base * survival, won * joined)


def yearly(plain: Profit, present: Profit, periods_per_year: float) -> pd.DataFrame:
    """Profit by year; a week belongs to the year its middle falls in.

    Returns
    -------
    year (1, 2 …), base_before, base_after, new_before, new_after, and the four discounted: …_present
    """
    year = ((np.arange(len(plain.before.base)) + 0.5) / periods_per_year).astype(int)
    columns = {
        f"{part}_{when}{ending}": np.bincount(year, weights=stream[:, 0])
        for profit, ending in ((plain, ""), (present, "_present"))
        for part, when, stream in (
            ("base", "before", profit.before.base),
            ("base", "after", profit.after.base),
            ("new", "before", profit.before.new),
            ("new", "after", profit.after.new),
        )
    }
    return pd.DataFrame({"year": np.arange(1, year[-1] + 2), **columns})


def cumulative(plain: Profit, present: Profit) -> pd.DataFrame:
    """Profit of the firm so far at the end of each period, starting from nothing today.

    Returns
    -------
    period (0, 1 …), before, after, gain, gain_low, gain_high (95 % band of the gain, null without draws), and
    the five discounted: …_present
    """
    columns = {
        f"{name}{ending}": values
        for profit, ending in ((plain, ""), (present, "_present"))
        for name, values in _so_far(profit).items()
    }
    return pd.DataFrame({"period": np.arange(len(plain.before.base) + 1), **columns})


def _so_far(profit: Profit) -> dict[str, Numbers]:
    before, after = (_from_nothing(stream.firm) for stream in (profit.before, profit.after))
    gain = after - before
    low = high = np.full(len(gain), np.nan)
    if gain.shape[1] > 1:
        low, high = np.quantile(gain[:, 1:], [0.025, 0.975], axis=1)
    estimates = {"before": before[:, 0], "after": after[:, 0], "gain": gain[:, 0]}
    return {**estimates, "gain_low": low, "gain_high": high}


def _from_nothing(each_period: Numbers) -> Numbers:
    """Sum so far at the end of each period, and 0 before the first."""
    so_far = np.zeros((len(each_period) + 1, each_period.shape[1]))
    np.cumsum(each_period, axis=0, out=so_far[1:])
    return so_far
