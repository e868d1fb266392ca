"""Months by their names in English and Italian, and as people write them: 2024-03, 03/2024, marzo 2024."""

from __future__ import annotations

import re

from retention.ingest.words.headings import plain

MONTHS = (
    *("january gennaio", "february febbraio", "march marzo", "april aprile", "may maggio", "june giugno"),
    *("july luglio", "august agosto", "september settembre", "october ottobre", "november novembre"),
    "december dicembre",
)
_SHORTEST = 3  # letters that tell the months apart in both languages

_YEAR_FIRST = re.compile(r"((?:19|20)\d\d) ?(\d\d?)")
_YEAR_LAST = re.compile(r"(\d\d?) ((?:19|20)\d\d)")
_NAMED = re.compile(r"([a-z]+) ((?:19|20)?\d\d)")
_CENTURY = 2000  # of a year written with two digits beside a month's name


def month_named(word: str) -> int:
    """1 to 12 for a month's name or its first letters, in small letters; else 0.

    Examples
    --------
    >>> [month_named(word) for word in ("mar", "gennaio", "sept", "ma", "marzipan")]
    [3, 1, 9, 0, 0]
    """
    if len(word) < _SHORTEST:
        return 0
    for number, names in enumerate(MONTHS, start=1):
        if any(name.startswith(word) for name in names.split()):
            return number
    return 0


def month_number(text: str) -> float:
    """Read the number of the month a text names, NaN where it names none.

    Examples
    --------
    >>> month_number("marzo 2024") == month_number("03/2024") == month_number("2024-03") == 12 * 2024 + 2
    True
    """
    words = plain(text)
    if found := _YEAR_FIRST.fullmatch(words):
        return _numbered(int(found[1]), int(found[2]))
    if found := _YEAR_LAST.fullmatch(words):
        return _numbered(int(found[2]), int(found[1]))
    if found := _NAMED.fullmatch(words):
        year = int(found[2])
        return _numbered(year if year >= 100 else _CENTURY + year, month_named(found[1]))  # noqa: PLR2004  two digits
    return float("nan")


def _numbered(year: int, month: int) -> float:
    return 12.0 * year + month - 1 if 1 <= month <= 12 else float("nan")  # noqa: PLR2004  the calendar's
