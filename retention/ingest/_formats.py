"""What kind of file some bytes are, told from their content; the ending only ever adds doubt."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Literal

from retention.errors import InputError

if TYPE_CHECKING:
    from retention.ingest.limits import Limits

Format = Literal["xlsx", "text"]

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # MS-CFB: old Excel, and any password-protected Office file
_OTHERS = {
    b"%PDF": "pdf",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"\x1f\x8b": "archive",
    b"7z\xbc\xaf": "archive",
    b"Rar!": "archive",
    b"PAR1": "parquet",
}
_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1a"))
_SAMPLE = 1 << 16


def format_of(content: bytes, name: str, limits: Limits) -> Format:
    """Format of a file that can be read.

    Raises
    ------
    InputError
        ``empty_file``; ``not_a_spreadsheet`` or ``unsupported_format`` with the kind of file it is;
        ``encrypted``; ``broken_file``; ``expands_too_far``.
    """
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise InputError("empty_file")
    if content.startswith(_ZIP):
        return _zipped(content, limits)
    if content.startswith(_COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise InputError("encrypted")
        raise InputError("unsupported_format", kind="xls")
    _refuse_other_kinds(content)
    if name.lower().endswith(_WORKBOOK_ENDINGS):
        raise InputError("not_a_spreadsheet", kind="text")
    return "text"


def _zipped(content: bytes, limits: Limits) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            expanded = sum(member.file_size for member in archive.infolist())
            if expanded > limits.expanded_bytes:
                raise InputError("expands_too_far", bytes=expanded, limit=limits.expanded_bytes)
            if "xl/workbook.xml" in names:
                _refuse_document_types(archive)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise InputError("broken_file") from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    for part, kind in {"xl/workbook.bin": "xlsb", "content.xml": "ods"}.items():
        if part in names:
            raise InputError("unsupported_format", kind=kind)
    raise InputError("not_a_spreadsheet", kind="archive")


def _refuse_document_types(archive: zipfile.ZipFile) -> None:
    """Refuse document type definitions: no workbook may hold one, and entities are how XML explodes."""
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as part:
                head = part.read(_SAMPLE).replace(b"\0", b"")  # so that UTF-16 reads like ASCII
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise InputError("broken_file")


def _refuse_other_kinds(content: bytes) -> None:
    for magic, kind in _OTHERS.items():
        if content.startswith(magic):
            raise InputError("not_a_spreadsheet", kind=kind)
    head = content[:_SAMPLE]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise InputError("not_a_spreadsheet", kind="markup")
    if (
        not head.startswith(_BOMS[1:])
        and not is_utf16(head)
        and len(head.translate(None, _CONTROL)) < len(head)
    ):
        raise InputError("not_a_spreadsheet", kind="binary")


def is_utf16(head: bytes) -> bool:
    """Whether bytes without a byte order mark are mostly Latin text in UTF-16."""
    half = max(len(head) // 2, 1)
    low, high = head[1::2].count(0) / half, head[0::2].count(0) / half
    return max(low, high) > 0.7 and min(low, high) < 0.1  # noqa: PLR2004  every other byte is zero, and only those
