"""Records of the binary workbooks, as far as their globals are read here."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEGINNING = 0x809  # [MS-XLS] 2.4.21
_END = 0x0A
_GLOBALS = 0x0005
_LONGEST = 8224  # bytes of a record's data
_MOST = 1_000  # records; what is looked for stands near the beginning


def globals_of(content: bytes) -> Iterator[tuple[int, bytes]]:
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


def binary_records(part: bytes) -> Iterator[tuple[int, bytes]]:
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
