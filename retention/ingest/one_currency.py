"""One file, one currency: which it is, and what to do with the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from retention.errors import InputError
from retention.ingest import once
from retention.ingest.columns import Coded, is_dated, is_numeric
from retention.ingest.currency import currencies, currency_in_heading, same_currency
from retention.ingest.fates import CODE, USED

if TYPE_CHECKING:
    from retention.ingest.mapping import Mapping
    from retention.ingest.reading import RawTable
    from retention.ingest.rows import Rows


def keep_one_currency(raw: RawTable, mapping: Mapping, rows: Rows, wanted: str | None) -> str | None:
    """Set rows in other currencies aside, and name the one that stays; None where the file names none.

    Parameters
    ----------
    wanted : the one to keep where usable rows have several; rows that name none are then set aside too

    Raises
    ------
    InputError
        ``several_currencies`` where they have and none is wanted, ``no_such_currency`` where none has the
        one wanted; each with the rows of every currency.
    """
    found = _of_rows(raw, mapping, rows)
    used = rows.fate == USED
    counts = np.bincount(found.codes[used & (found.codes >= 0)], minlength=len(found.names))
    present = {found.names[int(i)].as_py(): int(counts[i]) for i in np.flatnonzero(counts)}
    if wanted is not None and wanted not in present and present:
        raise InputError("no_such_currency", currency=wanted, currencies=present)
    if len(present) > 1:
        if wanted is None:
            raise InputError("several_currencies", currencies=present)
        rows.fate[used & (found.codes != found.names.to_pylist().index(wanted))] = CODE["other_currency"]
        return wanted
    return next(iter(present), None) or _of_heading(mapping)


def _of_rows(raw: RawTable, mapping: Mapping, rows: Rows) -> Coded:
    """Currency of each row, by its column, else by what stands beside the amount."""
    name = mapping.currency or mapping.amount or str(mapping.price)
    column = raw.table[name]
    if is_numeric(column) or is_dated(column) or (mapping.currency is None and rows.bare):
        return Coded(np.full(len(column), -1), pa.array([], pa.string()))
    found = currencies(column)
    if mapping.once_per_order and rows.order is not None:
        found = once.filled(found, rows.order.codes)
    return _together(found)


def _together(found: Coded) -> Coded:
    """Read a sign several currencies share as the only one of them in the file."""
    names = found.names.to_pylist()
    meaning = same_currency(set(names))
    codes = np.array([*(names.index(meaning[name]) for name in names), -1], dtype=np.int64)
    return Coded(codes[found.codes], found.names)


def _of_heading(mapping: Mapping) -> str | None:
    """Currency the amount's heading names, as in "Totale (€)"."""
    return currency_in_heading(mapping.amount or str(mapping.price))
