"""Means and shares per period, with the sums their error is made of where a customer counts several times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from retention.aggregate._query import first_purchases, ordinal, purchases, small, summable
from retention.periods import Period, day_expr, number_expr

if TYPE_CHECKING:
    import pandas as pd

    from retention.orders import Orders

LAST_NUMBER = 4  # the fourth order and all later ones are one group
_SUMS = ("whole", "part", "whole2", "cross", "part2")


def order_values(orders: Orders, period: Period, *, by: str | None = None) -> pd.DataFrame:
    """Orders and their gross value per period.

    Parameters
    ----------
    by : "number" for the customer's first, second … order, or the column of a segment, then that of the
        customer's first purchase

    Returns
    -------
    [group,] period
    customers : how many bought
    whole, part : orders, revenue
    whole2, cross, part2 : sums over customers of orders², orders × revenue, revenue²
    """
    return _clustered(_numbered(orders, period, by).with_columns(whole=nw.lit(1), part=nw.col("value")), by)


def followed(orders: Orders, period: Period, within: int, *, by: str | None = None) -> pd.DataFrame:
    """Purchases per period, and how many were followed by another within so many days.

    Parameters
    ----------
    within : calendar days, 0 included
    by : as for `order_values`

    Returns
    -------
    As `order_values`, ``whole`` the purchases and ``part`` those followed
    """
    soon = (nw.col("next_day") - nw.col("day") <= within).fill_null(value=False)
    return _clustered(
        _numbered(orders, period, by).with_columns(whole=nw.lit(1), part=soon.cast(nw.Int64)), by
    )


def kept(orders: Orders, period: Period, by: str) -> pd.DataFrame:
    """Customers of each segment per period, and how many of them had bought in the period before.

    Parameters
    ----------
    by : column of a segment; a customer's is that of the first purchase

    Returns
    -------
    group, period, active, retained
    """
    people = (
        summable(orders, period)
        .filter(nw.col("orders") > 0)
        .group_by("customer_id", "bought_in")
        .agg(nw.col("orders").sum())
        .with_columns(previous=nw.col("bought_in").shift(1).over("customer_id", order_by="bought_in"))
        .with_columns(
            retained=(nw.col("previous") == nw.col("bought_in") - 1).fill_null(value=False).cast(nw.Int64)
        )
    )
    return small(
        people.join(_groups(orders, by), on="customer_id")
        .group_by("group", "bought_in")
        .agg(active=nw.len(), retained=nw.col("retained").sum())
        .rename({"bought_in": "period"})
        .sort("group", "period")
    )


def early_life(orders: Orders, period: Period, within: int) -> pd.DataFrame:
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
    age = nw.col("day") - nw.col("first_day")
    early, late = age <= within, (age > within) & (age <= 2 * within)
    soon = (nw.col("next_day") - nw.col("day") <= within).fill_null(value=False)
    each = (
        _numbered(orders, period, None)
        .with_columns(
            cohort=nw.col("period").min().over("customer_id"),
            first_day=nw.col("day").min().over("customer_id"),
        )
        .filter(age <= 2 * within)
        .with_columns(
            stayed=late.cast(nw.Int64), purchases=early.cast(nw.Int64), followed=(early & soon).cast(nw.Int64)
        )
        .group_by("cohort", "customer_id")
        .agg(
            nw.col("stayed").max(),
            nw.col("purchases", "followed").sum(),
            orders=nw.len(),
            revenue=nw.col("value").sum(),
        )
        .with_columns(
            orders2=nw.col("orders") ** 2,
            orders_revenue=nw.col("orders") * nw.col("revenue"),
            revenue2=nw.col("revenue") ** 2,
            purchases2=nw.col("purchases") ** 2,
            purchases_followed=nw.col("purchases") * nw.col("followed"),
            followed2=nw.col("followed") ** 2,
        )
    )
    sums = ["stayed", "orders", "revenue", "orders2", "orders_revenue", "revenue2"]
    sums += ["purchases", "followed", "purchases2", "purchases_followed", "followed2"]
    return small(
        each.group_by("cohort")
        .agg(nw.col(sums).sum(), customers=nw.len())
        .rename({"cohort": "period"})
        .select("period", "customers", *sums)
        .sort("period")
    )


def _numbered(orders: Orders, period: Period, by: str | None) -> nw.LazyFrame[Any]:
    """Purchases with their day, period and the day of the customer's next; with their group where asked."""
    order_by = ["date", "smaller"]
    bought = (
        purchases(orders)
        .with_columns(
            day=day_expr(nw.col("date")),
            period=number_expr(nw.col("date"), period),
            smaller=-nw.col("value"),
        )
        .with_columns(next_day=nw.col("day").shift(-1).over("customer_id", order_by=order_by))
    )
    if by is None:
        return bought
    if by == "number":
        return bought.with_columns(group=nw.min_horizontal(ordinal(order_by), nw.lit(LAST_NUMBER)))
    return bought.join(_groups(orders, by), on="customer_id")


def _groups(orders: Orders, by: str) -> nw.LazyFrame[Any]:
    return first_purchases(orders).select("customer_id", group=nw.col(by)).filter(~nw.col("group").is_null())


def _clustered(rows: nw.LazyFrame[Any], by: str | None) -> pd.DataFrame:
    """Sums of `whole` and `part` per period and group, and of their squares and product by customer."""
    keys = ["period"] if by is None else ["group", "period"]
    return small(
        rows.group_by("customer_id", *keys)
        .agg(nw.col("whole", "part").sum())
        .with_columns(
            whole2=nw.col("whole") ** 2, cross=nw.col("whole") * nw.col("part"), part2=nw.col("part") ** 2
        )
        .group_by(keys)
        .agg(nw.col(_SUMS).sum(), customers=nw.len())
        .select(*keys, "customers", *_SUMS)
        .sort(keys)
    )
