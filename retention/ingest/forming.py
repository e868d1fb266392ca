"""Rows to orders, each figure independent of the order the rows came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from retention.orders import SEGMENT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.ingest.rows import Rows

DECIMALS = 6  # an order's value is rounded to these before it is compared with 0
ZeroOrders = Literal["leave-out", "keep"]


def form_orders(rows: Rows, zero_orders: ZeroOrders) -> pd.DataFrame:
    """Sum usable rows to orders: same customer and order id, or same customer and day where there is no id.

    Returns
    -------
    The columns of `retention.orders.Orders`, by customer, then order id
    """
    customers, customer_names = pd.factorize(rows.customer, sort=True)
    orders, order_names = _coded(rows.order, len(rows.amount))
    segments, segment_names = _coded(rows.segment, len(rows.amount))
    keys = _keys(customers, orders, rows.day)
    ranked = np.lexsort((-segments, rows.amount, segments >= 0, keys))
    starts = np.flatnonzero(np.diff(keys[ranked], prepend=-1))
    ends = np.append(starts[1:], len(ranked)) - 1
    value = np.round(np.add.reduceat(rows.amount[ranked], starts), DECIMALS) + 0.0  # no negative zeros
    first = np.minimum.reduceat(rows.date.astype("int64")[ranked], starts)
    table = pd.DataFrame(
        {
            "customer_id": customer_names.take(customers[ranked[starts]]),
            "order_id": _names(order_names, orders[ranked[starts]]),
            "date": first.astype("datetime64[us]"),
            "value": value,
            "kind": kinds(value, zero_orders),
        }
    )
    if rows.segment is not None:
        table[SEGMENT] = _names(segment_names, segments[ranked[ends]])
    return table


def kinds(value: NDArray[np.floating], zero_orders: ZeroOrders) -> pd.Series:
    """Purchase, refund or zero, by the sign of the value."""
    zero = "purchase" if zero_orders == "keep" else "zero"
    return pd.Series(np.select([value > 0, value < 0], ["purchase", "refund"], zero), dtype="str")


def reversed_orders(table: pd.DataFrame) -> tuple[int, float]:
    """Purchases exactly taken back: a refund of the same customer and amount at the same time or later.

    Each refund answers for one purchase: reading a customer's orders of one amount in time, a refund is
    unmatched only where more refunds than purchases have been seen.

    Returns
    -------
    How many, and the sum of their values
    """
    moves = pd.DataFrame(
        {
            "customer": table["customer_id"],
            "size": table["value"].abs(),
            "date": table["date"],
            "refund": table["value"] < 0,
        }
    )[table["value"] != 0]
    same = ["customer", "size"]
    answered = moves.groupby(same)["refund"].transform("nunique") > 1
    moves = moves[answered].sort_values([*same, "date", "refund"])
    moves["excess"] = np.where(moves["refund"], 1, -1)
    moves["excess"] = moves.groupby(same)["excess"].cumsum()
    groups = moves.groupby(same).agg(refunds=("refund", "sum"), excess=("excess", "max")).reset_index()
    matched = groups["refunds"] - groups["excess"].clip(lower=0)
    return int(matched.sum()), float((matched * groups["size"]).sum())


def _coded(texts: pd.Series | None, length: int) -> tuple[NDArray[np.int64], pd.Index]:
    """Places among the sorted distinct texts, −1 where there is none."""
    if texts is None:
        return np.full(length, -1), pd.Index([], dtype="str")
    codes, names = pd.factorize(texts, sort=True)
    return codes.astype(np.int64), pd.Index(names)


def _names(names: pd.Index, codes: NDArray[np.int64]) -> pd.Series:
    return pd.Series(pd.api.extensions.take(names.array, codes, allow_fill=True), dtype="str")


def _keys(
    customers: NDArray[np.intp], orders: NDArray[np.int64], day: NDArray[np.datetime64]
) -> NDArray[np.int64]:
    """One number for each order; days stand in, behind the last order id, where a row has none."""
    days = day.astype(np.int64)
    within = np.where(orders >= 0, orders, orders.max() + 1 + days - days.min())
    return customers.astype(np.int64) * (int(within.max()) + 1) + within
