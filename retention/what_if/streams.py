"""A mixture of customers followed period by period: who is there, what they pay and what they buy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retention.what_if.ageing import Ageing, filled
from retention.what_if.course import STEADY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention.what_if.course import Course
    from retention.what_if.mixture import Mixture, Transition

Numbers = NDArray[np.float64]
Pair = tuple["Transition", "Transition"]  # of customers in their first period, and of others


@dataclass(frozen=True)
class Stream:
    """Customers, or what they bring, in each future period.

    Attributes
    ----------
    base, new : (periods, 1 + k) today's customers and those who joined since; the estimate in the first
        column, then k draws of it
    """

    base: Numbers
    new: Numbers

    @cached_property
    def firm(self) -> Numbers:
        """Both together."""
        return self.base + self.new

    def __add__(self, other: Stream) -> Stream:
        return Stream(self.base + other.base, self.new + other.new)

    def within(self, periods: int) -> Stream:
        """The first periods of it."""
        return Stream(self.base[:periods], self.new[:periods])

    def times(self, factor: float | Numbers) -> Stream:
        """Every period multiplied by one number, or by its own."""
        factors = np.asarray(factor, dtype=np.float64).reshape(-1, 1)
        return Stream(self.base * factors, self.new * factors)


def follow(
    mixture: Mixture,
    factors: Sequence[tuple[Numbers, Numbers]],
    growth: float = 0.0,
    age: float = 0.0,
    course: Course = STEADY,
) -> list[Stream]:
    """Customers, money and, by a purchase model, purchases in each future period.

    Of one customer today, and of one who joins in each period: multiples of both follow.

    Parameters
    ----------
    factors : for each period, of the risk, (1 + k,): for customers in their first step, and for others
    growth : of a customer's money with every period of age
    age : of today's customers on average, in periods: those who join begin with that much less growth
    course : of the year: by it everything is paid but by those who join, and as many join
    """
    mixture = mixture.within(len(factors))
    transitions = _transitions(mixture, factors)
    apart, pace = growth != 0 or bool(course.buying), course.buying_in(len(factors))
    old, young = (_rows(part, growth, apart=apart) for part in (mixture.today - mixture.young, mixture.young))
    grown = _grown(len(old), growth)
    base = _followed(mixture, old, young, None, transitions, grown, pace)
    arriving = _rows(mixture.won, growth, 0.0 if mixture.leaves == "any_time" else age, apart=apart)
    joining = _joining(mixture, arriving, [first for first, _ in factors], transitions, course)
    new = _followed(mixture, 0.0 * old, 0.0 * young, joining, transitions, grown, pace)
    return [Stream(base[:, row], new[:, row]) for row in range(len(old))]


def payments_per_customer(
    people: Mixture, first: Numbers, later: Numbers, periods: int, growth: float
) -> Numbers:
    """What one customer won now pays in each period to come, the first payment apart: (periods, 1 + k).

    Parameters
    ----------
    first, later : factors of the risk in the first step, and after it: (1 + k,)
    """
    won = people.won if people.lost_at_once is None else people.won - first * people.lost_at_once
    won = _rows(won[:2], growth, apart=growth != 0)  # the purchases are not asked for
    transitions = _transitions(people, [(first, later)] * periods)
    grown = _grown(len(won), growth)
    return _followed(people, 0.0 * won, won, None, transitions, grown, np.ones(periods))[:, -1]


def _joining(
    mixture: Mixture,
    arriving: Numbers,
    factors: Sequence[Numbers],
    transitions: Sequence[Pair],
    course: Course,
) -> Iterator[tuple[Numbers, Numbers]]:
    """Those who join in each period: (q, n, 1 + k) at its end, and what they pay in it: (q, 1 + k).

    One period after the other, as all at once would fill the memory. Where customers leave between periods
    they pay at once, whatever the season; by a purchase model they pay for the first purchase at once, and
    buy again by the season.
    """
    lost, at_any_time = mixture.lost_at_once, mixture.leaves == "any_time"
    at_once = np.array([0.0, *mixture.at_once])[: len(arriving), None]
    some = filled(arriving)
    arriving, lost = arriving[:, :some], None if lost is None else lost[:, :some]
    known: dict[int, tuple[Numbers, Numbers]] = {}
    for factor, (first, _) in zip(factors, transitions, strict=True):
        if id(first) not in known:
            there = arriving if lost is None else arriving - lost * factor
            known[id(first)] = there * first.joins[:some], (there * first.adds[:some]).sum(axis=1)
    each = zip(transitions, course.won_in(len(factors)), course.buying_in(len(factors)), strict=True)
    for (first, _), won, pace in each:
        there, paid = known[id(first)]
        yield won * there, won * ((pace if at_any_time else 1.0) * paid + at_once)


def _followed(
    mixture: Mixture,
    old: Numbers,
    young: Numbers,
    joining: Iterator[tuple[Numbers, Numbers]] | None,
    transitions: Sequence[Pair],
    grown: Numbers | None,
    pace: Numbers,
) -> Numbers:
    """Customers at each period's end, and what is paid within it at its pace: (periods, q, 1 + k)."""
    columns = np.broadcast_shapes(old.shape, transitions[0][0].stays.shape)[2]
    found = np.empty((len(transitions), old.shape[0], columns))
    people = Ageing.of(old, mixture, len(transitions), columns)
    recent: Numbers | None = young[:, : filled(young)]
    for t, (first, later) in enumerate(transitions):
        if recent is not None and first is later:
            people.join(recent)
            recent = None
        paid = _paid(people.here, later.pays[people.ages])
        people.here[:] *= later.stays[people.ages]
        if recent is not None:
            some = recent.shape[1]
            paid = paid + _paid(recent, first.pays[:some])
            people.join(recent * first.stays[:some])
        people.grow_older()
        if grown is not None:
            people.here[:] *= grown
            paid = paid * grown[:, 0]
        recent, paid = None, pace[t] * paid
        if joining is not None:
            recent, added = next(joining)
            paid = paid + added
        found[t] = paid
        found[t, 0] = people.here[0].sum(axis=0) + (0.0 if recent is None else recent[0].sum(axis=0))
    return found


def _paid(customers: Numbers, pays: Numbers) -> Numbers:
    """What some customers pay within a period: (q, 1 + k)."""
    return np.asarray(np.einsum("qmk,mk->qk", customers, pays))


def _transitions(mixture: Mixture, factors: Sequence[tuple[Numbers, Numbers]]) -> list[Pair]:
    """The transition of every factor, computed once for equal ones."""
    known: dict[bytes, Transition] = {}
    for pair in factors:
        for factor in pair:
            if factor.tobytes() not in known:
                known[factor.tobytes()] = mixture.transition(factor)
    return [(known[first.tobytes()], known[later.tobytes()]) for first, later in factors]


def _rows(weights: Numbers, growth: float, age: float = 0.0, *, apart: bool) -> Numbers:
    """Customers and, where it does not simply follow them, their money apart: it grows, or has a season."""
    if not apart or len(weights) > 1:
        return weights
    return np.concatenate([weights, weights * (1.0 + growth) ** -age])


def _grown(rows: int, growth: float) -> Numbers | None:
    """Growth of each row within a period: money grows, customers and purchases do not."""
    if growth == 0:
        return None
    grown = np.ones((rows, 1, 1))
    grown[1:2] += growth
    return grown
