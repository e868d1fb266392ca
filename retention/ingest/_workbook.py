"""A workbook's sheet to a typed table."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import fastexcel
import pyarrow as pa

from retention.errors import InputError
from retention.ingest._parsed import Parsed, are_headings

if TYPE_CHECKING:
    from retention.ingest.limits import Limits

_UNNAMED = "__UNNAMED__"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_workbook(content: bytes, sheet: str | None, limits: Limits) -> Parsed:
    """Read one sheet, by default the first with rows; columns are typed by all their cells.

    Raises
    ------
    InputError
        ``no_such_sheet``, ``no_rows``, ``too_many_rows`` or ``too_many_columns``.
    """
    workbook = fastexcel.read_excel(content)
    sheets = tuple(workbook.sheet_names)
    if sheet is not None and sheet not in sheets:
        raise InputError("no_such_sheet", sheet=sheet, sheets=list(sheets))
    for name in sheets if sheet is None else (sheet,):
        table, headed = _load(workbook, name, limits)
        if table.num_rows > 0:
            start = _first_filled_row(content, name)
            headings = tuple("" if h.startswith(_UNNAMED) else h for h in table.column_names)
            return Parsed(table, headings, headed, start + int(headed), sheets, name)
    raise InputError("no_rows", sheets=list(sheets))


def _load(workbook: fastexcel.ExcelReader, name: str, limits: Limits) -> tuple[pa.Table, bool]:
    batch = workbook.load_sheet_eager(name, schema_sample_rows=None)  # a sample would null what does not fit
    headed = are_headings([h for h in batch.schema.names if not h.startswith(_UNNAMED)])
    if not headed and batch.num_columns > 0:
        batch = workbook.load_sheet_eager(name, header_row=None, schema_sample_rows=None)
    if batch.num_columns > limits.columns:
        raise InputError("too_many_columns", columns=batch.num_columns, limit=limits.columns)
    if batch.num_rows > limits.rows:
        raise InputError("too_many_rows", rows=batch.num_rows, limit=limits.rows)
    return _with_text_for_nulls(pa.Table.from_batches([batch])), headed


def _with_text_for_nulls(table: pa.Table) -> pa.Table:
    """Give columns without any value a type pandas knows."""
    fields = [pa.field(f.name, pa.string() if pa.types.is_null(f.type) else f.type) for f in table.schema]
    arrays = [column.cast(f.type) for column, f in zip(table.columns, fields, strict=True)]
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _first_filled_row(content: bytes, sheet: str) -> int:
    """1-based row of the sheet's first cell with a value: the reader drops blank rows above it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_part(archive, sheet)) as part:
            row = 0
            for _, element in ET.iterparse(part, ["start"]):  # noqa: S314  parts with a DTD were refused
                if element.tag == f"{_MAIN}row":
                    row = int(element.get("r", row + 1))
                if element.tag in {f"{_MAIN}v", f"{_MAIN}is"}:
                    return row
    except (ET.ParseError, KeyError, ValueError, zipfile.BadZipFile):
        pass  # an unusual layout costs the row numbers their offset, not the user the file
    return 1


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """Path of a sheet inside the archive."""
    sheets = ET.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")  # noqa: S314  likewise
    relation = next((s.get(_RELATION) for s in sheets if s.get("name") == sheet), None)
    targets = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314  likewise
    target = next((t.get("Target", "") for t in targets if t.get("Id") == relation), "")
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
