"""Old customers taken for new: first seen so early that they may have bought before the file began."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import narwhals as nw

from retention import aggregate
from retention.cohorts import cohort_table
from retention.dropoff import drop_off
from retention.errors import DataWarning
from retention.metrics import left_truncated_days

if TYPE_CHECKING:
    from retention.orders import Orders
    from retention.periods import Period


def left_truncated(orders: Orders) -> int:
    """How many customers are first seen within W days of the file's start."""
    return int((aggregate.customers(orders)["first_day"] < _limit(orders)).sum())


def without_left_truncated(orders: Orders) -> Orders:
    """The orders of customers first seen later, over the same days."""
    people = nw.from_native(aggregate.customers(orders)).filter(nw.col("first_day") >= _limit(orders))
    kept = nw.from_native(orders.table).join(people.select("customer_id"), on="customer_id", how="semi")
    return replace(orders, table=kept.to_native())


def counted(orders: Orders, *, leave_out: bool) -> Orders:
    """The orders that count: without those of possible old customers where these are left out."""
    return without_left_truncated(orders) if leave_out else orders


def warnings(orders: Orders, period: Period) -> tuple[DataWarning, ...]:
    """Warn where leaving these customers out lowers pooled retention in the next period past its interval."""
    everybody = cohort_table(orders, period).pooled
    later = without_left_truncated(orders)
    if everybody.empty or not len(later.table):
        return ()
    others = cohort_table(later, period).pooled
    if others.empty or int(others["age"].iloc[0]) != int(everybody["age"].iloc[0]):
        return ()
    kept, left_out = everybody.iloc[0], others.iloc[0]
    if left_out["rate"] >= kept["low"]:
        return ()
    return (
        DataWarning(
            "left_truncated",
            {
                "customers": left_truncated(orders),
                "days": left_truncated_days(orders),
                "rate": float(kept["rate"]),
                "rate_without": float(left_out["rate"]),
            },
        ),
    )


def drop_off_warnings(orders: Orders) -> tuple[DataWarning, ...]:
    """Warn where leaving these customers out moves the step to the second purchase past its interval."""
    everybody = drop_off(aggregate.gaps(orders, "year"))
    others = drop_off(aggregate.gaps(without_left_truncated(orders), "year"))
    if everybody.day is None or others.day != everybody.day:
        return ()
    kept, left_out = everybody.steps[0].within, others.steps[0].within
    if kept is None or left_out is None or not kept.excludes(left_out.value):
        return ()
    return (
        DataWarning(
            "left_truncated_dropoff",
            {
                "customers": left_truncated(orders),
                "days": left_truncated_days(orders),
                "within": everybody.day,
                "rate": kept.value,
                "rate_without": left_out.value,
            },
        ),
    )


def _limit(orders: Orders) -> int:
    return orders.window.first.toordinal() + left_truncated_days(orders)
