"""Which rows an order's number holds together: numbers begin again, each day, each year or in each shop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from retention.ingest.columns.texts import Coded

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HOUR = 3_600_000_000  # microseconds
_DAY = 24 * _HOUR
_FAR = 14 * _DAY
"""Rows of one number and customer further apart are different orders, whatever else the file says."""
_NIGHT = 6 * _HOUR
"""Rows closer than this are one order though midnight lies between them."""
_BEGINS_AGAIN = 0.05
"""Share of the numbers on several rows that stand for several customers on several days, from which on
numbers are taken to begin again, so that one on two days is two orders."""
_ACCIDENT = 2  # such numbers at least: one may be a slip
_NAT = np.iinfo(np.int64).min


@dataclass(frozen=True)
class Numbered:
    """The orders numbers stand for.

    Attributes
    ----------
    order : the numbers, with a place in `names` for each order rather than each number
    repeated : numbers that stand for several orders of goods sold
    spanning : orders taken as one though their rows are of different days
    """

    order: Coded
    repeated: int = 0
    spanning: int = 0


def tell_apart(
    order: Coded, customer: Coded, date: NDArray[np.datetime64], amount: NDArray[np.float64]
) -> Numbered:
    """Tell apart the orders that share a number: by customer, and by day where numbers begin again.

    A row without customer or date belongs with the row of its number above it. Goods that come back later
    under the number of their sale stay with it, unless numbers begin again.
    """
    on_rows = np.bincount(order.codes[order.codes >= 0], minlength=len(order.names))
    if on_rows.max(initial=0) <= 1:
        return Numbered(order)
    when = date.astype("datetime64[us]").astype(np.int64)
    several_people = _differing(order, customer.codes, customer.codes >= 0)
    several_days = _differing(order, when // _DAY, when != _NAT)
    several = several_people | several_days
    places = np.flatnonzero((order.codes >= 0) & np.append(several, np.False_)[order.codes])
    if len(places) == 0:
        return Numbered(order)
    shared = several_people & several_days
    begins_again = bool(shared.sum() >= max(_ACCIDENT, _BEGINS_AGAIN * (on_rows > 1).sum()))
    places = places[np.argsort(order.codes[places], kind="stable")]
    number = order.codes[places]
    who, moment = _filled(customer.codes[places], number, -1), _filled(when[places], number, _NAT)
    ranked = np.lexsort((moment, who, number))
    places, number, who, moment = places[ranked], number[ranked], who[ranked], moment[ranked]
    sold = ~(amount[places] < 0)
    begins = _begins(number, who, moment, sold, each_day=begins_again)
    parts = np.cumsum(begins) - 1
    codes = order.codes.copy()
    codes[places] = len(order.names) + parts
    of_part = number[begins]
    sales = np.bincount(parts, weights=amount[places] > 0) > 0
    return Numbered(
        Coded(codes, pa.concat_arrays([order.names, order.names.take(pa.array(of_part))])),
        int((np.bincount(of_part[sales]) > 1).sum()) if sales.any() else 0,
        _spanning(parts, moment, amount[places] > 0),
    )


def _differing(order: Coded, values: NDArray[np.int64], known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Numbers whose rows have different values, of the known ones."""
    known = known & (order.codes >= 0)
    codes, values = (order.codes, values) if known.all() else (order.codes[known], values[known])
    one = np.zeros(len(order.names), dtype=values.dtype)
    one[codes] = values
    differing = np.zeros(len(order.names), dtype=bool)
    differing[codes[values != one[codes]]] = True
    return differing


def _filled(values: NDArray[np.int64], number: NDArray[np.int64], none: int) -> NDArray[np.int64]:
    """Values of rows sorted by number; those that have none take the one above, else the one below."""
    return _as_above(_as_above(values, number, none)[::-1], number[::-1], none)[::-1]


def _as_above(values: NDArray[np.int64], number: NDArray[np.int64], none: int) -> NDArray[np.int64]:
    begins = np.diff(number, prepend=number[0] - 1) != 0
    telling = np.maximum.accumulate(np.where((values != none) | begins, np.arange(len(values)), 0))
    return values[telling]


def _begins(
    number: NDArray[np.int64],
    who: NDArray[np.int64],
    moment: NDArray[np.int64],
    sold: NDArray[np.bool_],
    *,
    each_day: bool,
) -> NDArray[np.bool_]:
    """Where the next order begins among rows sorted by number, customer and moment."""
    here = np.arange(len(number))
    group = (np.diff(number, prepend=number[0] - 1) != 0) | (np.diff(who, prepend=who[0]) != 0)
    telling = np.ones(len(number), dtype=bool) if each_day else sold | group
    before = np.append([0], np.maximum.accumulate(np.where(telling, here, 0))[:-1])
    dated = (moment != _NAT) & (moment[before] != _NAT)
    gap = np.where(dated, moment - np.where(dated, moment[before], moment), 0)
    next_day = dated & (moment // _DAY != moment[before] // _DAY) & (gap >= _NIGHT)
    begins: NDArray[np.bool_] = group | (next_day if each_day else sold & (gap > _FAR))
    return begins


def _spanning(parts: NDArray[np.int64], moment: NDArray[np.int64], sold: NDArray[np.bool_]) -> int:
    """Parts, sorted by moment, with goods sold on days further from each other than a night."""
    known = sold & (moment != _NAT)
    of, at = parts[known], moment[known]
    apart = (np.diff(of) == 0) & (np.diff(at // _DAY) != 0) & (np.diff(at) >= _NIGHT)
    return len(np.unique(of[1:][apart]))
