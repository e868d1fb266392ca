"""On what footing the simulation stands: how customers stay and leave, as the data shows it or as typed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar, get_args

import numpy as np

from retention.errors import check_range
from retention.what_if.course import STEADY
from retention.what_if.mixture import Mixture
from retention.what_if.streams import follow, payments_per_customer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.errors import DataWarning
    from retention.what_if.cohort_footing import CohortCurve
    from retention.what_if.course import Course
    from retention.what_if.plan import Steps
    from retention.what_if.streams import Stream

Asked = TypeVar("Asked")
Kept = TypeVar("Kept")
FootingCode = Literal["constant", "cohorts", "purchases"]
FOOTINGS: tuple[FootingCode, ...] = get_args(FootingCode)

_KEPT = 8
_UNCHANGED = np.ones(1), np.ones(1)  # factors of the risk


@dataclass(frozen=True, eq=False)
class Footing:
    """How customers stay and leave.

    Attributes
    ----------
    code : ``constant``, the textbook's one retention for all; ``cohorts``, the curve of the cohorts;
        ``purchases``, a purchase model
    people : the risks of leaving of today's customers and of those to be won
    age : of today's customers on average, in periods since their first
    warnings : what to be careful about
    curve : of the cohorts, where the footing is theirs
    read_on : (1 + k,) retention on which a rise of every step is read, and draws of it: everybody's risk of
        leaving falls by the same share as one less that retention; None for the footing's own
    """

    code: FootingCode
    people: Mixture
    age: float = 0.0
    warnings: tuple[DataWarning, ...] = ()
    curve: CohortCurve | None = None
    read_on: NDArray[np.float64] | None = None
    _known: dict[tuple[float, Course], list[Stream]] = field(default_factory=dict, init=False, repr=False)
    _paid: dict[float, NDArray[np.float64]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def retention(self) -> NDArray[np.float64]:
        """Share of today's customers who are there a period later, and k draws of it: (1 + k,)."""
        return self.people.retention(self.people.today[0], np.ones(1))

    @cached_property
    def first_retention(self) -> NDArray[np.float64]:
        """Share of new customers who are there a period later, and k draws of it: (1 + k,)."""
        return self.people.retention(self.people.won[0], np.ones(1))

    def reading(self, rates: NDArray[np.float64]) -> Footing:
        """The same, a rise being read on another retention than its own.

        Parameters
        ----------
        rates : the retention, then draws of it, at least as many as the footing has; above 1 counts as 1
        """
        return replace(self, read_on=np.minimum(rates[: self.people.columns], 1.0))

    @cached_property
    def estimate(self) -> Footing:
        """The same without draws."""
        read_on = None if self.read_on is None else self.read_on[:1]
        return replace(self, people=self.people.estimate(), read_on=read_on)

    def unchanged_streams(self, periods: int, growth: float, course: Course = STEADY) -> list[Stream]:
        """What `streams.follow` gives where nothing changes, kept for questions of no more periods."""
        known = self._known.get((growth, course))
        if known is None or len(known[0].base) < periods:
            known = follow(self.people, [_UNCHANGED] * periods, growth, self.age, course)
            _keep(self._known, (growth, course), known)
        return [stream.within(periods) for stream in known]

    def unchanged_payments(self, periods: int, growth: float) -> NDArray[np.float64]:
        """The same of `streams.payments_per_customer`."""
        known = self._paid.get(growth)
        if known is None or len(known) < periods:
            known = payments_per_customer(self.people, *_UNCHANGED, periods, growth)
            _keep(self._paid, growth, known)
        return known[:periods]

    def at(self, retention: NDArray[np.float64], steps: Steps = "all") -> Footing:
        """The estimate, had the retention of these steps been another: one column for each, (n,)."""
        alone = self.people.estimate()
        if steps == "all" and self.read_on is not None:
            leaving = alone.leaving(_factor(self.read_on[:1], retention))
            return replace(self, people=leaving, read_on=retention)
        who = alone.today if steps == "all" else alone.won
        return replace(self, people=alone.at_retention(who[0], retention))

    def before(self, steps: Steps) -> NDArray[np.float64]:
        """Retention that an uplift of these steps raises."""
        if steps == "all" and self.read_on is not None:
            return self.read_on
        return self.retention if steps == "all" else self.first_retention

    def factor(self, target: NDArray[np.float64], steps: Steps = "all") -> NDArray[np.float64]:
        """Multiple of everybody's risk at which the retention of these steps reaches the target: (1 + k,)."""
        if steps == "all" and self.read_on is not None:
            return _factor(self.read_on, target)
        who = self.people.today if steps == "all" else self.people.won
        return self.people.factor(who[0], target)


def _factor(now: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of those who would leave that still does where retention goes from now to the target."""
    leaving = 1.0 - now
    return np.divide(1.0 - target, leaving, out=np.ones(np.broadcast(now, target).shape), where=leaving > 0)


def _keep(known: dict[Asked, Kept], asked: Asked, found: Kept) -> None:
    """Hold a few at a time: a visitor may type any number of growths."""
    if len(known) >= _KEPT:
        known.clear()
    known[asked] = found


def constant_retention(
    rate: float, draws: NDArray[np.float64] | None = None, new_share: float = 0.0
) -> Footing:
    """The textbook's footing: everybody stays with the same probability, however long a customer.

    Parameters
    ----------
    rate : probability that a customer of one period buys in the next, 0 to 1
    draws : (k,) bootstrap draws of the measured rate; those above 1, which a rate that counts returning
        customers can have, are taken as 1
    new_share : part of today's customers who were won in the last period

    Raises
    ------
    InputError
        ``retention_out_of_range``.
    ValueError
        If a draw is negative or not a number.
    """
    check_range("retention", rate, 0.0, 1.0)
    drawn = np.empty(0) if draws is None else draws
    if not np.all(drawn >= 0):
        raise ValueError("draws of the retention must be 0 or more")
    risk = 1.0 - np.concatenate([[float(rate)], np.minimum(drawn, 1.0)])[None, :]
    one = np.ones((1, 1, risk.size))
    return Footing("constant", Mixture(risk, today=one, won=one, young=min(max(new_share, 0.0), 1.0) * one))
