"""Who bought, row by row: by a second name where the first is missing, and nobody where a cell says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from retention.errors import DataWarning
from retention.ingest.columns.few_words import FewWords
from retention.ingest.columns.people import is_address
from retention.ingest.columns.texts import Coded, coded, coded_labels
from retention.ingest.words.headings import holding, matching
from retention.ingest.words.nobody import NOBODY
from retention.ingest.words.vocabulary import ORDERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.parse.reading import RawTable

_NAMED = 5  # words for nobody that a warning quotes
_NOBODY = FewWords(NOBODY)
_SHARED = 2  # rows of an id from which it is no single guest's


def named_by_either(first: Coded, other: Coded) -> Coded:
    """Name each row's customer by the first name, else by the other.

    A row that has only the other takes the first name of the rows that have both, where these agree: someone
    who once left out the e-mail address is still who they are.
    """
    lacking = (first.codes < 0) & (other.codes >= 0)
    if not lacking.any():
        return first
    both = (first.codes >= 0) & (other.codes >= 0)
    lowest = np.full(len(other.names), len(first.names))
    highest = np.full(len(other.names), -1)
    np.minimum.at(lowest, other.codes[both], first.codes[both])
    np.maximum.at(highest, other.codes[both], first.codes[both])
    known = np.append(np.where(lowest == highest, highest, -1), -1)[other.codes]
    named = Coded(np.where(lacking, known, first.codes), first.names)
    return either(named, other, lacking & (known < 0))


def either(first: Coded, other: Coded, from_other: NDArray[np.bool_]) -> Coded:
    """Take the other's text on the rows of a mask."""
    shifted = np.where(other.codes >= 0, other.codes + len(first.names), -1)
    names = pa.concat_arrays([first.names, other.names])
    return coded(names, np.where(from_other, shifted, first.codes).astype(np.intp))


def somebody(people: Coded) -> tuple[Coded, NDArray[np.bool_]]:
    """Take the name from rows that name nobody in particular; with these rows."""
    nobody = _mean_nobody(people.names)
    if not nobody.any():
        return people, np.zeros(len(people.codes), dtype=bool)
    rows = np.append(nobody, np.False_)[people.codes]
    return Coded(np.where(rows, -1, people.codes), people.names), rows


def nobody_by_name(
    raw: RawTable, mapping: Mapping, customer: Coded, said: list[DataWarning]
) -> tuple[Coded, NDArray[np.bool_]]:
    """Take the customer from rows whose id stands for nobody, as number 1 that is always "Walk-in"; say so.

    An address is somebody's, and so is an id that comes once.
    """
    rows = np.zeros(len(customer.codes), dtype=bool)
    beside = [] if is_address(mapping.customer) else _names_beside(raw, mapping)
    if not beside:
        return customer, rows
    for name in beside:
        names = coded_labels(raw.table[name])
        is_nobody = np.append(_mean_nobody(names.names), np.False_)[names.codes]
        known = customer.codes >= 0
        size = len(customer.names)
        of_nobody = np.bincount(customer.codes[known & is_nobody], minlength=size)
        of_others = np.bincount(customer.codes[known & ~is_nobody & (names.codes >= 0)], minlength=size)
        shared = np.append((of_nobody >= _SHARED) & (of_others == 0), np.False_)
        here = known & shared[customer.codes]
        said += said_of_nobody(names, here & is_nobody)
        rows |= here
    return Coded(np.where(rows, -1, customer.codes), customer.names), rows


def _names_beside(raw: RawTable, mapping: Mapping) -> list[str]:
    """Columns headed as customers, beside the one chosen, that name nobody on some rows."""
    names = [name for name in raw.table.columns if name != mapping.customer]
    headed = {*matching(names, ORDERS["customer"]), *holding(names, "customer")}
    sample = raw.spread().table
    return [name for name in names if name in headed and _mean_nobody(coded_labels(sample[name]).names).any()]


def said_of_nobody(named: Coded, rows: NDArray[np.bool_]) -> list[DataWarning]:
    """Name what stands for nobody on rows that nothing else tells the customer of."""
    found = np.bincount(named.codes[rows & (named.codes >= 0)], minlength=len(named.names))
    if not found.any():
        return []
    most = np.argsort(-found, kind="stable")[: min(_NAMED, int((found > 0).sum()))]
    names = named.names.take(pa.array(most)).to_pylist()
    return [DataWarning("customers_nobody", {"rows": int(found.sum()), "names": names})]


def _mean_nobody(names: pa.StringArray) -> NDArray[np.bool_]:
    """Names that stand for nobody in particular, as "Walk-in" does."""
    return _NOBODY.among(names)
