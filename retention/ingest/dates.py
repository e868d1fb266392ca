"""Dates as people and programs write them, read by one order of day and month for the whole column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention.ingest.columns import as_mask, distinct_texts, is_dated, is_numeric, missing_texts, spread

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Parts: TypeAlias = dict[str, NDArray[np.int64]]
    Moments: TypeAlias = NDArray[np.datetime64]

_NAT = np.datetime64("NaT", "us")
_YEARS = (1900, 2999)  # a year outside is a slip of the pen, or a time of day without a date
_PIVOT = 69  # two-digit years as POSIX strptime reads them: 69 is 1969, 68 is 2068
_SERIALS = (367, 401_769)  # spreadsheet days of the years above
_EPOCH = np.datetime64("1899-12-30", "us")  # day 0 of spreadsheets, as they count from March 1900
_DAY = 86_400_000_000  # microseconds

_TIME = (
    r"(?:(?:T|,? +)(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?)?(?: *(?:Z|[+-][0-9]{2}:?[0-9]{2}|[A-Z]{3,4}))?$"
)
_YEAR_FIRST = r"^(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})" + _TIME
_COMPACT = r"^(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})" + _TIME
_YEAR_LAST = r"^(?P<one>[0-9]{1,2})[-/.](?P<two>[0-9]{1,2})[-/.](?P<year>[0-9]{4}|[0-9]{2})" + _TIME


@dataclass(frozen=True)
class Dates:
    """A column of dates.

    Attributes
    ----------
    when : (n,) datetime64[us], local time as written; NaT where blank or unreadable
    blank : (n,) where there was nothing to read
    day_first : order of day and month the column was read by; None where no cell depends on it
    assumed : whether the column left that order open
    """

    when: Moments
    blank: NDArray[np.bool_]
    day_first: bool | None = None
    assumed: bool = False


def read_dates(column: pd.Series, day_first: bool | None = None, *, otherwise: bool = False) -> Dates:
    """Read a column of dates.

    ISO dates, YYYYMMDD, and day, month and year in either order with ``.``, ``-`` or ``/`` between are
    understood, each with or without a time; a time zone is passed over. Whole columns of numbers are YYYYMMDD
    or spreadsheet days.

    Parameters
    ----------
    day_first : order of day and month; by default decided from the whole column
    otherwise : the order where the column does not tell
    """
    if is_dated(column):
        return Dates(_in_range(column.to_numpy().astype("datetime64[us]")), missing_texts(column))
    codes, texts = distinct_texts(column)
    blank = spread(as_mask(pc.equal(texts, "")), codes, np.True_)
    moments = _fixed(_extract(_YEAR_FIRST, texts))
    moments = np.where(np.isnat(moments), _fixed(_extract(_COMPACT, texts)), moments)
    if is_numeric(column):
        moments = np.where(np.isnat(moments), _serials(texts), moments)
    open_parts = _extract(_YEAR_LAST, texts)
    order, assumed = _decide(open_parts, day_first, otherwise=otherwise)
    if order is not None:
        moments = np.where(np.isnat(moments), _year_last(open_parts, day_first=order), moments)
    return Dates(spread(moments, codes, _NAT), blank, order, assumed)


def _decide(parts: Parts, given: bool | None, *, otherwise: bool) -> tuple[bool | None, bool]:
    """Order of day and month by which most distinct dates exist; assumed where both do equally well."""
    if not (parts["year"] >= 0).any():
        return None, False
    if given is not None:
        return given, False
    day, month = ((~np.isnat(_year_last(parts, day_first=order))).sum() for order in (True, False))
    return (otherwise, True) if day == month else (bool(day > month), False)


def _extract(pattern: str, texts: pa.StringArray) -> Parts:
    """Named groups as whole numbers: 0 where a time was left out, −1 where the text does not fit at all."""
    found = pc.extract_regex(texts, pattern)
    fits = pc.is_valid(found)
    parts = {}
    for i, field in enumerate(found.type):
        group = found.field(i)
        if field.name == "half":
            group = pc.if_else(
                pc.equal(group, ""), "0", pc.if_else(pc.equal(pc.utf8_lower(group), "p"), "2", "1")
            )
        group = pc.if_else(pc.equal(group, ""), "0", group)
        whole = pc.if_else(fits, group, "-1").cast(pa.int64())
        parts[field.name] = np.asarray(whole.to_numpy(zero_copy_only=False))
    return parts


def _fixed(parts: Parts) -> Moments:
    return _moments(parts["year"], parts["month"], parts["day"], parts)


def _year_last(parts: Parts, *, day_first: bool) -> Moments:
    day, month = ("one", "two") if day_first else ("two", "one")
    year = parts["year"]
    short = (year >= 0) & (year < 100)  # noqa: PLR2004  two digits
    full = np.where(short, year + np.where(year < _PIVOT, 2000, 1900), year)
    return _moments(full, parts[month], parts[day], parts)


def _moments(
    year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64], time: Parts
) -> Moments:
    """Dates that exist on the calendar and the clock; NaT for the others."""
    hour = np.where(time["half"] > 0, time["hour"] % 12 + 12 * (time["half"] == 2), time["hour"])  # noqa: PLR2004
    exists = (year >= _YEARS[0]) & (year <= _YEARS[1]) & (month >= 1) & (month <= 12) & (day >= 1)  # noqa: PLR2004
    exists &= (hour < 24) & (time["minute"] < 60) & (time["second"] < 60)  # noqa: PLR2004  the clock's
    months = np.where(exists, 12 * (year - 1970) + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + np.where(exists, day - 1, 0)
    exists &= days.astype("datetime64[M]") == months
    seconds = np.where(exists, 3600 * hour + 60 * time["minute"] + time["second"], 0)
    moments = days.astype("datetime64[us]") + (seconds * 1_000_000).astype("timedelta64[us]")
    return np.where(exists, moments, _NAT)


def _serials(texts: pa.StringArray) -> Moments:
    """Spreadsheet day numbers, with the time of day as their fraction."""
    days = np.asarray(texts.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=float)
    valid = (days >= _SERIALS[0]) & (days < _SERIALS[1])
    return np.where(
        valid, _EPOCH + np.round(np.where(valid, days, 0) * 86_400) * np.timedelta64(1, "s"), _NAT
    )


def _in_range(moments: Moments) -> Moments:
    years = moments.astype("datetime64[Y]")
    first, last = (np.datetime64(str(year), "Y") for year in _YEARS)
    return np.where((years >= first) & (years <= last), moments, _NAT)
