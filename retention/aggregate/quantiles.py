"""Exact quantiles however many rows there are: values are counted in ever finer bins, never all held at once.

An engine's own quantile holds every value of a column in one place, which is what many rows have no room for.
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

import narwhals as nw

from retention.aggregate._query import small

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from retention.aggregate._query import Rows

_BINS = 10_000
_FEW = 10_000  # rows that are fetched to be sorted here
_VALUE = nw.col("value")


def quantiles(rows: Rows, column: str, shares: Sequence[float]) -> list[float]:
    """The values below which these shares of a column's values lie, linear between two; [] of no value.

    Parameters
    ----------
    column : numbers; nulls are passed over
    shares : from 0 to 1
    """
    values = rows.select(value=nw.col(column)).drop_nulls()
    whole = small(
        values.select(rows=nw.len(), low=_VALUE.min(), high=_VALUE.max()), rows=int, low=float, high=float
    )
    last = int(whole["rows"].iloc[0]) - 1
    if last < 0:
        return []
    places = [share * last for share in shares]
    wanted = sorted({rank for place in places for rank in (floor(place), min(floor(place) + 1, last))})
    at = dict(zip(wanted, _at(values, wanted, whole), strict=True))
    return [
        at[floor(place)] + (place - floor(place)) * (at[min(floor(place) + 1, last)] - at[floor(place)])
        for place in places
    ]


def _at(values: Rows, ranks: list[int], whole: pd.DataFrame) -> list[float]:
    """The values of these ranks, from 0 on.

    Parameters
    ----------
    ranks : in order
    whole : rows, low, high of all values
    """
    rows, low, high = int(whole["rows"].iloc[0]), float(whole["low"].iloc[0]), float(whole["high"].iloc[0])
    if low == high:
        return [low] * len(ranks)
    if rows <= _FEW:
        found = small(values.sort("value"), value=float)["value"]
        return [float(found.iloc[rank]) for rank in ranks]
    bins = _counted(values, low, high)
    before = bins["rows"].cumsum() - bins["rows"]
    holds = before.searchsorted(ranks, side="right") - 1
    found_in: list[float] = []
    for place in dict.fromkeys(int(place) for place in holds):
        inside = bins.iloc[[place]]
        own = [
            rank - int(before.iloc[place]) for rank, held in zip(ranks, holds, strict=True) if held == place
        ]
        within = (inside["low"].iloc[0], inside["high"].iloc[0])
        found_in += _at(values.filter((within[0] <= _VALUE) & (within[1] >= _VALUE)), own, inside)
    return found_in


def _counted(values: Rows, low: float, high: float) -> pd.DataFrame:
    """How many values each bin between two holds, with its least and its greatest, in order."""
    place = ((_VALUE - low) * (_BINS / (high - low))).floor().cast(nw.Int64)
    return small(
        values.with_columns(place=place)
        .group_by("place")
        .agg(rows=nw.len(), low=_VALUE.min(), high=_VALUE.max())
        .sort("place"),
        rows=int,
        low=float,
        high=float,
    )
