"""Exports with a row per line item whose order fields are on the order's first row, or on each again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.ingest.columns import Coded

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LATEST = np.iinfo(np.int64).max


def filled(column: Coded, order: NDArray[np.int64]) -> Coded:
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


def any_of_order(mask: NDArray[np.bool_], order: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a mask is true for any row of the order."""
    said = np.zeros(order.max(initial=-1) + 2, dtype=bool)
    said[order[mask & (order >= 0)]] = True
    return mask | said[order]


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
    detail = known & ~readable & any_of_order(readable, order)
    return np.where(again | detail, 0.0, amount)
