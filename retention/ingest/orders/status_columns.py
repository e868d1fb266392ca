"""Columns of statuses that leave something open: words nobody knows, and columns nobody asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from retention.errors import DataWarning
from retention.ingest.columns.texts import Coded, coded_labels
from retention.ingest.mapping.exports import rules_of
from retention.ingest.words.statuses import is_status_heading, status_reading, tells_status, unknown_statuses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.parse.reading import RawTable

_FEW = 40  # distinct words a column of statuses has at most
_NAMED = 5  # words a warning quotes


def words_to_ask(raw: RawTable, mapping: Mapping) -> list[str]:
    """Words of the status nobody knows, told to be no sale or not: by default they count as sales."""
    column = mapping.status
    if column is None or rules_of(mapping.platform).movements:
        return []
    return raw.remembered(
        ("words to ask", column, mapping.platform), lambda: _unknown(mapping, coded_labels(raw.table[column]))
    )


def unknown_words(mapping: Mapping, status: Coded) -> list[DataWarning]:
    """Words of the status that were taken for sales as nobody knows them."""
    told = {word.casefold() for word in mapping.no_sale}
    words = [word for word in _unknown(mapping, status) if word.casefold() not in told]
    return _warned(str(mapping.status), status, words)


def _unknown(mapping: Mapping, status: Coded) -> list[str]:
    """Words neither people nor the export use for what was sold or was not."""
    known = rules_of(mapping.platform).statuses
    words = unknown_statuses(str(mapping.status), status.names.to_pylist())
    return [word for word in words if word.casefold() not in known]


def _warned(column: str, status: Coded, words: list[str]) -> list[DataWarning]:
    found = _found(column, status, words)
    return [DataWarning("unknown_status_words", found)] if found else []


def statuses_not_used(raw: RawTable, mapping: Mapping) -> list[DataWarning]:
    """Columns that say what was no sale, or are headed as if they did, and are not the status chosen."""
    return [warning for name in _candidates(raw, mapping) for warning in _of_column(raw, mapping, name)]


def _candidates(raw: RawTable, mapping: Mapping) -> Iterator[str]:
    taken = set(mapping.columns.values())
    sample = raw.spread().table
    for name in raw.table.columns:
        if name not in taken:
            words = coded_labels(sample[name]).names.to_pylist()
            if len(words) <= _FEW and (is_status_heading(name) or tells_status(name, words)):
                yield name


def _of_column(raw: RawTable, mapping: Mapping, name: str) -> list[DataWarning]:
    column = coded_labels(raw.table[name])
    words = column.names.to_pylist()
    if tells_status(name, words):
        reads = status_reading(name, words)
        found = _found(name, column, [word for word in words if reads(word) is not None])
        return [DataWarning("status_not_used", found)] if found else []
    unknown = unknown_statuses(name, words)
    if mapping.status is None and len(words) > 1 and len(unknown) == len(words):
        return _warned(name, column, unknown)
    return []


def _found(name: str, column: Coded, words: list[str]) -> dict[str, Any]:
    """Words of a column, most frequent first, with the rows that have one; nothing where no row has."""
    rows = np.bincount(column.codes[column.codes >= 0], minlength=len(column.names))
    names = column.names.to_pylist()
    found = {word: int(rows[names.index(word)]) for word in words}
    if not sum(found.values()):
        return {}
    most = sorted(found, key=lambda word: (-found[word], word))[:_NAMED]
    return {"column": name, "words": most, "rows": sum(found.values())}
