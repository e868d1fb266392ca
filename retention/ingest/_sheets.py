"""A sheet's cells, merged ones among them, and how much of a table of data a sheet promises."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from retention.ingest._cells import is_filled
from retention.ingest._top import HEAD, Head, find_top
from retention.ingest.headings import first_matching
from retention.ingest.vocabulary import ORDERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from python_calamine import CalamineSheet

    from retention.ingest._cells import Cell

_A_TABLE = 10.0  # more than any number of rows without headings is worth
_ROLE = 0.5  # a column whose heading is known is worth as much as three times the rows
_ROLES = ("customer", "date", "amount", "price", "order")


@dataclass(frozen=True)
class Sheet:
    """The part of a sheet with something in it.

    Attributes
    ----------
    rows : their cells, without columns that are blank throughout
    places : 0-based place of each column in the sheet
    first_row : 1-based number of the first row in the sheet
    merged : first and last row, first and last column, by their place in `rows`
    """

    rows: list[list[Cell]]
    places: tuple[int, ...]
    first_row: int
    merged: tuple[tuple[int, int, int, int], ...] = ()

    @classmethod
    def of(cls, sheet: CalamineSheet, cells: Sequence[Sequence[Cell]]) -> Sheet:
        """Take the cells of a sheet, all or the first rows."""
        row, column = sheet.start or (0, 0)
        used = [i for i, of_column in enumerate(zip(*cells, strict=True)) if any(map(is_filled, of_column))]
        full = len(used) == len(cells[0]) if cells else True
        rows = [list(line) for line in cells] if full else [[line[i] for i in used] for line in cells]
        places = tuple(column + i for i in used)
        return cls(rows, places, row + 1, _merged(sheet, row, places))

    def head(self) -> Head:
        """First rows, with what is merged in them."""
        spans: dict[int, list[tuple[int, int]]] = {}
        for first, _, left, right in self.merged:
            if left < right:
                spans.setdefault(first, []).append((left, right))
        return Head(self.rows[:HEAD], spans)

    def fill_merged(self, columns: list[list[Cell]], start: int) -> None:
        """Write words and dates of cells merged downwards into every row they cover; never an amount.

        Parameters
        ----------
        columns : of the rows from `start` on
        """
        for first, last, left, _ in self.merged:
            if first < last and first >= start and left < len(columns):
                cell = columns[left][first - start] if first - start < len(columns[left]) else None
                if isinstance(cell, str | date) and is_filled(cell):
                    end = min(last + 1 - start, len(columns[left]))
                    columns[left][first - start : end] = [cell] * (end - first + start)


def _merged(sheet: CalamineSheet, row: int, places: tuple[int, ...]) -> tuple[tuple[int, int, int, int], ...]:
    among = {place: i for i, place in enumerate(places)}
    found = []
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        covered = [
            among[place]
            for place in range(left, min(right, places[-1] if places else 0) + 1)
            if place in among
        ]
        if covered and left in among and top >= row:
            found.append((top - row, bottom - row, covered[0], covered[-1]))
    return tuple(found)


def promise(sheet: CalamineSheet) -> float:
    """Say how much of a table of data a sheet seems to hold; 0 where it holds nothing below headings."""
    opened = Sheet.of(sheet, sheet.to_python(skip_empty_area=True, nrows=HEAD))
    head = opened.head()
    top = find_top(head)
    rows = sheet.height - top.first
    below = [i for i in range(top.first, len(head.rows)) if head.filled[i]]
    if rows <= 0 or not below:
        return 0.0
    known = first_matching(top.names, {role: ORDERS[role] for role in _ROLES})
    is_table = top.headed and head.usual > 1 and bool(head.columns)
    return _A_TABLE * is_table + math.log10(rows + 1) + _ROLE * len(known)
