"""What every kind of column needs: its distinct values, and texts without blanks around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

Scalar = TypeVar("Scalar", bound=np.generic)

BLANKS = " \t\r\n\u00a0\u2007\u202f\ufeff"
_NOTHING = frozenset({"", "-", "nan", "null", "none", "n/a", "#n/a", "nat", "<na>"})
_LARGEST_WHOLE = 2.0**53  # beyond it a float names no single whole number


def distinct_texts(column: pd.Series) -> tuple[NDArray[np.intp], pa.StringArray]:
    """Distinct values of a column as trimmed texts, and each row's place among them.

    Returns
    -------
    codes : (n,) place of each row's value; −1 where it is missing
    texts : the values; whole numbers without decimals, "" for what stands for nothing
    """
    codes, values = pd.factorize(column)
    texts = pc.utf8_trim(_as_text(pd.Series(values)), BLANKS)
    nothing = pc.is_in(pc.utf8_lower(texts), value_set=pa.array(sorted(_NOTHING)))
    return codes, pc.if_else(nothing, "", texts)


def spread(values: NDArray[Scalar], codes: NDArray[np.intp], missing: Scalar) -> NDArray[Scalar]:
    """Values of the distinct texts back on their rows, with `missing` where there is none."""
    return np.append(values, missing)[codes]


def is_numeric(column: pd.Series) -> bool:
    """Whether the file itself says that the column holds numbers."""
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def is_dated(column: pd.Series) -> bool:
    """Whether the file itself says that the column holds dates."""
    return pd.api.types.is_datetime64_any_dtype(column)


def missing_texts(column: pd.Series) -> NDArray[np.bool_]:
    """Where a column has nothing, or a word for nothing."""
    if is_numeric(column) or is_dated(column):
        return column.isna().to_numpy(dtype=bool)
    codes, texts = distinct_texts(column)
    return spread(as_mask(pc.equal(texts, "")), codes, np.True_)


def as_mask(mask: pa.BooleanArray) -> NDArray[np.bool_]:
    """Arrow's truth values as numpy's."""
    return np.asarray(mask.to_numpy(zero_copy_only=False), dtype=bool)


def identifiers(column: pd.Series) -> pd.Series:
    """Ids as text: 17850.0 reads "17850", blanks around go, e-mail addresses lose their capitals.

    Returns
    -------
    Text on the column's index, null where there is none
    """
    codes, texts = distinct_texts(column)
    texts = _without_decimals(texts)
    address = pc.match_substring(texts, "@")
    texts = pc.if_else(address, pc.utf8_lower(texts), texts)
    texts = pc.if_else(pc.equal(texts, ""), None, texts)
    return _taken(texts, codes, column.index)


def labels(column: pd.Series) -> pd.Series:
    """Names of channels, countries and the like as text, null where there is none."""
    codes, texts = distinct_texts(column)
    return _taken(pc.if_else(pc.equal(texts, ""), None, texts), codes, column.index)


def _taken(texts: pa.StringArray, codes: NDArray[np.intp], index: pd.Index) -> pd.Series:
    places = pa.array(codes, mask=codes < 0)
    taken: pd.Series = texts.take(places).to_pandas()
    return taken.set_axis(index)


def _as_text(values: pd.Series) -> pa.StringArray:
    if pd.api.types.is_float_dtype(values):
        whole = (values == values.round()) & (values.abs() < _LARGEST_WHOLE)
        texts = np.where(whole, values.where(whole, 0).astype("int64").astype("str"), values.astype("str"))
        return pa.array(texts, pa.string())
    return pa.array(values.astype("str"), pa.string())


def _without_decimals(texts: pa.StringArray) -> pa.StringArray:
    """Ids that another program wrote as floats: every one of them ends in ".0"."""
    filled = texts.filter(pc.not_equal(texts, ""))
    if len(filled) and pc.all(pc.match_substring_regex(filled, r"^[0-9]+\.0$")).as_py():
        return pc.replace_substring_regex(texts, r"\.0$", "")
    return texts
