"""One row per customer, and what the models of purchases and of value are fitted on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from retention.aggregate._query import (
    PURCHASE,
    by_number,
    first_purchases,
    lazy,
    named,
    purchases,
    segmented,
    small,
)
from retention.orders import SEGMENT
from retention.periods import DAYS_PER_MONTH, day_expr, day_of

if TYPE_CHECKING:
    import pandas as pd

    from retention.orders import Orders

_PERSON = (
    "customer_id",
    "first_day",
    "last_day",
    "orders",
    "revenue",
    "refunds",
    "first_value",
    "x",
    "t_x",
    "T",
    "m_x",
)


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
    numbered, names = by_number(orders)
    return named(
        _with_refunds(_with_segments(_added_up(numbered), numbered), numbered)
        .with_columns(
            x=nw.col("days").cast(nw.Int64) - 1,
            t_x=nw.col("last_day") - nw.col("first_day"),
            T=end - nw.col("first_day"),
        )
        .with_columns(m_x=nw.when(nw.col("x") > 0).then(nw.col("repeat") / nw.col("x")))
        .select(*_PERSON, *orders.segments.values())
        .sort("customer_id")
        .collect()
        .to_native(),
        names,
    )


def _added_up(orders: Orders) -> nw.LazyFrame[Any]:
    """What the purchases of each customer come to."""
    rows = (
        purchases(orders)
        .with_columns(
            year=nw.col("date").dt.year().cast(nw.Int64),
            of_year=nw.col("date").dt.ordinal_day().cast(nw.Int64),
            first=nw.col("date").min().over("customer_id"),
        )
        .with_columns(
            day=day_of(nw.col("year"), nw.col("of_year")),
            at_first=nw.when(nw.col("date") == nw.col("first")).then(nw.col("value")),
        )
        .with_columns(first_day=nw.col("day").min().over("customer_id"))
        .with_columns(
            repeat=nw.when(nw.col("day") > nw.col("first_day")).then(nw.col("value")).otherwise(0.0)
        )
    )
    return rows.group_by("customer_id").agg(
        first_day=nw.col("day").min(),
        last_day=nw.col("day").max(),
        days=nw.col("day").n_unique(),
        orders=nw.len(),
        revenue=nw.col("value").sum(),
        repeat=nw.col("repeat").sum(),
        first_value=nw.col("at_first").max(),
    )


def _with_refunds(people: nw.LazyFrame[Any], orders: Orders) -> nw.LazyFrame[Any]:
    refunds = (
        lazy(orders.table)
        .filter(nw.col("kind") == "refund")
        .group_by("customer_id")
        .agg(refunds=nw.col("value").sum())
    )
    joined = people.join(refunds, on="customer_id", how="left")
    return joined.with_columns(refunds=nw.col("refunds").fill_null(0.0))


def _with_segments(people: nw.LazyFrame[Any], orders: Orders) -> nw.LazyFrame[Any]:
    segments = list(orders.segments.values())
    if not segments:
        return people
    return people.join(first_purchases(orders).select("customer_id", *segments), on="customer_id")


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


def names(people: Any, column: str) -> list[str]:
    """What stands in a column of customers that holds a segment, each once, in order."""
    found = small(lazy(people).select(nw.col(column)).drop_nulls().unique().sort(column))
    return [str(name) for name in found[column]]


def starts(people: Any, by: str | None = None) -> pd.DataFrame:
    """How many customers first bought on each day.

    Parameters
    ----------
    people : the table `customers` made
    by : one of its columns that holds a segment

    Returns
    -------
    first_day, [segment, "" where it has none,] customers
    """
    keys = ["first_day", *([SEGMENT] if by else [])]
    rows = lazy(people)
    if by:
        rows = rows.select("first_day", nw.col(by).fill_null("").alias(SEGMENT))
    return small(rows.group_by(keys).agg(customers=nw.len()).sort(keys))


def value_by_age(orders: Orders, by: str | None = None) -> pd.DataFrame:
    """Money by the day of the first purchase and the months since: for what customers have been worth so far.

    Parameters
    ----------
    by : column of the orders that holds a segment; a customer's is that of the first purchase

    Returns
    -------
    first_day : day number of the first purchase
    segment : where asked for, "" where it has none
    month : 0 for the first 30.4375 days, that day included, 1 for the next …; refunds before it are in 0
    revenue (gross), refunds (negative)
    """
    start = nw.col("bought_on").min().over("customer_id")
    keys = ["first_day", *([SEGMENT] if by else []), "month"]
    rows = segmented(lazy(orders.table).with_columns(day=day_expr(nw.col("date"))), orders, by)
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
        .group_by(keys)
        .agg(nw.col("revenue", "refunds").sum())
        .sort(keys)
    )
