"""One customer's purchases: a look-up, as large as that customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from retention.aggregate._query import purchases, small
from retention.periods import day_expr

if TYPE_CHECKING:
    import pandas as pd

    from retention.orders import Orders


def purchases_of(orders: Orders, customer: str) -> pd.DataFrame:
    """A customer's purchase days, the first one first; no row for somebody who never bought.

    Returns
    -------
    day : day number
    orders : how many on that day
    value : what they were worth, gross
    """
    return small(
        purchases(orders)
        .filter(nw.col("customer_id") == customer)
        .with_columns(day=day_expr(nw.col("date")))
        .group_by("day")
        .agg(orders=nw.len(), value=nw.col("value").sum())
        .sort("day")
    ).astype({"day": "int64"})
