"""A workbook's sheet to a typed table, whatever its layout: every cell with the type the file gives it."""

from __future__ import annotations

import io
from dataclasses import replace
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
from retention.ingest._arrays import array_of
from retention.ingest._dates_1904 import counts_from_1904
from retention.ingest._parsed import Parsed, data_of
from retention.ingest._plain_workbook import read_plain
from retention.ingest._sheets import Sheet, promise
from retention.ingest._top import find_top

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from python_calamine import CalamineSheet

    from retention.ingest._formats import Format
    from retention.ingest.limits import Limits

_LARGE = 1 << 20  # bytes from which the quicker reader is tried first


def read_workbook(content: bytes, kind: Format, sheet: str | None, limits: Limits) -> Parsed:
    """Read one sheet, by default the one that holds most of a table of data.

    Raises
    ------
    InputError
        ``no_such_sheet``, ``no_rows``, ``too_many_rows``, ``too_many_columns``, ``encrypted`` or
        ``broken_file``.
    """
    since_1904 = counts_from_1904(content, kind)
    if kind == "xlsx" and len(content) > _LARGE and (plain := read_plain(content, sheet, limits)):
        return replace(plain, date_system_1904=since_1904)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = tuple(meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet)
            chosen = _named(book, names, sheet) if sheet is not None else _best(book, names)
            parsed = _parsed(_opened(chosen, limits))
    except PasswordError as error:
        raise InputError("encrypted") from error
    except InputError as error:
        raise _naming_sheets(error, names) from error
    except CalamineError as error:
        raise InputError("broken_file") from error
    return replace(parsed, date_system_1904=since_1904, sheets=names, sheet=chosen.name)


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
        promised = promise(sheet)
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
    top = find_top(head)
    columns = [list(column) for column in zip(*sheet.rows[top.first :], strict=True)]
    if not columns:
        raise InputError("no_rows")
    sheet.fill_merged(columns, top.first)
    arrays = [array_of(column) for column in columns]
    table = pa.table({str(i): array for i, (array, _) in enumerate(arrays)})
    table, rows, not_data = data_of(table, top, head.rows, sheet.first_row)
    typed: dict[int, NDArray[np.bool_]] = {}
    kept = rows - (sheet.first_row + top.first)
    for i, (_, mask) in enumerate(arrays):
        if mask is not None:
            array, left = array_of([columns[i][place] for place in kept.tolist()])
            table = table.set_column(i, str(i), array)
            typed |= {} if left is None else {i: left}
    first_row = sheet.first_row + top.first
    return Parsed(table, top.names, sheet.places, top.headed, first_row, rows, not_data, typed=typed)
