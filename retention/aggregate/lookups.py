"""Who is behind a cell of a cohort table, and what one customer bought: as large as their answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw

from retention.aggregate._query import count, lazy, period_of, rows_of, small
from retention.aggregate.people import DECIMALS
from retention.engines import collected
from retention.periods import number_expr
from retention.returned import ONCE, Returned

if TYPE_CHECKING:
    import pandas as pd

    from retention.aggregate._query import Rows
    from retention.aggregate.purchases import Purchases
    from retention.orders import Orders
    from retention.periods import Period

_PURCHASE = nw.col("kind") == "purchase"


@dataclass(frozen=True)
class CellOf:
    """Which customers and which of their periods a cell speaks of.

    Attributes
    ----------
    age : periods after the customer's own first
    cohorts : numbers of the first periods counted
    or_later : whether purchases in later periods count too
    returned : what it takes to be among its customers, but in their own first period
    by, segment : column of the orders that holds a segment, and its value for these customers, "" for none
    """

    age: int
    cohorts: tuple[int, ...]
    or_later: bool = False
    returned: Returned = ONCE
    by: str | None = None
    segment: str = ""


def customers_of_cell(orders: Orders, purchases: Purchases, period: Period, cell: CellOf) -> pd.DataFrame:
    """The customers who bought in a cell's period, the most valuable first.

    Returns
    -------
    customer_id
    first_bought, last_bought : of all their purchases
    orders, revenue : purchases of the cell and their value, refunds of its period taken off
    orders_in_all, revenue_in_all : the same of the whole file
    """
    inside, enough = nw.col("inside"), cell.returned if cell.age > 0 else ONCE
    return _collected(
        _rows(orders, purchases, period, cell)
        .with_columns(
            bought=count(_PURCHASE),
            bought_inside=count(_PURCHASE & inside),
            spent_inside=nw.when(_PURCHASE & inside).then(nw.col("value")).otherwise(0.0),
            value_inside=nw.when(inside).then(nw.col("value")).otherwise(0.0),
            bought_on=nw.when(_PURCHASE).then(nw.col("date")),
        )
        .group_by("customer_id")
        .agg(
            first_bought=nw.col("bought_on").min(),
            last_bought=nw.col("bought_on").max(),
            orders=nw.col("bought_inside").sum(),
            spent=nw.col("spent_inside").sum(),
            revenue=nw.col("value_inside").sum(),
            orders_in_all=nw.col("bought").sum(),
            revenue_in_all=nw.col("value").sum(),
        )
        .filter((nw.col("orders") >= enough.purchases) & (nw.col("spent").round(DECIMALS) >= enough.spend))
        .drop("spent")
        .with_columns(nw.col("revenue", "revenue_in_all").round(DECIMALS))
        .sort("revenue", "customer_id", descending=[True, False])
    )


def orders_of_cell(orders: Orders, purchases: Purchases, period: Period, cell: CellOf) -> pd.DataFrame:
    """Purchases and refunds booked in a cell, in their order; their values sum to its net revenue.

    Returns
    -------
    customer_id, order_id, date, value, kind : as in the orders
    """
    return _collected(
        _rows(orders, purchases, period, cell)
        .filter(nw.col("inside"))
        .select("customer_id", "order_id", "date", "value", "kind")
        .sort("date", "customer_id", "value", "order_id")
    )


def purchases_of(purchases: Purchases, customer: str) -> pd.DataFrame:
    """A customer's purchase days, the first one first; no row for somebody who never bought.

    Returns
    -------
    day : day number
    orders : how many on that day
    value : what they were worth, gross
    """
    return small(
        rows_of(purchases)
        .filter(nw.col("customer") == purchases.customer_number(customer))
        .group_by("day")
        .agg(nw.col("value").sum(), orders=nw.len())
        .sort("day"),
        day=int,
        orders=int,
        value=float,
    )


def _rows(orders: Orders, purchases: Purchases, period: Period, cell: CellOf) -> Rows:
    """Orders and refunds of the cell's cohorts; `inside` tells those in its period from the others."""
    first = nw.col("number") == 1
    cohort = period_of(period, "first")
    if cell.by is not None:
        first &= nw.col(cell.by).fill_null("") == cell.segment
    of_cohorts = small(
        rows_of(purchases).filter(first & cohort.is_in(list(cell.cohorts))).select("customer", cohort=cohort),
        customer=int,
        cohort=int,
    )
    people = of_cohorts.assign(customer_id=purchases.names_of(of_cohorts.pop("customer")))
    age = nw.max_horizontal("period", "cohort") - nw.col("cohort")
    return (
        lazy(orders.table)
        .filter(nw.col("kind") != "zero")
        .with_columns(period=number_expr(nw.col("date"), period))
        .join(lazy(purchases.engine.beside(people)), on="customer_id")
        .with_columns(inside=age >= cell.age if cell.or_later else age == cell.age)
    )


def _collected(frame: Rows) -> pd.DataFrame:
    return collected(frame).reset_index(drop=True)
