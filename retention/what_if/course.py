"""How the year to come runs: when customers buy faster than usual, and when more of them are won."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.periods import PER_YEAR, first_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retention.periods import Period

    Numbers = NDArray[np.float64]

_MONTHS = 12


@dataclass(frozen=True)
class Course:
    """What each period of the coming year is beside a usual one; further years are like it.

    Attributes
    ----------
    buying : how fast customers buy again, 1.4 for 1.4 times as fast as usual; () where no season is known
    won : how many customers are won, 1.4 for 1.4 times as many as on average; () where always as many
    """

    buying: tuple[float, ...] = ()
    won: tuple[float, ...] = ()

    def buying_in(self, periods: int) -> Numbers:
        """The first in each of so many periods to come."""
        return _repeated(self.buying, periods)

    def won_in(self, periods: int) -> Numbers:
        """The second likewise."""
        return _repeated(self.won, periods)


STEADY = Course()


def season_of(index: Sequence[float], first: int, period: Period) -> tuple[float, ...]:
    """How fast customers buy in each period of a year, from those of its months.

    Parameters
    ----------
    index : (12,) of the months, January first
    first : number of the first period

    Returns
    -------
    1 on average; () where periods are no months or quarters

    Examples
    --------
    >>> from retention.periods import number_of
    >>> from datetime import date
    >>> season_of([0.5] * 3 + [1.0] * 6 + [1.5] * 3, number_of(date(2024, 4, 1), "quarter"), "quarter")
    (1.0, 1.0, 1.5, 0.5)
    """
    if period not in {"month", "quarter"}:
        return ()
    whole = round(PER_YEAR[period])
    each, months = np.asarray(index, dtype=float), _MONTHS // whole
    begins = [first_day(first + place, period).month - 1 for place in range(whole)]
    found = np.array([each[begin : begin + months].mean() for begin in begins])
    return tuple((found / found.mean()).tolist())


def _repeated(year: tuple[float, ...], periods: int) -> Numbers:
    if not year:
        return np.ones(periods)
    return np.asarray(np.resize(np.array(year), periods))
