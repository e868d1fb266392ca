"""Rows that are the line items of an order: whose the amount on them is, and what the order says of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from retention.ingest.columns.numbers import read_numbers
from retention.ingest.columns.texts import Coded, coded_identifiers
from retention.ingest.words.headings import bare
from retention.ingest.words.vocabulary import OF_ORDERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.ingest.parse.reading import RawTable

Layout = Literal["rows", "once", "open"]

_SAMPLE = 20_000  # first rows; the lines of an order stand together
_CHANCE = 3  # orders whose lines all cost the same are no chance from here on

_LATEST = np.iinfo(np.int64).max


def amount_layout(raw: RawTable, order: str, amount: str) -> Layout:
    """Whether rows have amounts of their own ("rows") or their order's once ("once").

    "open" is what looks like the order's repeated, under a heading that could mean either.
    """
    table = raw.table.iloc[:_SAMPLE]
    typed = {name: mask[:_SAMPLE] for name, mask in raw.typed.items()}
    rows = pd.DataFrame(
        {
            "order": coded_identifiers(table[order], typed.get(order)).codes,
            "amount": read_numbers(table[amount], typed=typed.get(amount)).value,
            "again": table.duplicated().to_numpy(),
        }
    )
    rows = rows[(rows["order"] >= 0) & ~rows["again"]]
    orders = rows.groupby("order")["amount"].agg(["size", "count", "nunique", "first"])
    several = orders[(orders["size"] > 1) & (orders["count"] > 0)]
    if several.empty or (several["nunique"] > 1).any():
        return "rows"
    if (several["count"] == 1).all():  # the other lines have no amount at all
        return "once" if len(several) >= _CHANCE else "rows"
    if bare(amount) in OF_ORDERS:
        return "once"
    return "open" if len(several) >= _CHANCE and _differ(several["first"]) else "rows"


def _differ(amounts: pd.Series) -> bool:
    return bool((amounts != amounts.iloc[0]).any())


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
