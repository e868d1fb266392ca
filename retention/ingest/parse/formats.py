"""What kind of file some bytes are, told from their content alone, and what a workbook says of itself.

Of a workbook's own records two matters are read here: whether a password protects it, and whether it counts
its days from 1904, as those of old Macintoshes do.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Literal

from retention.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

Format = Literal["xlsx", "xlsb", "xls", "ods", "parquet", "text", "zip", "gz"]

# After a declaration, comments and instructions the first element, past which no document type may stand
_ROOT = re.compile(r"(?:\s|<!--.*?-->|<\?.*?\?>)*+<[^!?]", re.DOTALL)
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # MS-CFB: old Excel, and any password-protected Office file
_OTHERS = {
    b"%PDF": "pdf",
    b"{\\rtf": "document",
    b"SQLite format 3": "database",
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
_OF_NUMBERS = (".iwa", "Index.zip", "index.apxl")  # parts of documents of Apple's programs
_JSON = re.compile(rb"[\s\xef\xbb\xbf]*(?:\{\s*[\"}]|\[\s*[{\]])")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\v\f\x1a\x1f"))
_STRAY = 0.01  # share of the bytes of a text that may be control signs, as line breaks inside of cells are
_NOTHING = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
_SAMPLE = 1 << 16
_PASSWORD = 0x2F  # [MS-XLS] 2.4.117
_PARTS: dict[str, Format] = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}
TROUBLE = (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error)
_ENCRYPTED = 1  # bit of a member's flags

_ATTRIBUTE = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true|on)[\"']")
_DATE_MODE = 0x22  # [MS-XLS] 2.4.77
_WORKBOOK_PROPERTIES = 153  # [MS-XLSB] 2.4.822, whose first bit says it

_BEGINNING = 0x809  # [MS-XLS] 2.4.21
_END = 0x0A
_GLOBALS = 0x0005
_LONGEST = 8224  # bytes of a record's data
_MOST = 1_000  # records; what is looked for stands near the beginning


def is_packed(content: bytes) -> bool:
    """Whether it is a workbook, or an archive that may hold one."""
    return content.startswith((_ZIP, _COMPOUND))


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
    if any(number == _PASSWORD for number, _ in _globals_of(content)):
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
    if kind is None and any(name.endswith(_OF_NUMBERS) for name in names):
        raise InputError("not_a_spreadsheet", kind="numbers")
    if kind is None and any(name.startswith("word/") for name in names):
        raise InputError("not_a_spreadsheet", kind="document")
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
        _refuse_harmful_part(archive, member)


def _refuse_harmful_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse document types: no workbook may hold one, and entities are how XML explodes."""
    with archive.open(member) as part:
        text = _decoded(part.read(_SAMPLE)).lstrip("\ufeff \t\r\n")
    if text.startswith("<") and not _ROOT.match(text):
        raise InputError("broken_file")
    if member.filename == "META-INF/manifest.xml" and "encryption-data" in text:
        raise InputError("encrypted")


def _decoded(head: bytes) -> str:
    """Markup as a parser reads it, in the two encodings of Unicode; ASCII is right in all others."""
    if head.startswith((b"\xff\xfe", b"<\0")):
        return head.decode("utf-16-le", "replace")
    if head.startswith((b"\xfe\xff", b"\0<")):
        return head.decode("utf-16-be", "replace")
    return head.decode("utf-8", "replace")


def _refuse_other_kinds(content: bytes) -> None:
    for magic, kind in _OTHERS.items():
        if content.startswith(magic):
            raise InputError("not_a_spreadsheet", kind=kind)
    head = content[:_SAMPLE]
    if head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        raise InputError("not_a_spreadsheet", kind="markup")
    if _JSON.match(head):
        raise InputError("not_a_spreadsheet", kind="json")
    if not head.startswith(_BOMS[1:]) and not is_utf16(head) and _is_binary(head):
        raise InputError("not_a_spreadsheet", kind="binary")


def _is_binary(head: bytes) -> bool:
    """Whether bytes are no text: with a nought, or more control signs than slip into the cells of a table."""
    return b"\0" in head or len(head) - len(head.translate(None, _CONTROL)) > _STRAY * len(head)


def is_utf16(head: bytes) -> bool:
    """Whether bytes without a byte order mark are mostly Latin text in UTF-16."""
    half = max(len(head) // 2, 1)
    low, high = head[1::2].count(0) / half, head[0::2].count(0) / half
    return max(low, high) > 0.7 and min(low, high) < 0.1  # noqa: PLR2004  every other byte is zero, and only those


def counts_from_1904(content: bytes, kind: Format) -> bool:
    """Look up the flag, which the readers obey in dates but not in bare numbers."""
    if kind == "xls":
        return any(number == _DATE_MODE and data[:1] == b"\1" for number, data in _globals_of(content))
    if kind == "xlsx":
        return _ATTRIBUTE.search(_part(content, "xl/workbook.xml")) is not None
    if kind == "xlsb":
        records = _binary_records(_part(content, "xl/workbook.bin"))
        return any(number == _WORKBOOK_PROPERTIES and data[:1] and data[0] & 1 for number, data in records)
    return False


def _part(content: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read(name)
    except (KeyError, *TROUBLE):
        return b""


def _globals_of(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Records of an old workbook's first part, as far as they lie together in the file."""
    start = content.find(struct.pack("<HH", _BEGINNING, 16) + struct.pack("<HH", 0x0600, _GLOBALS))
    if start < 0:  # Excel 5 and 95
        start = content.find(struct.pack("<HH", _BEGINNING, 8) + struct.pack("<HH", 0x0500, _GLOBALS))
    for _ in range(_MOST):
        if start < 0 or start + 4 > len(content):
            return
        number, length = struct.unpack_from("<HH", content, start)
        if length > _LONGEST or number == _END:
            return
        yield number, content[start + 4 : start + 4 + length]
        start += 4 + length


def _binary_records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Records of a part of a binary workbook of 2007 and later: number and length in seven bits a byte."""
    at = 0
    for _ in range(_MOST):
        number, at = _variable(part, at, 2)
        length, at = _variable(part, at, 4)
        if at >= len(part):
            return
        yield number, part[at : at + length]
        at += length


def _variable(part: bytes, at: int, most: int) -> tuple[int, int]:
    """Read a whole number and return the place behind it; of record numbers the marker bit stays out."""
    value = 0
    for i in range(most):
        if at >= len(part):
            return 0, at
        byte = part[at]
        value |= (byte & 0x7F) << (7 * i)
        at += 1
        if byte < 0x80:  # noqa: PLR2004  the bit that says another byte follows
            break
    return value, at
