"""Columns of statuses that leave something open: words nobody knows, and columns nobody asked."""

from __future__ import annotations

from itertools import filterfalse
from typing import TYPE_CHECKING, Any

import numpy as np

from retention.errors import DataWarning
from retention.ingest.columns.texts import Coded, coded_labels
from retention.ingest.mapping.exports import rules_of
from retention.ingest.mapping.platform import folded
from retention.ingest.words.documents import (
    is_no_sale_document,
    looks_like_documents,
    marks_refund,
    tell_of_one_sale,
)
from retention.ingest.words.headings import plain, rank_of
from retention.ingest.words.status_words import SALE_DOCUMENT
from retention.ingest.words.statuses import (
    is_no_sale,
    is_status_heading,
    status_reading,
    tells_status,
    tells_the_end,
    tells_the_return,
    unknown_statuses,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.parse.reading import RawTable

_FEW = 40  # distinct words a column of statuses has at most
_NAMED = 5  # words a warning quotes


def words_to_ask(raw: RawTable, mapping: Mapping) -> list[str]:
    """Words of the status nobody knows, told to be no sale or not: by default they count as sales."""
    column = mapping.status
    if column is None or tells_the_end(column) or rules_of(mapping.platform).movements:
        return []
    return raw.remembered(
        ("words to ask", column, mapping.platform), lambda: _unknown(mapping, coded_labels(raw.table[column]))
    )


def said_of_status(mapping: Mapping, status: Coded) -> list[DataWarning]:
    """Words of the status nobody knows, which count as sales; and a status that is a day or a reason."""
    column, words = str(mapping.status), status.names.to_pylist()
    if tells_the_end(column):
        reads = mapping.status_reading(words)
        found = _found(column, status, [word for word in words if reads(word) is not None])
        return (
            [DataWarning("cancelled_by_column", {"column": column, "rows": found["rows"]})] if found else []
        )
    told = {word.casefold() for word in mapping.no_sale}
    return _warned(
        column, status, [word for word in _unknown(mapping, status) if word.casefold() not in told]
    )


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


def said_of_documents(raw: RawTable, mapping: Mapping) -> list[DataWarning]:
    """Documents that one sale passes through, which would count several times, and types nobody knows."""
    if mapping.platform is not None:
        return []
    said = []
    taken = {name for role, name in mapping.columns.items() if role != "refund"}
    for name in raw.table.columns:
        words = [] if name in taken else _words(raw, name)
        if len(words) <= _FEW and (several := tell_of_one_sale(words)):
            found = _found(name, coded_labels(raw.table[name]), several)
            said += [DataWarning("documents_of_one_sale", found)] if found else []
        if name == mapping.refund and looks_like_documents(words):
            found = _found(name, coded_labels(raw.table[name]), list(filterfalse(_is_document, words)))
            said += [DataWarning("unknown_status_words", found)] if found else []
    return said


def _is_document(word: str) -> bool:
    return marks_refund(word) or is_no_sale_document(word) or bool(SALE_DOCUMENT.search(plain(word)))


def _candidates(raw: RawTable, mapping: Mapping) -> Iterator[str]:
    rules = rules_of(mapping.platform)
    used = folded(rules.cancelled_when_filled or "")
    taken, roles = set(mapping.columns.values()), set(mapping.columns)
    for name in raw.table.columns:
        if name in taken or folded(name) == used:
            continue
        words = _words(raw, name)
        if tells_the_end(name) or (tells_the_return(name) and not {"refund", "refunded"} & roles):
            if words and coded_labels(raw.table[name]).codes.min(initial=0) < 0:
                yield name
        elif len(words) <= _FEW and (
            is_status_heading(name)
            or tells_status(name, words)
            or _is_numbered(name, words)
            or (mapping.platform is None and any(map(is_no_sale, words)))
        ):
            yield name


def _words(raw: RawTable, name: str) -> list[str]:
    """Distinct texts of a column in rows spread over the file."""

    def words() -> list[str]:
        found: list[str] = coded_labels(raw.spread().table[name]).names.to_pylist()
        return found

    return raw.remembered(("words", name), words)


def _is_numbered(name: str, words: list[str]) -> bool:
    """Whether a column headed as a status has numbers that only its shop can read."""
    return rank_of(name, "status") is not None and bool(words) and all(word.isdigit() for word in words)


def _of_column(raw: RawTable, mapping: Mapping, name: str) -> list[DataWarning]:
    column = coded_labels(raw.table[name])
    words = column.names.to_pylist()
    reads = status_reading(name, words)
    telling = [word for word in words if reads(word) is not None]
    if not (tells_status(name, words) or tells_the_end(name) or tells_the_return(name)):
        telling = list(filter(is_no_sale, words))
    if telling:
        return [DataWarning("status_not_used", _found(name, column, telling))]
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
