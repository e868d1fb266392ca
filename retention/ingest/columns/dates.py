"""Dates as people and programs write them, read by one order of day and month for the whole column."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from retention.ingest.columns.distinct import as_mask
from retention.ingest.columns.doubtful_dates import (
    only_first_days,
    stand_ins,
    swapped,
    swapped_back,
    written_for_none,
)
from retention.ingest.columns.forms import Forms, forms_of
from retention.ingest.columns.numbered_dates import are_serials, first_days_of_months, serials, since_1970
from retention.ingest.columns.texts import distinct_texts, is_dated, is_numeric, missing_texts, spread
from retention.ingest.words.months import month_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Parts: TypeAlias = dict[str, NDArray[np.int64]]
    Moments: TypeAlias = NDArray[np.datetime64]

_NAT = np.datetime64("NaT", "us")
_YEARS = (1900, 2999)  # a year outside is a slip of the pen, or a time of day without a date
_PIVOT = 69  # two-digit years as POSIX strptime reads them: 69 is 1969, 68 is 2068
_ZONE = r"(?:Z|(?:UTC|GMT)?[+-][0-9]{1,2}(?::?[0-9]{2})?|[A-Z]{3,4})(?: \([^)]*\))?"
_TIME = (
    r"(?:(?:T|,? +(?:(?:ore|alle|at|um|à|a las|às) +)?)(?P<hour>[0-9]{1,2})[:.h](?P<minute>[0-9]{2})"
    r"(?:[:.](?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"(?: ?(?P<half>[AaPp])\.? ?[Mm]\.?)?(?: *Uhr)?)?(?: *" + _ZONE + r")?$"
)
_YEAR_FIRST = r"^(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})" + _TIME
_ISO = r"^0000-00-00(?:[T ]00:00:00)?$"  # as a form
_COMPACT = r"^(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})" + _TIME
_YEAR_LAST = r"^(?P<one>[0-9]{1,2})[-/.](?P<two>[0-9]{1,2})[-/.](?P<year>[0-9]{4}|[0-9]{2})" + _TIME
# "mar" is Tuesday in Italian and March in both: a weekday is what a day and a month still follow.
_WEEKDAY = (
    r"(?i)^(?:(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|gio|ven|sab|dom|mo|di|mi|do|fr|sa|so|jeu|sam|dim|jue"
    r"|vie|sáb|mié|le|seg|ter|qua|qui|sex)[^0-9 ,.]*[.,]* +)?"
)
_MONTH = "(?P<name>[a-zà-ÿ]{3,})"
_NAMED = (
    _WEEKDAY
    + r"(?P<day>[0-9]{1,2})(?:°|º|\.|st|nd|rd|th|er)?[-/. ]*(?:of +|di +|de +|d')?"
    + _MONTH
    + r"[-/., ]*(?:de +|del +)?(?P<year>[0-9]{4}|'?[0-9]{2})"
    + _TIME,
    _WEEKDAY
    + _MONTH
    + r"[-/. ]*(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[-/, ]+(?P<year>[0-9]{4}|'?[0-9]{2})"
    + _TIME,
    r"(?i)^(?P<year>[0-9]{4})[-/. ]+" + _MONTH + r"[-/. ]+(?P<day>[0-9]{1,2})" + _TIME,
)
_UTC = r"(?:[0-9]Z|[Uu][Tt][Cc]|[Gg][Mm][Tt]|[+-]00:?00)$"


@dataclass(frozen=True)
class Dates:
    """A column of dates.

    Attributes
    ----------
    when : (n,) datetime64[us], local time as written; NaT where blank or unreadable
    blank : (n,) where there was nothing to read
    day_first : order of day and month the column was read by; None where no cell depends on it
    assumed : whether the column left that order open although it matters
    utc : whether the times say that they are universal time rather than the shop's
    serial : whether they are days of a spreadsheet, written as numbers
    since_1970 : whether they are times since 1970, written as numbers
    months : whether only the month is known, and each is its first day
    numbered : whether they are written as plain numbers, of either kind or as 202301
    first_days : whether each is the first day of a month, as those of months and of monthly bills are
    swapped : how many had day and month swapped by a spreadsheet program, and have them back
    maybe_swapped : how many may have them swapped; they stand as they are
    """

    when: Moments
    blank: NDArray[np.bool_]
    day_first: bool | None = None
    assumed: bool = False
    utc: bool = False
    serial: bool = False
    since_1970: bool = False
    months: bool = False
    numbered: bool = False
    first_days: bool = False
    swapped: int = 0
    maybe_swapped: int = 0


def read_dates(
    column: pd.Series,
    day_first: bool | None = None,
    *,
    otherwise: bool = False,
    typed: NDArray[np.bool_] | None = None,
    since_1904: bool = False,
) -> Dates:
    """Read a column of dates.

    ISO dates, YYYYMMDD, day, month and year in either order with ``.``, ``-`` or ``/`` between, and months by
    their name in six languages are understood, each with or without a time; a time zone is passed over.
    Whole columns of numbers are YYYYMMDD, spreadsheet days or times since 1970; whole columns of months are
    their first days. A day that programs write for none, far from all others, is none.

    Parameters
    ----------
    day_first : order of day and month; by default decided from the whole column
    otherwise : the order where the column does not tell
    typed : (n,) cells of a column of text which the file itself stores as numbers
    since_1904 : whether the workbook counts its days from 1904
    """
    if is_dated(column):
        return _stored(column)
    codes, distinct = distinct_texts(column)
    texts = forms_of(distinct)
    moments = _iso(texts)
    _fill(moments, texts, lambda left: _fixed(_extract(_YEAR_FIRST, left)))
    stored = np.flatnonzero(~np.isnat(moments))
    _fill(moments, texts, lambda left: _fixed(_extract(_COMPACT, left)))
    for pattern in _NAMED:
        _fill(moments, texts, partial(_named, pattern=pattern))
    others = np.isnat(moments)
    order, assumed = _read_open(moments, texts, day_first, otherwise=otherwise)
    turned = np.zeros(len(moments), dtype=bool)
    turned[stored], sure = swapped(moments[stored], moments[others & ~np.isnat(moments)])
    if sure:
        moments[stored] = swapped_back(moments[stored])
    nothing = bool(np.isnat(moments).all())
    counted = since_1970(distinct) if nothing else None
    months = first_days_of_months(texts) if nothing and counted is None else None
    serial = (
        counted is None and months is None and (is_numeric(column) or (nothing and are_serials(distinct)))
    )
    if serial:
        _fill(moments, texts, lambda left: serials(left.texts, since_1904=since_1904))
    elif nothing:
        moments = next((found for found in (counted, months) if found is not None), moments)
    utc = counted is not None or _any_utc(texts.take(np.flatnonzero(~np.isnat(moments))))
    when = spread(moments, codes, _NAT)
    if typed is not None and typed.any():
        days = pd.to_numeric(column.where(typed & np.isnat(when)), errors="coerce")
        when = np.where(np.isnat(when), read_dates(days, since_1904=since_1904).when, when)
    blank = spread(_is_blank(distinct, np.isnat(moments)), codes, np.True_)
    read = Dates(
        when,
        blank,
        order,
        assumed,
        utc,
        serial,
        since_1970=counted is not None,
        months=months is not None,
        numbered=serial or counted is not None or (months is not None and _are_digits(distinct)),
        swapped=int(spread(turned, codes, np.False_).sum()) if sure else 0,
        maybe_swapped=int(spread(turned, codes, np.False_).sum()) if turned.any() and not sure else 0,
    )
    return _without_stand_ins(read)


def _is_blank(texts: pa.StringArray, unread: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Texts that are nothing, or a day no calendar of sales holds."""
    blank = as_mask(pc.equal(texts, ""))
    left = np.flatnonzero(unread & ~blank)
    if left.size:
        blank[left] = written_for_none(texts.take(pa.array(left)))
    return blank


def _are_digits(texts: pa.StringArray) -> bool:
    return bool(pc.any(pc.match_substring_regex(texts, "^[0-9]{6}$")).as_py())


def _without_stand_ins(read: Dates) -> Dates:
    """Take days that programs write for none as missing, and see whether days are known at all."""
    none = stand_ins(read.when)
    when = np.where(none, _NAT, read.when) if none.any() else read.when
    return replace(read, when=when, blank=read.blank | none, first_days=only_first_days(when))


def _stored(column: pd.Series) -> Dates:
    """Read dates the file itself stores, local where they carry a time zone."""
    zone = getattr(column.dtype, "tz", None)
    local = column if zone is None else column.dt.tz_localize(None)
    moments = _in_range(local.to_numpy().astype("datetime64[us]"))
    return _without_stand_ins(Dates(moments, missing_texts(column), utc=str(zone) in {"UTC", "Etc/UTC"}))


def _fill(moments: Moments, texts: Forms, read: Callable[[Forms], Moments]) -> None:
    """Read, into their places, the texts that nothing has read so far."""
    left = np.flatnonzero(np.isnat(moments))
    if left.size:
        moments[left] = read(texts.take(left))


def _iso(texts: Forms) -> Moments:
    """Read what Arrow reads as well, several times as fast; nothing where one of them is no date."""
    moments = np.full(len(texts), _NAT)
    plain = texts.like(_ISO)
    try:
        read = texts.texts.filter(pa.array(plain)).cast(pa.timestamp("us"))
    except pa.ArrowInvalid:
        return moments
    moments[plain] = _in_range(read.to_numpy(zero_copy_only=False))
    return moments


def _any_utc(texts: Forms) -> bool:
    """Whether any text says that it is universal time; its form tells where it could."""
    likely = texts.take(np.flatnonzero(texts.like(_UTC)))
    return bool(pc.any(pc.match_substring_regex(likely.texts, _UTC)).as_py())


def _read_open(
    moments: Moments, texts: Forms, given: bool | None, *, otherwise: bool
) -> tuple[bool | None, bool]:
    """Read dates that end in their year, by the order under which most distinct ones exist.

    Returns
    -------
    That order, None where there are no such dates; and whether it was assumed, because both do equally well
    and they differ
    """
    left = np.flatnonzero(np.isnat(moments))
    parts = _extract(_YEAR_LAST, texts.take(left))
    if not (parts["year"] >= 0).any():
        return None, False
    readings = {order: _year_last(parts, day_first=order) for order in (True, False)}
    order, assumed = given, False
    if order is None:
        day, month = ((~np.isnat(readings[order])).sum() for order in (True, False))
        assumed = day == month and bool((readings[True] != readings[False])[~np.isnat(readings[True])].any())
        order = otherwise if day == month else bool(day > month)
    moments[left] = readings[order]
    return order, assumed


def _extract(pattern: str, texts: Forms) -> Parts:
    """Named groups as whole numbers: 0 where a time was left out, −1 where the text does not fit at all."""
    return texts.parts(pattern, {"name": lambda word: month_named(word.casefold()), "half": _half})


def _half(letter: str) -> int:
    """Which half of the day a letter names: 0 for none, 1 before noon, 2 after."""
    return ("", "a", "p").index(letter.lower())


def _fixed(parts: Parts) -> Moments:
    return _moments(parts["year"], parts["month"], parts["day"], parts)


def _named(texts: Forms, *, pattern: str) -> Moments:
    parts = _extract(pattern, texts)
    return _moments(_full_years(parts["year"]), parts["name"], parts["day"], parts)


def _year_last(parts: Parts, *, day_first: bool) -> Moments:
    day, month = ("one", "two") if day_first else ("two", "one")
    return _moments(_full_years(parts["year"]), parts[month], parts[day], parts)


def _full_years(year: NDArray[np.int64]) -> NDArray[np.int64]:
    short = (year >= 0) & (year < 100)  # noqa: PLR2004  two digits
    return np.where(short, year + np.where(year < _PIVOT, 2000, 1900), year)


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


def _in_range(moments: Moments) -> Moments:
    first, after = (np.datetime64(f"{year}-01-01", "us") for year in (_YEARS[0], _YEARS[1] + 1))
    return np.where((moments >= first) & (moments < after), moments, _NAT)
