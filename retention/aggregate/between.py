"""The days from one purchase to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import narwhals as nw

from retention.aggregate._query import first_purchases, ordinal, purchases, small
from retention.periods import Period, day_expr, number_expr

if TYPE_CHECKING:
    import pandas as pd

    from retention.orders import Orders


def gaps(orders: Orders, period: Period, *, unit: Literal["order", "day"] = "order") -> pd.DataFrame:
    """Days from each purchase to the next, or waited so far.

    Parameters
    ----------
    unit : whether a purchase is an order or a day with at least one order

    Returns
    -------
    purchase : 1 for a customer's first, 2 for the second …
    period : that of the purchase
    days : whole calendar days to the next purchase, or to the observation end where there is none
    followed : whether there is a next
    count : how many purchases share the four
    """
    return small(
        _waits(orders, period, unit)
        .group_by("purchase", "period", "days", "followed")
        .agg(count=nw.len())
        .sort("purchase", "period", "days", "followed")
    )


def gaps_by_segment(orders: Orders, by: str) -> pd.DataFrame:
    """Days from each order to the customer's next, or waited so far, by segment of the customer.

    Parameters
    ----------
    by : column of the orders that holds a segment; a customer's is that of the first purchase

    Returns
    -------
    group : the segment, null where the first purchase has none
    purchase, days, followed, count : as in `gaps`
    """
    segment = first_purchases(orders).select("customer_id", group=nw.col(by))
    return _grouped(_waits(orders, "year", "order").join(segment, on="customer_id", how="left"))


def gaps_by_cohort(orders: Orders, period: Period) -> pd.DataFrame:
    """Days from each order to the customer's next, or waited so far, by period of the first purchase.

    Returns
    -------
    group : number of the period
    purchase, days, followed, count : as in `gaps`
    """
    cohort = nw.col("period").min().over("customer_id")
    return _grouped(_waits(orders, period, "order").with_columns(group=cohort)).astype({"group": "int64"})


def _grouped(waits: nw.LazyFrame[Any]) -> pd.DataFrame:
    keys = ["group", "purchase", "days", "followed"]
    return small(waits.group_by(keys).agg(count=nw.len()).sort(keys))


def _waits(orders: Orders, period: Period, unit: Literal["order", "day"]) -> nw.LazyFrame[Any]:
    """Every purchase with its number, its period, the days waited after it and whether there is a next."""
    bought = purchases(orders).with_columns(
        day=day_expr(nw.col("date")), period=number_expr(nw.col("date"), period)
    )
    order_by = ["date", "smaller"]
    if unit == "day":
        bought = bought.group_by("customer_id", "day", "period").agg(nw.col("value").sum())
        order_by = ["day"]
    bought = bought.with_columns(smaller=-nw.col("value"))
    following = nw.col("day").shift(-1).over("customer_id", order_by=order_by)
    return (
        bought.with_columns(purchase=ordinal(order_by), following=following)
        .with_columns(
            followed=~nw.col("following").is_null(),
            days=nw.col("following").fill_null(orders.window.last.toordinal()).cast(nw.Int64) - nw.col("day"),
        )
        .select("customer_id", "purchase", "period", "day", "days", "followed", "value")
    )
