"""The shop's future on a footing, as things are and with the programme, and what the programme costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.what_if.plan import discount_per_period, uplifted
from retention.what_if.streams import Stream, follow

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.what_if.footing import Footing
    from retention.what_if.plan import Base, Plan, Steps

    Numbers = NDArray[np.float64]

_AT_ONCE = 1e-6  # periods


@dataclass(frozen=True)
class Future:
    """What one course of things brings in each future period.

    Attributes
    ----------
    today : customers there are to begin with
    customers : at each period's end
    money : net revenue within it
    purchases : within it, those of new customers' first included; None where the footing does not count them
    """

    today: float
    customers: Stream
    money: Stream
    purchases: Stream | None

    def __add__(self, other: Future) -> Future:
        purchases = None
        if self.purchases is not None and other.purchases is not None:
            purchases = self.purchases + other.purchases
        return Future(
            self.today + other.today, self.customers + other.customers, self.money + other.money, purchases
        )


@dataclass(frozen=True)
class RaisedRetention:
    """Retention before and after, and the factor of everybody's risk that leads there: (1 + k,) each."""

    before: Numbers
    after: Numbers
    factor: Numbers


def raised_retention(plan: Plan, footing: Footing, uplift: Numbers | None = None) -> RaisedRetention:
    """The change a plan asks for, or that of other uplifts; none is a factor of exactly 1."""
    before = footing.before(plan.steps)
    after = uplifted(before, plan.uplift if uplift is None else uplift, plan.kind)
    return RaisedRetention(before, after, np.where(after == before, 1.0, footing.factor(after, plan.steps)))


def discounts(base: Base, plan: Plan) -> Numbers:
    """Present value of one unit at the end of each period of the horizon."""
    rate = discount_per_period(plan.discount_rate, base.period)
    return np.asarray((1.0 + rate) ** -np.arange(1.0, horizon(base, plan) + 1))


def horizon(base: Base, plan: Plan) -> int:
    """Periods looked ahead, at least one."""
    return max(1, round(plan.years * base.per_year))


def future(base: Base, plan: Plan, footing: Footing, factor: Numbers | None = None) -> Future:
    """The shop's future while the factor of the risk goes from 1 to this one as the programme bites.

    Without a factor, or with 1, everything goes on as it is.
    """
    periods = horizon(base, plan)
    if factor is None or bool((factor == 1.0).all()):
        streams = footing.unchanged_streams(periods, plan.growth, base.course)
    else:
        effect = effects(plan.bites_after * base.per_year, periods)
        factors = _factors(factor, effect, plan.steps)
        streams = follow(footing.people, factors, plan.growth, footing.age, base.course)
    active, won, revenue = base.doubt.factors(streams[0].base.shape[1] - 1)
    counted = [
        Stream(base.active * active * one.base, base.won_per_period * won * one.new) for one in streams
    ]
    paid, each = counted[min(1, len(counted) - 1)], base.revenue_per_active * revenue
    money = Stream(paid.base * each, paid.new * each)
    purchases = counted[2] if len(counted) > 2 else None  # noqa: PLR2004  three rows
    return Future(base.active, counted[0], money, purchases)


def unchanged(base: Base, plan: Plan, rest: tuple[Base, Footing]) -> Future:
    """The future of those the uplift does not reach.

    Raises
    ------
    ValueError
        If they are measured in another period.
    """
    shop, footing = rest
    if shop.period != base.period:
        raise ValueError("the rest of the shop must be measured in the same period")
    return future(shop, plan, footing)


def effects(full_after: float, periods: int) -> Numbers:
    """Part of its full effect a programme has in each period, on average, when it grows evenly from nothing.

    Examples
    --------
    >>> effects(2.0, 3), effects(0.0, 2)
    (array([0.25, 0.75, 1.  ]), array([1., 1.]))
    """
    ends = np.arange(periods + 1.0)
    if full_after < _AT_ONCE:
        return np.ones(periods)
    so_far = np.where(ends < full_after, ends**2 / (2.0 * full_after), ends - full_after / 2.0)
    return np.where(ends[:-1] >= full_after, 1.0, np.diff(so_far))


def _factors(factor: Numbers, effect: Numbers, steps: Steps) -> list[tuple[Numbers, Numbers]]:
    """Factors of the risk in each period: of customers in their first step, and of the others."""
    none = np.ones(1)
    each = [factor if part == 1.0 else 1.0 - (1.0 - factor) * part for part in effect]
    return [(first, first if steps == "all" else none) for first in each]


def cost(base: Base, plan: Plan, customers: Numbers) -> Numbers:
    """Cost of the programme in each period: its fixed part and that of the customers it then reaches.

    Parameters
    ----------
    customers : (periods, 1 + k) reached at each period's end, the uplift in effect
    """
    return (plan.fixed_cost + plan.cost_per_customer * customers) / base.per_year


def payback_period(gain: Numbers, spent: Numbers) -> int | None:
    """First period from whose end on the gain so far covers the cost so far, for good.

    None where it does not at the horizon, and where nothing is spent, so that nothing is to be covered. A
    programme for a base that runs out may be ahead early on and behind in the end: it is not paid back.

    Parameters
    ----------
    gain, spent : (periods,) money of each period
    """
    if not spent.sum() > 0:
        return None
    short = np.flatnonzero(np.cumsum(gain) < np.cumsum(spent))
    last = int(short[-1]) + 1 if short.size else 0
    return last + 1 if last < len(gain) else None
