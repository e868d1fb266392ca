"""The days from one purchase to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import narwhals as nw

from retention.aggregate._query import ordinal, purchases, small
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
    bought = purchases(orders).with_columns(
        day=day_expr(nw.col("date")), period=number_expr(nw.col("date"), period)
    )
    order_by = ["date", "smaller"]
    if unit == "day":
        bought = bought.group_by("customer_id", "day", "period").agg(nw.col("value").sum())
        order_by = ["day"]
    bought = bought.with_columns(smaller=-nw.col("value"))
    following = nw.col("day").shift(-1).over("customer_id", order_by=order_by)
    return small(
        bought.with_columns(
            purchase=ordinal(order_by),
            following=following,
        )
        .with_columns(
            followed=~nw.col("following").is_null(),
            days=nw.col("following").fill_null(orders.window.last.toordinal()).cast(nw.Int64) - nw.col("day"),
        )
        .group_by("purchase", "period", "days", "followed")
        .agg(count=nw.len())
        .sort("purchase", "period", "days", "followed")
    )
