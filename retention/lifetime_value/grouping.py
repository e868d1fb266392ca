"""Customers put together by when they were won, in periods of which there are not too many to read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from retention.lifetime_value.groups import MOST
from retention.periods import PERIODS, number_of

if TYPE_CHECKING:
    import pandas as pd

    from retention.periods import Period, Window


def cohort_period(window: Window, finest: Period = "month") -> Period:
    """The shortest period, from the finest wanted on, in which the data has no more cohorts than 12.

    Examples
    --------
    >>> from retention.periods import Window
    >>> cohort_period(Window(date(2010, 12, 1), date(2011, 12, 9)))
    'quarter'
    """
    longer = PERIODS[PERIODS.index(finest) :]
    return next((period for period in longer if len(window.numbers(period)) <= MOST), PERIODS[-1])


def cohort_of(first_day: pd.Series, period: Period) -> pd.Series:
    """Number of the period each day lies in, both numbers of `retention.periods`."""
    numbers = {day: number_of(date.fromordinal(int(day)), period) for day in first_day.unique()}
    return first_day.map(numbers)
