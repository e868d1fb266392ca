"""What orders and customers are worth: per period, by age, and with the sums their error is made of.

Customers who share every value share a row, so that no name is needed and nothing depends on one. Sums of
money are rounded to six decimals like order values: equal customers stay equal in whatever order rows came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from retention.aggregate._query import (
    count,
    movements,
    period_of,
    rows_of,
    segment_keys,
    small,
    types_of,
)
from retention.aggregate.people import DECIMALS
from retention.aggregate.purchases import NONE
from retention.changed import additive
from retention.orders import SEGMENT
from retention.periods import DAYS_PER_MONTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from retention.aggregate._query import Rows
    from retention.aggregate.purchases import Purchases
    from retention.periods import Period

LAST_NUMBER = 4  # the fourth order and all later ones are one group
_SUMS = ("whole", "part", "whole2", "cross", "part2")


@additive("group", "period")
def order_values(purchases: Purchases, period: Period, *, by: str | None = None) -> pd.DataFrame:
    """Orders and their gross value per period.

    Parameters
    ----------
    by : "number" for the customer's first, second … order, or a column that holds a segment; customers
        without one are left out

    Returns
    -------
    [group,] period
    customers : how many bought
    whole, part : orders, revenue
    whole2, cross, part2 : sums over customers of orders², orders × revenue, revenue²
    """
    return _clustered(purchases, period, by, nw.col("value"))


@additive("group", "period")
def followed(purchases: Purchases, period: Period, within: int, *, by: str | None = None) -> pd.DataFrame:
    """Purchases per period, and how many were followed by another within so many days.

    Parameters
    ----------
    within : calendar days, 0 included
    by : as for `order_values`

    Returns
    -------
    As `order_values`, ``whole`` the purchases and ``part`` those followed
    """
    return _clustered(purchases, period, by, count(_followed(within)))


def _followed(within: int) -> nw.Expr:
    return (nw.col("next") != NONE) & (nw.col("next") - nw.col("day") <= within)


def _clustered(purchases: Purchases, period: Period, by: str | None, part: nw.Expr) -> pd.DataFrame:
    """Purchases and a part of them per period and group, with sums of squares and products by customer."""
    group, kind = _grouping(by)
    keys = [*group, "period"]
    whole, of_whole = nw.col("whole"), nw.col("part")
    rows = rows_of(purchases).select("customer", **group, period=period_of(period), part=part)
    return small(
        (rows.filter(~nw.col("group").is_null()) if group else rows)
        .group_by("customer", *keys)
        .agg(nw.col("part").sum(), whole=nw.len())
        .with_columns(whole2=whole**2, cross=whole * of_whole, part2=of_whole**2)
        .group_by(keys)
        .agg(nw.col(_SUMS).sum(), customers=nw.len())
        .sort(keys),
        **dict.fromkeys(group, kind),
        period=int,
        customers=int,
        **dict.fromkeys(_SUMS, float),
    )


def _grouping(by: str | None) -> tuple[dict[str, nw.Expr], type]:
    if by is None:
        return {}, str
    if by == "number":
        return {"group": nw.min_horizontal("number", nw.lit(LAST_NUMBER, nw.Int64))}, int
    return {"group": nw.col(by)}, str


@additive("period")
def early_life(purchases: Purchases, period: Period, within: int) -> pd.DataFrame:
    """The first days of every cohort's customers, the same for all: those up to 2 × `within` after the first.

    Parameters
    ----------
    within : N, calendar days

    Returns
    -------
    period : of the first purchase
    customers
    stayed : of these, with a purchase N + 1 to 2N days after the first
    orders, revenue, orders2, orders_revenue, revenue2 : of the first 2N days, and sums over customers of
        squares and products
    purchases, followed, purchases2, purchases_followed, followed2 : purchases of the first N days, those of
        them followed by another within N days, and likewise
    """
    age = nw.col("day") - nw.col("first")
    early = age <= within
    orders, revenue, bought, soon = (nw.col(name) for name in ("orders", "revenue", "purchases", "followed"))
    products = {
        "orders2": orders**2,
        "orders_revenue": orders * revenue,
        "revenue2": revenue**2,
        "purchases2": bought**2,
        "purchases_followed": bought * soon,
        "followed2": soon**2,
    }
    sums = ["stayed", "orders", "revenue", "purchases", "followed", *products]
    return small(
        rows_of(purchases)
        .filter(age <= 2 * within)
        .select(
            "customer",
            period=period_of(period, "first"),
            revenue=nw.col("value"),
            stayed=count(age > within),
            purchases=count(early),
            followed=count(early & _followed(within)),
        )
        .group_by("period", "customer")
        .agg(nw.col("revenue", "purchases", "followed").sum(), nw.col("stayed").max(), orders=nw.len())
        .with_columns(**products)
        .group_by("period")
        .agg(nw.col(sums).sum(), customers=nw.len())
        .sort("period"),
        period=int,
        customers=int,
        **dict.fromkeys(sums, float),
    )


@additive(sums=("customers",))
def around(purchases: Purchases, period: Period, number: int) -> pd.DataFrame:
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
    columns = {
        "customer": nw.col("customer"),
        "won": count(period_of(period, "first") == number),
        "period": period_of(period),
    }
    return small(
        movements(purchases, columns)
        .filter(now | before)
        .with_columns(**split)
        .group_by("customer", "won")
        .agg(nw.col(values).sum())
        .with_columns(nw.col(money).round(DECIMALS))
        .group_by("won", *values)
        .agg(customers=nw.len())
        .sort("won", *values),
        won=int,
        **{name: float if name in money else int for name in values},
        customers=int,
    )


def value_by_age(purchases: Purchases, by: str | None = None) -> pd.DataFrame:
    """Money by the day of the first purchase and the months since: for what customers have been worth so far.

    Parameters
    ----------
    by : column that holds a segment

    Returns
    -------
    first_day : day number of the first purchase
    segment : where asked for, "" where it has none
    month : 0 for the first 30.4375 days, that day included, 1 for the next …; refunds before it are in 0
    revenue (gross), refunds (negative)
    """
    return _value_by_age(purchases, by).drop(columns="rows")


@additive("first_day", SEGMENT, "month")
def _value_by_age(purchases: Purchases, by: str | None) -> pd.DataFrame:
    """The same, and of how many purchases and refunds."""
    segment = segment_keys(by)
    keys = ["first_day", *segment, "month"]
    return small(
        by_month_of_life(purchases, segment)
        .group_by(keys)
        .agg(nw.col("revenue", "refunds").sum(), rows=nw.len())
        .sort(keys),
        first_day=int,
        **types_of(segment),
        month=int,
        revenue=float,
        refunds=float,
        rows=int,
    )


@additive(sums=("customers",))
def worth_by_age(purchases: Purchases, months: Sequence[int]) -> pd.DataFrame:
    """What customers brought in their first months of 30.4375 days, the first purchase's day included.

    Returns
    -------
    first_day : day number of the first purchase
    first_value : its value
    gross_<m>, net_<m> : value of the purchases, and less refunds, in the first m months, for each m; refunds
        before the first purchase count as its day's
    customers : how many share all of these
    """
    values = [f"{kind}_{m}" for kind in ("gross", "net") for m in months]
    keys = ["first_day", "first_value", *values]
    return small(
        worth_by_customer(purchases, months).group_by(keys).agg(customers=nw.len()).sort(keys),
        first_day=int,
        **dict.fromkeys(["first_value", *values], float),
        customers=int,
    )


def worth_by_customer(purchases: Purchases, months: Sequence[int]) -> Rows:
    """The same of each customer: first_day, first_value, gross_<m>, net_<m>."""
    month, gross, net = nw.col("month"), nw.col("revenue"), nw.col("revenue") + nw.col("refunds")
    counted = {f"gross_{m}": nw.when(month < m).then(gross).otherwise(0.0) for m in months}
    counted |= {f"net_{m}": nw.when(month < m).then(net).otherwise(0.0) for m in months}
    values = list(counted)
    return (
        by_month_of_life(purchases, {"customer": nw.col("customer")})
        .with_columns(**counted)
        .group_by("customer", "first_day")
        .agg(nw.col(values).sum())
        .join(_first_values(purchases), on="customer")
        .with_columns(nw.col(values).round(DECIMALS))
    )


def _first_values(purchases: Purchases) -> Rows:
    return rows_of(purchases).filter(nw.col("number") == 1).select("customer", "first_value")


def by_month_of_life(purchases: Purchases, columns: dict[str, nw.Expr]) -> Rows:
    """Purchases and refunds of customers with a purchase, by the month of their life they fall in."""
    age = nw.max_horizontal("day", "first") - nw.col("first")
    month = (age.cast(nw.Float64) / DAYS_PER_MONTH).floor().cast(nw.Int64)
    kept = {**columns, "first_day": nw.col("first"), "month": month}
    return movements(purchases, kept).filter(nw.col("first_day") != NONE)
