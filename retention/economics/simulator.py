"""What if retention rose: profit of today's customers and of those still to be won, before and after.

Everybody is taken to stay with the same probability each period, however long they have been customers. That
is the textbook's footing; a base whose loyal customers stay longer than the average is worth more than this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.economics.change import Change, change
from retention.economics.inputs import LONGEST_HORIZON, MOST_MONEY, check_range
from retention.economics.profit import Profit, active, cumulative, yearly
from retention.economics.textbook import Form, UpliftKind, customer_value, discount_per_period, uplifted
from retention.errors import DataWarning
from retention.periods import PER_YEAR

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from retention.periods import Period

LEAST_LOSS = 1e-9  # customers and worth lost per period, under which dividing by it only shows rounding


@dataclass(frozen=True)
class Base:
    """A shop as it stands.

    Attributes
    ----------
    period : length of a period; every rate and count below is per such period
    active : customers who bought in the last complete period
    won_per_period : new customers each period
    revenue_per_active : net money per active customer and period
    """

    period: Period
    active: float
    won_per_period: float
    revenue_per_active: float


@dataclass(frozen=True)
class Plan:
    """What is asked.

    Attributes
    ----------
    retention : probability that a customer of one period buys in the next, 0 to 1
    uplift, kind : 0.05 is 5 points or 5 % of the retention itself; the retention reached stops at 1
    margin : share of net revenue that is left as profit, 0 to 1
    discount_rate : a year, effective
    years : horizon; its periods are rounded to a whole number, at least one
    form : which payments the value of one customer counts
    """

    retention: float
    uplift: float
    kind: UpliftKind
    margin: float
    discount_rate: float
    years: float
    form: Form


@dataclass(frozen=True)
class Streams:
    """Profit over the horizon from today's customers, from those still to be won, and from both."""

    base: Change
    new: Change
    firm: Change


@dataclass(frozen=True)
class Simulation:
    """Profit with and without the uplift.

    Attributes
    ----------
    retention_before, retention_after : per period
    periods : how many the horizon has
    customer : present value of one customer, without end, in the plan's form; None where it has no bound
    plain, present : profit over the horizon in plain money, and discounted to today
    yearly : profit per year: ``year`` (1, 2 …), ``base_before``, ``base_after``, ``new_before``,
        ``new_after``, and the four discounted with the ending ``_present``
    cumulative : from today on, ``period`` (0, 1 … periods), ``before``, ``after``, ``gain``, ``gain_low``,
        ``gain_high`` (95 % band, null without draws), and the five discounted with the ending ``_present``
    break_even_budget : the most a programme may cost in all, money a year at a steady rate: the present value
        of the firm's gain over the present value of the horizon's years
    break_even_cost : the most a programme may cost per active customer and year, money; None without
        customers. The present value of the firm's gain over the present value of the customer-years after the
        uplift: each period's active customers, old and new, times the period's length in years, discounted.
    warnings : ``retention_capped`` (reached), ``customer_value_unbounded``
    """

    retention_before: float
    retention_after: float
    periods: int
    customer: Change | None
    plain: Streams
    present: Streams
    yearly: pd.DataFrame
    cumulative: pd.DataFrame
    break_even_budget: float
    break_even_cost: float | None
    warnings: tuple[DataWarning, ...]


def simulate(base: Base, plan: Plan, retention_draws: NDArray[np.float64] | None = None) -> Simulation:
    """Profit of a shop over a horizon, with its retention as it is and raised.

    In future period t = 1, 2 … today's customers still buy with probability r^t. In each of these periods
    new customers join, pay at once, and stay with the same r. Everyone who buys brings margin × revenue,
    discounted by (1 + d)^−t with d the effective rate per period.

    Parameters
    ----------
    retention_draws : (k,) bootstrap draws of the measured retention; the intervals follow from them alone, so
        they do not cover revenue, margin or the number of new customers. Draws above 1, which a rate that
        counts returning customers can have, are taken as 1

    Raises
    ------
    InputError
        ``<name>_out_of_range`` for retention, uplift, margin, discount_rate, horizon, active, won or revenue.
    ValueError
        If a draw is negative or not a number.
    """
    _check(base, plan)
    retention = _with_draws(plan.retention, retention_draws)
    raised = uplifted(retention, plan.uplift, plan.kind)
    per_year = PER_YEAR[base.period]
    periods = max(1, round(plan.years * per_year))
    discount = discount_per_period(plan.discount_rate, base.period)
    weights = (1.0 + discount) ** -np.arange(1.0, periods + 1)
    worth = plan.margin * base.revenue_per_active
    before, after = (active(base.active, base.won_per_period, r, periods) for r in (retention, raised))
    plain = Profit(before.times(worth), after.times(worth))
    present = plain.times(weights)
    streams = _streams(present)
    customer = _one_customer(worth, retention, raised, discount, plan.form)
    customer_years = float(after.firm[:, 0] @ weights) / per_year
    return Simulation(
        retention_before=float(retention[0]),
        retention_after=float(raised[0]),
        periods=periods,
        customer=customer,
        plain=_streams(plain),
        present=streams,
        yearly=yearly(plain, present, per_year),
        cumulative=cumulative(plain, present),
        break_even_budget=streams.firm.absolute * PER_YEAR[base.period] / float(weights.sum()),
        break_even_cost=streams.firm.absolute / customer_years if customer_years > 0 else None,
        warnings=_warnings(plan, customer),
    )


def _check(base: Base, plan: Plan) -> None:
    check_range("retention", plan.retention, 0.0, 1.0)
    check_range("uplift", plan.uplift, 0.0, 1.0)
    check_range("margin", plan.margin, 0.0, 1.0)
    check_range("discount_rate", plan.discount_rate, 0.0, 1.0)
    check_range("horizon", plan.years, 1.0 / PER_YEAR["day"], LONGEST_HORIZON)
    check_range("active", base.active, 0.0, MOST_MONEY)
    check_range("won", base.won_per_period, 0.0, MOST_MONEY)
    check_range("revenue", base.revenue_per_active, 0.0, MOST_MONEY)


def _with_draws(retention: float, draws: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Estimate first, then its draws, so that one computation serves both."""
    if draws is None:
        return np.array([retention], dtype=float)
    if not np.all(draws >= 0):
        raise ValueError("draws of the retention must be 0 or more")
    return np.concatenate([[float(retention)], np.minimum(draws, 1.0)])


def _streams(profit: Profit) -> Streams:
    before, after = profit.before, profit.after
    return Streams(
        base=change(before.base.sum(axis=0), after.base.sum(axis=0)),
        new=change(before.new.sum(axis=0), after.new.sum(axis=0)),
        firm=change(before.firm.sum(axis=0), after.firm.sum(axis=0)),
    )


def _one_customer(
    worth: float, before: NDArray[np.float64], after: NDArray[np.float64], discount: float, form: Form
) -> Change | None:
    """Change of the closed form; where nobody leaves and nothing is discounted it has no bound."""
    bounded = (1.0 - after) + discount > LEAST_LOSS
    if not bounded[0]:
        return None
    if not bounded.all():
        before, after = before[:1], after[:1]
    return change(customer_value(worth, before, discount, form), customer_value(worth, after, discount, form))


def _warnings(plan: Plan, one: Change | None) -> tuple[DataWarning, ...]:
    found = []
    reached = plan.retention + plan.uplift if plan.kind == "points" else plan.retention * (1.0 + plan.uplift)
    if reached > 1:
        found.append(DataWarning("retention_capped", {"reached": reached}))
    if one is None:
        found.append(DataWarning("customer_value_unbounded"))
    return tuple(found)
