"""A workbook's sheet to a typed table, whatever its layout: every cell with the type the file gives it.

Merged cells count for all they cover, and of several sheets the one that promises most of a table is read.
"""

from __future__ import annotations

import io
import math
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
)

from retention.errors import InputError
from retention.ingest.parse.cells import array_of, folded, is_filled
from retention.ingest.parse.formats import counts_from_1904
from retention.ingest.parse.header import HEAD, Head, find_header
from retention.ingest.parse.large_workbook import read_large
from retention.ingest.parse.parsed import Parsed, data_of
from retention.ingest.parse.sheet_xml import formulas_without_values
from retention.ingest.words.headings import first_matching
from retention.ingest.words.vocabulary import ORDERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from python_calamine import CalamineSheet

    from retention.ingest.parse.cells import Cell
    from retention.ingest.parse.formats import Format
    from retention.ingest.parse.limits import Limits

_LARGE = 1 << 20  # bytes from which the quicker reader is tried first

_A_TABLE = 10.0  # more than any number of rows without headings is worth
_ROLE = 0.5  # a column whose heading is known is worth as much as three times the rows
_SALES = {"customer", "date", "amount"}
_ROLES = ("customer", "date", "amount", "price", "order")


def read_workbook(content: bytes, kind: Format, sheet: str | None, limits: Limits) -> Parsed:
    """Read one sheet, by default the one that holds most of a table of data.

    Raises
    ------
    InputError
        ``no_such_sheet``, ``no_rows``, ``too_many_rows``, ``too_many_columns``, ``encrypted`` or
        ``broken_file``.
    """
    tables = read_sheets(content, kind, sheet, limits)
    return next(parsed for name, parsed in tables if name == parsed.sheet)


def read_sheets(
    content: bytes, kind: Format, sheet: str | None, limits: Limits
) -> tuple[tuple[str, Parsed], ...]:
    """Read one sheet as `read_workbook` does, and where none is named those on which its table goes on.

    Returns
    -------
    Name and table of each, in the order of the workbook; `Parsed.sheet` is the one that promised most
    """
    since_1904 = counts_from_1904(content, kind)
    if kind == "xlsx" and len(content) > _LARGE and (plain := read_large(content, sheet, limits)):
        name = str(plain.sheet)
        return ((name, replace(_with_formulas(plain, content, name), date_system_1904=since_1904)),)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = tuple(meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet)
            chosen = _named(book, names, sheet) if sheet is not None else _best(book, names)
            tables = {chosen.name: _parsed(_opened(chosen, limits))}
            alike, unread = ([], ()) if sheet is not None else _others(book, names, chosen.name, tables)
            tables |= {name: _parsed(_opened(book.get_sheet_by_name(name), limits)) for name in alike}
    except PasswordError as error:
        raise InputError("encrypted") from error
    except InputError as error:
        raise _naming_sheets(error, names) from error
    except CalamineError as error:
        raise InputError("broken_file") from error
    if kind == "xlsx":
        tables = {name: _with_formulas(parsed, content, name) for name, parsed in tables.items()}
    read = tuple(name for name in names if name in tables)
    together = read if len(read) > 1 else ()
    return tuple(
        (
            name,
            replace(
                tables[name],
                sheets=names,
                sheet=chosen.name,
                together=together,
                unread=unread,
                date_system_1904=since_1904,
            ),
        )
        for name in read
    )


def _with_formulas(parsed: Parsed, content: bytes, sheet: str) -> Parsed:
    """Tell which of the columns without any value hold formulas: these are not as empty as they seem."""
    places = {parsed.places[i]: i for i in parsed.empty}
    if not places:
        return parsed
    found = formulas_without_values(content, sheet, places, parsed.first_row)
    return replace(parsed, formulas=tuple(sorted(places[place] for place in found)))


def _others(
    book: CalamineWorkbook, names: tuple[str, ...], chosen: str, tables: dict[str, Parsed]
) -> tuple[list[str], tuple[str, ...]]:
    """Sheets with rows under the same headings, and those that seem to be sales under others or none."""
    hidden = {meta.name for meta in book.sheets_metadata if meta.visible != SheetVisibleEnum.Visible}
    wanted = _headings(tables[chosen].headings if tables[chosen].headed else ())
    alike, unread = [], []
    for name in names:
        if name == chosen or name in hidden or not wanted:
            continue
        sheet = book.get_sheet_by_name(name)
        head = Sheet.of(sheet, sheet.to_python(skip_empty_area=True, nrows=HEAD)).head()
        header = find_header(head)
        if not any(head.filled[header.first :]):
            continue
        if not header.headed:  # rows that may go on where the chosen sheet ends
            unread += [name] if len(header.names) == wanted.total() else []
        elif _headings(header.names) == wanted:
            alike.append(name)
        elif first_matching(header.names, {role: ORDERS[role] for role in _SALES}).keys() >= _SALES:
            unread.append(name)
    return alike, tuple(unread)


def _headings(names: Sequence[str]) -> Counter[str]:
    return Counter(folded(name) for name in names if name.strip())


def _naming_sheets(error: InputError, names: tuple[str, ...]) -> InputError:
    return InputError("no_rows", sheets=list(names)) if error.code == "no_rows" else error


def _named(book: CalamineWorkbook, names: tuple[str, ...], sheet: str) -> CalamineSheet:
    try:
        if sheet in names:
            return book.get_sheet_by_name(sheet)
    except WorksheetNotFound:
        pass
    raise InputError("no_such_sheet", sheet=sheet, sheets=list(names))


def _best(book: CalamineWorkbook, names: tuple[str, ...]) -> CalamineSheet:
    """Find the sheet that promises most, hidden ones only where no other has rows."""
    best, most = None, (False, 0.0)
    hidden = {meta.name for meta in book.sheets_metadata if meta.visible != SheetVisibleEnum.Visible}
    for name in names:
        sheet = book.get_sheet_by_name(name)
        promised = _promise(sheet)
        if promised > 0 and (name not in hidden, promised) > most:
            best, most = sheet, (name not in hidden, promised)
    if best is None:
        raise InputError("no_rows")
    return best


def _opened(sheet: CalamineSheet, limits: Limits) -> Sheet:
    if sheet.height > limits.rows:
        raise InputError("too_many_rows", rows=sheet.height, limit=limits.rows)
    opened = Sheet.of(sheet, sheet.to_python(skip_empty_area=True))
    if len(opened.places) > limits.columns:
        raise InputError("too_many_columns", columns=len(opened.places), limit=limits.columns)
    return opened


def _parsed(sheet: Sheet) -> Parsed:
    head = sheet.head()
    header = find_header(head)
    columns = [list(column) for column in zip(*sheet.rows[header.first :], strict=True)]
    if not columns:
        raise InputError("no_rows")
    sheet.fill_merged(columns, header.first)
    arrays = [array_of(column) for column in columns]
    table = pa.table({str(i): array for i, (array, _) in enumerate(arrays)})
    table, rows, not_data = data_of(table, header, head.rows, sheet.first_row)
    typed: dict[int, NDArray[np.bool_]] = {}
    kept = rows - (sheet.first_row + header.first)
    for i, (_, mask) in enumerate(arrays):
        if mask is not None:
            array, left = array_of([columns[i][place] for place in kept.tolist()])
            table = table.set_column(i, str(i), array)
            typed |= {} if left is None else {i: left}
    first_row = sheet.first_row + header.first
    return Parsed(table, header.names, sheet.places, header.headed, first_row, rows, not_data, typed=typed)


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


def _promise(sheet: CalamineSheet) -> float:
    """Say how much of a table of data a sheet seems to hold; 0 where it holds nothing below headings."""
    opened = Sheet.of(sheet, sheet.to_python(skip_empty_area=True, nrows=HEAD))
    head = opened.head()
    header = find_header(head)
    rows = sheet.height - header.first
    below = [i for i in range(header.first, len(head.rows)) if head.filled[i]]
    if rows <= 0 or not below:
        return 0.0
    known = first_matching(header.names, {role: ORDERS[role] for role in _ROLES})
    is_table = header.headed and head.usual > 1 and bool(head.columns)
    return _A_TABLE * is_table + math.log10(rows + 1) + _ROLE * len(known)
