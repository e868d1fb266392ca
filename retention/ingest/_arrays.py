"""Cells of a workbook to columns of one type each."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from retention.ingest._cells import as_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retention.ingest._cells import Cell

_LARGEST_WHOLE = 1 << 53  # beyond it a float names no single whole number


def array_of(cells: Sequence[Cell]) -> tuple[pa.Array, NDArray[np.bool_] | None]:
    """Array of a column's cells, "" and None being null.

    Returns
    -------
    array : of numbers, moments or truth values where all cells are that; else of texts
    typed : where these texts stand for numbers or dates the file stores; None where they do not differ
    """
    types = set(map(type, cells)) - {type(None)}
    if types <= {str}:
        return pa.array([cell or None for cell in cells], pa.string()), None
    filled = [None if isinstance(cell, str) and not cell.strip() else cell for cell in cells]
    kinds = set(map(type, filled)) - {type(None)}
    if kinds <= {bool}:
        return pa.array(filled, pa.bool_()), None
    if kinds <= {int, float} and not _has_large(filled):
        return pa.array(filled, pa.float64()), None
    if kinds and all(issubclass(kind, date) for kind in kinds):
        return pa.array(list(map(_moment, filled)), pa.timestamp("us")), None
    return _texts(filled)


def _moment(cell: Cell) -> datetime | None:
    """Midnight of a date: Arrow takes no dates among moments."""
    if isinstance(cell, datetime) or not isinstance(cell, date):
        return cell if isinstance(cell, datetime) else None
    return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001  a spreadsheet's, local


def _has_large(cells: Sequence[Cell]) -> bool:
    return any(isinstance(cell, int) and abs(cell) > _LARGEST_WHOLE for cell in cells)


def _texts(cells: Sequence[Cell]) -> tuple[pa.Array, NDArray[np.bool_] | None]:
    typed = [isinstance(cell, int | float | date) and not isinstance(cell, bool) for cell in cells]
    texts = pa.array([None if cell is None else as_text(cell) for cell in cells], pa.string())
    return texts, np.array(typed, dtype=bool) if any(typed) else None


def plain_array(array: pa.ChunkedArray) -> pa.ChunkedArray:
    """Column of a type pandas and the understanding of columns know: numbers, moments, truth or text."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        return plain_array(array.cast(kind.value_type))
    if pa.types.is_boolean(kind) or pa.types.is_string(kind) or pa.types.is_timestamp(kind):
        return array
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return array if pa.types.is_integer(kind) else array.cast(pa.float64())
    if pa.types.is_date(kind):
        return array.cast(pa.timestamp("ms")).cast(pa.timestamp("us"))
    try:
        return array.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):  # nested, or bytes that are no text
        texts = [None if value is None else str(value) for value in array.to_pylist()]
        return pa.chunked_array([pa.array(texts, pa.string())])
