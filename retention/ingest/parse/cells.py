"""What a single cell holds, as far as finding the table needs to know, and cells to columns of one type."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow as pa

from retention.ingest.words.months import month_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Cell: TypeAlias = "str | float | int | bool | date | time | timedelta | None"  # date includes datetime

BLANK, NUMBER, DATE, WORDS = "", "number", "date", "words"
NOTHING = frozenset({"-", "--", "n/a", "#n/a", "n/d", "n.d.", "nd", "na", "nan", "null", "none", "?"})

_LONGEST = 64  # characters of the longest number or date
_SIGNS = r"(?:[$€£₹₺₽₩₪฿₫₴₦¥]|EUR|USD|GBP|CHF|INR|Rs\.?|Fr\.)"
_NO_CENTS = r"(?:(?<=[.,])[-–—]{1,2}|(?<=[0-9])/[-=])"  # 12,- and 12/- are twelve
_NUMBER = re.compile(
    rf"[(+-]*\s*{_SIGNS}?\s*[(+-]*\s*(?:[0-9][0-9.,'’\s]*|[.,][0-9]+)"
    rf"(?:{_NO_CENTS}|\)?-?)\s*(?:{_SIGNS}|%)?\s*\)?-?",
    re.IGNORECASE,
)
_DATE = re.compile(r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}(?:[T ,].*)?")
_LETTERS = "[a-zß-ÿ]{3,}"  # of a month's name
_NAMED = re.compile(
    r"(?:[a-zß-ÿ]{2,}[.,]*\s+)?(?:"
    rf"[0-9]{{1,2}}(?:er|[°º.])?[-/. ]*(?:de )?(?P<after>{_LETTERS})[-/., ]*(?:de )?'?[0-9]{{2,4}}"
    rf"|(?P<before>{_LETTERS})[-/. ]*[0-9]{{1,2}}[a-z]{{0,2}}[-/, ]+(?:[0-9]{{4}}|[0-9]{{2}}))(?:[T ,].*)?",
    re.IGNORECASE,
)

_FEW = 1_000  # rows up to which picking them one by one is quicker
_LARGEST_WHOLE = 1 << 53  # beyond it a float names no single whole number


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
    >>> [amount_in(cell) for cell in ("1.234,50 €", "1,234.50", "1.234.567", "(12)", "0,20- €", "12,-", "x")]
    [1234.5, 1234.5, 1234567.0, -12.0, -0.2, 12.0, None]
    """
    if isinstance(cell, bool) or kind_of(cell) != NUMBER:
        return None
    if isinstance(cell, int | float):
        return float(cell)
    if not isinstance(cell, str):
        return None
    cell = re.sub(_NO_CENTS, "", cell)
    bare = re.sub(r"^[.,](?![0-9])|[^0-9.,]", "", re.sub(_SIGNS, "", cell, flags=re.IGNORECASE))
    whole, sign, rest = bare.rpartition(max(".,", key=bare.rfind))
    thousands = len(rest) == 3 and set(whole) & {".", ","} <= {sign}  # noqa: PLR2004
    digits = re.sub(r"[.,]", "", whole) + ("" if thousands else ".") + rest if sign else rest
    if digits in {"", "."}:
        return None
    return -float(digits) if re.search(r"^\D*[(-]|-\D*$", cell.strip()) else float(digits)


def array_of(cells: Sequence[Cell]) -> tuple[pa.Array, NDArray[np.bool_] | None]:
    """Array of a column's cells, "" and None being null.

    Returns
    -------
    array : of numbers, moments or truth values where all cells are that; else of texts
    typed : where these texts stand for numbers or dates the file stores; None where they do not differ
    """
    types = set(map(type, cells)) - {type(None)}
    if types <= {str}:
        return pa.array([cell or None for cell in cells], pa.string()), None
    filled = [None if isinstance(cell, str) and not cell.strip() else cell for cell in cells]
    kinds = set(map(type, filled)) - {type(None)}
    if kinds <= {bool}:
        return pa.array(filled, pa.bool_()), None
    if kinds <= {int, float} and not _has_large(filled):
        return pa.array(filled, pa.float64()), None
    if kinds and all(issubclass(kind, date) for kind in kinds):
        return pa.array(list(map(_moment, filled)), pa.timestamp("us")), None
    return _texts(filled)


def _moment(cell: Cell) -> datetime | None:
    """Midnight of a date: Arrow takes no dates among moments."""
    if isinstance(cell, datetime) or not isinstance(cell, date):
        return cell if isinstance(cell, datetime) else None
    return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001  a spreadsheet's, local


def _has_large(cells: Sequence[Cell]) -> bool:
    return any(isinstance(cell, int) and abs(cell) > _LARGEST_WHOLE for cell in cells)


def _texts(cells: Sequence[Cell]) -> tuple[pa.Array, NDArray[np.bool_] | None]:
    typed = [isinstance(cell, int | float | date) and not isinstance(cell, bool) for cell in cells]
    texts = pa.array([None if cell is None else as_text(cell) for cell in cells], pa.string())
    return texts, np.array(typed, dtype=bool) if any(typed) else None


def plain_array(array: pa.ChunkedArray) -> pa.ChunkedArray:
    """Column of a type pandas and the understanding of columns know: numbers, moments, truth or text."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        return plain_array(array.cast(kind.value_type))
    if pa.types.is_boolean(kind) or pa.types.is_string(kind) or pa.types.is_timestamp(kind):
        return array
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return array if pa.types.is_integer(kind) else array.cast(pa.float64())
    if pa.types.is_date(kind):
        return array.cast(pa.timestamp("ms")).cast(pa.timestamp("us"))
    try:
        return array.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):  # nested, or bytes that are no text
        texts = [None if value is None else str(value) for value in array.to_pylist()]
        return pa.chunked_array([pa.array(texts, pa.string())])


def cells_of(table: pa.Table, places: NDArray[np.intp]) -> list[list[Cell]]:
    """Some rows of a table; a few are picked one by one, as taking them all at once copies the columns."""
    if len(places) > _FEW:
        columns = [column.take(pa.array(places)).to_pylist() for column in table.columns]
    else:
        columns = [[column[place].as_py() for place in places.tolist()] for column in table.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def filled_cells(table: pa.Table) -> NDArray[np.int64]:
    """Number of cells with something in them, of each row."""
    filled = np.zeros(table.num_rows, dtype=np.int64)
    for column in table.columns:
        valid = np.ones(len(column), dtype=bool)
        if column.null_count:
            valid = column.is_valid().to_numpy()
        filled += valid
    return filled


def blank_rows(table: pa.Table) -> NDArray[np.intp]:
    """Places of the rows without a single cell."""
    return np.flatnonzero(filled_cells(table) == 0)
