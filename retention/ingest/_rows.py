"""Rows taken out of Arrow tables and put into them, without copying what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FEW = 1_000  # beyond so many pieces it is cheaper to copy


def without(table: pa.Table, places: NDArray[np.intp]) -> pa.Table:
    """Leave out the rows at some places, ascending."""
    if len(places) == 0:
        return table
    if len(places) > _FEW:
        kept = np.ones(table.num_rows, dtype=bool)
        kept[places] = False
        return table.filter(pa.array(kept))
    starts, ends = [0, *(places + 1).tolist()], [*places.tolist(), table.num_rows]
    pieces = [table.slice(start, end - start) for start, end in zip(starts, ends, strict=True) if end > start]
    return pa.concat_tables(pieces or [table.slice(0, 0)])


def with_rows(table: pa.Table, others: pa.Table, places: NDArray[np.intp]) -> pa.Table:
    """Put other rows in, to stand at some places, ascending, of what results."""
    at = places - np.arange(len(places))
    if len(places) > _FEW:
        order = np.insert(np.arange(table.num_rows), at, table.num_rows + np.arange(len(places)))
        return pa.concat_tables([table, others]).combine_chunks().take(pa.array(order))
    pieces, start = [], 0
    for i, end in enumerate(at.tolist()):
        pieces += [table.slice(start, end - start), others.slice(i, 1)]
        start = end
    return pa.concat_tables([*pieces, table.slice(start)])
