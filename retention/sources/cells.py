"""A column as a database writes it to the type it has there; what a float cannot hold stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Column = tuple[pa.ChunkedArray, NDArray[np.bool_] | None]

# What a column holds there; `zoned` is a moment that is written with its distance from UTC
ColumnType = Literal["truth", "whole", "decimal", "float", "day", "moment", "zoned", "text"]
DATED: frozenset[ColumnType] = frozenset({"day", "moment", "zoned"})
_HELD = 15  # decimal digits that a float gives back as they were
_ZONE = r"[+-][0-9]{2}(?::[0-9]{2}){0,2}$"
_NEEDLESS = r"\.0*$|(\.[0-9]*[1-9])0+$"


def column_of(texts: pa.ChunkedArray, held: ColumnType) -> Column:
    """A column of texts by its type there.

    Parameters
    ----------
    texts : truth values as ``t`` and ``f``, days and moments as ISO 8601 has them
    held : what they stand for there

    Returns
    -------
    array : of numbers, moments or truth values; of texts where it is of none of these, or has a number a
        float does not hold, a day no calendar has (infinity, before Christ), or cells of another type (lists)
    typed : where these texts stand for numbers; None where they do not
    """
    try:
        return _typed(texts, held)
    except pa.ArrowInvalid:
        return texts, None


def _typed(texts: pa.ChunkedArray, held: ColumnType) -> Column:
    if held == "truth":
        return pc.equal(texts, "t"), None
    if held == "float":
        return texts.cast(pa.float64()), None
    if held in {"whole", "decimal"}:
        return _numbers(texts, whole=held == "whole")
    return (_moments(texts, held) if held in DATED else texts), None


def _numbers(texts: pa.ChunkedArray, *, whole: bool) -> Column:
    if not whole:
        texts = pc.replace_substring_regex(texts, _NEEDLESS, r"\1")
    digits = pc.utf8_length(pc.replace_substring_regex(texts, r"[-.]|^-?0\.0*", ""))
    longest = pc.max(digits).as_py() or 0
    if longest > _HELD:
        return texts, np.asarray(texts.is_valid().to_numpy(zero_copy_only=False), dtype=bool)
    return texts.cast(pa.int64() if whole and not texts.null_count else pa.float64()), None


def _moments(texts: pa.ChunkedArray, held: ColumnType) -> pa.ChunkedArray:
    """Moments by the clock they are written by: that of the database, where they are of a zone."""
    local = pc.replace_substring_regex(texts, _ZONE, "") if held == "zoned" else texts
    return local.cast(pa.timestamp("us"))
