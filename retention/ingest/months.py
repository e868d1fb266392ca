"""Months as people write them: 2024-03, 03/2024, mar 2024, marzo 2024, or any date in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.ingest.columns import distinct_texts, spread
from retention.ingest.dates import read_dates
from retention.ingest.headings import plain
from retention.ingest.month_names import month_named

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_YEAR_FIRST = re.compile(r"((?:19|20)\d\d) ?(\d\d?)")
_YEAR_LAST = re.compile(r"(\d\d?) ((?:19|20)\d\d)")
_NAMED = re.compile(r"([a-z]+) ((?:19|20)?\d\d)")
_CENTURY = 2000  # of a year written with two digits beside a month's name


@dataclass(frozen=True)
class Months:
    """A column of months.

    Attributes
    ----------
    number : (n,) numbers of months as in `retention.periods`, NaN where blank or unreadable
    blank : (n,) where there was nothing to read
    day_first : order of day and month the dates among them were read by; None where there are none
    assumed : whether the column left that order open
    """

    number: NDArray[np.float64]
    blank: NDArray[np.bool_]
    day_first: bool | None = None
    assumed: bool = False


def read_months(column: pd.Series, *, otherwise: bool = False) -> Months:
    """Read a column of months or dates; `otherwise` says whether the day comes first where none tells."""
    dates = read_dates(column, otherwise=otherwise)
    of_dates = dates.when.astype("datetime64[M]").astype(np.int64) + 12 * 1970
    codes, texts = distinct_texts(column)
    of_texts = np.array([month_number(text) for text in texts.to_pylist()], dtype=float)
    written = spread(of_texts, codes, np.float64("nan"))
    number = np.where(np.isnan(written), np.where(np.isnat(dates.when), np.nan, of_dates), written)
    return Months(number, dates.blank, dates.day_first, dates.assumed)


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
