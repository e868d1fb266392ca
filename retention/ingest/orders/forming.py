"""Rows to orders, each figure independent of the order the rows came in, and orders that were taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from retention.ingest.columns.texts import Coded

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from retention.ingest.orders.rows import Rows

DECIMALS = 6  # an order's value is rounded to these before it is compared with 0
ZeroOrders = Literal["leave-out", "keep"]


@dataclass(frozen=True)
class Formed:
    """Orders and the rows they came from.

    Attributes
    ----------
    table : the columns of `retention.orders.Orders`, by customer, then order id
    ranked : (rows + refunds,) place of each row, and behind them of what went back of each row that has
        something, in the order of `table`
    begins : (rows + refunds,) whether the next order of `table` begins there
    row_of : (rows + refunds,) place of the row each of these is
    amount : (rows + refunds,) money of each of these, below 0 where it went back
    """

    table: pd.DataFrame
    ranked: NDArray[np.intp]
    begins: NDArray[np.bool_]
    row_of: NDArray[np.int64]
    amount: NDArray[np.float64]

    @property
    def rows(self) -> int:
        """How many rows the orders are made from."""
        return int(self.row_of.max()) + 1

    def without(self, reversed_: NDArray[np.bool_]) -> tuple[pd.DataFrame, NDArray[np.bool_]]:
        """Take orders out.

        Returns
        -------
        The other orders, and the rows none of them was made from
        """
        left = np.ones(self.rows, dtype=bool)
        order_of = np.cumsum(self.begins) - 1
        left[self.row_of[self.ranked[~reversed_[order_of]]]] = False
        return self.table[~reversed_].reset_index(drop=True), left


def form_orders(rows: Rows, zero_orders: ZeroOrders) -> Formed:
    """Sum usable rows to orders: same customer and order id, or same customer and day where there is no id.

    What went back of a row's amount is an order of its own, a refund, on the row's date.
    """
    with ThreadPoolExecutor() as beside:  # Arrow and numpy let others work while they do
        return _formed(rows, zero_orders, beside)


def _formed(rows: Rows, zero_orders: ZeroOrders, beside: Executor) -> Formed:
    row_of, amount, apart = _parts(rows)
    ids, segments = beside.submit(_sorted, rows.order), beside.map(Coded.sorted, rows.segments.values())
    customer, order = rows.customer.sorted(), ids.result()
    keys = _keys(customer.codes, None if order is None else order.codes, rows.day)
    if apart is not None:
        keys = 2 * keys[row_of] + apart
    ranked = np.argsort(keys)
    begins = np.diff(keys[ranked], prepend=-1) != 0
    shared = ~(begins & np.append(begins[1:], np.True_))
    if shared.any():  # rows of one order by amount, so that their sum never changes
        some = ranked[shared]
        ranked[shared] = some[np.lexsort((amount[some], keys[some]))]
    starts = np.flatnonzero(begins)
    begun = row_of[ranked[starts]]
    customers, orders = beside.submit(_texts, customer, begun), beside.submit(_texts, order, begun)
    value, first = amount[ranked], rows.date.astype("int64")[row_of[ranked]]
    if len(starts) < len(ranked):
        value, first = np.add.reduceat(value, starts), np.minimum.reduceat(first, starts)
    value = np.round(value, DECIMALS) + 0.0  # no negative zeros
    table = pd.DataFrame(
        {
            "customer_id": customers.result(),
            "order_id": orders.result(),
            "date": first.astype("datetime64[us]"),
            "value": value,
            "kind": kinds(value, zero_orders),
        }
    )
    formed = Formed(table, ranked, begins, row_of, amount)
    for name, segment in zip(rows.segments, segments, strict=True):
        table[name] = _texts(segment, _telling(formed, segment, keys, shared))
    return formed


def _telling(
    formed: Formed, segment: Coded, keys: NDArray[np.int64], shared: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Row whose segment is each order's: the largest that has one, of equal ones the first by name."""
    ranked, places = formed.ranked.copy(), segment.codes[formed.row_of]
    some = ranked[shared]
    ranked[shared] = some[np.lexsort((-places[some], formed.amount[some], places[some] >= 0, keys[some]))]
    ends = np.append(np.flatnonzero(formed.begins)[1:], len(ranked)) - 1
    telling: NDArray[np.int64] = formed.row_of[ranked[ends]]
    return telling


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


def _sorted(column: Coded | None) -> Coded | None:
    return None if column is None else column.sorted()


def _texts(column: Coded | None, places: NDArray[np.int64]) -> pd.Series:
    """Texts at some places; nothing where there is no such column."""
    if column is None:
        nothing: pd.Series = pa.nulls(len(places), pa.string()).to_pandas()
        return nothing
    return Coded(column.codes[places], column.names).texts()


def _keys(
    customers: NDArray[np.int64], orders: NDArray[np.int64] | None, day: NDArray[np.datetime64]
) -> NDArray[np.int64]:
    """One number for each order; days stand in, behind the last order id, where a row has none."""
    orders = np.full(len(customers), -1) if orders is None else orders
    days = day.astype(np.int64)
    within = np.where(orders >= 0, orders, orders.max() + 1 + days - days.min())
    return customers * (int(within.max()) + 1) + within


def reversed_orders(table: pd.DataFrame) -> NDArray[np.bool_]:
    """Mark purchases taken back, and the refunds that do it.

    A refund answers for the latest purchase of the same customer and amount, at its time or before, that no
    other refund has answered for.

    Parameters
    ----------
    table : orders with the columns of `retention.orders.Orders`

    Returns
    -------
    (n,) mask; it marks as many refunds as purchases
    """
    marked = np.zeros(len(table), dtype=bool)
    refund = (table["value"] < 0).to_numpy()
    if not refund.any():
        return marked
    concerned = table["customer_id"].isin(table["customer_id"][refund].unique()) & (table["value"] != 0)
    places = np.flatnonzero(concerned)
    moves = table.iloc[places].assign(place=places, size=table["value"].abs(), refund=refund[places])
    moves["group"] = moves.groupby(["customer_id", "size"], sort=False).ngroup()
    answered = moves.groupby("group")["refund"].transform("nunique") > 1
    moves = moves[answered].sort_values(["group", "date", "refund", "place"])
    waiting: list[int] = []
    last = -1
    for group, place, back in zip(moves["group"], moves["place"], moves["refund"], strict=True):
        if group != last:
            waiting, last = [], group
        if not back:
            waiting.append(place)
        elif waiting:
            marked[[place, waiting.pop()]] = True
    return marked
