"""Months by their names in six languages, and as people write them: 2024-03, 03/2024, marzo 2024."""

from __future__ import annotations

import re
from functools import cache

from retention.ingest.words.headings import plain

LOCALES = ("en_GB", "it_IT", "de_DE", "de_AT", "fr_FR", "es_ES", "pt_PT", "pt_BR")
_MORE = {"mrz": 3}  # German spreadsheets' March
_SHORTEST = 3  # letters by which people shorten them

_YEAR_FIRST = re.compile(r"((?:19|20)\d\d) ?(\d\d?)")
_YEAR_LAST = re.compile(r"(\d\d?) ((?:19|20)\d\d)")
_NAMED = re.compile(r"([a-z]+) ((?:19|20)?\d\d)")
_CENTURY = 2000  # of a year written with two digits beside a month's name


@cache
def month_names() -> dict[str, int]:
    """Months by every name they have in the six languages, long or short, as `plain` writes them."""
    from babel.dates import get_month_names  # noqa: PLC0415  takes longer than most files

    names = dict(_MORE)
    for locale in LOCALES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                months = get_month_names(width, context, locale)
                names |= {plain(name): number for number, name in months.items()}
    return names


@cache
def month_named(word: str) -> int:
    """1 to 12 for a month's name or its first letters, where these tell; else 0.

    Examples
    --------
    >>> [month_named(word) for word in ("mar", "gennaio", "sept", "März", "déc.", "jui", "ma", "marzipan")]
    [3, 1, 9, 3, 12, 0, 0, 0]
    """
    bare = plain(word)
    if len(bare) < _SHORTEST:
        return 0
    if bare in month_names():
        return month_names()[bare]
    meant = {number for name, number in month_names().items() if name.startswith(bare)}
    return meant.pop() if len(meant) == 1 else 0


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
