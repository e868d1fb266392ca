"""What if retention rose, on every footing the data allows, as plain data for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention import aggregate
from retention.cohorts import cohort_table
from retention.flows import flows, measured_retention
from retention.plain import plain, records
from retention.statistics import estimate, named_ends, value_of
from retention.what_if.cohort_footing import cohort_curve
from retention.what_if.footing import constant_retention
from retention.what_if.measured import growth_with_age, measured_base
from retention.what_if.purchase_footing import purchase_footing
from retention.what_if.sensitivity import gain_grid, sensitivity
from retention.what_if.simulator import other_reading, simulate

if TYPE_CHECKING:
    import pandas as pd

    from retention.lifetime_value import PurchaseModel, SpendModel
    from retention.orders import Orders
    from retention.periods import Period
    from retention.what_if.cohort_footing import CohortCurve
    from retention.what_if.footing import Footing
    from retention.what_if.plan import Base, Plan
    from retention.what_if.profit import Gain
    from retention.what_if.simulator import Simulation

_OF_BASE = ("active", "won_per_period", "revenue_per_active")


def plain_what_if(
    orders: Orders,
    people: pd.DataFrame,
    purchases: PurchaseModel | None,
    spend: SpendModel | None,
    plan: Plan,
    period: Period = "month",
) -> dict[str, Any]:
    """Gain of the plan's uplift on each footing; None where a footing cannot be measured.

    Parameters
    ----------
    people : one row per customer, as `aggregate.customers` gives it
    purchases, spend : the models; None where they cannot be fitted
    plan : what is tried; its cost is that of the programme

    Returns
    -------
    ``plan`` as given, with the ``period``; ``growth`` of what customers spend with age (rate, low, high; not
    reckoned with unless the plan says so); and under ``constant``, ``cohorts`` and ``purchases``:

    - ``base`` : active, won_per_period, revenue_per_active
    - ``retention``, ``retention_low``, ``retention_high``, ``retention_after`` : per period
    - ``gain``, ``gain_low``, ``gain_high``, ``relative``, ``relative_low``, ``relative_high`` : present value
      of the firm's gain, and that over the firm's profit without it
    - ``today``, ``new`` : gain and relative of today's customers and of those to be won
    - ``customer_before``, ``customer_after``, ``customer_relative`` : of one customer
    - ``other_reading`` : retention_after, gain and relative of percent where points are asked, or of points
    - ``break_even_budget`` (a year), ``break_even_cost`` (per active customer and year), ``cost``, ``net``,
      ``net_low``, ``net_high`` (present values), ``payback`` (periods)
    - ``yearly``, ``active`` : the rows of these tables of `Simulation`
    - ``sensitivity``, ``by_margin``, ``by_retention`` : those of `sensitivity` and of `gain_grid`
    - ``warnings``

    and of the curve ``alpha``, ``beta`` with their ends, of the purchase model its ``model``.
    """
    found = flows(orders, period)
    base, curve = (
        measured_base(found),
        cohort_curve(aggregate.patterns(orders, period), period, orders.window),
    )
    growth = growth_with_age(cohort_table(orders, period))
    told: dict[str, Any] = {
        "period": period,
        "plan": plain(plan),
        "growth": None if growth is None else {"rate": growth.rate.value, **named_ends(growth.rate)},
        **dict.fromkeys(("constant", "cohorts", "purchases")),
    }
    if base is None:
        return told
    constant = _constant(orders, base, period)
    told["constant"] = None if constant is None else _told(base, plan, constant)
    if curve is not None:
        told["cohorts"] = _told(base, plan, curve.footing) | _shape(curve)
    if purchases is not None and spend is not None:
        won, net = base.won_per_period, found.net_share()
        seen = purchase_footing(people, purchases, spend, period=period, won_per_period=won, net_share=net)
        if seen is not None:
            told["purchases"] = {"model": purchases.kind} | _told(seen[0], plan, seen[1])
    return told


def _constant(orders: Orders, base: Base, period: Period) -> Footing | None:
    """The textbook's rate, which counts those who return."""
    measured = measured_retention(orders, period)
    if measured is None:
        return None
    found, new = measured.textbook, base.won_per_period / base.active if base.active > 0 else 0.0
    return constant_retention(min(found.rate.value, 1.0), found.draws, new)


def _told(base: Base, plan: Plan, footing: Footing) -> dict[str, Any]:
    result, other = simulate(base, plan, footing), other_reading(base, plan, footing)
    known = footing.before(plan.steps)
    firm, one = result.present.firm, result.customer
    told = {
        "base": {name: getattr(base, name) for name in _OF_BASE},
        "retention": result.retention_before,
        **named_ends(estimate(float(known[0]), known[1:]), "retention"),
        "retention_after": result.retention_after,
        "gain": firm.absolute.value,
        **named_ends(firm.absolute, "gain"),
        "relative": value_of(firm.relative),
        **named_ends(firm.relative, "relative"),
        "today": _change(result.present.base),
        "new": _change(result.present.new),
        "customer_before": one and one.before,
        "customer_after": one and one.after,
        "customer_relative": one and value_of(one.relative),
        "other_reading": {"retention_after": other.retention_after, **_change(other.firm)},
        "break_even_budget": result.break_even_budget,
        "break_even_cost": result.break_even_cost,
        "cost": result.cost_present,
        "net": result.net.value,
        "net_low": result.net.low,
        "net_high": result.net.high,
        "payback": result.payback_period,
        "warnings": list(result.warnings),
    }
    out: dict[str, Any] = plain(told)
    return out | _tables(base, plan, footing, result)


def _tables(base: Base, plan: Plan, footing: Footing, result: Simulation) -> dict[str, list[dict[str, Any]]]:
    """What lies behind the figures: over time, and with each input another."""
    return {
        "yearly": records(result.yearly),
        "active": records(result.active),
        "sensitivity": records(sensitivity(base, plan, footing)),
        "by_margin": records(gain_grid(base, plan, footing, "margin")),
        "by_retention": records(gain_grid(base, plan, footing, "retention")),
    }


def _change(found: Gain) -> dict[str, float | None]:
    return {"gain": found.absolute.value, "relative": value_of(found.relative)}


def _shape(curve: CohortCurve) -> dict[str, Any]:
    """The parameters of the curve with their ends."""
    return {
        "alpha": curve.alpha.value,
        **named_ends(curve.alpha, "alpha"),
        "beta": curve.beta.value,
        **named_ends(curve.beta, "beta"),
    }
