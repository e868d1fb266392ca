"""Orders by what kind they are: what those count who count other kinds too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import narwhals as nw

from retention.aggregate._query import count, lazy, small
from retention.changed import additive, carried
from retention.engines import derived
from retention.orders import ChangedOrders
from retention.periods import number_expr

if TYPE_CHECKING:
    import pandas as pd

    from retention.orders import Orders
    from retention.periods import Period

_PURCHASE, _ZERO, _REFUND = (nw.col("kind") == kind for kind in ("purchase", "zero", "refund"))
_ORDER = ["customer_id", "order_id"]


@additive("purchases", "zeros", "refunds")
def order_kinds(orders: Orders) -> pd.DataFrame:
    """How many orders of each kind customers have.

    Returns
    -------
    purchases, zeros, refunds : orders of a customer, worth more than, exactly and less than 0; zero orders
        that are kept are purchases
    customers : how many share the three
    """
    kinds = {"purchases": _PURCHASE, "zeros": _ZERO, "refunds": _REFUND}
    return small(
        lazy(orders.table)
        .select("customer_id", **{name: count(of_kind) for name, of_kind in kinds.items()})
        .group_by("customer_id")
        .agg(nw.col(*kinds).sum())
        .group_by(*kinds)
        .agg(customers=nw.len())
        .sort(*kinds),
        **dict.fromkeys(kinds, int),
        customers=int,
    )


@additive("period", "order_period")
def refunds_by_order(orders: Orders, period: Period) -> pd.DataFrame:
    """Refunds that name their order, by their own period and by the order's.

    One dated as its order to the second has no day of its own in the file, and is not among them.

    Returns
    -------
    period, order_period, refunds (negative)
    """
    named = lazy(orders.table).filter(~nw.col("order_id").is_null())
    placed = named.filter(~_REFUND).group_by(_ORDER).agg(ordered=nw.col("date").min())
    return small(
        named.filter(_REFUND)
        .join(placed, on=_ORDER)
        .filter(nw.col("date") != nw.col("ordered"))
        .select(
            "value",
            period=number_expr(nw.col("date"), period),
            order_period=number_expr(nw.col("ordered"), period),
        )
        .group_by("period", "order_period")
        .agg(refunds=nw.col("value").sum())
        .sort("period", "order_period"),
        period=int,
        order_period=int,
        refunds=float,
    )


@carried(ChangedOrders)
def zeros_kept(orders: Orders) -> Orders:
    """The same orders, those worth exactly 0 being purchases."""
    kept = nw.when(_ZERO).then(nw.lit("purchase")).otherwise(nw.col("kind"))
    return replace(orders, table=derived(orders.table, lambda rows: rows.with_columns(kind=kept)))
