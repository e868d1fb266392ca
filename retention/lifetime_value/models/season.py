"""The season of a shop: how much faster customers buy in each month of the year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.lifetime_value.models.likelihood import moved_by
from retention.statistics import Z_95

if TYPE_CHECKING:
    from datetime import date

    from retention.lifetime_value.models.arrays import Array

_NEEDED = 2.71  # twice the gain in log marginal likelihood from which on seasons are proposed


@dataclass(frozen=True)
class Season:
    """How fast customers buy in each month of the year, beside the usual, as far as a shop has shown it.

    Attributes
    ----------
    index : (12,) of the months, January first: 1.4 is 1.4 times as fast as usual. Its logarithm is 0 on
        average over the days customers were seen; a month never seen is like the mean of the others
    first, last : the days it was learnt from, both included; the last is the observation end
    covariance : (4 + 12, 4 + 12) of the logarithms of the purchase model's parameters and of the index
    width : σ of the normal prior that draws the logarithms of the index towards 0, by empirical Bayes
    log_likelihood, plain_log_likelihood : of the model with the season and without, in the model's unit
    gain : in log marginal likelihood over the model without, by Laplace's approximation
    """

    index: tuple[float, ...]
    first: date
    last: date
    covariance: Array
    width: float
    log_likelihood: float
    plain_log_likelihood: float
    gain: float

    @property
    def proposed(self) -> bool:
        """Whether the season is beyond chance: twice the gain passes 2.71."""
        return 2.0 * self.gain > _NEEDED

    @property
    def days(self) -> int:
        """Days it was learnt from."""
        return (self.last - self.first).days + 1

    @property
    def table(self) -> pd.DataFrame:
        """Month (1 for January), index, low and high: a month a row."""
        months = np.arange(1, len(self.index) + 1)
        return pd.DataFrame({"month": months, "index": self.index, "low": self.low, "high": self.high})

    @property
    def busiest(self) -> int:
        """The month customers buy fastest in, 1 for January."""
        return 1 + self.index.index(max(self.index))

    @property
    def quietest(self) -> int:
        """The month they buy slowest in."""
        return 1 + self.index.index(min(self.index))

    @property
    def low(self) -> Array:
        """Lower ends of the 95 % intervals of the index: (12,)."""
        return moved_by(self.index, -Z_95 * self._errors)

    @property
    def high(self) -> Array:
        """Upper ends of the same."""
        return moved_by(self.index, Z_95 * self._errors)

    @property
    def _errors(self) -> Array:
        """Standard errors of the logarithms of the index."""
        return np.asarray(np.sqrt(np.diag(self.covariance)[-len(self.index) :]))

    def moved(self, steps: Array) -> Season:
        """The same with the logarithms of the index moved: (12,)."""
        return replace(self, index=tuple(moved_by(self.index, steps).tolist()))
