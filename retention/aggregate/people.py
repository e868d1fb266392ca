"""One row per customer, and what the models of purchases and of value are fitted on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from retention.aggregate._query import PURCHASE, first_purchases, lazy, purchases, small
from retention.periods import DAYS_PER_MONTH, day_expr

if TYPE_CHECKING:
    import pandas as pd

    from retention.orders import Orders


def customers(orders: Orders) -> Any:
    """One row per customer with a purchase; grows with the base, so it stays on the orders' engine.

    Returns
    -------
    customer_id
    first_day, last_day : day numbers of the first and last purchase
    orders, revenue (gross), refunds (negative, wherever they fall)
    first_value : value of the first purchase
    x : repeat purchase days; t_x, T : days from the first purchase to the last and to the observation end
    m_x : mean value of the repeat purchase days, null where there is none
    segment, segment_2 … : those of the first purchase, where the orders carry them
    """
    end = orders.window.last.toordinal()
    days = (
        purchases(orders)
        .with_columns(day=day_expr(nw.col("date")))
        .group_by("customer_id", "day")
        .agg(orders=nw.len(), value=nw.col("value").sum())
        .with_columns(first_day=nw.col("day").min().over("customer_id"))
        .with_columns(
            repeat=nw.when(nw.col("day") > nw.col("first_day")).then(nw.col("value")).otherwise(0.0),
        )
    )
    people = days.group_by("customer_id").agg(
        first_day=nw.col("day").min(),
        last_day=nw.col("day").max(),
        orders=nw.col("orders").sum(),
        revenue=nw.col("value").sum(),
        days=nw.len(),
        repeat=nw.col("repeat").sum(),
    )
    refunds = (
        lazy(orders.table)
        .filter(nw.col("kind") == "refund")
        .group_by("customer_id")
        .agg(refunds=nw.col("value").sum())
    )
    kept = ["customer_id", "first_value", *orders.segments.values()]
    return (
        people.join(refunds, on="customer_id", how="left")
        .join(first_purchases(orders).rename({"value": "first_value"}).select(kept), on="customer_id")
        .with_columns(
            refunds=nw.col("refunds").fill_null(0.0),
            x=nw.col("days") - 1,
            t_x=nw.col("last_day") - nw.col("first_day"),
            T=end - nw.col("first_day"),
        )
        .with_columns(m_x=nw.when(nw.col("x") > 0).then(nw.col("repeat") / nw.col("x")))
        .drop("repeat", "days")
        .sort("customer_id")
        .collect()
        .to_native()
    )


def states(people: Any) -> pd.DataFrame:
    """How many customers share each state of the purchase models, in whole days.

    Parameters
    ----------
    people : the table `customers` made

    Returns
    -------
    x, t_x, T, customers
    """
    return small(lazy(people).group_by("x", "t_x", "T").agg(customers=nw.len()).sort("x", "t_x", "T"))


def spend(people: Any) -> pd.DataFrame:
    """Repeat purchase days and their mean value, for customers who repeat and spend.

    Returns
    -------
    x, m_x, customers
    """
    return small(
        lazy(people)
        .filter((nw.col("x") > 0) & (nw.col("m_x") > 0))
        .group_by("x", "m_x")
        .agg(customers=nw.len())
        .sort("x", "m_x")
    )


def value_by_age(orders: Orders) -> pd.DataFrame:
    """Money by the day of the first purchase and the months since: for what customers have been worth so far.

    Returns
    -------
    first_day : day number of the first purchase
    month : 0 for the first 30.4375 days, that day included, 1 for the next …; refunds before it are in 0
    revenue (gross), refunds (negative)
    """
    start = nw.col("bought_on").min().over("customer_id")
    rows = lazy(orders.table).with_columns(day=day_expr(nw.col("date")))
    return small(
        rows.with_columns(
            bought_on=nw.when(PURCHASE).then(nw.col("day")),
            revenue=nw.when(PURCHASE).then(nw.col("value")).otherwise(0.0),
            refunds=nw.when(nw.col("kind") == "refund").then(nw.col("value")).otherwise(0.0),
        )
        .with_columns(first_day=start)
        .filter(~nw.col("first_day").is_null())
        .with_columns(age=nw.max_horizontal("day", "first_day") - nw.col("first_day"))
        .with_columns(month=((nw.col("age").cast(nw.Float64)) / DAYS_PER_MONTH).floor().cast(nw.Int64))
        .group_by("first_day", "month")
        .agg(nw.col("revenue", "refunds").sum())
        .sort("first_day", "month")
    )
