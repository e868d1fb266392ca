"""Delimited text to a table of texts: quoting, ragged rows, where the table begins."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from retention.errors import InputError
from retention.ingest.parse.dialect import BLANKS, LONGEST_CELL, announced, as_utf8, delimiter_of
from retention.ingest.parse.header import HEAD, Head, find_header, usual_width
from retention.ingest.parse.parsed import Parsed, data_of, with_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from retention.ingest.parse.header import Header
    from retention.ingest.parse.limits import Limits

_BLOCK = 8 << 20  # bytes; no row may be longer
_CHUNK = 50_000  # rows
_CACHED = 1 << 18  # bytes that stay in the processor's cache
_NOTHING_YET = re.compile(rb"\A(?:[ \t;,|\f]*\n)+")


def read_delimited(content: bytes, limits: Limits) -> Parsed:
    """Read delimited text; every cell is text, and empty ones are null.

    Raises
    ------
    InputError
        ``line_too_long``, ``too_many_rows``, ``too_many_columns``, ``broken_quotes``, ``wider_than_headings``
        or ``no_rows``.
    """
    whole = as_utf8(content)
    blank = _NOTHING_YET.match(whole)
    body = whole[blank.end() if blank else 0 :]
    if body.endswith((b"\n\n", b"\x1a", b"\x1a\n")):  # else as it is: it may be long
        body = body.rstrip(b"\n\x1a")
    if not body:
        raise InputError("no_rows")
    skipped = blank[0].count(b"\n") if blank else 0
    _refuse_long_lines(body, limits)
    text = _Text(body)
    heads = text.head()
    if max(map(len, heads)) > limits.columns:
        raise InputError("too_many_columns", columns=max(map(len, heads)), limit=limits.columns)
    header = find_header(Head(heads))
    table = text.below(header.first, _width(heads[header.first :]), limits)
    table = _widened(table, len(header.names))
    table, rows, not_data = data_of(table, header, heads, skipped + 1)
    places = tuple(range(table.num_columns))
    names = (*header.names, *[""] * table.num_columns)[: table.num_columns]
    first_row = skipped + 1 + header.first
    wider = _wider(table, heads, header, rows)
    return Parsed(
        table, names, places, header.headed, first_row, rows, not_data, delimiter=text.delimiter, wider=wider
    )


def _wider(
    table: pa.Table, heads: list[list[str | None]], header: Header, rows: NDArray[np.int64]
) -> tuple[int, int]:
    """How many rows have more fields than there are headings, and the number of the first in the file.

    Raises
    ------
    InputError
        ``wider_than_headings`` where most have: then no field can be trusted to stand under its heading.
    """
    headings = max((len(heads[line]) for line in header.lines), default=table.num_columns)
    filled = [
        pc.fill_null(pc.match_substring_regex(column, r"\S"), False).to_numpy()
        for column in table.columns[headings:]
    ]
    wider = np.logical_or.reduce([np.zeros(table.num_rows, dtype=bool), *filled])
    if not wider.any():
        return 0, 0
    found, first = int(wider.sum()), int(rows[wider.argmax()])
    if 2 * found > table.num_rows:
        raise InputError("wider_than_headings", rows=found, row=first, headings=headings)
    return found, first


def _refuse_long_lines(body: bytes, limits: Limits) -> None:
    start = 0
    while len(body) - start > limits.line_bytes:
        end = body.rfind(b"\n", start, start + limits.line_bytes + 1)
        if end < 0:
            raise InputError("line_too_long", limit=limits.line_bytes)
        start = end + 1


def _lines(body: bytes, start: int) -> int:
    """Count lines, the last one with or without its end; four times as quick as `bytes.count`."""
    signs = np.frombuffer(body, dtype=np.uint8)[start:]
    ends = sum(
        np.count_nonzero(signs[place : place + _CACHED] == ord("\n"))
        for place in range(0, len(signs), _CACHED)
    )
    return int(ends) + int(signs[-1] != ord("\n"))


def _width(rows: list[list[str | None]]) -> int:
    """Cells most rows have, by which the others are ragged."""
    return usual_width(Counter(len(row) for row in rows if row)) or 1


def _widened(table: pa.Table, width: int) -> pa.Table:
    """Add columns that only the headings, or only the first rows, have."""
    for place in range(table.num_columns, width):
        table = table.append_column(str(place), pa.nulls(table.num_rows, pa.string()))
    return table


def _without_formulas(body: bytes, separator: str) -> bytes:
    """Write ``"001"`` for ``="001"``, by which programs keep a spreadsheet from dropping the zeros."""
    begins = rb"(?m)(^|%b)" % re.escape(separator.encode())
    ends = rb"(?=%b|$)" % re.escape(separator.encode())
    body = re.sub(begins + rb'"=""([^"\n]*)"""' + ends, rb'\1"\2"', body)
    return re.sub(begins + rb'="([^"\n]*)"' + ends, rb'\1"\2"', body)


class _Text:
    """A text and how it is cut into cells.

    Attributes
    ----------
    delimiter : as found, " " for runs of blanks
    """

    def __init__(self, body: bytes) -> None:
        named = announced(body)
        start = body.find(b"\n") + 1 if named else 0
        self.delimiter = named or delimiter_of(body)
        if self.delimiter == BLANKS:
            body = re.sub(rb"[ \t]+", b"\t", re.sub(rb"(?m)^[ \t]+|[ \t]+$", b"", body))
        self.separator = "\t" if self.delimiter == BLANKS else self.delimiter
        self.quoted = b'"' in body
        if self.quoted and b'="' in body:
            body = _without_formulas(body, self.separator)
        self.body = body
        self.announcement = body[:start].decode("utf-8", "replace").strip()
        self.odd_quotes = self.quoted and body.count(b'"') % 2 == 1
        self._refuse_open_quotes()

    def _refuse_open_quotes(self) -> None:
        """Take an odd quote for an inch mark, unless it opens a cell."""
        opening = rb'(?m)(?:^|%b)"' % re.escape(self.separator.encode())
        if self.odd_quotes and re.search(opening, self.body):
            raise InputError("broken_quotes")

    def head(self) -> list[list[str | None]]:
        """First rows, the line that announces the delimiter among them."""
        rows = list(islice(self._records(self.body), HEAD))
        if self.announcement:
            rows[0] = [self.announcement]
        return rows

    def _records(self, body: bytes) -> Iterator[list[str | None]]:
        """Rows as Python's csv reads them, with None for empty cells."""
        text = io.TextIOWrapper(io.BytesIO(body), encoding="utf-8", errors="replace", newline="")
        return ([cell or None for cell in row] for row in self._rows(text))

    def _rows(self, lines: Iterable[str]) -> Iterator[list[str]]:
        csv.field_size_limit(LONGEST_CELL)
        try:
            if self.odd_quotes:
                yield from csv.reader(lines, delimiter=self.separator, quoting=csv.QUOTE_NONE)
            else:
                yield from csv.reader(lines, delimiter=self.separator)
        except csv.Error as error:
            raise InputError("broken_quotes") from error

    def below(self, first: int, width: int, limits: Limits) -> pa.Table:
        """Every row from one on, by Arrow where that can, else one by one."""
        start = self._start_of(first)
        if start >= len(self.body):
            raise InputError("no_rows")
        lines = _lines(self.body, start)
        if lines > limits.rows and not self.quoted:
            raise InputError("too_many_rows", rows=lines, limit=limits.rows)
        table = self._parsed(start, width, limits)
        if table.num_rows > limits.rows:
            raise InputError("too_many_rows", rows=table.num_rows, limit=limits.rows)
        return table

    def _start_of(self, record: int) -> int:
        """Find the byte at which a row begins."""
        start = 0

        def lines() -> Iterator[str]:
            nonlocal start
            for line in io.BytesIO(self.body):
                start += len(line)
                yield line.decode("utf-8", "replace")

        if record > 0:
            next(islice(self._rows(lines()), record - 1, None))
        return start

    def _parsed(self, start: int, width: int, limits: Limits) -> pa.Table:
        body = pa.py_buffer(self.body).slice(start)
        try:
            return self._by_arrow(body, width)
        except pa.ArrowInvalid:
            pass  # some rows are longer or shorter
        ragged: list[tuple[int, str]] = []
        try:
            even = self._by_arrow(body, width, ragged)
        except pa.ArrowInvalid:
            return self._one_by_one(self._records(self.body[start:]), limits)
        others = self._one_by_one(self._ragged(ragged), limits)
        wide = max(width, others.num_columns)
        places = np.array([row - 1 for row, _ in ragged], dtype=np.intp)
        return with_rows(_widened(even, wide), _widened(others, wide), places)

    def _ragged(self, rows: list[tuple[int, str]]) -> Iterator[list[str | None]]:
        for _, text in rows:
            cells = next(self._rows(io.StringIO(text, newline="")), [])
            yield [cell or None for cell in cells]

    def _by_arrow(self, body: pa.Buffer, width: int, ragged: list[tuple[int, str]] | None = None) -> pa.Table:
        """Rows of one width; the others are an error, or left out and listed with their number from 1."""

        def leave_out(row: arrow_csv.InvalidRow) -> str:
            if ragged is not None:
                ragged.append((row.number, row.text))
            return "skip"

        names = [str(i) for i in range(width)]
        return arrow_csv.read_csv(
            pa.BufferReader(body),
            read_options=arrow_csv.ReadOptions(
                column_names=names, block_size=_BLOCK, use_threads=ragged is None
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=self.separator,
                quote_char=False if self.odd_quotes else '"',
                newlines_in_values=self.quoted and not self.odd_quotes,
                ignore_empty_lines=False,
                invalid_row_handler=None if ragged is None else leave_out,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                check_utf8=False,  # `as_utf8` saw to it
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=[""],
            ),
        )

    def _one_by_one(self, records: Iterator[list[str | None]], limits: Limits) -> pa.Table:
        """Rows of unequal length: short ones are filled with nulls, longer ones make further columns."""
        chunks = []
        while chunk := list(islice(records, _CHUNK)):
            width = max(map(len, chunk))
            if width > limits.columns:
                raise InputError("too_many_columns", columns=width, limit=limits.columns)
            columns = list(zip_longest(*chunk)) or [(None,) * len(chunk)]
            chunks.append(pa.table({str(i): pa.array(c, pa.string()) for i, c in enumerate(columns)}))
        return pa.concat_tables(chunks, promote_options="default")
