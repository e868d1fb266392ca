"""Shocks of a whole shop: months in which all buy more or less than a model can know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.models.arrays import sum_by
from retention.lifetime_value.models.clock import MONTHS, month_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array


@dataclass(frozen=True)
class Shocks:
    """How far months are off beyond chance: promotions, weather, news, each month by luck of its own.

    Attributes
    ----------
    sd : standard deviation of the logarithm of what a month brings beside what is expected of it
    month : (n,) the months it was learnt from, by their place in the year, 0 for January
    repeats : (n,) repeat purchase days in them
    end : day number of the observation end
    """

    sd: float
    month: NDArray[np.int64]
    repeats: Array
    end: int

    def of_total(self, ends: Array, bought: Array, width: float | None) -> float:
        """Standard deviation they give the logarithm of a total.

        Those to come add up over the months of the horizon, so that a long one evens them out. Those of the
        past were taken by the fit for how fast customers buy, and in a season for that of their month.

        Parameters
        ----------
        ends : (k,) ends of the parts of the horizon, none longer than a month, in days from the observation
            end
        bought : (k,) what is expected in each
        width : of the prior of the season, None without one
        """
        total = float(bought.sum())
        if self.sd == 0.0 or total <= 0.0:
            return 0.0
        share = bought / total
        middle = ends - np.diff(ends, prepend=0.0) / 2.0
        month = month_of(np.floor(middle).astype(np.int64) + self.end)
        learnt = share @ self._learnt(month, width)
        return self.sd * float(np.sqrt(share @ share + learnt @ learnt))

    def _learnt(self, month: NDArray[np.int64], width: float | None) -> Array:
        """How much of each past month's shock is in what is expected of a month to come: (k,) → (k, n)."""
        overall = np.tile(self.repeats / self.repeats.sum(), (month.size, 1))
        if width is None:
            return overall
        in_month = sum_by(self.month, self.repeats, MONTHS)
        own = (month[:, None] == self.month) * self.repeats / np.maximum(in_month[self.month], 1.0)
        # A season is drawn to the mean of all months, the more the fewer purchases its month has seen.
        told = (in_month * width**2 / (1.0 + in_month * width**2))[month, None]
        return np.asarray(told * own + (1.0 - told) * overall)
