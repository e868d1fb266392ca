"""Delimited text to a table of texts: encoding, delimiter, quoting, ragged rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import csv as arrow_csv

from retention.errors import InputError
from retention.ingest._formats import is_utf16
from retention.ingest._parsed import Parsed, are_headings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.ingest.limits import Limits

BLANKS = " "
_DELIMITERS = (";", "\t", "|", ",")  # in this order where several fit: commas also stand inside numbers
_SAMPLE_LINES = 200
_SAMPLE_BYTES = 1 << 18
_LONGEST_LINE = 1 << 20  # bytes; a thousand columns of a thousand characters
_LONGEST_CELL = 1 << 17  # characters; a workbook's cell ends at 32,767
_CHUNK = 50_000  # rows
_NOTHING_YET = re.compile(rb"\A(?:[ \t;,|\f]*\n)+")


def read_delimited(content: bytes, limits: Limits) -> Parsed:
    """Read delimited text; every cell is text, empty ones are null, and blank lines are rows of nulls.

    Raises
    ------
    InputError
        ``line_too_long``, ``too_many_rows``, ``too_many_columns``, ``broken_quotes`` or ``no_rows``.
    """
    whole = _utf8(content).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    body = _NOTHING_YET.sub(b"", whole.rstrip(b"\n\x1a"), count=1)
    if not body:
        raise InputError("no_rows")
    skipped = whole.count(b"\n", 0, whole.find(body))
    _refuse_excess(body, limits)
    delimiter = _delimiter(body)
    if delimiter == BLANKS:
        body = re.sub(rb"[ \t]+", b"\t", re.sub(rb"(?m)^[ \t]+|[ \t]+$", b"", body))
    first = next(_records(body, _separator(delimiter)))
    if len(first) > limits.columns:
        raise InputError("too_many_columns", columns=len(first), limit=limits.columns)
    headed = are_headings(first)
    table = _parse(body, _separator(delimiter), len(first), limits).slice(1 if headed else 0)
    if table.num_rows == 0:
        raise InputError("no_rows")
    headings = (first if headed else []) + [""] * table.num_columns
    return Parsed(
        table,
        tuple(headings[: table.num_columns]),
        headed,
        skipped + (2 if headed else 1),
        delimiter=delimiter,
    )


def _utf8(content: bytes) -> bytes:
    """Content as UTF-8 without a byte order mark; what is neither Unicode nor marked is Windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace").encode()
    if is_utf16(content[:_SAMPLE_BYTES]):
        return content.decode("utf-16-le" if content[1] == 0 else "utf-16-be", "replace").encode()
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace").encode()
    return content


def _refuse_excess(body: bytes, limits: Limits) -> None:
    rows = body.count(b"\n")
    if rows > limits.rows:
        raise InputError("too_many_rows", rows=rows, limit=limits.rows)
    if len(max(io.BytesIO(body), key=len)) > _LONGEST_LINE:
        raise InputError("line_too_long", limit=_LONGEST_LINE)


def _separator(delimiter: str) -> str:
    return "\t" if delimiter == BLANKS else delimiter


def _records(body: bytes, separator: str) -> Iterator[list[str]]:
    """Rows as Python's csv reads them; an odd quote is an inch mark, unless it opens a cell."""
    csv.field_size_limit(_LONGEST_CELL)
    odd = body.count(b'"') % 2 == 1
    opening = rb'(?m)(?:^|%b)"' % re.escape(separator.encode())
    if odd and re.search(opening, body):
        raise InputError("broken_quotes")
    text = io.TextIOWrapper(io.BytesIO(body), encoding="utf-8", errors="replace", newline="")
    reader = csv.reader(text, delimiter=separator, quoting=csv.QUOTE_NONE if odd else csv.QUOTE_MINIMAL)
    try:
        yield from reader
    except csv.Error as error:
        raise InputError("broken_quotes") from error


def _delimiter(body: bytes) -> str:
    """Find the delimiter that cuts the most lines into the same number of cells, more than one."""
    head = body[:_SAMPLE_BYTES]
    lines = head[: head.rfind(b"\n") + 1] if len(body) > len(head) else head
    fits = {separator: _evenness(_widths(lines, separator)) for separator in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda separator: fits[separator])
    if fits[best] > (False, 0.0):
        return best
    blank_runs = [len(line.split()) for line in lines.splitlines()[:_SAMPLE_LINES] if line.strip()]
    return BLANKS if _evenness(blank_runs) >= (True, 0.9) else ","


def _widths(lines: bytes, separator: str) -> list[int]:
    text = io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8", errors="replace", newline="")
    reader = csv.reader(text, delimiter=separator)
    csv.field_size_limit(_LONGEST_LINE)
    return [len(row) for row in islice(reader, _SAMPLE_LINES) if row]


def _evenness(widths: list[int]) -> tuple[bool, float]:
    """Whether the first line is as wide as most, and how many are; nothing if most have one cell."""
    if not widths:
        return (False, 0.0)
    width, count = max(Counter(widths).items(), key=lambda item: (item[1], item[0]))
    return (widths[0] == width, round(count / len(widths), 2)) if width > 1 else (False, 0.0)


def _parse(body: bytes, separator: str, width: int, limits: Limits) -> pa.Table:
    """All rows, by Arrow where they are even, else one by one."""
    if body.count(b'"') % 2 == 1:
        return _ragged(body, separator, limits)
    names = [str(i) for i in range(width)]
    try:
        return arrow_csv.read_csv(
            io.BytesIO(body),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=8 * _LONGEST_LINE),
            parse_options=arrow_csv.ParseOptions(
                delimiter=separator, newlines_in_values=b'"' in body, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid:
        return _ragged(body, separator, limits)


def _ragged(body: bytes, separator: str, limits: Limits) -> pa.Table:
    """Rows of unequal length: short ones are filled with nulls, longer ones make further columns."""
    records, chunks = _records(body, separator), []
    while chunk := list(islice(records, _CHUNK)):
        width = max(map(len, chunk))
        if width > limits.columns:
            raise InputError("too_many_columns", columns=width, limit=limits.columns)
        columns = [[cell or None for cell in column] for column in zip_longest(*chunk)] or [
            [None] * len(chunk)
        ]
        chunks.append(
            pa.table({str(i): pa.array(column, pa.string()) for i, column in enumerate(columns)}),
        )
    return pa.concat_tables(chunks, promote_options="default")
