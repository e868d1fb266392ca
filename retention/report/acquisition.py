"""Winning against keeping as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.periods import key
from retention.report.plain import plain, records
from retention.statistics import named_ends, value_of

if TYPE_CHECKING:
    from retention.acquisition import Acquisition, CacTrend, Payback, UnitEconomics, ValueAt
    from retention.statistics import Estimate
    from retention.study import Spending, Value


def acquisition(
    spent: Spending, value: Value | None, margin: float, *, leave_out_left_truncated: bool
) -> dict[str, Any]:
    """What winning and keeping customers cost, whether it grows dearer, and when a customer has paid back.

    Parameters
    ----------
    value : by whose models a customer won today is expected to bring something; None where no model tells
    margin : share of net revenue left as profit

    Returns
    -------
    Nested dicts and lists of numbers, text and None, ready for JSON. Everywhere `value`, `low` and `high` are
    a figure with its 95 % interval, and money is of the file's currency:

    - ``months`` counted, ``spend`` and ``customers`` by purpose
    - ``cac`` (all new customers), ``paid_cac`` (those of channels with spend), ``retention_cost`` (of a month
      more), ``ratio``, ``cost_per_order`` of ``new`` and ``old`` customers
    - ``trend`` : one dict for each series, ``channel`` None for all; ``per_month`` a relative change
    - ``by_channel`` : spend, new customers, CAC, margin of 12 months, payback
    - ``break_even_cac`` and ``ltv_to_cac``, each ``realised`` and ``expected``, over 12 months
    - ``payback`` : ``overall`` and ``by_cohort``; months and the last balance observed
    - ``success`` : customers out of leads in all and by channel, None without leads
    - ``warnings`` : code and details
    """
    found = spent.winning(leave_out_left_truncated=leave_out_left_truncated)
    worth = spent.worth(value, margin, leave_out_left_truncated=leave_out_left_truncated)
    bent = spent.left_truncation(margin, leave_out_left_truncated=leave_out_left_truncated)
    warned = [plain(warning) for warning in (*found.costs.warnings, *bent)]
    return {**_costs(found), **_worth(found, worth), "warnings": warned}


def _costs(found: Acquisition) -> dict[str, Any]:
    costs, made = found.costs, found.orders
    return {
        "months": [key(month, "month") for month in costs.months],
        "spend": {"acquisition": costs.acquisition_spend, "retention": costs.retention_spend},
        "customers": {
            "new": costs.new_customers,
            "paid": costs.paid_customers,
            "retained": costs.retained_customers,
        },
        "cac": _figure(costs.cac),
        "paid_cac": _figure(costs.paid_cac),
        "retention_cost": _figure(costs.retention_cost),
        "ratio": _figure(costs.ratio),
        "cost_per_order": {"new": _figure(made.new), "old": _figure(made.old)},
        "trend": [_trend(trend) for trend in found.trends],
        "success": _success(found),
    }


def _worth(found: Acquisition, value: UnitEconomics) -> dict[str, Any]:
    multiples = {"realised": value.realised_multiple, "expected": value.expected_multiple}
    unknown = {"months_observed": len(found.everybody.cumulative), "months": None}
    return {
        "break_even_cac": {"realised": _at(value.first_year), "expected": plain(value.expected)},
        "ltv_to_cac": {name: _figure(multiple) for name, multiple in multiples.items()},
        "payback": {
            "overall": _paid_back(value.everybody) if value.everybody else unknown,
            "by_cohort": [
                {"cohort": key(cohort, found.cohort_period), **_paid_back(one)}
                for cohort, one in value.cohorts.items()
            ],
        },
        "by_channel": [_channel(row, value) for row in records(found.costs.channels)],
    }


def _channel(row: dict[str, Any], value: UnitEconomics) -> dict[str, Any]:
    name = row["channel"]
    back, year = value.channels.get(name), value.by_channel.get(name)
    return {
        **row,
        "break_even_cac": _at(year) if year else None,
        "payback": _paid_back(back) if back else None,
    }


def _paid_back(one: Payback) -> dict[str, Any]:
    return {
        "customers": one.won,
        "cac": one.cac,
        "months": one.months,
        "soonest": one.soonest,
        "latest": one.latest,
        "months_observed": one.observed,
        "balance": one.balance,
    }


def _success(found: Acquisition) -> dict[str, Any] | None:
    won = found.success
    if won is None:
        return None
    return {
        "leads": won.leads,
        "won": won.won,
        "rate": plain(won.rate),
        "by_channel": records(won.channels),
        "warnings": [plain(warning) for warning in won.warnings],
    }


def _trend(trend: CacTrend) -> dict[str, Any]:
    return {
        "channel": trend.channel,
        "first": key(trend.first, "month"),
        "last": key(trend.last, "month"),
        "months": trend.months,
        "per_month": trend.per_month.value,
        **named_ends(trend.per_month),
        "cac_at_first": trend.at_first,
        "cac_at_last": trend.at_last,
        "direction": trend.direction,
        "seasons_out": trend.seasons_out,
        "p": trend.chance,
        "corrected_p": trend.corrected_p,
    }


def _at(year: ValueAt) -> dict[str, Any]:
    return {**_figure(year.margin), "customers": year.customers}


def _figure(found: Estimate | None) -> dict[str, float | None]:
    return {"value": value_of(found), **named_ends(found)}
