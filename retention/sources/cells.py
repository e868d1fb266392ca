"""A column as PostgreSQL writes it to the type it has there; what a float cannot hold stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Column = tuple[pa.ChunkedArray, NDArray[np.bool_] | None]

# Object identifiers of PostgreSQL's own types (pg_type.dat)
_BOOL, _NUMERIC = 16, 1700
_WHOLE, _FLOATS = frozenset({20, 21, 23, 26}), frozenset({700, 701})
_DAY, _MOMENT, _MOMENT_OF_A_ZONE = 1082, 1114, 1184
DATED = frozenset({_DAY, _MOMENT, _MOMENT_OF_A_ZONE})
_HELD = 15  # decimal digits that a float gives back as they were
_ZONE = r"[+-][0-9]{2}(?::[0-9]{2}){0,2}$"
_NEEDLESS = r"\.0*$|(\.[0-9]*[1-9])0+$"


def column_of(texts: pa.ChunkedArray, oid: int) -> Column:
    """A column of texts by its type there.

    Returns
    -------
    array : of numbers, moments or truth values; of texts where it is of none of these, or has a number a
        float does not hold, or a day no calendar has (infinity, before Christ)
    typed : where these texts stand for numbers; None where they do not
    """
    if oid == _BOOL:
        return pc.equal(texts, "t"), None
    if oid in _FLOATS:
        return texts.cast(pa.float64()), None
    if oid in _WHOLE or oid == _NUMERIC:
        return _numbers(texts, whole=oid in _WHOLE)
    return (_moments(texts, oid) if oid in DATED else texts), None


def _numbers(texts: pa.ChunkedArray, *, whole: bool) -> Column:
    if not whole:
        texts = pc.replace_substring_regex(texts, _NEEDLESS, r"\1")
    digits = pc.utf8_length(pc.replace_substring_regex(texts, r"[-.]|^-?0\.0*", ""))
    longest = pc.max(digits).as_py() or 0
    if longest > _HELD:
        return texts, np.asarray(texts.is_valid().to_numpy(zero_copy_only=False), dtype=bool)
    return texts.cast(pa.int64() if whole and not texts.null_count else pa.float64()), None


def _moments(texts: pa.ChunkedArray, oid: int) -> pa.ChunkedArray:
    """Moments by the clock they are written by: that of the database, where they are of a zone."""
    local = pc.replace_substring_regex(texts, _ZONE, "") if oid == _MOMENT_OF_A_ZONE else texts
    try:
        return local.cast(pa.timestamp("us"))
    except pa.ArrowInvalid:
        return texts
