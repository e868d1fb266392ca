"""Rows to orders, each figure independent of the order the rows came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from retention.ingest.columns import Coded
from retention.orders import SEGMENT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.ingest.rows import Rows

DECIMALS = 6  # an order's value is rounded to these before it is compared with 0
ZeroOrders = Literal["leave-out", "keep"]


@dataclass(frozen=True)
class Formed:
    """Orders and the rows they came from.

    Attributes
    ----------
    table : the columns of `retention.orders.Orders`, by customer, then order id
    order_of : (rows + refunds,) place in `table` of the order each row, and then what went back of each row
        that has something, is in
    row_of : (rows + refunds,) place of that row
    """

    table: pd.DataFrame
    order_of: NDArray[np.int64]
    row_of: NDArray[np.int64]

    def without(self, reversed_: NDArray[np.bool_]) -> tuple[pd.DataFrame, NDArray[np.bool_]]:
        """Take orders out.

        Returns
        -------
        The other orders, and the rows none of them was made from
        """
        rows = int(self.row_of.max()) + 1
        left = np.ones(rows, dtype=bool)
        left[self.row_of[~reversed_[self.order_of]]] = False
        return self.table[~reversed_].reset_index(drop=True), left


def form_orders(rows: Rows, zero_orders: ZeroOrders) -> Formed:
    """Sum usable rows to orders: same customer and order id, or same customer and day where there is no id.

    What went back of a row's amount is an order of its own, a refund, on the row's date.
    """
    row_of, amount, apart = _parts(rows)
    customer = rows.customer.sorted()
    order = None if rows.order is None else rows.order.sorted()
    segment = None if rows.segment is None else rows.segment.sorted()
    keys = _keys(customer.codes, None if order is None else order.codes, rows.day)
    if apart is not None:
        keys = 2 * keys[row_of] + apart
    places = np.full(len(keys), -1) if segment is None else segment.codes[row_of]
    ranked = np.argsort(keys)
    changes = np.diff(keys[ranked], prepend=-1) != 0
    if not changes.all():  # rows of one order by amount, so that their sum and segment never change
        shared = ~(changes & np.append(changes[1:], np.True_))
        some = ranked[shared]
        by: tuple[NDArray[Any], ...] = (amount[some], keys[some])
        if segment is not None:
            by = (-places[some], amount[some], places[some] >= 0, keys[some])
        ranked[shared] = some[np.lexsort(by)]
    starts = np.flatnonzero(changes)
    ends = np.append(starts[1:], len(ranked)) - 1
    value = np.round(np.add.reduceat(amount[ranked], starts), DECIMALS) + 0.0  # no negative zeros
    first = np.minimum.reduceat(rows.date.astype("int64")[row_of[ranked]], starts)
    begun = row_of[ranked[starts]]
    table = pd.DataFrame(
        {
            "customer_id": _texts(customer, begun),
            "order_id": _nothing(len(begun)) if order is None else _texts(order, begun),
            "date": first.astype("datetime64[us]"),
            "value": value,
            "kind": kinds(value, zero_orders),
        }
    )
    if segment is not None:
        table[SEGMENT] = _texts(segment, row_of[ranked[ends]])
    order_of = np.empty(len(keys), dtype=np.int64)
    order_of[ranked] = np.cumsum(changes) - 1
    return Formed(table, order_of, row_of)


def _parts(rows: Rows) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.bool_] | None]:
    """Amounts to sum: each row's, then what went back of it; with the row, and which are refunds apart."""
    here = np.arange(len(rows.amount))
    if rows.refunded is None or not (rows.refunded > 0).any():
        return here, rows.amount, rows.apart
    back = np.flatnonzero(rows.refunded > 0)
    apart = np.zeros(len(here), dtype=bool) if rows.apart is None else rows.apart
    amount = np.concatenate([rows.amount, -rows.refunded[back]])
    return np.concatenate([here, back]), amount, np.concatenate([apart, np.ones(len(back), dtype=bool)])


def kinds(value: NDArray[np.floating], zero_orders: ZeroOrders) -> pd.Series:
    """Purchase, refund or zero, by the sign of the value."""
    zero = "purchase" if zero_orders == "keep" else "zero"
    names = pa.array(["purchase", "refund", zero])
    kind = np.where(value > 0, np.int8(0), np.where(value < 0, np.int8(1), np.int8(2)))
    found: pd.Series = names.take(pa.array(kind)).to_pandas()
    return found


def _texts(column: Coded, places: NDArray[np.int64]) -> pd.Series:
    return Coded(column.codes[places], column.names).texts()


def _nothing(rows: int) -> pd.Series:
    nothing: pd.Series = pa.nulls(rows, pa.string()).to_pandas()
    return nothing


def _keys(
    customers: NDArray[np.int64], orders: NDArray[np.int64] | None, day: NDArray[np.datetime64]
) -> NDArray[np.int64]:
    """One number for each order; days stand in, behind the last order id, where a row has none."""
    orders = np.full(len(customers), -1) if orders is None else orders
    days = day.astype(np.int64)
    within = np.where(orders >= 0, orders, orders.max() + 1 + days - days.min())
    return customers * (int(within.max()) + 1) + within
