"""What a single cell holds, as far as finding the table needs to know."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from retention.ingest.month_names import month_named

Cell: TypeAlias = "str | float | int | bool | date | time | timedelta | None"  # date includes datetime

BLANK, NUMBER, DATE, WORDS = "", "number", "date", "words"
NOTHING = frozenset({"-", "--", "n/a", "#n/a", "n/d", "n.d.", "nd", "na", "nan", "null", "none", "?"})

_LONGEST = 64  # characters of the longest number or date
_SIGNS = r"(?:€|\$|£|EUR|USD|GBP|CHF)"
_NUMBER = re.compile(
    rf"[(+-]*\s*{_SIGNS}?\s*[(+-]*\s*(?:[0-9][0-9.,'’\s]*|[.,][0-9]+)\)?-?\s*(?:{_SIGNS}|%)?\s*\)?-?",
    re.IGNORECASE,
)
_DATE = re.compile(r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}(?:[T ,].*)?")
_NAMED = re.compile(
    r"(?:[a-zì]{3,}[.,]*\s+)?(?:[0-9]{1,2}[°º.]?[-/. ]*(?P<after>[a-z]{3,})[-/., ]*'?[0-9]{2,4}"
    r"|(?P<before>[a-z]{3,})[-/. ]*[0-9]{1,2}[a-z]{0,2}[-/, ]+[0-9]{4})(?:[T ,].*)?",
    re.IGNORECASE,
)


def kind_of(cell: Cell) -> str:
    """Kind of a cell: blank, a number, a date, or words; what stands for nothing is blank.

    Examples
    --------
    >>> [kind_of(cell) for cell in ("€ 1.234,50", "3 mar 2023", 7.5, "n/d", "A-17", "(12)")]
    ['number', 'date', 'number', '', 'words', 'number']
    """
    if cell is None or isinstance(cell, bool):
        return BLANK if cell is None else WORDS
    if isinstance(cell, str):
        return _kind_of_text(cell.strip())
    if isinstance(cell, int | float):
        return NUMBER
    return DATE if isinstance(cell, date) else WORDS


def _kind_of_text(text: str) -> str:
    if not text or text.lower() in NOTHING:
        return BLANK
    if len(text) > _LONGEST or not any(sign.isdigit() for sign in text):
        return WORDS
    if _DATE.fullmatch(text):
        return DATE
    if _NUMBER.fullmatch(text):
        return NUMBER
    named = _NAMED.fullmatch(text)
    return DATE if named and month_named((named["after"] or named["before"]).lower()) else WORDS


def is_filled(cell: Cell) -> bool:
    """Whether something other than blanks stands in a cell."""
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def as_text(cell: Cell) -> str:
    """Neutral text of a cell: a decimal point, no thousands, ISO dates.

    Examples
    --------
    >>> [as_text(cell) for cell in (7.0, 1.5, 1e-7, date(2024, 2, 1), None)]
    ['7', '1.5', '0.0000001', '2024-02-01', '']
    """
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    return str(cell)


def folded(cell: Cell) -> str:
    """Text of a cell without capitals and with single blanks, to compare headings by."""
    return " ".join(as_text(cell).split()).casefold()


def amount_in(cell: Cell) -> float | None:
    """Read a number by its last sign, as a check of sums needs it and no more.

    Examples
    --------
    >>> [amount_in(cell) for cell in ("1.234,50 €", "1,234.50", "(12)", "0,20- €", 3.5, "x")]
    [1234.5, 1234.5, -12.0, -0.2, 3.5, None]
    """
    if isinstance(cell, bool) or kind_of(cell) != NUMBER:
        return None
    if isinstance(cell, int | float):
        return float(cell)
    if not isinstance(cell, str):
        return None
    bare = re.sub(r"[^0-9.,]", "", cell)
    whole, sign, rest = bare.rpartition(max(".,", key=bare.rfind))
    thousands = len(rest) == 3 and sign not in whole and "," not in whole and "." not in whole  # noqa: PLR2004
    digits = re.sub(r"[.,]", "", whole) + ("" if thousands else ".") + rest if sign else rest
    if digits in {"", "."}:
        return None
    return -float(digits) if re.search(r"^\D*[(-]|-\D*$", cell.strip()) else float(digits)
