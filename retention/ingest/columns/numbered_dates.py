"""Dates that are plain numbers: days of a spreadsheet, time since 1970; and months without a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention.ingest.columns.distinct import as_mask
from retention.ingest.words.months import month_named

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.ingest.columns.forms import Forms

    Moments: TypeAlias = NDArray[np.datetime64]

_NAT = np.datetime64("NaT", "us")
_SERIALS = (367, 401_769)  # spreadsheet days of 1901 to 2999
_LIKELY_SERIALS = (29_221, 73_051)  # 1980 to 2099: text is a day of a spreadsheet only among these
_NEARLY_ALL = 0.9  # share of a column's distinct values that must be
_DAY_0 = np.datetime64("1899-12-30", "us")  # of spreadsheets, as they count from March 1900
_SINCE_1904 = 1462  # days between that and day 0 of workbooks that count from 1904
_EARLIEST = np.datetime64("1990-01-01", "s").astype(np.int64)  # of what may be seconds since 1970
_UNITS = (1, 1_000, 1_000_000)  # parts of a second that are counted

_LIKELY_YEARS = (1970, 2100)
_LETTERS = "[A-Za-zÀ-ÿ]{3,}"
_MONTHS = (
    r"^(?P<year>[0-9]{4})[-/ ]?[Mm]?(?P<month>[0-9]{2})$",
    r"^(?P<year>[0-9]{4})[-/ ](?P<month>[0-9])$",
    r"^(?P<month>[0-9]{1,2})[-/. ](?P<year>[0-9]{4})$",
    rf"^(?P<month>{_LETTERS})[-/., ]*(?:de +)?(?P<year>[0-9]{{4}}|'?[0-9]{{2}})$",
    rf"^(?P<year>[0-9]{{4}})[-/., ]*(?P<month>{_LETTERS})$",
)


def are_serials(texts: pa.StringArray) -> bool:
    """Whether nearly every text there is could be a spreadsheet's day of our times."""
    days = _numbers(texts.filter(pc.not_equal(texts, "")))
    likely = (days >= _LIKELY_SERIALS[0]) & (days < _LIKELY_SERIALS[1])
    return bool(likely.size and likely.mean() >= _NEARLY_ALL)


def serials(texts: pa.StringArray, *, since_1904: bool) -> Moments:
    """Spreadsheet day numbers, with the time of day as their fraction."""
    days = _numbers(texts) + (_SINCE_1904 if since_1904 else 0)
    valid = (days >= _SERIALS[0]) & (days < _SERIALS[1])
    return np.where(
        valid, _DAY_0 + np.round(np.where(valid, days, 0) * 86_400) * np.timedelta64(1, "s"), _NAT
    )


def since_1970(texts: pa.StringArray) -> Moments | None:
    """Universal time of seconds since 1970, or of thousandths or millionths; None if they are not nearly all.

    Examples
    --------
    >>> since_1970(pa.array(["1672912800", "1676628000.5"])).astype("datetime64[s]").tolist()[0].isoformat()
    '2023-01-05T10:00:00'
    >>> since_1970(pa.array(["17850", "13047"])) is None
    True
    """
    counted = _numbers(texts)
    filled = as_mask(pc.not_equal(texts, ""))
    latest = np.datetime64("now", "s").astype(np.int64) + 2 * 86_400
    for unit in _UNITS:
        seconds = counted / unit
        likely = (seconds >= _EARLIEST) & (seconds <= latest)
        if filled.any() and likely[filled].mean() >= _NEARLY_ALL:
            micros = np.where(likely, np.round(np.where(likely, seconds, 0) * 1e6), 0).astype(np.int64)
            return np.where(likely, micros.astype("datetime64[us]"), _NAT)
    return None


def first_days_of_months(texts: Forms) -> Moments | None:
    """First day of 2023-01, 202301, 01/2023, Jan 2023 or Jan-23; None where not nearly all are."""
    moments = np.full(len(texts), _NAT)
    for pattern in _MONTHS:
        parts = texts.parts(pattern, {"month": month_named} if _LETTERS in pattern else {})
        year, month = parts["year"], parts["month"]
        year = np.where((year >= 0) & (year < 100), year + 2000, year)  # noqa: PLR2004  two digits
        valid = (year >= _LIKELY_YEARS[0]) & (year < _LIKELY_YEARS[1]) & (month >= 1) & (month <= 12)  # noqa: PLR2004
        first = np.where(valid, 12 * (year - 1970) + month - 1, 0).astype("datetime64[M]")
        moments = np.where(valid & np.isnat(moments), first.astype("datetime64[us]"), moments)
    filled = as_mask(pc.not_equal(texts.texts, ""))
    nearly = filled.any() and (~np.isnat(moments))[filled].mean() >= _NEARLY_ALL
    return moments if nearly else None


def _numbers(texts: pa.StringArray) -> NDArray[np.float64]:
    """Plain numbers with either decimal sign; NaN for what is none."""
    plain = pc.match_substring_regex(texts, r"^[0-9]+(?:[.,][0-9]+)?$")
    pointed = pc.if_else(plain, pc.replace_substring(texts, ",", "."), None)
    return np.asarray(pointed.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=float)
