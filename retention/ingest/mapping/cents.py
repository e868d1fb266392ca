"""Whether amounts are in hundredths, as programs that know no decimals write them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from retention.ingest.columns.texts import coded_labels
from retention.ingest.mapping.exports import recognise
from retention.ingest.mapping.mapped_columns import read_amounts, read_mapped_dates
from retention.ingest.words.currencies import currency_of
from retention.ingest.words.headings import says_cents

if TYPE_CHECKING:
    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.parse.reading import RawTable

_OF_PROGRAMS = frozenset({"unit_amount"})  # of a payment program's interface: always hundredths there


def says_so(raw: RawTable, mapping: Mapping) -> bool:
    """Whether the heading says that amounts are in hundredths, and none has decimals."""
    return says_cents(_main(mapping)) and _all_whole(raw, mapping)


def may_be(raw: RawTable, mapping: Mapping) -> bool:
    """Whether amounts could be in hundredths: by their heading, or whole as payment programs write them.

    Such programs count times in seconds since 1970, or write currencies in small letters.
    """
    if says_cents(_main(mapping)):
        return True
    if recognise(raw.table.columns, buyer_given=True) is not None:
        return False
    of_a_program = _main(mapping).casefold() in _OF_PROGRAMS or _small_currency(raw, mapping)
    return (of_a_program or _since_1970(raw, mapping)) and _all_whole(raw, mapping)


def _main(mapping: Mapping) -> str:
    return str(mapping.amount or mapping.price)


def _all_whole(raw: RawTable, mapping: Mapping) -> bool:
    amounts = read_amounts(raw, replace(mapping, cents=False)).value
    known = amounts[~np.isnan(amounts)]
    return bool(known.size) and bool((known == np.round(known)).all())


def _since_1970(raw: RawTable, mapping: Mapping) -> bool:
    return read_mapped_dates(raw, mapping, commas=read_amounts(raw, mapping).commas).since_1970


def _small_currency(raw: RawTable, mapping: Mapping) -> bool:
    if mapping.currency is None:
        return False
    words = coded_labels(raw.spread().table[mapping.currency]).names.to_pylist()
    return bool(words) and all(word.islower() and currency_of(word) is not None for word in words)
