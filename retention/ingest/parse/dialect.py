"""How a text is written: its encoding, and what stands between its cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from retention.ingest.parse.formats import is_utf16
from retention.ingest.parse.header import Head, find_header

if TYPE_CHECKING:
    from collections.abc import Sequence

BLANKS = " "
LONGEST_CELL = 1 << 17  # characters; a workbook's cell ends at 32,767
_USUAL = (";", "\t", "|", ",")  # in this order where several fit: commas also stand inside numbers
_UNUSUAL = ("^", "~", "\x1f", "¦", ":")  # only where every line has as many, and nothing else fits
_SAMPLE_LINES = 200
_SAMPLE_BYTES = 1 << 18
_MOST = 0.5
_NEARLY_ALL = 0.9
_SEPARATOR = re.compile(rb"\A\"?sep=(.)\"?[ \t]*(?:\n|\Z)", re.IGNORECASE)


def as_utf8(content: bytes) -> bytes:
    """Content as UTF-8 without a byte order mark; what is neither Unicode nor marked is Windows-1252."""
    text = _decoded(content)
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text


def _decoded(content: bytes) -> bytes:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace").encode()
    if is_utf16(content[:_SAMPLE_BYTES]):
        return content.decode("utf-16-le" if content[1] == 0 else "utf-16-be", "replace").encode()
    content = content.removeprefix(codecs.BOM_UTF8)
    if content.isascii():
        return content
    try:
        content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace").encode()
    return content


def announced(body: bytes) -> str | None:
    """Find the delimiter that a first line ``sep=;`` names, as spreadsheets write and obey it."""
    named = _SEPARATOR.match(body)
    return named[1].decode("latin-1") if named else None


def delimiter_of(body: bytes) -> str:
    """Find the delimiter that cuts the most lines into the same number of cells, more than one."""
    head = body[:_SAMPLE_BYTES]
    lines = head[: head.rfind(b"\n") + 1] if len(body) > len(head) else head
    cut = {separator: _cells(lines, separator) for separator in _USUAL}
    fits = {separator: _evenness(list(map(len, rows))) for separator, rows in cut.items()}
    even = [separator for separator in _USUAL if fits[separator][0] and fits[separator][1] > _MOST]
    if even:
        return max(even, key=lambda separator: fits[separator][1])
    if rare := _rare(lines):
        return rare
    below = {separator: _promise(cut[separator], fits[separator][1]) for separator in _USUAL}
    best = max(_USUAL, key=lambda separator: below[separator])
    return best if below[best] > (False, 0.0) else _blanks_or_one(lines)


def _rare(lines: bytes) -> str | None:
    for separator in _UNUSUAL:
        widths = list(map(len, _cells(lines, separator)))
        if _evenness(widths) == (True, 1.0) and min(widths) > 2:  # noqa: PLR2004  a colon alone is a time's
            return separator
    return None


def _blanks_or_one(lines: bytes) -> str:
    blank_runs = [len(line.split()) for line in lines.splitlines()[:_SAMPLE_LINES] if line.strip()]
    return BLANKS if _evenness(blank_runs) >= (True, _NEARLY_ALL) else ","


def _cells(lines: bytes, separator: str) -> list[list[str]]:
    text = io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8", errors="replace", newline="")
    csv.field_size_limit(_SAMPLE_BYTES)
    return [row for row in islice(csv.reader(text, delimiter=separator), _SAMPLE_LINES) if row]


def _evenness(widths: Sequence[int]) -> tuple[bool, float]:
    """Whether the first line is as wide as most, and how many are; nothing if most have one cell."""
    if not widths:
        return (False, 0.0)
    width, count = max(Counter(widths).items(), key=lambda item: (item[1], item[0]))
    return (widths[0] == width, round(count / len(widths), 2)) if width > 1 else (False, 0.0)


def _promise(rows: list[list[str]], share: float) -> tuple[bool, float]:
    """Whether headings are found below lines of titles, and how wide and even the table there is."""
    header = find_header(Head(rows))
    below = Counter(len(row) for row in rows[header.lines[0] if header.lines else header.first :])
    width, count = max(below.items(), key=lambda item: (item[0] > 1, item[0] * item[1]), default=(1, 0))
    if width == 1:
        return False, 0.0
    return header.headed, max(share, count / sum(below.values())) * width**0.5
