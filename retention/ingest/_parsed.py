"""A table as the parsers hand it over, before pandas: the rows of data, and what was found to be none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from retention.errors import InputError
from retention.ingest._cells import as_text, is_filled
from retention.ingest._not_data import KINDS, cells_of, kinds_of_rows
from retention.ingest._rows import without

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from retention.ingest._cells import Cell
    from retention.ingest._top import Top

NotData = tuple[int, str, str]
_LONGEST = 500  # characters kept of a row that is no data


@dataclass(frozen=True)
class Parsed:
    """One sheet of a file.

    Attributes
    ----------
    table : the rows of data, m columns named by their place among these
    headings : (m,) as in the file, "" where it gives none
    places : (m,) 0-based place of each column in the sheet
    headed : whether the file names its columns
    first_row : 1-based row number, in the file, of the first row below the headings
    rows : (n,) 1-based row number of each row of data
    not_data : row number, kind and text of every other row that is not blank
    sheets, sheet : names of the workbook's sheets and of the one read; none for text
    delimiter : between the cells of a text file, " " for runs of blanks; None for a workbook
    date_system_1904 : whether the workbook counts its days from 1904
    typed : by column, (n,) which cells of a column of texts the file stores as numbers or dates
    """

    table: pa.Table
    headings: tuple[str, ...]
    places: tuple[int, ...]
    headed: bool
    first_row: int
    rows: NDArray[np.int64]
    not_data: tuple[NotData, ...] = ()
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    delimiter: str | None = None
    date_system_1904: bool = False
    typed: dict[int, NDArray[np.bool_]] = field(default_factory=dict)


def data_of(
    table: pa.Table, top: Top, heads: Sequence[Sequence[Cell]], first_row: int
) -> tuple[pa.Table, NDArray[np.int64], tuple[NotData, ...]]:
    """Rows of data, their numbers in the file, and the rows that are none.

    Parameters
    ----------
    table : every row below the headings
    heads : the rows above it
    first_row : number of the first of these in the file

    Raises
    ------
    InputError
        ``no_rows`` where nothing is left.
    """
    kinds = kinds_of_rows(table, top, heads)
    start = first_row + top.first
    listed = [(first_row + i, "title", heads[i]) for i in top.titles]
    listed += [(first_row + i, "heading", heads[i]) for i in top.lines]
    others = np.flatnonzero(kinds > 1)
    rows = zip(others.tolist(), cells_of(table, others), strict=True)
    listed += [(start + place, KINDS[kinds[place]], cells) for place, cells in rows]
    gone = np.flatnonzero(kinds)
    if len(gone) == table.num_rows:
        raise InputError("no_rows")
    numbers = np.delete(np.arange(start, start + table.num_rows, dtype=np.int64), gone)
    not_data = tuple((row, kind, _joined(cells)) for row, kind, cells in listed)
    return without(table, gone), numbers, not_data


def _joined(cells: Sequence[Cell]) -> str:
    return " | ".join(as_text(cell).strip() for cell in cells if is_filled(cell))[:_LONGEST]
