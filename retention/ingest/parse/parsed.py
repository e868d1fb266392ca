"""A table as the parsers hand it over, before pandas: the rows of data, and what was found to be none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from retention.errors import InputError
from retention.ingest.parse.cells import as_text, cells_of, is_filled
from retention.ingest.parse.not_data import KINDS, kinds_of_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retention.ingest.parse.cells import Cell
    from retention.ingest.parse.header import Header

NotData = tuple[int, str, str]
_LONGEST = 500  # characters kept of a row that is no data

_FEW = 1_000  # beyond so many pieces it is cheaper to copy


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
    wider : how many rows of a text have more fields than there are headings, and the number of the first
    together : names of the workbook's sheets whose rows are below each other, where these are several
    unread : names of its other sheets that seem to hold sales, under other headings
    formulas : places of columns without any value that hold formulas
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
    wider: tuple[int, int] = (0, 0)
    together: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    formulas: tuple[int, ...] = ()

    @property
    def empty(self) -> tuple[int, ...]:
        """Places of the columns without any value."""
        rows = self.table.num_rows
        return tuple(i for i, column in enumerate(self.table.columns) if column.null_count == rows)


def data_of(
    table: pa.Table, header: Header, heads: Sequence[Sequence[Cell]], first_row: int
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
    kinds = kinds_of_rows(table, header, heads)
    start = first_row + header.first
    listed = [(first_row + i, "title", heads[i]) for i in header.titles]
    listed += [(first_row + i, "heading", heads[i]) for i in header.lines]
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


def without(table: pa.Table, places: NDArray[np.intp]) -> pa.Table:
    """Leave out the rows at some places, ascending."""
    if len(places) == 0:
        return table
    if len(places) > _FEW:
        kept = np.ones(table.num_rows, dtype=bool)
        kept[places] = False
        return table.filter(pa.array(kept))
    starts, ends = [0, *(places + 1).tolist()], [*places.tolist(), table.num_rows]
    pieces = [table.slice(start, end - start) for start, end in zip(starts, ends, strict=True) if end > start]
    return pa.concat_tables(pieces or [table.slice(0, 0)])


def with_rows(table: pa.Table, others: pa.Table, places: NDArray[np.intp]) -> pa.Table:
    """Put other rows in, to stand at some places, ascending, of what results."""
    at = places - np.arange(len(places))
    if len(places) > _FEW:
        order = np.insert(np.arange(table.num_rows), at, table.num_rows + np.arange(len(places)))
        return pa.concat_tables([table, others]).combine_chunks().take(pa.array(order))
    pieces, start = [], 0
    for i, end in enumerate(at.tolist()):
        pieces += [table.slice(start, end - start), others.slice(i, 1)]
        start = end
    return pa.concat_tables([*pieces, table.slice(start)])
