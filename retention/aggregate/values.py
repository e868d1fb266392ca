"""What customers bought in a period and the one before, by an age, and lately: for comparing them.

Customers who share every value share a row, so that no name is needed and nothing depends on one. Sums of
money are rounded to six decimals like order values: equal customers stay equal in whatever order rows came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from retention.aggregate._query import PURCHASE, first_purchases, lazy, purchases, small, summable
from retention.periods import DAYS_PER_MONTH, day_expr, number_expr

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from retention.orders import Orders
    from retention.periods import Period

_DECIMALS = 6


def around(orders: Orders, period: Period, number: int) -> pd.DataFrame:
    """What customers with an order or a refund in a period or in the one before bought in each.

    Returns
    -------
    won : 1 where the first purchase ever falls in the period, else 0
    orders_before, revenue_before (gross), refunds_before (negative) : in the period before
    orders, revenue (gross), refunds (negative) : in the period
    customers : how many share the seven
    """
    sums = ["orders", "revenue", "refunds"]
    now, before = nw.col("period") == number, nw.col("period") == number - 1
    split = {f"{name}_before": nw.when(before).then(nw.col(name)).otherwise(0) for name in sums}
    split |= {name: nw.when(now).then(nw.col(name)).otherwise(0) for name in sums}
    values = list(split)
    money = [name for name in values if not name.startswith("orders")]
    return small(
        summable(orders, period)
        .with_columns(cohort=nw.col("bought_in").min().over("customer_id"))
        .filter(now | before)
        .with_columns(won=(nw.col("cohort") == number).fill_null(value=False).cast(nw.Int64), **split)
        .group_by("customer_id", "won")
        .agg(nw.col(values).sum())
        .with_columns(nw.col(money).round(_DECIMALS))
        .group_by("won", *values)
        .agg(customers=nw.len())
        .sort("won", *values)
    )


def worth_by_age(orders: Orders, months: Sequence[int]) -> pd.DataFrame:
    """What customers brought in their first months of 30.4375 days, the first purchase's day included.

    Returns
    -------
    first_day : day number of the first purchase
    first_value : its value
    gross_<m>, net_<m> : value of the purchases, and less refunds, in the first m months, for each m; refunds
        before the first purchase count as its day's
    customers : how many share all of these
    """
    start = nw.col("bought_on").min().over("customer_id")
    gross = {f"gross_{m}": PURCHASE & (nw.col("month") < m) for m in months}
    net = {f"net_{m}": nw.col("month") < m for m in months}
    counted = gross | net
    values = list(counted)
    people = (
        lazy(orders.table)
        .with_columns(day=day_expr(nw.col("date")))
        .with_columns(bought_on=nw.when(PURCHASE).then(nw.col("day")))
        .with_columns(first_day=start)
        .filter(~nw.col("first_day").is_null())
        .with_columns(age=nw.max_horizontal("day", "first_day") - nw.col("first_day"))
        .with_columns(month=(nw.col("age").cast(nw.Float64) / DAYS_PER_MONTH).floor().cast(nw.Int64))
        .with_columns(
            **{n: nw.when(w).then(nw.col("value")).otherwise(0.0) for n, w in (gross | net).items()}
        )
        .group_by("customer_id", "first_day")
        .agg(nw.col(values).sum())
    )
    first = first_purchases(orders).select("customer_id", nw.col("value").alias("first_value"))
    keys = ["first_day", "first_value", *values]
    return small(
        people.join(first, on="customer_id")
        .with_columns(nw.col(values).round(_DECIMALS))
        .group_by(keys)
        .agg(customers=nw.len())
        .sort(keys)
    )


def recency(orders: Orders, period: Period, last: int) -> pd.DataFrame:
    """When customers bought last, and whether only once, as it stood at the end of a period.

    Returns
    -------
    cohort : period of the first purchase
    last_day : day number of the last purchase in or before the period `last`
    once : 1 for customers with one order until then, else 0
    customers : how many share the three
    """
    keys = ["cohort", "last_day", "once"]
    return small(
        purchases(orders)
        .with_columns(day=day_expr(nw.col("date")), period=number_expr(nw.col("date"), period))
        .filter(nw.col("period") <= last)
        .group_by("customer_id")
        .agg(cohort=nw.col("period").min(), last_day=nw.col("day").max(), orders=nw.len())
        .with_columns(once=(nw.col("orders") == 1).cast(nw.Int64))
        .group_by(keys)
        .agg(customers=nw.len())
        .sort(keys)
    )


def buying_again(
    orders: Orders, days: Sequence[int], active_days: int, within: Sequence[int]
) -> pd.DataFrame:
    """How often customers who were active on some days bought again soon after them.

    Parameters
    ----------
    days : day numbers on whose evening one looks
    active_days : a customer is active who bought in the last so many days, that day included
    within : spans in days after it

    Returns
    -------
    at_risk : on how many of the days a customer was active
    within_<d> : on how many of these the customer bought in the next d days
    customers : how many share these counts
    """
    day, spans = nw.col("day"), [f"within_{d}" for d in within]
    active = {f"active_{i}": (day > t - active_days) & (day <= t) for i, t in enumerate(days)}
    soon = {f"{d}_{i}": (day > t) & (day <= t + d) for i, t in enumerate(days) for d in within}
    flags = active | soon
    counts = {"at_risk": nw.sum_horizontal(*active)}
    counts |= {
        f"within_{d}": nw.sum_horizontal(
            *(nw.col(f"active_{i}") * nw.col(f"{d}_{i}") for i in range(len(days)))
        )
        for d in within
    }
    keys = ["at_risk", *spans]
    return small(
        purchases(orders)
        .with_columns(day=day_expr(nw.col("date")))
        .with_columns(**{name: flag.cast(nw.Int64) for name, flag in flags.items()})
        .group_by("customer_id")
        .agg(nw.col(list(flags)).max())
        .with_columns(**counts)
        .filter(nw.col("at_risk") > 0)
        .group_by(keys)
        .agg(customers=nw.len())
        .sort(keys)
    )
