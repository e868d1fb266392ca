"""Histories on the calendar: how many days of each month of the year lie between a customer's purchases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.lifetime_value.models.arrays import sum_by
from retention.lifetime_value.models.clock import MONTHS, month_of
from retention.lifetime_value.models.histories import Histories

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array


@dataclass(frozen=True)
class Spans:
    """Stretches of days, told by those they begin on and end before.

    Attributes
    ----------
    days : (d, 12) days of each month of the year before each day
    begin, finish : (k,) which of them each begins on, and which it ends before
    """

    days: Array
    begin: NDArray[np.int64]
    finish: NDArray[np.int64]

    @classmethod
    def of(cls, begin: NDArray[np.int64], finish: NDArray[np.int64]) -> Spans:
        """Between day numbers."""
        first = int(begin.min())
        each = np.arange(first, int(finish.max()))
        days = np.zeros((each.size + 1, MONTHS))
        days[1:] = np.cumsum(month_of(each)[:, None] == np.arange(MONTHS), axis=0)
        return cls(days, begin - first, finish - first)

    def lengths(self, index: Array) -> Array:
        """Usual days in each, where months run as fast as the index says: (12,) → (k,)."""
        run = self.days @ index
        return np.asarray(run[self.finish] - run[self.begin])

    @cached_property
    def in_each_month(self) -> Array:
        """Days of each month of the year in each: (k, 12)."""
        return np.asarray(self.days[self.finish] - self.days[self.begin])

    def in_months(self, slope: Array) -> Array:
        """Gradient in the index of what has such a gradient in the lengths: (k,) → (12,)."""
        size = len(self.days)
        of_day = sum_by(self.finish, slope, size) - sum_by(self.begin, slope, size)
        return np.asarray(of_day @ self.days)


@dataclass(frozen=True)
class Dated:
    """States of customers on the calendar, with when repeat purchases were made.

    A state tells the day customers were won on and that of their last purchase, as all are seen to one end.

    Attributes
    ----------
    known : the histories; its times are those of `spans`, first of the ages, then of the last purchases
    spans : distinct stretches of a customer's life
    end : day number of the observation end
    repeats : (12,) repeat purchase days in each month of the year
    gaps, ended : stretches from one purchase day to the next, and how many purchases end each; None, and
        empty, where they do not matter
    """

    known: Histories
    spans: Spans
    end: int
    repeats: Array
    gaps: Spans | None
    ended: Array

    @classmethod
    def of(cls, states: pd.DataFrame, repeats: Array, end: int, gaps: pd.DataFrame | None = None) -> Dated:
        """From tables as `fit_season` is given, and the day number of the end."""
        known = Histories.of(*(states[name].to_numpy() for name in ("x", "t_x", "T", "customers")))
        if gaps is None:
            return cls(*_on_days(known, end), end, repeats, None, np.empty(0))
        between = Spans.of(gaps["first_day"].to_numpy(), gaps["last_day"].to_numpy())
        return cls(*_on_days(known, end), end, repeats, between, gaps["count"].to_numpy(dtype=float))

    def on(self, index: Array, scale: float) -> Histories:
        """The histories on a clock that runs as fast as an index says, in units of so many usual days."""
        times = self.spans.lengths(index) / scale
        return replace(self.known, times=times, t_x=times[self.known.at_t_x], T=times[self.known.at_T])

    def rhythm(self, index: Array, scale: float) -> tuple[float, Array, Array]:
        """Sum of the logarithms of the times between purchases on such a clock, and how it follows the index.

        Returns
        -------
        with it the gradient in the logarithms of the index, (12,), and the information, but for what an index
        bends by as the power of its logarithm: (12, 12)
        """
        if self.gaps is None:
            raise ValueError("the days between purchases are not known")
        share = self.gaps.in_each_month * index
        lengths = share.sum(axis=1)
        share /= lengths[:, None]
        weighted = self.ended[:, None] * share
        return float(self.ended @ np.log(lengths / scale)), weighted.sum(axis=0), weighted.T @ share

    @property
    def watched(self) -> Array:
        """Customer-days seen in each month of the year: (12,)."""
        return self.spans.in_months(self.known.aged)

    def sample(self, size: int) -> Dated:
        """As good as so many of the customers, taken evenly from the states, with their purchases."""
        few = self.known.sample(size)
        share = float(few.bought.sum() / self.known.bought.sum())
        return Dated(*_on_days(few, self.end), self.end, self.repeats * share, self.gaps, self.ended * share)


def _on_days(known: Histories, end: int) -> tuple[Histories, Spans]:
    """Histories whose times are those of stretches of days, of which each that occurs is told once."""
    last, age = known.t_x.astype(np.int64), known.T.astype(np.int64)
    oldest = int(age.max()) + 1
    at_age, ages = pd.factorize(age)
    at_life, lives = pd.factorize(age * oldest + last)
    lived, latest = np.divmod(lives, oldest)
    size = ages.size + lives.size
    on_days = replace(
        known,
        at_T=at_age,
        at_t_x=at_life + ages.size,
        aged=sum_by(at_age, known.customers, size),
        bought=sum_by(at_age, known.customers * known.x, size),
    )
    begin = np.concatenate([end - ages, end - lived])
    finish = np.concatenate([np.full(ages.size, end), end - lived + latest])
    return on_days, Spans.of(begin, finish)
