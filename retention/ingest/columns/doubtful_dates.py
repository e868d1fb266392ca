"""Dates that are not what they seem: days programs write for none, and days a spreadsheet program swapped."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention.ingest.columns.distinct import as_mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Moments: TypeAlias = NDArray[np.datetime64]

_NEVER = (
    r"^(?:0{4}[-/.]0?0[-/.]0?0|0?0[-/.]0?0[-/.]0{2}(?:0{2})?|0001[-/.]0?1[-/.]0?1|0?1[-/.]0?1[-/.]0001"
    r"|9999[-/.]12[-/.]31|31[-/.]12[-/.]9999|12[-/.]31[-/.]9999"
    r"|1899[-/.]12[-/.]30|30[-/.]12[-/.]1899|12[-/.]30[-/.]1899)(?:[T ,].*)?$"
)
_STAND_INS = np.array(
    ["1900-01-01", "1900-01-02", "1904-01-01", "1969-12-31", "1970-01-01"], dtype="datetime64[D]"
)
_APART = np.timedelta64(366, "D")  # a stand-in has no other date as near as that
_FIRST_SURE = 12  # the last day that could be a month
_FEWEST_MONTHS = 3
_SAMPLE = 1_000  # dates that mostly tell


def written_for_none(texts: pa.StringArray) -> NDArray[np.bool_]:
    """Texts like 0000-00-00 and 9999-12-31, which no calendar of sales holds."""
    return as_mask(pc.match_substring_regex(texts, _NEVER))


def stand_ins(moments: Moments) -> NDArray[np.bool_]:
    """Moments of days that programs write for none, where no other date lies within a year of them.

    Examples
    --------
    >>> stand_ins(np.array(["1970-01-01", "2023-01-05"], dtype="datetime64[us]")).tolist()
    [True, False]
    >>> stand_ins(np.array(["1970-01-01", "1970-03-05"], dtype="datetime64[us]")).tolist()
    [False, False]
    """
    if not (moments < _STAND_INS.max() + 1).any():
        return np.zeros(len(moments), dtype=bool)
    days = moments.astype("datetime64[D]")
    found = np.isin(days, _STAND_INS)
    others = days[~found & ~np.isnat(days)]
    if len(others) == 0:
        return np.zeros(len(days), dtype=bool)
    near = [day for day in _STAND_INS if (np.abs(others - day) <= _APART).any()]
    return found & ~np.isin(days, np.array(near, dtype="datetime64[D]"))


def swapped(stored: Moments, written: Moments) -> tuple[NDArray[np.bool_], bool]:
    """Which dates a spreadsheet program took days for months in, where it left the others as text.

    All the written ones lie beyond the 12th then. Where some stored ones do too, they were entered otherwise,
    and nobody can tell which of the others are right.

    Parameters
    ----------
    stored : dates in the program's own writing, the year first
    written : dates still written day, month and year

    Returns
    -------
    Dates that may be swapped, and whether they are for sure
    """
    if not written.size or not (_days(written) > _FIRST_SURE).all():
        return np.zeros(len(stored), dtype=bool), False
    early = _days(stored) <= _FIRST_SURE
    return early, bool(early.all())


def swapped_back(moments: Moments) -> Moments:
    """Moments with day and month in each other's place."""
    months = moments.astype("datetime64[M]")
    years = moments.astype("datetime64[Y]")
    month = (months - years.astype("datetime64[M]")).astype(np.int64)
    turned = (years.astype("datetime64[M]") + (_days(moments) - 1)).astype("datetime64[D]")
    days: Moments = turned.astype("datetime64[us]") + month * np.timedelta64(1, "D")
    return np.asarray(days + (moments - moments.astype("datetime64[D]")))


def only_first_days(moments: Moments) -> bool:
    """Whether every date of several months is a month's first day at midnight."""
    for some in (moments[:_SAMPLE], moments):
        if (some != some.astype("datetime64[M]"))[~np.isnat(some)].any():
            return False
    return len(np.unique(moments[~np.isnat(moments)])) >= _FEWEST_MONTHS


def _days(moments: Moments) -> NDArray[np.int64]:
    days = moments.astype("datetime64[D]") - moments.astype("datetime64[M]").astype("datetime64[D]")
    return np.asarray(days.astype(np.int64) + 1)
