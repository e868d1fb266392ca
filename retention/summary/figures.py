"""The file as it was read, its figures, its flows and its cohorts, as plain data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from retention import aggregate, truncation
from retention.cohorts import cohort_table, plain_cohorts
from retention.metrics import active_days, metrics
from retention.periods import key
from retention.report.plain import plain, records

if TYPE_CHECKING:
    import pandas as pd

    from retention.flows import Flows
    from retention.ingest import Guess, Intake, Mapping
    from retention.orders import Orders
    from retention.summary.question import Question


def plain_input(intake: Intake, mapping: Mapping, guess: Guess) -> dict[str, Any]:
    """What was read, and what became of every row."""
    account, window = intake.account, intake.orders.window
    return {
        "rows": account.rows,
        "rows_read": account.rows_read,
        "not_data": dict(account.not_data),
        "rows_used": account.rows_used,
        "set_aside": {reason: rows for reason, (rows, _) in account.set_aside.items()},
        "customers": account.customers,
        "orders": account.purchases,
        "refunds": account.refunds,
        "zero_orders": account.zero_orders,
        "first_date": window.first.isoformat(),
        "last_date": window.last.isoformat(),
        "after_until": account.after_until,
        "cancelled": account.cancelled,
        "overlap": account.overlap,
        "left_out": {switch: rows for switch, (rows, _) in account.left_out.items()},
        "duplicate_rows": account.duplicate_rows,
        "customers_without_purchase": account.customers_without_purchase,
        "left_truncated_customers": truncation.left_truncated(intake.orders),
        "mapping": {str(role): column for role, column in mapping.columns.items()},
        "platform": guess.platform,
        "currency": intake.orders.currency,
    }


def plain_metrics(orders: Orders, people: pd.DataFrame, question: Question) -> dict[str, Any]:
    """The figures of the whole file."""
    found = asdict(metrics(orders, question.period, people))
    if question.leave_out_left_truncated:
        later = truncation.without_left_truncated(orders)
        others = metrics(later, question.period, aggregate.customers(later))
        found["first_order_value"] = others.first_order_value
        found["repeat_order_value"] = others.repeat_order_value
    return {name: plain(value) for name, value in found.items()}


def plain_flows(found: Flows) -> list[dict[str, Any]]:
    """Customers and revenue of each period."""
    rows = records(found.table)
    return [{**row, "period": key(row["period"], found.period)} for row in rows]


def cohorts_of(orders: Orders, question: Question) -> dict[str, Any]:
    """Cells of everybody, averages of those who count."""
    everybody = cohort_table(orders, question.period)
    counted = (
        cohort_table(truncation.without_left_truncated(orders), question.period)
        if question.leave_out_left_truncated
        else everybody
    )
    return plain_cohorts(orders, everybody, counted, active_days(orders))
