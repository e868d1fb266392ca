"""Customers and profit period by period, before and after a change of retention."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retention.statistics import middle_95

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

    def __add__(self, other: Stream) -> Stream:
        return Stream(self.base + other.base, self.new + other.new)

    def within(self, periods: int) -> Stream:
        """The first periods of it."""
        return Stream(self.base[:periods], self.new[:periods])

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


def active(before: Stream, after: Stream, today: float) -> pd.DataFrame:
    """Customers at the end of each period, from today on.

    Returns
    -------
    period (0, 1 …), before, after, base_before, base_after, new_before, new_after
    """
    parts = {"": ("firm", today), "base_": ("base", today), "new_": ("new", 0.0)}
    columns = {
        f"{name}{when}": np.concatenate([[start], getattr(stream, part)[:, 0]])
        for name, (part, start) in parts.items()
        for when, stream in (("before", before), ("after", after))
    }
    return pd.DataFrame({"period": np.arange(len(before.base) + 1), **columns})


def cumulative(plain: Profit, present: Profit, spent: Numbers, weights: Numbers) -> pd.DataFrame:
    """Profit of the firm so far at the end of each period, starting from nothing today.

    Parameters
    ----------
    spent : (periods,) cost of the programme in each
    weights : (periods,) discount factors

    Returns
    -------
    period (0, 1 …), before, after, gain, gain_low, gain_high (95 % band of the gain, null without draws),
    cost, and the six discounted: …_present
    """
    columns = {
        f"{name}{ending}": values
        for profit, outlay, ending in ((plain, spent, ""), (present, spent * weights, "_present"))
        for name, values in (_so_far(profit) | {"cost": _from_nothing(outlay[:, None])[:, 0]}).items()
    }
    return pd.DataFrame({"period": np.arange(len(plain.before.base) + 1), **columns})


def _so_far(profit: Profit) -> dict[str, Numbers]:
    before, after = (_from_nothing(stream.firm) for stream in (profit.before, profit.after))
    gain = after - before
    low = high = np.full(len(gain), np.nan)
    if gain.shape[1] > 1:
        low, high = middle_95(gain[:, 1:], axis=1)
    estimates = {"before": before[:, 0], "after": after[:, 0], "gain": gain[:, 0]}
    return {**estimates, "gain_low": low, "gain_high": high}


def _from_nothing(each_period: Numbers) -> Numbers:
    """Sum so far at the end of each period, and 0 before the first."""
    so_far = np.zeros((len(each_period) + 1, each_period.shape[1]))
    np.cumsum(each_period, axis=0, out=so_far[1:])
    return so_far
