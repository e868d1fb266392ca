"""Cohorts as plain data for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention import aggregate
from retention.cohorts.first import WithoutFirst, without_first
from retention.cohorts.table import CohortTable, OnOrAfter, table_by_segment, table_of
from retention.periods import key
from retention.plain import laid_out, records

if TYPE_CHECKING:
    from retention.orders import Orders
    from retention.periods import Period

_CELLS = [
    *("cohort", "age", "complete", "size", "customers", "orders", "revenue"),
    *("share", "low", "high", "gross", "revenue_per_customer", "cumulative_revenue"),
    *("average_order_value", "net_order_value"),
]
_POOLED = ["age", "rate", "low", "high", "cohorts", "customers"]
_MONEY = ["revenue_per_customer", "cumulative_revenue", "average_order_value", "net_order_value"]


def plain_cohorts(
    orders: Orders, everybody: CohortTable, counted: CohortTable, settled_after: int | None
) -> dict[str, Any]:
    """Every cell and average of the cohorts; null where a figure cannot be told.

    Parameters
    ----------
    everybody : cohort table of all customers; counted : of those the averages are taken over
    settled_after : W, days after a period from which on nobody is waited for
    """
    period, window = everybody.period, orders.window
    later = OnOrAfter(aggregate.last_periods(orders, period), settled_after)
    rolling = table_of(aggregate.cells(orders, period), period, window, later=later)
    first = without_first(everybody)
    return {
        "period": period,
        "cells": _cells(everybody, _CELLS),
        "pooled_retention": records(counted.pooled[[*_POOLED, *_MONEY]]),
        "on_or_after": {
            "settled_after_days": settled_after,
            "cells": _cells(
                rolling, ["cohort", "age", "complete", "size", "customers", "share", "low", "high"]
            ),
            "pooled_retention": records(rolling.pooled[_POOLED]),
        },
        "first_cohort": None if first is None else _first(first, period),
        "by_segment": {
            name: records(
                table_by_segment(aggregate.cells(orders, period, by=column), period, window)
                .cells[_CELLS]
                .drop(columns="complete")
                .rename(columns={"cohort": "segment"})
            )
            for name, column in orders.segments.items()
        },
    }


def _first(found: WithoutFirst, period: Period) -> dict[str, Any]:
    return {**laid_out(found, "without"), "cohort": key(found.cohort, period)}


def _cells(table: CohortTable, columns: list[str]) -> list[dict[str, Any]]:
    return [{**cell, "cohort": key(cell["cohort"], table.period)} for cell in records(table.cells[columns])]
