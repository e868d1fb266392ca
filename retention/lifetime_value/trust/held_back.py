"""Cutting the data in two: a part to fit on, and a later part that the fit has not seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from retention.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from retention.periods import Window

_DAYS_PER_WEEK = 7.0
_YEAR = 365
_LEAST_PART = 10  # one in so many days to fit on, and as many held back: less says nothing


@dataclass(frozen=True)
class HeldBack:
    """Small tables of what is known up to a day, and of what the customers won by then did after it.

    Attributes
    ----------
    window : the days looked at: of all the data, or of less where it is held against fewer days
    until : last day of the part to fit on, see `calibration_end`
    outcomes : x, t_x, T at its end in days, `later` purchase days, customers, spent, value: the table
        `retention.aggregate.held_back` makes
    spend : x, m_x, customers: repeat spend up to its end, the table `retention.aggregate.spend` makes
    repeats : day, repeats: the table `retention.aggregate.repeats_by_day` makes, over these days
    year_before : before, later, customers: the table of `retention.aggregate.a_year_before`; None where those
        days are not all known
    """

    window: Window
    until: date
    outcomes: pd.DataFrame
    spend: pd.DataFrame
    repeats: pd.DataFrame
    year_before: pd.DataFrame | None = None

    @cached_property
    def states(self) -> pd.DataFrame:
        """x, t_x, T, customers at the end of the part to fit on."""
        return self.outcomes.groupby(["x", "t_x", "T"], as_index=False)[["customers"]].sum()

    @property
    def known_days(self) -> int:
        """Days of the part to fit on."""
        return self.until.toordinal() - self.window.first.toordinal() + 1

    @property
    def days(self) -> int:
        """Days held back."""
        return self.window.days - self.known_days

    @property
    def weeks(self) -> float:
        """The same in weeks, unrounded."""
        return self.days / _DAYS_PER_WEEK

    @property
    def customers(self) -> int:
        """Customers won by the end of the part to fit on."""
        return int(self.outcomes["customers"].sum())

    @property
    def purchases(self) -> int:
        """Their purchase days in the part held back."""
        return int((self.outcomes["later"] * self.outcomes["customers"]).sum())


def knows_a_year_before(window: Window, until: date) -> bool:
    """Whether the days held back, a year earlier, all lie in the part to fit on."""
    known = until.toordinal() - window.first.toordinal() + 1
    return known >= _YEAR and window.days - known <= _YEAR


def holdout_bounds(window: Window) -> tuple[date, date] | None:
    """First and last day the part to fit on may sensibly end: with a tenth of the days on either side.

    None where the data has but one day, and nothing to hold back.

    Examples
    --------
    >>> from retention.periods import Window
    >>> holdout_bounds(Window(date(2024, 1, 1), date(2024, 1, 30)))
    (datetime.date(2024, 1, 3), datetime.date(2024, 1, 27))
    """
    if window.days <= 1:
        return None
    least = timedelta(days=max(window.days // _LEAST_PART, 1))
    return window.first + least - timedelta(days=1), window.last - least


def calibration_end(window: Window, until: date | None = None) -> date:
    """Last day of the part to fit on: as given, or of the first half of the days.

    Of an odd number of days the one in the middle is in the first half.

    Raises
    ------
    InputError
        ``holdout_outside_data`` with `until`, `first` and `last` day it may be.

    Examples
    --------
    >>> from retention.periods import Window
    >>> calibration_end(Window(date(1997, 1, 1), date(1998, 6, 30)))
    datetime.date(1997, 9, 30)
    """
    if until is None:
        return window.last - timedelta(days=window.days // 2)
    if not window.first <= until < window.last:
        latest = max(window.first, window.last - timedelta(days=1))
        raise InputError("holdout_outside_data", until=until, first=window.first, last=latest)
    return until
