"""Whether a workbook counts its days from 1904, as those of old Macintoshes do."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from retention.ingest._formats import TROUBLE
from retention.ingest._records import binary_records, globals_of

if TYPE_CHECKING:
    from retention.ingest._formats import Format

_ATTRIBUTE = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true|on)[\"']")
_DATE_MODE = 0x22  # [MS-XLS] 2.4.77
_WORKBOOK_PROPERTIES = 153  # [MS-XLSB] 2.4.822, whose first bit says it


def counts_from_1904(content: bytes, kind: Format) -> bool:
    """Look up the flag, which the readers obey in dates but not in bare numbers."""
    if kind == "xls":
        return any(number == _DATE_MODE and data[:1] == b"\1" for number, data in globals_of(content))
    if kind == "xlsx":
        return _ATTRIBUTE.search(_part(content, "xl/workbook.xml")) is not None
    if kind == "xlsb":
        records = binary_records(_part(content, "xl/workbook.bin"))
        return any(number == _WORKBOOK_PROPERTIES and data[:1] and data[0] & 1 for number, data in records)
    return False


def _part(content: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read(name)
    except (KeyError, *TROUBLE):
        return b""
