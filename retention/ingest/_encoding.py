"""Bytes of text to UTF-8 with plain line ends."""

from __future__ import annotations

import codecs

_SAMPLE = 1 << 18


def as_utf8(content: bytes) -> bytes:
    """Content as UTF-8 without a byte order mark; what is neither Unicode nor marked is Windows-1252."""
    text = _decoded(content)
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text


def _decoded(content: bytes) -> bytes:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace").encode()
    if is_utf16(content[:_SAMPLE]):
        return content.decode("utf-16-le" if content[1] == 0 else "utf-16-be", "replace").encode()
    content = content.removeprefix(codecs.BOM_UTF8)
    if content.isascii():
        return content
    try:
        content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace").encode()
    return content


def is_utf16(head: bytes) -> bool:
    """Whether bytes without a byte order mark are mostly Latin text in UTF-16."""
    half = max(len(head) // 2, 1)
    low, high = head[1::2].count(0) / half, head[0::2].count(0) / half
    return max(low, high) > 0.7 and min(low, high) < 0.1  # noqa: PLR2004  every other byte is zero, and only those
