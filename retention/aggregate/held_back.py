"""The last part of the data held back: what was known up to a day, and what followed it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from retention.aggregate._query import purchases, small
from retention.periods import Window, day_expr

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from retention.orders import Orders


def until(orders: Orders, end: date) -> Orders:
    """The orders as they would have stood at the end of that day, whatever the hour."""
    known = nw.from_native(orders.table).filter(day_expr(nw.col("date")) <= end.toordinal())
    return replace(orders, table=known.to_native(), window=Window(orders.window.first, end))


def held_back(orders: Orders, end: date) -> pd.DataFrame:
    """What customers won by `end` had done by then, and what they did afterwards.

    Returns
    -------
    x, t_x, T : the state of the purchase models at the end of that day, in days
    later : purchase days after it
    customers : how many share all four
    spent : what they had spent on repeat purchases by then, together, gross
    value : what they spent afterwards, together, gross
    """
    last = end.toordinal()
    day, value = nw.col("day"), nw.col("value")
    known, repeat = day <= last, day > nw.col("first_day")
    people = (
        _purchase_days(orders)
        .filter(nw.col("first_day") <= last)
        .with_columns(
            known=known.cast(nw.Int64),
            later=(day > last).cast(nw.Int64),
            last_known=nw.when(known).then(day),
            spent=nw.when(known & repeat).then(value).otherwise(0.0),
            value=nw.when(known).then(0.0).otherwise(value),
        )
        .group_by("customer_id")
        .agg(
            nw.col("known", "later", "spent", "value").sum(),
            nw.col("last_known").max(),
            nw.col("first_day").min(),
        )
        .with_columns(
            x=nw.col("known") - 1,
            t_x=nw.col("last_known") - nw.col("first_day"),
            T=last - nw.col("first_day"),
        )
    )
    return small(
        people.group_by("x", "t_x", "T", "later")
        .agg(nw.col("spent", "value").sum(), customers=nw.len())
        .sort("x", "t_x", "T", "later")
    )


def repeats_by_day(orders: Orders, end: date) -> pd.DataFrame:
    """Repeat purchase days of customers won by `end`, on each day of the data that has any.

    Returns
    -------
    day : day number
    repeats : customers who bought on it, and not for the first time
    """
    return small(
        _purchase_days(orders)
        .filter((nw.col("first_day") <= end.toordinal()) & (nw.col("day") > nw.col("first_day")))
        .group_by("day")
        .agg(repeats=nw.len())
        .sort("day")
    )


def _purchase_days(orders: Orders) -> nw.LazyFrame[Any]:
    """A customer's purchases of a day as one row: `day`, `value`, and the customer's `first_day`."""
    return (
        purchases(orders)
        .with_columns(day=day_expr(nw.col("date")))
        .group_by("customer_id", "day")
        .agg(nw.col("value").sum())
        .with_columns(first_day=nw.col("day").min().over("customer_id"))
    )
