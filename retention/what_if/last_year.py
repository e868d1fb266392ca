"""Every footing held against the last year it did not see: what it expected then, and what came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value import LEAST_AHEAD, LEAST_KNOWN
from retention.periods import PER_YEAR, first_day, last_day
from retention.what_if.plan import Plan
from retention.what_if.projection import future

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention.errors import DataWarning
    from retention.periods import Period, Window
    from retention.what_if.footing import Footing, FootingCode
    from retention.what_if.plan import Base

FARTHEST = 0.25  # off the money that came, either way: whoever misses by more does not answer


@dataclass(frozen=True)
class Span:
    """Periods a footing is held against, all of them complete.

    Attributes
    ----------
    until : last day it knows, the one before the first of these periods
    numbers : of the periods
    """

    period: Period
    until: date
    numbers: range

    @property
    def first(self) -> date:
        """First day of the first."""
        return first_day(self.numbers[0], self.period)

    @property
    def last(self) -> date:
        """Last day of the last."""
        return last_day(self.numbers[-1], self.period)

    @property
    def as_it_is(self) -> Plan:
        """That nothing is done, over these periods, told in plain money."""
        years = len(self.numbers) / PER_YEAR[self.period]
        return Plan(0.0, "points", margin=1.0, discount_rate=0.0, years=years, form="without_first")

    @property
    def whole_year(self) -> bool:
        """Whether they make a year."""
        return len(self.numbers) == round(PER_YEAR[self.period])


def last_span(window: Window, period: Period) -> Span | None:
    """The last complete periods of a year, or as many as leave enough known before them; None without enough.

    Examples
    --------
    >>> from retention.periods import Window
    >>> last_span(Window(date(2023, 1, 1), date(2024, 12, 31)), "month").until
    datetime.date(2023, 12, 31)
    >>> last_span(Window(date(2010, 12, 1), date(2011, 12, 9)), "month").until
    datetime.date(2011, 5, 31)
    """
    complete = window.complete(period)[-round(PER_YEAR[period]) :]
    for number in complete:
        until = date.fromordinal(first_day(number, period).toordinal() - 1)
        known = until.toordinal() - window.first.toordinal() + 1
        ahead = last_day(complete[-1], period).toordinal() - until.toordinal()
        if known >= LEAST_KNOWN:
            return Span(period, until, range(number, complete[-1] + 1)) if ahead >= LEAST_AHEAD else None
    return None


@dataclass(frozen=True)
class Takings:
    """Net revenue of each period, and that of customers who were known before the first.

    Attributes
    ----------
    all, known : of every period, in order
    """

    all: tuple[float, ...]
    known: tuple[float, ...]

    @property
    def total(self) -> float:
        """Of all periods and customers."""
        return sum(self.all)


@dataclass(frozen=True)
class Tried:
    """What a footing expected, and what came.

    Attributes
    ----------
    expected, actual : net revenue, of all customers, those won in these periods among them, and of the others
    """

    expected: Takings
    actual: Takings

    @property
    def bias(self) -> float | None:
        """Expected over actual revenue, less 1; None where nothing came."""
        return _bias(self.expected.all, self.actual.all)

    @property
    def known_bias(self) -> float | None:
        """The same of those who were customers already."""
        return _bias(self.expected.known, self.actual.known)

    @property
    def off_by_period(self) -> float | None:
        """Mean over the periods of how far they lie apart, over what came; None where nothing came."""
        expected, actual = np.array(self.expected.all), np.array(self.actual.all)
        return float(np.abs(expected - actual).sum() / actual.sum()) if actual.sum() > 0 else None

    @property
    def holds(self) -> bool:
        """Whether it missed by no more than a quarter."""
        return self.bias is not None and abs(self.bias) <= FARTHEST

    @property
    def rank(self) -> tuple[float, float]:
        """The less, the better: off in sum to a hundredth, then period by period."""
        whole = float("inf")
        sums, each = self.bias, self.off_by_period
        return (whole if sums is None else round(abs(sums), 2), whole if each is None else each)


def _bias(expected: tuple[float, ...], actual: tuple[float, ...]) -> float | None:
    came = sum(actual)
    return sum(expected) / came - 1.0 if came > 0 else None


def tried(span: Span, base: Base, footing: Footing, actual: Takings) -> Tried:
    """Hold what a footing, built of what was known before a span, expects of it against what came.

    Every footing expects money of those who were customers and of as many new ones as the base takes to be
    won, so that all are held against all the money that came.
    """
    money = future(base.estimate, span.as_it_is, footing.estimate).money
    return Tried(Takings(_column(money.firm), _column(money.base)), actual)


def _column(money: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[float, ...]:
    return tuple(money[:, 0].tolist())


@dataclass(frozen=True)
class LastYear:
    """Every footing on the same periods, and which of them answers.

    Attributes
    ----------
    span : the periods
    tried : by footing; why one could not be built of what was known then, where it could not
    """

    span: Span
    tried: Mapping[FootingCode, Tried | DataWarning]

    @property
    def holding(self) -> tuple[FootingCode, ...]:
        """Footings that came close enough to answer, the best first."""
        found = {code: one for code, one in self.tried.items() if isinstance(one, Tried) and one.holds}
        return tuple(sorted(found, key=lambda code: found[code].rank))

    @property
    def recommended(self) -> FootingCode | None:
        """The one that reproduced these periods best; None where none came close."""
        return next(iter(self.holding), None)
