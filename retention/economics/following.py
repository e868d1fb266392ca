"""A mixture of customers followed period by period: who is there, what they pay and what they buy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.economics.profit import Stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention.economics.mixture import Mixture, Numbers, Step


def follow(
    mixture: Mixture, factors: Sequence[tuple[Numbers, Numbers]], growth: float = 0.0, age: float = 0.0
) -> list[Stream]:
    """Customers, money and, by a purchase model, purchases in each future period.

    Of one customer today, and of one who joins in each period: multiples of both follow.

    Parameters
    ----------
    factors : for each period, of the risk, (1 + k,): for customers in their first step, and for others
    growth : of a customer's money with every period of age
    age : of today's customers on average, in periods: those who join begin with that much less growth
    """
    steps = _steps(mixture, factors)
    old, young = (_rows(part, growth) for part in (mixture.today - mixture.young, mixture.young))
    grown = _grown(len(old), growth)
    base = _followed(old, young, None, steps, grown)
    arriving = _rows(mixture.won, growth, 0.0 if mixture.leaves == "any_time" else age)
    joining = _joining(mixture, arriving, [first for first, _ in factors], steps)
    new = _followed(0.0 * old, 0.0 * young, joining, steps, grown)
    return [Stream(base[:, row], new[:, row]) for row in range(len(old))]


def paid_by_one(people: Mixture, first: Numbers, later: Numbers, periods: int, growth: float) -> Numbers:
    """What one customer won now pays in each period to come, the first payment apart: (periods, 1 + k).

    Parameters
    ----------
    first, later : factors of the risk in the first step, and after it: (1 + k,)
    """
    won = people.won if people.lost_at_once is None else people.won - first * people.lost_at_once
    won = _rows(won[:2], growth)  # the purchases are not asked for
    steps = _steps(people, [(first, later)] * periods)
    return _followed(0.0 * won, won, None, steps, _grown(len(won), growth))[:, -1]


def _joining(
    mixture: Mixture, arriving: Numbers, factors: Sequence[Numbers], steps: Sequence[tuple[Step, Step]]
) -> list[tuple[Numbers, Numbers]]:
    """Those who join in each period: (q, m, 1 + k) at its end, and what they pay in it: (q, 1 + k)."""
    lost = mixture.lost_at_once
    at_once = np.array([0.0, *mixture.at_once])[: len(arriving), None]
    known: dict[int, tuple[Numbers, Numbers]] = {}
    for factor, (first, _) in zip(factors, steps, strict=True):
        if id(first) not in known:
            there = arriving if lost is None else arriving - lost * factor
            known[id(first)] = there * first.joins, (there * first.adds).sum(axis=1) + at_once
    return [known[id(first)] for first, _ in steps]


def _followed(
    old: Numbers,
    young: Numbers,
    joining: Sequence[tuple[Numbers, Numbers]] | None,
    steps: Sequence[tuple[Step, Step]],
    grown: Numbers | None,
) -> Numbers:
    """Customers at each period's end, and what is paid within it: (periods, q, 1 + k)."""
    columns = np.broadcast_shapes(old.shape, steps[0][0].stays.shape)[2]
    found = np.empty((len(steps), old.shape[0], columns))
    recent: Numbers | None = young
    for t, (first, later) in enumerate(steps):
        if recent is not None and first is later:
            old, recent = old + recent, None
        paid = _paid(old, later)
        old = old * later.stays
        if recent is not None:
            paid = paid + _paid(recent, first)
            old = old + recent * first.stays
        if grown is not None:
            old, paid = old * grown, paid * grown[:, 0]
        recent = None
        if joining is not None:
            recent, added = joining[t]
            paid = paid + added
        found[t] = paid
        found[t, 0] = old[0].sum(axis=0) + (0.0 if recent is None else recent[0].sum(axis=0))
    return found


def _paid(customers: Numbers, step: Step) -> Numbers:
    """What some customers pay within a period: (q, 1 + k)."""
    return np.asarray((customers * step.pays).sum(axis=1))


def _steps(mixture: Mixture, factors: Sequence[tuple[Numbers, Numbers]]) -> list[tuple[Step, Step]]:
    """The step of every factor, computed once for equal ones."""
    known: dict[bytes, Step] = {}
    for pair in factors:
        for factor in pair:
            if factor.tobytes() not in known:
                known[factor.tobytes()] = mixture.step(factor)
    return [(known[first.tobytes()], known[later.tobytes()]) for first, later in factors]


def _rows(weights: Numbers, growth: float, age: float = 0.0) -> Numbers:
    """Customers and their money apart where it grows with age and so no longer follows them."""
    if growth == 0 or len(weights) > 1:
        return weights
    return np.concatenate([weights, weights * (1.0 + growth) ** -age])


def _grown(rows: int, growth: float) -> Numbers | None:
    """Growth of each row within a period: money grows, customers and purchases do not."""
    if growth == 0:
        return None
    grown = np.ones((rows, 1, 1))
    grown[1:2] += growth
    return grown
