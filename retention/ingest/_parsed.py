"""A table as the parsers hand it over, before pandas, and how to tell its headings from data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

_NUMBER = re.compile(r"[(+-]?[0-9][0-9.,]*[)-]?")
_DATE = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}([T ].*)?")


@dataclass(frozen=True)
class Parsed:
    """One sheet of a file.

    Attributes
    ----------
    table : the data rows; columns are named by the file's headings, or empty where `headed` is false
    headings : as in the file, "" where it gives none
    headed : whether the file has a heading line
    first_row : 1-based row number, in the file, of the first data row
    sheets, sheet : names of the workbook's sheets and of the one read; none for text
    delimiter : between the cells of a text file, " " for runs of blanks; None for a workbook
    """

    table: pa.Table
    headings: tuple[str, ...]
    headed: bool
    first_row: int
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    delimiter: str | None = None


def are_headings(cells: Sequence[str | None]) -> bool:
    """Whether a file's first row names its columns rather than being data already.

    Data is told by a date, an e-mail address, or numbers in half the cells; fewer numbers may be years
    heading a cross table.
    """
    filled = [cell.strip() for cell in cells if cell and cell.strip()]
    if any(_DATE.fullmatch(cell) or "@" in cell for cell in filled):
        return False
    numbers = sum(_NUMBER.fullmatch(cell) is not None for cell in filled)
    return 2 * numbers < len(filled)
