"""Who is behind a cell of a cohort table, and what they bought: a look-up, as large as the cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from retention.aggregate._query import PURCHASE, first_purchases, lazy
from retention.periods import number_expr

if TYPE_CHECKING:
    import pandas as pd

    from retention.orders import Orders
    from retention.periods import Period

_DECIMALS = 6  # as order values are rounded: equal sums rank equal in whatever order rows came


@dataclass(frozen=True)
class CellOf:
    """Which customers and which of their periods a cell speaks of.

    Attributes
    ----------
    age : periods after the customer's own first
    cohorts : numbers of the first periods counted
    or_later : whether purchases in later periods count too
    by, segment : column of the orders that holds a segment, and its value for these customers, "" for none
    """

    age: int
    cohorts: tuple[int, ...]
    or_later: bool = False
    by: str | None = None
    segment: str = ""


def customers_of_cell(orders: Orders, period: Period, cell: CellOf) -> pd.DataFrame:
    """The customers who bought in a cell's period, the most valuable first.

    Returns
    -------
    customer_id
    first_bought, last_bought : of all their purchases
    orders, revenue : purchases of the cell and their value, refunds of its period taken off
    orders_in_all, revenue_in_all : the same of the whole file
    """
    inside = nw.col("inside")
    bought_inside = PURCHASE & inside
    return _collected(
        _rows(orders, period, cell)
        .with_columns(
            bought=PURCHASE.cast(nw.Int64),
            bought_inside=bought_inside.cast(nw.Int64),
            value_inside=nw.when(inside).then(nw.col("value")).otherwise(0.0),
            bought_on=nw.when(PURCHASE).then(nw.col("date")),
        )
        .group_by("customer_id")
        .agg(
            first_bought=nw.col("bought_on").min(),
            last_bought=nw.col("bought_on").max(),
            orders=nw.col("bought_inside").sum(),
            revenue=nw.col("value_inside").sum(),
            orders_in_all=nw.col("bought").sum(),
            revenue_in_all=nw.col("value").sum(),
        )
        .filter(nw.col("orders") > 0)
        .with_columns(nw.col("revenue", "revenue_in_all").round(_DECIMALS))
        .sort("revenue", "customer_id", descending=[True, False])
    )


def orders_of_cell(orders: Orders, period: Period, cell: CellOf) -> pd.DataFrame:
    """Purchases and refunds booked in a cell, in their order; their values sum to its net revenue.

    Returns
    -------
    customer_id, order_id, date, value, kind : as in the orders
    """
    return _collected(
        _rows(orders, period, cell)
        .filter(nw.col("inside"))
        .select("customer_id", "order_id", "date", "value", "kind")
        .sort("date", "customer_id", "value", "order_id")
    )


def _rows(orders: Orders, period: Period, cell: CellOf) -> nw.LazyFrame[Any]:
    """Orders and refunds of the cell's cohorts; `inside` tells those in its period from the others."""
    first = first_purchases(orders)
    if cell.by is not None:
        first = first.filter(nw.col(cell.by).fill_null("") == cell.segment)
    first = first.select("customer_id", cohort=number_expr(nw.col("date"), period)).filter(
        nw.col("cohort").is_in(list[int](cell.cohorts))
    )
    age = nw.max_horizontal("period", "cohort") - nw.col("cohort")
    inside = age >= cell.age if cell.or_later else age == cell.age
    return (
        lazy(orders.table)
        .filter(nw.col("kind") != "zero")
        .with_columns(period=number_expr(nw.col("date"), period))
        .join(first, on="customer_id")
        .with_columns(inside=inside)
    )


def _collected(frame: nw.LazyFrame[Any]) -> pd.DataFrame:
    table: pd.DataFrame = frame.collect().to_pandas().reset_index(drop=True)
    return table
