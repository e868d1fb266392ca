"""What if retention rose: profit of today's customers and of those still to be won, before and after.

On every footing customers leave with some risk in each period, and the programme multiplies everybody's risk
by one factor: the one that lifts the retention of today's customers by what is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retention.errors import DataWarning
from retention.statistics import Estimate, estimate
from retention.what_if.customer_value import customer_gain
from retention.what_if.plan import discount_per_period
from retention.what_if.profit import Profit, Survivors, active, cumulative, yearly
from retention.what_if.projection import (
    Future,
    cost,
    discounts,
    future,
    horizon,
    payback_period,
    raised_retention,
    unchanged,
)

if TYPE_CHECKING:
    import pandas as pd

    from retention.what_if.footing import Footing, FootingCode
    from retention.what_if.mixture import Numbers
    from retention.what_if.plan import Base, Plan
    from retention.what_if.profit import Gain, Gains
    from retention.what_if.projection import RaisedRetention


@dataclass(frozen=True)
class Simulation:
    """Profit with and without the uplift.

    Attributes
    ----------
    footing : how customers were taken to stay and leave
    retention_before, retention_after : per period, of the customers the uplift reaches: today's, or new ones
        after their first period where only that step is lifted
    periods : how many the horizon has
    customer : present value of one customer, in the plan's form and without end; by a purchase model, of one
        won now and over the horizon; None where it has no bound. The programme is in full effect
    undiscounted, present : profit over the horizon in plain money, and discounted to today, before any cost
        of the programme
    purchases : expected within the horizon, of today's customers, new ones and both; None where the footing
        does not count them
    cost, cost_present : of the programme over the horizon, money
    net : present value of the firm's gain less that of the cost, with its 95 % interval
    payback_period : first period from whose end on the gain so far covers the cost so far, discounted; None
        where it does not at the horizon, which is where `net` is negative, or where nothing is spent
    yearly : profit per year: ``year`` (1, 2 …), ``base_before``, ``base_after``, ``new_before``,
        ``new_after``, and the four discounted with the ending ``_present``
    cumulative : from today on, ``period`` (0, 1 … periods), ``before``, ``after``, ``gain``, ``gain_low``,
        ``gain_high`` (95 % band, null without draws), ``cost``, and the six discounted with the ending
        ``_present``
    active : customers at the end of each period: ``period`` (0, 1 … periods), ``before``, ``after``,
        ``base_before``, ``base_after``, ``new_before``, ``new_after``
    break_even_budget : the most a programme may cost in all, money a year at a steady rate: the present value
        of the firm's gain over the present value of the horizon's years
    break_even_cost : the most a programme may cost per active customer it reaches and year, money; None
        without customers. The present value of the firm's gain over the present value of the customer-years
        after the uplift: each period's active customers, old and new, times the period's length in years,
        discounted.
    warnings : the footing's own, ``retention_capped`` (reached), ``customer_value_unbounded``
    """

    footing: FootingCode
    retention_before: float
    retention_after: float
    periods: int
    customer: Gain | None
    undiscounted: Gains
    present: Gains
    purchases: Gains | None
    cost: float
    cost_present: float
    net: Estimate
    payback_period: int | None
    yearly: pd.DataFrame
    cumulative: pd.DataFrame
    active: pd.DataFrame
    break_even_budget: float
    break_even_cost: float | None
    warnings: tuple[DataWarning, ...]

    @property
    def changes(self) -> dict[str, Gain | None]:
        """What one customer, today's, those to be won and the firm gain: present values by who it is."""
        found = self.present
        return {"customer": self.customer, "base": found.base, "new": found.new, "firm": found.firm}

    @property
    def saved(self) -> float:
        """Part of those who would leave after a period that stays instead, 0 to 1."""
        leaving = 1.0 - self.retention_before
        return (self.retention_after - self.retention_before) / leaving if leaving > 0 else 0.0

    @property
    def share_of_new(self) -> float | None:
        """Part of the firm's profit as things are that customers yet to be won bring; None without any."""
        return self.present.new.before / self.present.firm.before if self.present.firm.before else None

    @property
    def unchanged_first_year(self) -> float:
        """Profit of the first year as things are, in plain money."""
        return float(self.yearly[["base_before", "new_before"]].iloc[0].sum())

    def survivors(self, periods_per_year: float) -> Survivors:
        """Those of today's customers still active after a year, or at the horizon where that is shorter."""
        year = round(periods_per_year)
        then = self.active.iloc[min(year, self.periods)]
        return Survivors(float(then["base_before"]), float(then["base_after"]), year <= self.periods)


@dataclass(frozen=True)
class OtherReading:
    """What the same number means in the other unit of an uplift.

    Attributes
    ----------
    retention_after : per period, of the customers the uplift reaches
    firm : present value of the firm's profit over the horizon, without and with it; no intervals
    """

    retention_after: float
    firm: Gain


def simulate(
    base: Base, plan: Plan, footing: Footing, rest: tuple[Base, Footing] | None = None
) -> Simulation:
    """Profit of a shop over a horizon, with its retention as it is and raised.

    In each future period t = 1, 2 … customers leave at their risk and new ones join. Where customers leave
    between periods, new ones pay at once; by a purchase model they join evenly over the period, make their
    first purchase then and repeat it from there on. A period's profit is discounted by (1 + d)^−t with d the
    effective rate per period.

    Parameters
    ----------
    rest : where the uplift reaches one segment alone, the others' shop and footing, of the same period: they
        go on as they are and are part of the firm's profit, before and after

    Raises
    ------
    ValueError
        If the rest is measured in another period.

    Notes
    -----
    The intervals follow from the draws of the footing and from the doubt of the base: they do not cover the
    margin. Where a retention is typed nothing is drawn.
    """
    raised = raised_retention(plan, footing)
    before = future(base, plan, footing)
    after = future(base, plan, footing, raised.factor)
    reached = after.customers.firm
    if rest is not None:
        others = unchanged(base, plan, rest)
        before, after = before + others, after + others
    return _valued(base, plan, footing, raised, (before, after), reached)


def other_reading(
    base: Base, plan: Plan, footing: Footing, rest: tuple[Base, Footing] | None = None
) -> OtherReading:
    """The same uplift in percent of the retention where points were asked, and in points where percent."""
    alone, other = footing.estimate, replace(plan, kind="relative" if plan.kind == "points" else "points")
    raised = raised_retention(other, alone)
    before, after = (future(base, other, alone, factor) for factor in (None, raised.factor))
    if rest is not None:
        others = unchanged(base, other, (rest[0], rest[1].estimate))
        before, after = before + others, after + others
    present = _profit(plan, before, after).times(discounts(base, plan))
    return OtherReading(float(raised.after[0]), present.gains.firm)


def _valued(
    base: Base,
    plan: Plan,
    footing: Footing,
    raised: RaisedRetention,
    futures: tuple[Future, Future],
    reached: Numbers,
) -> Simulation:
    before, after = futures
    periods = horizon(base, plan)
    discount = discount_per_period(plan.discount_rate, base.period)
    weights = discounts(base, plan)
    undiscounted = _profit(plan, before, after)
    present = undiscounted.times(weights)
    gains = present.gains
    profit = plan.margin * base.revenue_per_active
    customer = customer_gain(footing, plan, profit, discount, raised, weights)
    spent = cost(base, plan, reached)
    gain = present.after.firm - present.before.firm
    net = gain.sum(axis=0) - weights @ spent
    customer_years = float(reached[:, 0] @ weights) / base.per_year
    counted = None
    if before.purchases is not None and after.purchases is not None:
        counted = Profit(before.purchases, after.purchases).gains
    return Simulation(
        footing=footing.code,
        retention_before=float(raised.before[0]),
        retention_after=float(raised.after[0]),
        periods=periods,
        customer=customer,
        undiscounted=undiscounted.gains,
        present=gains,
        purchases=counted,
        cost=float(spent[:, 0].sum()),
        cost_present=float(weights @ spent[:, 0]),
        net=estimate(float(net[0]), net[1:], "drawn"),
        payback_period=payback_period(gain[:, 0], weights * spent[:, 0]),
        yearly=yearly(undiscounted, present, base.per_year),
        cumulative=cumulative(undiscounted, present, spent[:, 0], weights),
        active=active(before.customers, after.customers, before.today),
        break_even_budget=gains.firm.absolute.value * base.per_year / float(weights.sum()),
        break_even_cost=gains.firm.absolute.value / customer_years if customer_years > 0 else None,
        warnings=(*footing.warnings, *_warnings(plan, raised, customer)),
    )


def _profit(plan: Plan, before: Future, after: Future) -> Profit:
    return Profit(before.money.times(plan.margin), after.money.times(plan.margin))


def _warnings(plan: Plan, raised: RaisedRetention, one: Gain | None) -> tuple[DataWarning, ...]:
    found = []
    before = float(raised.before[0])
    reached = before + plan.uplift if plan.kind == "points" else before * (1.0 + plan.uplift)
    if reached > 1:
        found.append(DataWarning("retention_capped", {"reached": reached}))
    if one is None:
        found.append(DataWarning("customer_value_unbounded"))
    return tuple(found)
