"""Rows that are there twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from retention.ingest.columns.distinct import HALF, ODD
from retention.ingest.orders.rows import USED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.orders.rows import Rows
    from retention.ingest.parse.reading import RawTable

_FILE = "\0file"  # a heading no file has


@dataclass(frozen=True)
class Repeated:
    """Usable rows equal to an earlier usable one in every column.

    Attributes
    ----------
    rows : (n,)
    across_files : how many of them repeat a row of another file
    """

    rows: NDArray[np.bool_]
    across_files: int


def repeated(raw: RawTable, rows: Rows, mapping: Mapping) -> Repeated:
    """Find repeated rows; only those alike in customer, order, date and amount are compared."""
    mask = np.zeros(len(rows.amount), dtype=bool)
    places = np.flatnonzero(rows.outcome == USED)
    if rows.order is not None and not _any_repeated(rows.order.codes[places]):
        return Repeated(mask, 0)
    fields: list[NDArray[Any]] = [rows.date, rows.customer.codes]
    if rows.order is not None:
        fields.append(rows.order.codes)
    if not mapping.once_per_order:  # else the amount stands on one row of several that are equal
        fields.append(rows.amount)
    places = places[_may_be_alike([field[places] for field in fields])]
    if len(places) == 0:
        return Repeated(mask, 0)
    compared = raw.table.iloc[places]
    again = compared.duplicated().to_numpy()
    mask[places] = again
    if len(raw.files) == 1:
        return Repeated(mask, 0)
    within = compared.assign(**{_FILE: raw.file[places]}).duplicated().to_numpy()
    return Repeated(mask, int((again & ~within).sum()))


def _may_be_alike(fields: list[NDArray[Any]]) -> NDArray[np.bool_]:
    """Rows whose fields have the same hash as another's: all that are alike, and hardly any others."""
    hashes = np.zeros(len(fields[0]), dtype=np.uint64)
    for field in fields:
        hashes = (hashes ^ np.ascontiguousarray(field).view(np.uint64)) * ODD
        hashes ^= hashes >> HALF
    ascending = np.sort(hashes)
    again = ascending[1:][ascending[1:] == ascending[:-1]]
    return np.isin(hashes, again) if len(again) else np.zeros(len(hashes), dtype=bool)


def _any_repeated(order: NDArray[np.int64]) -> bool:
    """Whether an order id stands on several rows, or is missing on some."""
    return bool((order < 0).any() or np.bincount(order, minlength=1).max() > 1)
