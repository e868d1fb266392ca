"""Who has waited past the usual time, and which customers came back or were gone at the same age."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from retention.aggregate._query import first_purchases, lazy, purchases, small
from retention.periods import day_expr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from retention.orders import Orders


def past_trigger(
    orders: Orders, triggers: Mapping[int, int], later: tuple[int, int] | None, within: int = 7
) -> pd.DataFrame:
    """Customers whose wait since their last order passed its trigger day in the last days of the data.

    The list of one week: it goes to a person, so it is collected whatever engine holds the orders.

    Parameters
    ----------
    triggers : days to wait after a customer's first, second … order
    later : from which order on all have the same, and how many days it is
    within : how many days before the observation end count, its last included

    Returns
    -------
    customer_id
    purchase : how many orders so far
    last_day : day number of the last one
    waited, trigger : days since, and after how many the customer is asked
    revenue : value of all purchases, net of refunds
    """
    waited = orders.window.last.toordinal() - nw.col("last_day")
    bought = (
        purchases(orders)
        .with_columns(day=day_expr(nw.col("date")))
        .group_by("customer_id")
        .agg(purchase=nw.len(), last_day=nw.col("day").max())
    )
    money = lazy(orders.table).group_by("customer_id").agg(revenue=nw.col("value").sum())
    past = nw.col("waited") - nw.col("trigger")
    return small(
        bought.with_columns(waited=waited, trigger=_trigger(triggers, later, orders.window.days))
        .filter((past >= 0) & (past < within))
        .join(money, on="customer_id")
        .select("customer_id", "purchase", "last_day", "waited", "trigger", "revenue")
        .sort("revenue", "customer_id", descending=[True, False])
    )


def _trigger(triggers: Mapping[int, int], later: tuple[int, int] | None, never: int) -> nw.Expr:
    """Trigger day of a customer's last order; one nobody can have waited for where none is known."""
    day = nw.lit(never, nw.Int64)
    if later is not None:
        first, days = later
        day = nw.when(nw.col("purchase") >= first).then(nw.lit(days, nw.Int64)).otherwise(day)
    for number, days in triggers.items():
        day = nw.when(nw.col("purchase") == number).then(nw.lit(days, nw.Int64)).otherwise(day)
    return day


def first_order_quartiles(orders: Orders) -> list[float]:
    """The three values that part customers into four by the value of their first purchase; [] of nobody."""
    value = nw.col("value")
    found = (
        first_purchases(orders)
        .select(*(value.quantile(q, interpolation="linear").alias(f"q{q}") for q in (0.25, 0.5, 0.75)))
        .collect()
        .to_pandas()
    )
    return [float(edge) for edge in found.iloc[0]] if found.notna().all(axis=None) else []


def outcomes_by_segment(orders: Orders, by: str, days: int) -> pd.DataFrame:
    """Repeaters and leavers by segment of the first purchase: see `outcomes_by_first_order`."""
    return _outcomes(orders, nw.col(by), days)


def outcomes_by_first_order(orders: Orders, edges: Sequence[float], days: int) -> pd.DataFrame:
    """Repeaters and leavers by size of the first purchase.

    Each customer is looked at over the same stretch of the own history, so that those won early do not
    differ from those won late by the time they had.

    Parameters
    ----------
    edges : values up to and including which a customer belongs to group 0, 1 …
    days : N; the stretch is 2 · N days from the first purchase on

    Returns
    -------
    group : 0 for the smallest first purchases, 1 …
    customers : first bought at least N days before the observation end
    repeated : of these, with a second order within N days of the first
    watched : first bought at least 2 · N days before the observation end
    gone : of these, without an order after day N up to day 2 · N
    """
    size = sum(((nw.col("value") > edge).cast(nw.Int64) for edge in edges), nw.lit(0, nw.Int64))
    return _outcomes(orders, size, days).astype({"group": "int64"})


def _outcomes(orders: Orders, group: nw.Expr, days: int) -> pd.DataFrame:
    end = orders.window.last.toordinal()
    groups = first_purchases(orders).select("customer_id", group=group, start=day_expr(nw.col("date")))
    counts = ["customers", "repeated", "watched", "gone"]
    return small(
        _early(orders, days)
        .join(groups, on="customer_id")
        .with_columns(observed=end - nw.col("start"))
        .filter(nw.col("observed") >= days)
        .with_columns(
            customers=nw.lit(1, nw.Int64),
            repeated=(nw.col("soon") > 1).cast(nw.Int64),
            watched=(nw.col("observed") >= 2 * days).cast(nw.Int64),
        )
        .with_columns(gone=nw.col("watched") * (nw.col("after") == 0).cast(nw.Int64))
        .group_by("group")
        .agg(nw.col(counts).sum())
        .sort("group")
    )


def _early(orders: Orders, days: int) -> nw.LazyFrame[Any]:
    """Orders of each customer up to day N from the first, that one included, and after it up to day 2 · N."""
    age = nw.col("day") - nw.col("day").min().over("customer_id")
    return (
        purchases(orders)
        .with_columns(day=day_expr(nw.col("date")))
        .with_columns(age=age)
        .with_columns(
            soon=(nw.col("age") <= days).cast(nw.Int64),
            after=((nw.col("age") > days) & (nw.col("age") <= 2 * days)).cast(nw.Int64),
        )
        .group_by("customer_id")
        .agg(nw.col("soon", "after").sum())
    )
