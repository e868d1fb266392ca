"""Calendar arithmetic on whole numbers: days, weeks, months, quarters, years all engines agree on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import narwhals as nw

Period = Literal["day", "week", "month", "quarter", "year"]
PERIODS: tuple[Period, ...] = get_args(Period)
DAYS_PER_MONTH = 30.4375
PER_YEAR: dict[Period, float] = {
    "day": 365.25,
    "week": 365.25 / 7,
    "month": 12.0,
    "quarter": 4.0,
    "year": 1.0,
}


def day_expr(when: nw.Expr) -> nw.Expr:
    """Day number of a date or datetime column, equal to Python's ``date.toordinal()``.

    Computed from year and day of the year because truncating and casting differ between engines.
    """
    return day_of(when.dt.year().cast(nw.Int64), when.dt.ordinal_day().cast(nw.Int64))


def day_of(year: nw.Expr, ordinal_day: nw.Expr) -> nw.Expr:
    """Day number from the year and the day within it.

    An engine that does not plan computes an expression as often as it is written: of many rows the year is
    better a column of its own.
    """
    years = year - 1
    return 365 * years + years // 4 - years // 100 + years // 400 + ordinal_day


def number_expr(when: nw.Expr, period: Period) -> nw.Expr:
    """Number of the period a date or datetime column falls in; consecutive periods differ by one."""
    if period == "day":
        return day_expr(when)
    if period == "week":
        return (day_expr(when) - 1) // 7
    year, month = when.dt.year().cast(nw.Int64), when.dt.month().cast(nw.Int64)
    if period == "month":
        return 12 * year + month - 1
    if period == "quarter":
        return 4 * year + (month - 1) // 3
    return year


def number_of(day: date, period: Period) -> int:
    """Number of the period that `day` falls in.

    Examples
    --------
    >>> number_of(date(2011, 12, 9), "month") - number_of(date(2010, 12, 1), "month")
    12
    """
    if period == "day":
        return day.toordinal()
    if period == "week":
        return (day.toordinal() - 1) // 7
    if period == "month":
        return 12 * day.year + day.month - 1
    if period == "quarter":
        return 4 * day.year + (day.month - 1) // 3
    return day.year


def first_day(number: int, period: Period) -> date:
    """First day of a period; weeks begin on Monday."""
    if period == "day":
        return date.fromordinal(number)
    if period == "week":
        return date.fromordinal(7 * number + 1)
    if period == "month":
        return date(number // 12, number % 12 + 1, 1)
    if period == "quarter":
        return date(number // 4, 3 * (number % 4) + 1, 1)
    return date(number, 1, 1)


def last_day(number: int, period: Period) -> date:
    """Last day of a period."""
    return date.fromordinal(first_day(number + 1, period).toordinal() - 1)


def key(number: int, period: Period) -> str:
    """Name of a period that sorts and that no language changes.

    Examples
    --------
    >>> [key(number_of(date(2011, 1, 31), p), p) for p in PERIODS]
    ['2011-01-31', '2011-W05', '2011-01', '2011-Q1', '2011']
    """
    start = first_day(number, period)
    if period == "day":
        return start.isoformat()
    if period == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02d}"
    if period == "month":
        return f"{start:%Y-%m}"
    if period == "quarter":
        return f"{start.year}-Q{number % 4 + 1}"
    return f"{start.year}"


@dataclass(frozen=True)
class Window:
    """The days the data speaks for, both included: first usable row to observation end."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Length in days, both ends included."""
        return self.last.toordinal() - self.first.toordinal() + 1

    def numbers(self, period: Period) -> range:
        """Every period the window touches, complete or not."""
        return range(number_of(self.first, period), number_of(self.last, period) + 1)

    def is_complete(self, number: int, period: Period) -> bool:
        """Whether a period lies wholly inside the window."""
        return self.first <= first_day(number, period) and last_day(number, period) <= self.last

    def complete(self, period: Period) -> list[int]:
        """The periods that lie wholly inside the window, in order."""
        return [n for n in self.numbers(period) if self.is_complete(n, period)]

    def whole_months(self) -> Window:
        """The same up to the end of its last complete month; as it is where it has none."""
        months = self.complete("month")
        return Window(self.first, last_day(months[-1], "month")) if months else self
