"""Names of months in English and Italian, and their number."""

from __future__ import annotations

NAMES = (
    *("january gennaio", "february febbraio", "march marzo", "april aprile", "may maggio", "june giugno"),
    *("july luglio", "august agosto", "september settembre", "october ottobre", "november novembre"),
    "december dicembre",
)
SHORTEST = 3  # letters that tell the months apart in both languages


def month_named(word: str) -> int:
    """1 to 12 for a month's name or its first letters, in small letters; else 0.

    Examples
    --------
    >>> [month_named(word) for word in ("mar", "gennaio", "sept", "ma", "marzipan")]
    [3, 1, 9, 0, 0]
    """
    if len(word) < SHORTEST:
        return 0
    for number, names in enumerate(NAMES, start=1):
        if any(name.startswith(word) for name in names.split()):
            return number
    return 0
