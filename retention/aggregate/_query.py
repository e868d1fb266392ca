"""What every query is made of: orders as summable columns, a customer's purchases in their order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from retention.orders import SEGMENT
from retention.periods import Period, number_expr

if TYPE_CHECKING:
    import pandas as pd

    from retention.orders import Orders

PURCHASE = nw.col("kind") == "purchase"
_WHOLE = frozenset(
    [
        "cohort",
        "period",
        "last_period",
        "customers",
        "orders",
        "active",
        "new",
        "retained",
        "reactivated",
        "at_risk",
        "returned",
        "purchase",
        "days",
        "count",
        "x",
        "t_x",
        "T",
        "first_day",
        "month",
        "last_day",
        "waited",
        "trigger",
        "repeated",
        "watched",
        "gone",
        "won",
        "once",
        "orders_before",
        "last_day",
        "within_30",
        "within_90",
        "start",
        "stop",
        "stayed",
        "day",
        "later",
        "repeats",
    ]
)


def summable(orders: Orders, period: Period) -> nw.LazyFrame[Any]:
    """Orders and refunds as summable columns; `bought_in` is the period of a purchase, else null."""
    return (
        lazy(orders.table)
        .filter(nw.col("kind") != "zero")
        .with_columns(period=number_expr(nw.col("date"), period))
        .with_columns(
            bought_in=nw.when(PURCHASE).then(nw.col("period")),
            orders=PURCHASE.cast(nw.Int64),
            revenue=nw.when(PURCHASE).then(nw.col("value")).otherwise(0.0),
            refunds=nw.when(PURCHASE).then(0.0).otherwise(nw.col("value")),
        )
    )


def purchases(orders: Orders) -> nw.LazyFrame[Any]:
    return lazy(orders.table).filter(PURCHASE)


def lazy(table: Any) -> nw.LazyFrame[Any]:
    frame: nw.LazyFrame[Any] = nw.from_native(table).lazy()
    return frame


def by_number(orders: Orders) -> tuple[Orders, Any]:
    """Let whole numbers stand for the customers where they are kept in pandas, in the order of their names.

    pandas hashes names anew in each step of a query, which takes longer than all the rest of it; an engine
    that plans the whole query is left to do so.

    Returns
    -------
    orders, names : the name of each number; None where the customers keep their names
    """
    table = nw.from_native(orders.table)
    if not table.implementation.is_pandas():
        return orders, None
    number, names = table.to_native()["customer_id"].factorize(sort=True)
    return replace(orders, table=table.to_native().assign(customer_id=number)), names


def named(table: Any, names: Any) -> Any:
    """Give customers their names back."""
    return table if names is None else table.assign(customer_id=names.take(table["customer_id"]))


def first_purchases(orders: Orders) -> nw.LazyFrame[Any]:
    """Each customer's earliest purchase; at one instant the larger: no figure depends on row order."""
    return (
        purchases(orders)
        .with_columns(first=nw.col("date").min().over("customer_id"), smaller=-nw.col("value"))
        .filter(nw.col("date") == nw.col("first"))  # before anything is sorted
        .with_columns(rank=ordinal(["smaller"]))
        .filter(nw.col("rank") == 1)
        .drop("rank", "smaller", "first")
    )


def segmented(rows: nw.LazyFrame[Any], orders: Orders, by: str | None) -> nw.LazyFrame[Any]:
    """Rows with their customer's segment, empty where the first purchase has none."""
    if by is None:
        return rows
    segment = nw.col(by).fill_null("")
    first = first_purchases(orders).select("customer_id", segment.alias(SEGMENT))
    return rows.drop(SEGMENT, strict=False).join(first, on="customer_id")


def ordinal(order_by: list[str]) -> nw.Expr:
    """Rank of a customer's rows in this order: 1 for the first, 2 for the second.

    It counts ``value``, never a column of `order_by`: on pandas, Narwhals counts such a column in the frame's
    own order.
    """
    return nw.col("value").cum_count().over("customer_id", order_by=order_by).cast(nw.Int64)


def small(frame: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Collect to pandas; periods and counts are whole numbers again where an engine made them floats."""
    table = frame.collect().to_pandas().reset_index(drop=True)
    whole = [name for name in table.columns if name in _WHOLE]
    return table.astype(dict.fromkeys(whole, "int64"))
