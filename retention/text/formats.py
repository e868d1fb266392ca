"""Numbers, money and dates as a language writes them, with no more digits than a reader can use."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from babel import dates, numbers
from babel.core import Locale
from babel.lists import format_list

from retention.periods import Period, first_day, number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

NOTHING = "–"
MINUS = "−"  # as wide as a plus, and no hyphen a line is broken at
_PLAIN_MONEY = 100.0  # from here on cents say nothing
_MOST_LISTED = 12
_FEW_MONTHS = 3
_AMOUNT = re.compile("[#0][#0.,]*")  # in a pattern of Unicode's
# A page writes the same figures at every redraw, and Babel takes its time over each.
_written_once = lru_cache(maxsize=20_000)


def _decimal(language: str, value: float, pattern: str) -> str:
    """A number by a pattern of Unicode's."""
    return numbers.format_decimal(value, format=pattern, locale=language).replace("-", MINUS)


def _hundredths(language: str, share: float, pattern: str) -> str:
    """A share by a pattern of Unicode's, no space before the sign."""
    return numbers.format_percent(share, format=pattern, locale=language).replace("-", MINUS)


@_written_once
def count(language: str, value: float) -> str:
    """A whole number: 18,532 or 18.532."""
    return _decimal(language, round(value), "#,##0")


def signed_count(language: str, value: float) -> str:
    """A difference of whole numbers with its sign."""
    return _decimal(language, round(value), "+#,##0;-#,##0")


@_written_once
def number(language: str, value: float) -> str:
    """Two decimals below ten, one below a hundred, none from there on, so that ends of an interval match."""
    size = abs(value)
    digits = 0 if size >= 100 or value == int(value) else 1 if size >= 10 else 2 if size >= 0.1 else 3  # noqa: PLR2004
    return _decimal(language, value, f"#,##0.{'0' * digits}" if digits else "#,##0")


@_written_once
def exact(language: str, value: float) -> str:
    """Four decimals, for the parameters of a model."""
    return _decimal(language, value, "#,##0.0000")


@_written_once
def percent(language: str, value: float) -> str:
    """A share with one decimal, so that columns line up; none and all have no digits to show."""
    pattern = "#,##0%" if value in {0.0, 1.0} else "#,##0.0%"
    return _hundredths(language, _to_tenths(value), pattern)


@_written_once
def whole_percent(language: str, value: float) -> str:
    """A share without decimals, for crowded places."""
    return _hundredths(language, value, "#,##0%")


@_written_once
def fine_percent(language: str, value: float) -> str:
    """A share with up to two decimals, where it was computed from exact counts."""
    return _hundredths(language, value, "#,##0.##%")


@_written_once
def points(language: str, value: float) -> str:
    """A difference of two shares in points of a hundred, with its sign."""
    return _decimal(language, 100 * _to_tenths(value), "+#,##0.0;-#,##0.0")


def per100(language: str, value: float) -> str:
    """A share as so many of a hundred."""
    return count(language, 100 * value)


@_written_once
def change(language: str, value: float) -> str:
    """A relative change with its sign."""
    return _hundredths(language, _to_tenths(value), "+#,##0.0%;-#,##0.0%")


def _to_tenths(share: float) -> float:
    """A share to a tenth of a point; one that rounds to nothing has no minus before it."""
    return round(share, 3) + 0.0


def money(language: str, value: float, currency: str | None) -> str:
    """Money with the file's currency, or none where the file names none; nothing has no cents."""
    write = whole_money if value == 0 or says_enough_whole(value) else _to_the_cent
    return write(language, value, currency)


def says_enough_whole(value: float) -> bool:
    """Whether an amount is so large that cents say nothing."""
    return abs(value) >= _PLAIN_MONEY


@_written_once
def whole_money(language: str, value: float, currency: str | None) -> str:
    """Money without cents, among amounts that need none; what rounds to nothing has no minus."""
    return _with_sign(_decimal(language, round(value) + 0.0, "#,##0"), language, currency)


@_written_once
def _to_the_cent(language: str, value: float, currency: str | None) -> str:
    return _with_sign(_decimal(language, value, "#,##0.00"), language, currency)


@_written_once
def compact_money(language: str, value: float, currency: str | None) -> str:
    """Money of three digits at most: €573k or 573k €."""
    return _with_sign(compact(language, value), language, currency)


@_written_once
def compact_range(language: str, low: float, high: float, currency: str | None) -> str:
    """Money from one amount above 0 to another, the sign written once: €50–100 or 50–100 €."""
    return _with_sign(f"{compact(language, low)}–{compact(language, high)}", language, currency)


def _with_sign(written: str, language: str, currency: str | None) -> str:
    """A number with the currency's sign where the language puts it, behind a minus."""
    before, after = around_money(language, currency)
    digits = written.removeprefix(MINUS)
    return f"{MINUS if digits != written else ''}{before}{digits}{after}"


@lru_cache
def around_money(language: str, currency: str | None) -> tuple[str, str]:
    r"""What stands before and behind an amount.

    Examples
    --------
    >>> around_money("en", "EUR"), around_money("it", "EUR"), around_money("en", "CHF")
    (('€', ''), ('', '\xa0€'), ('CHF\xa0', ''))
    """
    if currency is None:
        return "", ""
    sign = currency_sign(language, currency)
    before, after = _AMOUNT.split(Locale.parse(language).currency_formats["standard"].pattern.split(";")[0])
    # Letters would run into the digits beside them.
    spaced = f"{sign}\N{NO-BREAK SPACE}" if sign[-1].isalpha() else sign
    return before.replace("¤", spaced), after.replace("¤", sign)


def currency_sign(language: str, currency: str) -> str:
    """A currency's sign, or its code where the language has no sign for it."""
    return str(numbers.get_currency_symbol(currency, locale=language))


def named_currency(language: str, currency: str) -> str:
    """A currency by sign, code and name: € EUR · euro, CHF · franco svizzero."""
    return f"{short_currency(language, currency)} · {numbers.get_currency_name(currency, locale=language)}"


def short_currency(language: str, currency: str) -> str:
    """A currency by sign and code: € EUR, CHF."""
    return " ".join(dict.fromkeys([currency_sign(language, currency), currency]))


@_written_once
def signed_money(language: str, value: float, currency: str | None) -> str:
    """A difference of money with its sign, with as many digits as one reads."""
    before, after = around_money(language, currency)
    return f"{'+' if value >= 0 else MINUS}{before}{number(language, abs(value))}{after}"


@_written_once
def compact(language: str, value: float) -> str:
    """A number of three digits at most: 885, 1.4k, 573k, 12M."""
    size = abs(value)
    unit, sign = (1e6, "M") if size >= 999_500 else (1e3, "k") if size >= 1_000 else (1.0, "")  # noqa: PLR2004  steps
    digits = "#" if unit > 1 and size / unit < 10 else ""  # noqa: PLR2004  one decimal below ten
    return _decimal(language, value / unit, f"#,##0.{digits}" if digits else "#,##0") + sign


def about(value: float) -> float:
    """A figure to three significant digits: more are noise where it is estimated."""
    return float(f"{value:.3g}")


@_written_once
def day(language: str, value: date) -> str:
    """A date: 9 Dec 2011 or 9 dic 2011."""
    return dates.format_date(value, format="d MMM y", locale=language)


@_written_once
def period(language: str, value: int, kind: Period) -> str:
    """A period: Dec 2011, Q4 2011 (T4 in Italian), 2011-W49, 2011."""
    start = first_day(int(value), kind)
    if kind == "day":
        return day(language, start)
    if kind == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02d}"
    return dates.format_date(
        start, format={"month": "MMM y", "quarter": "QQQ y", "year": "y"}[kind], locale=language
    )


def short_period(language: str, value: int, kind: Period) -> str:
    """A period without its year, where that is plain: Dec, Q4 (T4 in Italian); a year is itself."""
    written = {"month": "LLL", "quarter": "QQQ"}.get(kind)
    if written is None:
        return period(language, value, kind)
    return dates.format_date(first_day(int(value), kind), format=written, locale=language)


def short_month_of_year(language: str, value: int) -> str:
    """A month of any year, by its number from 1 on, for a crowded place: Dec."""
    return str(dates.get_month_names("abbreviated", "stand-alone", language)[value])


def megabytes(language: str, value: float) -> str:
    """A size in bytes."""
    return f"{number(language, value / 1e6)} MB"


def listed(language: str, items: Sequence[str]) -> str:
    """A list: a, b and c; of a long one the first few."""
    shown = [*items[:_MOST_LISTED], *(["…"] if len(items) > _MOST_LISTED else [])]
    return format_list(shown, style="unit", locale=language)


def _months(language: str, value: str | Sequence[str]) -> str:
    """Months by their keys, 2024-03: one, a few, or from the first to the last."""
    given = [value] if isinstance(value, str) else list(value)
    named = [_month(language, datetime.strptime(key, "%Y-%m").date()) for key in given]  # noqa: DTZ007  no time
    return listed(language, named) if len(named) <= _FEW_MONTHS else f"{named[0]} – {named[-1]}"


def _month(language: str, value: date) -> str:
    return period(language, number_of(value, "month"), "month")


WRITERS: dict[str, Callable[[str, Any], str]] = {
    "change": change,
    "count": count,
    "day": day,
    "exact": exact,
    "fine_percent": fine_percent,
    "megabytes": megabytes,
    "month": _month,
    "months": _months,
    "number": number,
    "per100": per100,
    "percent": percent,
    "points": points,
    "signed_count": signed_count,
    "whole_percent": whole_percent,
}
