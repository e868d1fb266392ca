"""Cohorts as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.periods import key
from retention.report.plain import laid_out, records

if TYPE_CHECKING:
    from retention.cohorts import CohortTable, WithoutFirst
    from retention.periods import Period
    from retention.study import Study

_CELLS = [
    *("cohort", "age", "complete", "size", "customers", "orders", "revenue"),
    *("share", "low", "high", "gross", "revenue_per_customer", "cumulative_revenue"),
    *("average_order_value", "net_order_value"),
]
_ROLLING = ["cohort", "age", "complete", "size", "customers", "share", "low", "high"]
_POOLED = ["age", "rate", "low", "high", "cohorts", "customers"]
_MONEY = ["revenue_per_customer", "cumulative_revenue", "average_order_value", "net_order_value"]


def cohorts(study: Study, period: Period, *, leave_out_left_truncated: bool) -> dict[str, Any]:
    """Every cell of everybody, and the averages of those who count; null where a figure cannot be told."""
    everybody = study.cohorts.table(period)
    rolling = study.cohorts.table(period, "on_or_after")
    counted = study.counted(leave_out_left_truncated=leave_out_left_truncated).cohorts.table(period)
    first = study.cohorts.without_first(period)
    return {
        "period": period,
        "cells": _cells(everybody, _CELLS),
        "pooled_retention": records(counted.pooled[[*_POOLED, *_MONEY]]),
        "on_or_after": {
            "settled_after_days": study.shop.active_days(),
            "cells": _cells(rolling, _ROLLING),
            "pooled_retention": records(rolling.pooled[_POOLED]),
        },
        "first_cohort": None if first is None else _first(first, period),
        "by_segment": {
            name: _segments(study.cohorts.table(period, by=column)) for name, column in study.segments.items()
        },
    }


def _first(found: WithoutFirst, period: Period) -> dict[str, Any]:
    return {**laid_out(found, "without"), "cohort": key(found.cohort, period)}


def _cells(table: CohortTable, columns: list[str]) -> list[dict[str, Any]]:
    return [{**cell, "cohort": key(cell["cohort"], table.period)} for cell in records(table.cells[columns])]


def _segments(table: CohortTable) -> list[dict[str, Any]]:
    return records(table.cells[_CELLS].drop(columns="complete").rename(columns={"cohort": "segment"}))
