"""Files of every format a table can come in, written for the tests."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import datetime
from xml.sax.saxutils import escape

import openpyxl
import pyarrow as pa
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from pyarrow import parquet

DAY = "dd/mm/yyyy"


def archive(members):
    """A zip of files by name."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, member in members.items():
            made.writestr(name, member)
    return content.getvalue()


def xlsx(*sheets, since_1904=False, change=None):
    """A workbook of sheets given as (name, rows), each changed as told."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.epoch = CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for i, row in enumerate(rows, start=1):
            for j, cell in enumerate(row, start=1):
                sheet.cell(i, j, cell)
        if change:
            change(sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def xls(rows, *, since_1904=False):
    """A workbook of Excel 97 to 2003."""
    book = xlwt.Workbook()
    book.dates_1904 = since_1904
    sheet, dated = book.add_sheet("Ordini"), xlwt.easyxf(num_format_str=DAY)
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if cell is not None:
                sheet.write(i, j, cell, dated if isinstance(cell, datetime) else xlwt.XFStyle())
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def ods(rows, *, manifest="<manifest:manifest xmlns:manifest='m'/>"):
    """An OpenDocument spreadsheet with as little around its cells as readers accept."""
    table = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in {"office": "office", "table": "table", "text": "text"}.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="Ordini">{table}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return archive({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_cell(cell):
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, datetime):
        value = f'office:value-type="date" office:date-value="{cell:%Y-%m-%d}"'
    elif isinstance(cell, float):
        value = f'office:value-type="float" office:value="{cell}"'
    else:
        value = 'office:value-type="string"'
    return f"<table:table-cell {value}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


def xlsb(rows, *, since_1904=False):
    """A binary workbook ([MS-XLSB]) of texts and numbers; dates stand as bare numbers of days."""
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Ordini")
    properties = struct.pack("<III", int(since_1904), 0, 0) + _wide("")
    book = b"".join(
        _record(number, data)
        for number, data in [
            (131, b""),
            (153, properties),
            (143, b""),
            (156, bundle),
            (144, b""),
            (157, bytes(26)),
            (132, b""),
        ]
    )
    width = max(map(len, rows))
    parts = [
        _record(129, b""),
        _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)),
        _record(145, b""),
    ]
    for i, row in enumerate(rows):
        parts.append(_record(0, struct.pack("<IIHBBBI", i, 0, 300, 0, 0, 0, 0)))
        for j, cell in enumerate(row):
            place = struct.pack("<II", j, 0)
            if isinstance(cell, float):
                parts.append(_record(5, place + struct.pack("<d", cell)))
            elif cell is not None:
                parts.append(_record(6, place + _wide(cell)))
    parts += [_record(146, b""), _record(130, b"")]
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    return archive(
        {
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relations,
            "xl/worksheets/sheet1.bin": b"".join(parts),
        }
    )


def _wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(number, data):
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size, length = len(data), b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 127 else 0)])
        size >>= 7
        if not size:
            return head + length + data


def parquet_of(columns):
    """A Parquet file."""
    content = io.BytesIO()
    parquet.write_table(pa.table(columns), content)
    return content.getvalue()
