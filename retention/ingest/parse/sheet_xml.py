"""What a sheet's own XML says and the readers of workbooks leave out."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree as ET

from retention.ingest.parse.formats import TROUBLE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LETTERS = re.compile(r"[A-Z]+")
_ENOUGH = 200  # rows below the headings; formulas stand in all of them or hardly in any


def first_filled_row(content: bytes, sheet: str) -> int | None:
    """1-based row of the sheet's first cell with a value: the quicker reader drops blank rows above it."""
    row = 0
    for element in _elements(content, sheet, "start"):
        if element.tag == f"{_MAIN}row":
            row = int(element.get("r", row + 1))
        if element.tag in {f"{_MAIN}v", f"{_MAIN}is"}:
            return row
    return None


def formulas_without_values(
    content: bytes, sheet: str, columns: Collection[int], first_row: int
) -> frozenset[int]:
    """Columns in which formulas stand whose values were never stored, as programs write them without Excel.

    Parameters
    ----------
    columns : 0-based places of those without any value
    first_row : 1-based row below the headings
    """
    found: set[int] = set()
    for cell in _elements(content, sheet, "end"):
        if cell.tag == f"{_MAIN}row" and int(cell.get("r", 0)) > first_row + _ENOUGH:
            break
        if cell.tag == f"{_MAIN}c" and cell.find(f"{_MAIN}f") is not None and not cell.findtext(f"{_MAIN}v"):
            found.add(_place(cell.get("r", "")))
    return frozenset(found & set(columns))


def _place(reference: str) -> int:
    """0-based column of a cell, as 2 of C17."""
    letters = _LETTERS.match(reference)
    place = 0
    for letter in letters[0] if letters else "":
        place = 26 * place + ord(letter) - ord("A") + 1
    return place - 1


def _elements(content: bytes, sheet: str, event: Literal["start", "end"]) -> Iterator[ET.Element]:
    """Elements of a sheet in their order; none more where its XML cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_part(archive, sheet)) as part:
            for _, element in ET.iterparse(part, [event]):  # noqa: S314  parts with a DTD were refused
                yield element
    except (ET.ParseError, KeyError, *TROUBLE):
        return


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """Path of a sheet inside the archive."""
    sheets = ET.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")  # noqa: S314  likewise
    relation = next((s.get(_RELATION) for s in sheets if s.get("name") == sheet), None)
    targets = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314  likewise
    target = next((t.get("Target", "") for t in targets if t.get("Id") == relation), "")
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
