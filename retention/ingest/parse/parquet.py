"""A Parquet file to a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from retention.errors import InputError
from retention.ingest.parse.cells import blank_rows, plain_array
from retention.ingest.parse.parsed import Parsed, without

if TYPE_CHECKING:
    from retention.ingest.parse.limits import Limits


def read_parquet(content: bytes, limits: Limits) -> Parsed:
    """Read every column; nested ones become text.

    Raises
    ------
    InputError
        ``too_many_rows``, ``too_many_columns``, ``expands_too_far``, ``no_rows`` or ``broken_file``.
    """
    try:
        file = parquet.ParquetFile(pa.BufferReader(content))
        _refuse_excess(file.metadata, limits)
        whole = file.read(use_threads=False)
        table = pa.table([plain_array(column) for column in whole.columns], names=_numbers(whole))
    except (pa.ArrowException, OSError) as error:
        raise InputError("broken_file") from error
    gone = blank_rows(table)
    if len(gone) == table.num_rows:
        raise InputError("no_rows")
    rows = np.delete(np.arange(1, table.num_rows + 1, dtype=np.int64), gone)
    names, places = tuple(whole.column_names), tuple(range(whole.num_columns))
    return Parsed(without(table, gone), names, places, headed=True, first_row=1, rows=rows)


def _numbers(table: pa.Table) -> list[str]:
    return [str(i) for i in range(table.num_columns)]


def _refuse_excess(about: parquet.FileMetaData, limits: Limits) -> None:
    if about.num_columns > limits.columns:
        raise InputError("too_many_columns", columns=about.num_columns, limit=limits.columns)
    if about.num_rows > limits.rows:
        raise InputError("too_many_rows", rows=about.num_rows, limit=limits.rows)
    expanded = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
    if expanded > limits.expanded_bytes:
        raise InputError("expands_too_far", bytes=expanded, limit=limits.expanded_bytes)
