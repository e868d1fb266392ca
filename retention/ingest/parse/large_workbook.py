"""A large sheet that begins with its headings, by the quickest reader; every other is left to `workbook`.

That reader hands columns over by type, where a text that looks like a number or a date cannot be told from
one: a sheet where this could matter is read the other way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

from retention.errors import InputError
from retention.ingest.parse.cells import plain_array
from retention.ingest.parse.header import HEAD, Head, Header, find_header
from retention.ingest.parse.parsed import Parsed, data_of
from retention.ingest.parse.sheet_xml import first_filled_row

if TYPE_CHECKING:
    from retention.ingest.parse.limits import Limits

_UNNAMED = "__UNNAMED__"
_DOUBTFUL = (
    r"^\s*[+-]?[0-9]*[.,][0-9]+\s*$|^[+-]?[0-9.]+[eE][+-]?[0-9]+$|^[0-9]{4}-[0-9]{2}-[0-9]{2}|:[0-9]{2}$"
)


def read_large(content: bytes, sheet: str | None, limits: Limits) -> Parsed | None:
    """Read the only sheet, or the one named; None where its layout or its types ask for more care.

    Raises
    ------
    InputError
        ``too_many_rows`` or ``too_many_columns``.
    """
    try:
        workbook = fastexcel.read_excel(content)
        names = tuple(workbook.sheet_names)
        if (sheet is None and len(names) > 1) or (sheet is not None and sheet not in names):
            return None
        sheet = sheet or names[0]
        batch = workbook.load_sheet_eager(sheet, schema_sample_rows=None)  # a sample would null what differs
    except fastexcel.FastExcelError:
        return None
    _refuse_excess(batch, limits)
    header = _header(batch)
    start = first_filled_row(content, sheet)
    if header is None or start is None or not _are_told(batch):
        return None
    table = pa.table({str(i): plain_array(pa.chunked_array([c])) for i, c in enumerate(batch.columns)})
    table, rows, not_data = data_of(table, header, [list(header.names)], start)
    places = tuple(range(table.num_columns))
    return Parsed(table, header.names, places, True, start + 1, rows, not_data, sheets=names, sheet=sheet)


def _refuse_excess(batch: pa.RecordBatch, limits: Limits) -> None:
    if batch.num_columns > limits.columns:
        raise InputError("too_many_columns", columns=batch.num_columns, limit=limits.columns)
    if batch.num_rows > limits.rows:
        raise InputError("too_many_rows", rows=batch.num_rows, limit=limits.rows)


def _header(batch: pa.RecordBatch) -> Header | None:
    """Headings in the first row, and all below data; None for anything else."""
    names = batch.schema.names
    if batch.num_rows == 0 or any(name.startswith(_UNNAMED) for name in names) or _numbered(names):
        return None
    first = [
        list(row) for row in zip(*(c.slice(0, HEAD - 1).to_pylist() for c in batch.columns), strict=True)
    ]
    header = find_header(Head([list(names), *first]))
    return header if header.lines == (0,) else None


def _numbered(names: list[str]) -> bool:
    """Whether the reader has told equal headings apart by numbers of its own."""
    stems = (name.rpartition("_") for name in names)
    return any(number.isdigit() and stem in names for stem, _, number in stems)


def _are_told(batch: pa.RecordBatch) -> bool:
    """Whether some column is typed, so that no headings repeat, and no text could have been a number."""
    kinds = batch.schema.types
    if any(pa.types.is_duration(kind) or pa.types.is_time(kind) for kind in kinds):
        return False
    texts = [column for column, kind in zip(batch.columns, kinds, strict=True) if pa.types.is_string(kind)]
    typed = [kind for kind in kinds if pa.types.is_floating(kind) or pa.types.is_temporal(kind)]
    doubtful = (pc.any(pc.match_substring_regex(column.unique(), _DOUBTFUL)).as_py() for column in texts)
    return bool(typed) and not any(doubtful)
