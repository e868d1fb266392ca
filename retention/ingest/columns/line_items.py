"""Rows that are the line items of an order: whose the amount on them is, and what the order says of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from retention.ingest.columns.texts import Coded
from retention.ingest.words.headings import is_of_orders, is_total

if TYPE_CHECKING:
    from numpy.typing import NDArray

Layout = Literal["rows", "once", "open"]

_HALF = 0.5
_CHANCE = 3  # orders with an amount on one line alone are no chance from here on

_LATEST = np.iinfo(np.int64).max


def amount_layout(
    heading: str, order: NDArray[np.int64], amount: NDArray[np.float64], again: NDArray[np.bool_]
) -> Layout:
    """Whether rows have amounts of their own ("rows") or their order's once ("once").

    "open" is what looks like the order's repeated, under a heading that could mean either.

    Parameters
    ----------
    heading : of the column of amounts
    order : (n,) place of each row's order, below 0 where it has none
    amount : (n,) NaN where blank or unreadable
    again : (n,) rows that stand in the file before
    """
    told = (order >= 0) & ~again
    rows = pd.DataFrame({"order": order[told], "amount": amount[told]})
    orders = rows.groupby("order")["amount"].agg(["size", "count", "nunique", "first"])
    several = orders[(orders["size"] > 1) & (orders["count"] > 0)]
    alike = several["nunique"] == 1
    if not alike.any():
        return "rows"
    if not alike.all():  # the others may be several under one number
        return "rows" if not is_of_orders(heading) else "once" if alike.mean() > _HALF else "open"
    if (several["count"] == 1).all():  # the other lines have no amount at all
        return "once" if len(several) >= _CHANCE else "rows"
    if is_of_orders(heading):
        return "once"
    differ = several["first"].min() < several["first"].max()
    return "open" if differ or is_total(heading) else "rows"


def filled_texts(column: Coded, order: NDArray[np.int64]) -> Coded:
    """Give the rows of an order the text one of them has, where they have none."""
    best = np.full(order.max(initial=-1) + 2, -1)
    known = order >= 0
    np.maximum.at(best, order[known], column.codes[known])
    return Coded(np.where(known & (column.codes < 0), best[order], column.codes), column.names)


def filled_dates(date: NDArray[np.datetime64], order: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Give the rows of an order its earliest date, where they have none."""
    moments = np.where(np.isnat(date), _LATEST, date.astype(np.int64))
    earliest = np.full(order.max(initial=-1) + 2, _LATEST)
    known = order >= 0
    np.minimum.at(earliest, order[known], moments[known])
    found = np.where(known & np.isnat(date), earliest[order], moments)
    return np.where(found == _LATEST, np.datetime64("NaT", "us"), found.astype("datetime64[us]"))


def counted_once(
    amount: NDArray[np.float64], order: NDArray[np.int64], file: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Leave each distinct amount of an order on one of its rows, and nothing on the others.

    An order's rows are those of one file: another file's are the same order again. Where none of them has an
    amount, none is made up.
    """
    readable, known = ~np.isnan(amount), order >= 0
    keys = pd.DataFrame({"order": order, "file": file, "amount": amount})
    again = keys.duplicated().to_numpy() & known & readable
    detail = known & ~readable & _any_of_order(readable, order)
    return np.where(again | detail, 0.0, amount)


def _any_of_order(mask: NDArray[np.bool_], order: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a mask is true for any row of the order."""
    said = np.zeros(order.max(initial=-1) + 2, dtype=bool)
    said[order[mask & (order >= 0)]] = True
    return mask | said[order]
