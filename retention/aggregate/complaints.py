"""Purchase days by what makes their customers alike, with the wait that followed and who complained in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw
import pandas as pd

from retention.aggregate._query import count, lazy, rows_of, small
from retention.aggregate.purchases import NONE
from retention.aggregate.quantiles import quantiles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention.aggregate._query import Rows
    from retention.aggregate.purchases import Purchases

NUMBERS = (1, 2, 3, 5, 10)  # of purchase days so far, from which on customers are alike up to the next
_NOBODY = ["customer", "complained_on", "resolved"]


def day_value_edges(purchases: Purchases) -> tuple[float, ...]:
    """The two values that part purchase days into three by what was bought on them; () without any."""
    return tuple(quantiles(_days(purchases), "value", (1 / 3, 2 / 3)))


def complainers(purchases: Purchases, complaints: pd.DataFrame) -> pd.DataFrame:
    """The first complaint of each customer of these purchases.

    Parameters
    ----------
    complaints : customer_id, day (number of the day), resolved

    Returns
    -------
    customer (its number), complained_on (number of the day), resolved
    """
    number = purchases.numbers_of(pd.Index(complaints["customer_id"]))
    known = complaints.assign(customer=number)[number >= 0].rename(columns={"day": "complained_on"})
    return (
        known.sort_values("complained_on", kind="stable")
        .drop_duplicates("customer")[_NOBODY]
        .reset_index(drop=True)
    )


def waits_and_complaints(
    purchases: Purchases, first_complaints: pd.DataFrame, edges: Sequence[float]
) -> pd.DataFrame:
    """How long customers waited after each purchase day, and after how many days of it they complained.

    Purchase days after a customer's complaint are left out: who complained once is not like who did not.

    Parameters
    ----------
    first_complaints : the table `complainers` made
    edges : values of a purchase day that part them into groups

    Returns
    -------
    number : place in `NUMBERS` of how many purchase days the customer had; month : of the purchase day
    value : 0 where it is worth no more than the first edge, 1 …
    days : to the next purchase day, or to the observation end; followed : whether there is a next
    complained : days from it to the complaint, where that falls in the wait; else −1
    resolved : 1, 0, or −1 where not said or nobody complained
    customers : how many share all these
    """
    end = purchases.window.last.toordinal()
    number = sum((count(nw.col("buying_day") >= least) for least in NUMBERS[1:]), nw.lit(0, nw.Int64))
    size = sum((count(nw.col("value") > edge) for edge in edges), nw.lit(0, nw.Int64))
    followed = nw.col("next") > nw.col("day")
    until = nw.when(followed).then(nw.col("next")).otherwise(nw.lit(end, nw.Int64))
    on = nw.col("complained_on")
    inside = (on >= nw.col("day")) & ((on < nw.col("next")) | ~nw.col("followed"))
    keys = ["number", "month", "value", "days", "followed", "complained", "resolved"]
    return small(
        _days(purchases)
        .join(lazy(purchases.engine.beside(first_complaints)), on="customer", how="left")
        .filter(on.is_null() | (on >= nw.col("day")))
        .with_columns(followed=followed, days=until - nw.col("day"))
        .select(
            "month",
            "days",
            "followed",
            number=number,
            value=size,
            complained=nw.when(inside).then(on - nw.col("day")).otherwise(NONE),
            resolved=nw.when(inside).then(nw.col("resolved")).otherwise(NONE),
        )
        .group_by(keys)
        .agg(customers=nw.len())
        .sort(keys),
        number=int,
        month=int,
        value=int,
        days=int,
        followed=bool,
        complained=int,
        resolved=int,
        customers=int,
    )


def _days(purchases: Purchases) -> Rows:
    """Purchase days, what was bought on them, and the day of the next: no later one where there is none."""
    return (
        rows_of(purchases)
        .group_by("customer", "day")
        .agg(nw.col("month", "buying_day", "next").max(), nw.col("value").sum())
    )
