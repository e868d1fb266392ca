"""Orders that two files have: the same again, as overlapping exports have them, or another shop's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from retention.ingest.columns.texts import Coded
from retention.ingest.orders.rows import CODE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.ingest.orders.rows import Rows
    from retention.ingest.parse.reading import RawTable

_MOSTLY = 0.5  # of the orders two files share; more alike than this, and they are exports of the same shop
_DECIMALS = 6


@dataclass(frozen=True)
class Overlap:
    """What an earlier file has already.

    Attributes
    ----------
    rows : (n,) those of orders it has
    order : the rows' orders, those of one number that are two shops' told apart; None where there are none
    differing : orders that share number, customer and day with an earlier file's, but no amount
    cancelled : (n,) rows of orders that the file which reaches furthest calls cancelled, their own not
    changed : orders that one file calls cancelled and another does not
    """

    rows: NDArray[np.bool_]
    order: Coded | None
    differing: int = 0
    cancelled: NDArray[np.bool_] | None = None
    changed: int = 0


def overlapping(raw: RawTable, rows: Rows) -> Overlap:
    """Find rows of orders that an earlier file has already.

    It has an order if it has a row of the same number, customer, day and amount. Where most of the orders
    that share number, customer and day are the same, the others were changed between two exports, and the
    earlier file counts; else they are different orders, and all count.
    """
    none = np.zeros(len(rows.amount), dtype=bool)
    if rows.order is None or len(raw.files) == 1:
        return Overlap(none, rows.order)
    cancelled, changed = _cancelled_elsewhere(rows.order.codes, raw.file.astype(np.int64), rows)
    found = _of_sales(raw, rows, rows.order, cancelled | (rows.outcome == CODE["cancelled"]))
    return replace(found, cancelled=cancelled, changed=changed)


def _cancelled_elsewhere(
    order: NDArray[np.int64], file: NDArray[np.int64], rows: Rows
) -> tuple[NDArray[np.bool_], int]:
    """Rows of orders that are cancelled in the file, of those that have them, which reaches furthest."""
    gone = rows.outcome == CODE["cancelled"]
    several = np.zeros(len(order), dtype=bool)
    if not gone.any():
        return several, 0
    several[_in_several_files(order, file, int(order.max(initial=-1)) + 1)] = True
    last = np.full(int(file.max()) + 1, np.datetime64("0001-01-01", "D"))
    dated = ~np.isnat(rows.day)
    np.maximum.at(last, file[dated], rows.day[dated])
    age = np.lexsort((np.arange(len(last)), last)).argsort()[
        file
    ]  # of the file, the one that reaches furthest last
    frame = pd.DataFrame({"order": order, "age": age, "gone": gone})[several]
    copies = frame.groupby(["order", "age"])["gone"].all().reset_index()
    of_order = copies.groupby("order")["gone"].agg(["last", "nunique"])
    changed = of_order[of_order["nunique"] > 1]
    ended = np.isin(order, changed.index[changed["last"]]) & several
    return ended & ~gone, len(changed)


def _of_sales(raw: RawTable, rows: Rows, orders: Coded, left: NDArray[np.bool_]) -> Overlap:
    none = np.zeros(len(rows.amount), dtype=bool)
    places = _in_several_files(np.where(left, -1, orders.codes), raw.file, len(orders.names))
    if len(places) == 0:
        return Overlap(none, orders)
    order, file = orders.codes[places], raw.file[places].astype(np.int64)
    copy = _numbered(order, file)
    later = file > _lowest(order, file)[order]
    again = _known_before(order, rows.day[places], rows.amount[places], copy, file)
    same = np.bincount(copy, weights=again) > 0
    copies = np.unique(copy[later])
    differing = int((~same[copies]).sum())
    if differing <= (1 - _MOSTLY) * len(copies):
        none[places[later]] = True
        return Overlap(none, orders, differing)
    none[places[later & same[copy]]] = True
    own = later & ~same[copy]
    return Overlap(none, _apart(orders, places[own], copy[own]), differing)


def _in_several_files(order: NDArray[np.int64], file: NDArray[np.int64], numbers: int) -> NDArray[np.int64]:
    """Rows of orders that more than one file has."""
    first = _lowest(order, file, numbers)
    last = -_lowest(order, -file.astype(np.int64), numbers)
    places: NDArray[np.int64] = np.flatnonzero((order >= 0) & (first < last)[order])
    return places


def _lowest(
    order: NDArray[np.int64], values: NDArray[np.int64], numbers: int | None = None
) -> NDArray[np.int64]:
    """Lowest value of each order's rows; behind them, of rows without one."""
    lowest = np.full((order.max(initial=-1) + 1 if numbers is None else numbers) + 1, np.iinfo(np.int64).max)
    np.minimum.at(lowest, order, values)
    return lowest


def _numbered(*fields: NDArray[np.generic]) -> NDArray[np.int64]:
    """The same number for rows that are alike, blank fields being alike too."""
    frame = pd.DataFrame(dict(enumerate(fields)))
    return np.asarray(frame.groupby(list(frame.columns), sort=False, dropna=False).ngroup(), dtype=np.int64)


def _known_before(
    order: NDArray[np.int64],
    day: NDArray[np.datetime64],
    amount: NDArray[np.float64],
    copy: NDArray[np.int64],
    file: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Rows an earlier file has; those worth nothing tell only of an order that is worth nothing."""
    alike = _numbered(order, day.astype("datetime64[s]"), amount.round(_DECIMALS))
    worth = np.bincount(copy, weights=amount != 0) > 0
    known: NDArray[np.bool_] = (_lowest(alike, file)[alike] < file) & ((amount != 0) | ~worth[copy])
    return known


def _apart(order: Coded, places: NDArray[np.int64], copy: NDArray[np.int64]) -> Coded:
    """Give the rows at some places orders of their own, one for each copy."""
    _, first, code = np.unique(copy, return_index=True, return_inverse=True)
    codes = order.codes.copy()
    codes[places] = len(order.names) + code
    names = order.names.take(pa.array(order.codes[places[first]]))
    return Coded(codes, pa.concat_arrays([order.names, names]))
