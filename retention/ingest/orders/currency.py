"""One file, one currency: which each row is in, and what to do with the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention.errors import InputError
from retention.ingest.columns.line_items import filled_texts
from retention.ingest.columns.texts import Coded, coded, distinct_texts, is_dated, is_numeric
from retention.ingest.orders.rows import CODE, USED
from retention.ingest.words.currencies import (
    CODES as CURRENCIES,
    currency_in_heading,
    currency_of,
    same_currency,
)

if TYPE_CHECKING:
    import pandas as pd

    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.orders.rows import Rows
    from retention.ingest.parse.reading import RawTable

_NUMBERS = r"[-+]?[0-9][-+0-9.,'’\s\x{00A0}\x{2007}\x{2009}\x{202F}]*"


def keep_one_currency(raw: RawTable, mapping: Mapping, rows: Rows, wanted: str | None) -> str | None:
    """Set rows in other currencies aside, and name the one that stays; None where the file names none.

    Parameters
    ----------
    wanted : the one to keep where usable rows have several; rows that name none are then set aside too. Where
        the file names none at all, what its amounts are in

    Raises
    ------
    InputError
        ``several_currencies`` where they have and none is wanted, ``no_such_currency`` where the file names
        others than the one wanted; each with the rows of every currency. ``unknown_currency`` where it names
        none and the one wanted is no code of ISO 4217.
    """
    found = _of_rows(raw, mapping, rows)
    used = rows.outcome == USED
    counts = np.bincount(found.codes[used & (found.codes >= 0)], minlength=len(found.names))
    present = {found.names[int(i)].as_py(): int(counts[i]) for i in np.flatnonzero(counts)}
    if not present and (named := _of_heading(mapping) or raw.currency):
        present = {named: int(used.sum())}
    if wanted is not None and present and wanted not in present:
        raise InputError("no_such_currency", currency=wanted, currencies=present)
    if wanted is not None and not present and wanted not in CURRENCIES:
        raise InputError("unknown_currency", currency=wanted)
    if len(present) > 1:
        if wanted is None:
            raise InputError("several_currencies", currencies=present)
        rows.outcome[used & (found.codes != found.names.to_pylist().index(wanted))] = CODE["other_currency"]
        return wanted
    return next(iter(present), wanted)


def _of_rows(raw: RawTable, mapping: Mapping, rows: Rows) -> Coded:
    """Currency of each row, by its column, else by what stands beside the amount."""
    name = mapping.currency or mapping.amount or str(mapping.price)
    column = raw.table[name]
    if is_numeric(column) or is_dated(column) or (mapping.currency is None and rows.bare):
        return Coded(np.full(len(column), -1), pa.array([], pa.string()))
    found = currencies(column)
    if mapping.once_per_order and rows.order is not None:
        found = filled_texts(found, rows.order.codes)
    return _with_signs_told_apart(found)


def _with_signs_told_apart(found: Coded) -> Coded:
    """Read a sign several currencies share as the only one of them in the file."""
    names = found.names.to_pylist()
    meaning = same_currency(set(names))
    codes = np.array([*(names.index(meaning[name]) for name in names), -1], dtype=np.int64)
    return Coded(codes[found.codes], found.names)


def _of_heading(mapping: Mapping) -> str | None:
    """Currency the amount's heading names, as in "Totale (€)"."""
    return currency_in_heading(mapping.amount or str(mapping.price))


def currencies(column: pd.Series) -> Coded:
    """Currency of each row, from codes, signs, or amounts beside which they stand, as in "€ 12,50".

    A text without digits that names no known currency stands for itself.
    """
    codes, texts = distinct_texts(column)
    if not pc.any(pc.match_substring_regex(texts, r"[^-+0-9.,()\s]")).as_py():
        return Coded(np.full(len(column), -1), pa.array([], pa.string()))
    kinds = pc.dictionary_encode(pc.replace_substring_regex(texts, _NUMBERS, "0"))
    meant = [_meaning(text) for text in kinds.dictionary.to_pylist()]
    return coded(pa.array(meant, pa.string()).take(kinds.indices), codes)


def _meaning(text: str) -> str | None:
    return currency_of(text) or (None if "0" in text else text.upper() or None)
