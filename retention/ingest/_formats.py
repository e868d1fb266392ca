"""What kind of file some bytes are, told from their content alone."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Literal

from retention.errors import InputError
from retention.ingest._encoding import is_utf16
from retention.ingest._records import globals_of

Format = Literal["xlsx", "xlsb", "xls", "ods", "parquet", "text", "zip", "gz"]

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # MS-CFB: old Excel, and any password-protected Office file
_OTHERS = {
    b"%PDF": "pdf",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"PK\x05\x06": "archive",
    b"7z\xbc\xaf": "archive",
    b"Rar!": "archive",
    b"BZh": "archive",
    b"\xfd7zXZ": "archive",
    b"\x28\xb5\x2f\xfd": "archive",
}
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1f"))
_NOTHING = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
_SAMPLE = 1 << 16
_PASSWORD = 0x2F  # [MS-XLS] 2.4.117
_PARTS: dict[str, Format] = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}
TROUBLE = (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error)
_ENCRYPTED = 1  # bit of a member's flags


def format_of(content: bytes, expanded_bytes: int) -> Format:
    """Format of a file that can be read.

    Parameters
    ----------
    expanded_bytes : a workbook may declare for its parts

    Raises
    ------
    InputError
        ``empty_file``; ``not_a_spreadsheet`` with the kind of file it is; ``encrypted``; ``broken_file``;
        ``expands_too_far``.
    """
    if not content[:_SAMPLE].strip(_NOTHING) and not content.strip(_NOTHING):
        raise InputError("empty_file")
    if content.startswith(_ZIP):
        return _zipped(content, expanded_bytes)
    if content.startswith(_COMPOUND):
        return _compound(content)
    if content.startswith((b"PAR1", b"PARE")):
        return _parquet(content)
    if content.startswith(b"\x1f\x8b"):
        return "gz"
    _refuse_other_kinds(content)
    return "text"


def _compound(content: bytes) -> Format:
    """Old workbook; protected ones are compound files whatever they were."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise InputError("encrypted")
    if any(number == _PASSWORD for number, _ in globals_of(content)):
        raise InputError("encrypted")
    if _named("Workbook") in content or _named("Book") in content:
        return "xls"
    raise InputError("not_a_spreadsheet", kind="binary")


def _named(stream: str) -> bytes:
    return f"{stream}\0".encode("utf-16-le")


def _parquet(content: bytes) -> Format:
    if b"PARE" in {content[:4], content[-4:]}:
        raise InputError("encrypted")
    if content[-4:] != b"PAR1":
        raise InputError("broken_file")
    return "parquet"


def _zipped(content: bytes, expanded_bytes: int) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            kind = next((kind for part, kind in _PARTS.items() if part in names), None)
            if kind is not None:
                _refuse_harmful(archive, len(content), expanded_bytes)
    except TROUBLE as error:
        raise InputError("broken_file") from error
    if kind is None and "[Content_Types].xml" in names:
        raise InputError("not_a_spreadsheet", kind="archive")
    return kind or "zip"


def _refuse_harmful(archive: zipfile.ZipFile, size: int, expanded_bytes: int) -> None:
    """Refuse a workbook that is protected, that would grow too large, or whose parts share their bytes."""
    members = archive.infolist()
    expanded = sum(member.file_size for member in members)
    if expanded > expanded_bytes:
        raise InputError("expands_too_far", bytes=expanded, limit=expanded_bytes)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise InputError("encrypted")
    if sum(member.compress_size for member in members) > size:
        raise InputError("broken_file")
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            _refuse_harmful_part(archive, member)


def _refuse_harmful_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse document types: no workbook may hold one, and entities are how XML explodes."""
    with archive.open(member) as part:
        head = part.read(_SAMPLE).replace(b"\0", b"")  # so that UTF-16 reads like ASCII
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise InputError("broken_file")
    if member.filename == "META-INF/manifest.xml" and b"encryption-data" in head:
        raise InputError("encrypted")


def _refuse_other_kinds(content: bytes) -> None:
    for magic, kind in _OTHERS.items():
        if content.startswith(magic):
            raise InputError("not_a_spreadsheet", kind=kind)
    head = content[:_SAMPLE]
    if head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        raise InputError("not_a_spreadsheet", kind="markup")
    if (
        not head.startswith(_BOMS[1:])
        and not is_utf16(head)
        and len(head.translate(None, _CONTROL)) < len(head)
    ):
        raise InputError("not_a_spreadsheet", kind="binary")
