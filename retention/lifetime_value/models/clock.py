"""The clock a purchase model runs on: days into its own time, which runs faster in some months of the year.

Customers who buy at the rate λ·s(t) buy at the steady rate λ on the clock S(t) = ∫ s. In BG/NBD and MBG/NBD
customers drop out at purchases and not in time, so that on it the models hold exactly as they are.
"""

# ruff: noqa: N803  T is the field's own name for the age
from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from retention.lifetime_value.models.arrays import Array

MONTHS = 12
_REACH = 200 * MONTHS  # months before and after the observation end known one by one
_FOREVER = 1e12  # days; the clock runs on at its mean speed until then
_FIRST = 719_163  # day number of 1970-01-01, from which numpy counts


def month_of(day: NDArray[np.int64]) -> NDArray[np.int64]:
    """Month of the year, 0 for January, of days by their numbers."""
    return (day - _FIRST).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % MONTHS


@lru_cache(maxsize=8)
def _months(end: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Days months begin on, and the observation end they are counted from; the months of all but the last."""
    here = np.datetime64(end - _FIRST, "D").astype("datetime64[M]")
    months = (here + np.arange(-_REACH, _REACH + 1)).astype("datetime64[D]").astype(np.int64)
    begins = np.union1d(months + _FIRST - end, [0])
    return begins, month_of(begins[:-1] + end)


@dataclass(frozen=True)
class Clock:
    """Turns days into a model's time. Days are counted from the observation end, and negative before it.

    A day stands for where it begins: from one to another lies the time of the first and of those between.

    Attributes
    ----------
    days_per_unit : days in one unit of time, where it runs at its usual speed
    index : how fast it runs in each month of the year, January first; none where it runs steadily
    end : day number of the observation end, where there is an index
    """

    days_per_unit: float
    index: tuple[float, ...] = ()
    end: int = 0

    def between(self, begin: ArrayLike, end: ArrayLike) -> Array:
        """Time from one day to another, in the model's unit."""
        if not self.index:
            days = np.asarray(end, dtype=float) - np.asarray(begin, dtype=float)
            return np.asarray(days / self.days_per_unit)
        return self.ahead(end) - self.ahead(begin)

    def ahead(self, days: ArrayLike) -> Array:
        """Time from the observation end to so many days after it."""
        if not self.index:
            return np.asarray(days, dtype=float) / self.days_per_unit
        days_run, run = self._knots
        return np.asarray(np.interp(np.asarray(days, dtype=float), days_run, run) / self.days_per_unit)

    @cached_property
    def by_month(self) -> tuple[Clock, ...]:
        """Clocks that run in one month of the year alone, whose times add up to those of this one."""
        alone = np.diag(self.index).tolist() if self.index else []
        return tuple(replace(self, index=tuple(speeds)) for speeds in alone)

    def past(self, t_x: ArrayLike, T: ArrayLike, until: ArrayLike = 0.0) -> tuple[Array, Array]:
        """Age at the last purchase and now, in the model's unit, from those in days.

        Parameters
        ----------
        until : the day that is now, the observation end by default
        """
        won = np.asarray(until, dtype=float) - np.asarray(T, dtype=float)
        if not self.index:
            return self.ahead(t_x), self.ahead(T)
        begin = self.ahead(won)
        return self.ahead(won + np.asarray(t_x, dtype=float)) - begin, self.ahead(until) - begin

    @cached_property
    def _knots(self) -> tuple[Array, Array]:
        """Days on which months begin, and the observation end; and how many usual days have run by then."""
        begins, month = _months(self.end)
        speed = np.array(self.index)[month]
        run = np.concatenate([[0.0], np.cumsum(np.diff(begins) * speed)])
        run -= run[np.searchsorted(begins, 0)]  # exactly nothing at the observation end
        beyond = _FOREVER * float(np.mean(self.index))
        return (
            np.concatenate([[begins[0] - _FOREVER], begins, [begins[-1] + _FOREVER]]),
            np.concatenate([[run[0] - beyond], run, [run[-1] + beyond]]),
        )
