"""What every kind of column needs: its distinct values, and texts without blanks around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from retention.ingest.columns.distinct import as_mask, ascending, bytes_of, distinct_of, is_ascending, whole
from retention.ingest.columns.few_words import FewWords
from retention.ingest.columns.hidden_signs import without_hidden_signs
from retention.ingest.words.nobody import EMPTY_ERRORS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

Scalar = TypeVar("Scalar", bound=np.generic)

BLANKS = " \t\r\n\u00a0\u2007\u202f\ufeff"
_NOTHING = FewWords({"-", "nan", "null", "none", "n/a", "nat", "<na>"} | EMPTY_ERRORS)
_MAY_BE_BLANK = np.arange(256) > ord("~")  # bytes beyond ASCII: a part of some letter, or of some blank
_MAY_BE_BLANK[list(b" \t\r\n")] = True
_MAY_BE_SPACE = _MAY_BE_BLANK.copy()
_MAY_BE_SPACE[list(b"\f\v")] = True
_MAY_CHANGE = _MAY_BE_SPACE.copy()  # bytes of blanks and capitals, which addresses lose
_MAY_CHANGE[list(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")] = True
_AT, _COLON = ord("@"), ord(":")
_ADDRESS = r"^[^@\s]+@[^@\s]+$"
_AROUND = r"^(?:[^<>@]*<|[Mm][Aa][Ii][Ll][Tt][Oo]:)([^@\s<>]+@[^@\s<>]+)>?$"
_LARGEST_WHOLE = 2.0**53  # beyond it a float names no single whole number


def distinct_texts(column: pd.Series) -> tuple[NDArray[np.intp], pa.StringArray]:
    """Distinct values of a column as trimmed texts, and each row's place among them.

    Returns
    -------
    codes : (n,) place of each row's value; −1 where it is missing
    texts : the values; whole numbers without decimals, "" for what stands for nothing
    """
    codes, texts, _ = _distinct(column)
    return codes, texts


def _distinct(column: pd.Series) -> tuple[NDArray[np.intp], pa.StringArray, bool]:
    """Distinct values as `distinct_texts` gives them, and whether these still differ from each other."""
    codes, raw = _distinct_values(column)
    texts = _without_nothing(_trimmed(without_hidden_signs(raw)))
    return codes, texts, texts is raw or len(texts) == 0 or bool(pc.all(pc.equal(raw, texts)).as_py())


def _distinct_values(column: pd.Series) -> tuple[NDArray[np.intp], pa.StringArray]:
    if isinstance(column.dtype, pd.StringDtype):
        codes, texts = distinct_of(whole(pa.chunked_array(column)))
        return codes, texts.cast(pa.string())
    codes, values = pd.factorize(column)
    return codes, _as_text(pd.Series(values))


def _trimmed(texts: pa.StringArray) -> pa.StringArray:
    """Take blanks off, where any text begins or ends with what could be one."""
    of = bytes_of(texts)
    filled = of.starts < of.ends
    ends = of.data[np.concatenate([of.starts[filled], of.ends[filled] - 1])]
    return pc.utf8_trim(texts, BLANKS) if _MAY_BE_BLANK[ends].any() else texts


def _without_nothing(texts: pa.StringArray) -> pa.StringArray:
    """Empty the texts that stand for nothing."""
    nothing = _NOTHING.among(texts)
    return pc.if_else(pa.array(nothing), "", texts) if nothing.any() else texts


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


@dataclass(frozen=True)
class Coded:
    """A column of texts as places among its distinct ones.

    Attributes
    ----------
    codes : (n,) place of each row's text in `names`; −1 where it has none
    names : the distinct texts
    """

    codes: NDArray[np.int64]
    names: pa.StringArray

    def texts(self, index: pd.Index | None = None) -> pd.Series:
        """Text of each row, null where there is none."""
        taken: pd.Series = self.names.take(pa.array(self.codes, mask=self.codes < 0)).to_pandas()
        return taken if index is None else taken.set_axis(index)

    def where(self, kept: NDArray[np.bool_]) -> Coded:
        """Keep the rows for which a mask is true."""
        return Coded(self.codes[kept], self.names)

    def sorted(self) -> Coded:
        """Sort the names, leaving out those no row has."""
        if len(self.names) == 0:
            return self
        used = np.bincount(self.codes[self.codes >= 0], minlength=len(self.names)) > 0
        if used.all() and is_ascending(self.names):
            return self
        places = np.flatnonzero(used)
        order = ascending(self.names.take(pa.array(places)))
        ranks = np.full(len(self.names) + 1, -1, dtype=np.int64)
        ranks[places[order]] = np.arange(len(places))
        return Coded(ranks[self.codes], self.names.take(pa.array(places[order])))


def coded(texts: pa.StringArray, codes: NDArray[np.intp], *, distinct: bool = False) -> Coded:
    """Texts of the distinct values on their rows; "" and null are none, and equal texts are one.

    Parameters
    ----------
    distinct : whether the texts are known to differ from each other
    """
    if distinct and not pc.any(pc.equal(texts, "")).as_py():
        return Coded(codes.astype(np.int64, copy=False), texts)
    places, names = distinct_of(whole(pc.if_else(pc.equal(texts, ""), None, texts)))
    return Coded(np.append(places, -1)[codes].astype(np.int64, copy=False), names)


def coded_identifiers(column: pd.Series, typed: NDArray[np.bool_] | None = None) -> Coded:
    """Ids as text: 17850.0 reads "17850", blanks around go, e-mail addresses lose capitals and blanks.

    Parameters
    ----------
    typed : (n,) where the file itself stores a number, by default nowhere in a column of text
    """
    if typed is not None and typed.any():
        bare = column.str.replace(r"\.0$", "", regex=True)
        column = column.where(~typed, bare)
    codes, texts, differ = _distinct(column)
    ids = _without_decimals(texts)
    signs = bytes_of(texts).data
    if not (signs == _AT).any() or not (_MAY_CHANGE[signs].any() or (signs == _COLON).any()):
        return coded(ids, codes, distinct=differ and ids is texts)
    texts = _addresses_alone(texts)
    together = pc.replace_substring_regex(texts, r"\s+", "") if _MAY_BE_SPACE[signs].any() else texts
    address = pc.match_substring_regex(together, _ADDRESS)
    return coded(pc.if_else(address, pc.utf8_lower(together), ids), codes)


def _addresses_alone(texts: pa.StringArray) -> pa.StringArray:
    """Take addresses out of ``Ann Lee <ann@x.uk>`` and ``mailto:ann@x.uk``."""
    around = pc.match_substring_regex(texts, _AROUND)
    if not pc.any(around).as_py():
        return texts
    return pc.if_else(around, pc.replace_substring_regex(texts, _AROUND, r"\1"), texts)


def identifiers(column: pd.Series) -> pd.Series:
    """Ids as `coded_identifiers` reads them, as text on the column's index, null where there is none."""
    return coded_identifiers(column).texts(column.index)


def coded_labels(column: pd.Series) -> Coded:
    """Names of channels, countries and the like."""
    codes, texts, differ = _distinct(column)
    return coded(texts, codes, distinct=differ)


def labels(column: pd.Series) -> pd.Series:
    """Names as `coded_labels` reads them, as text on the column's index, null where there is none."""
    return coded_labels(column).texts(column.index)


def _as_text(values: pd.Series) -> pa.StringArray:
    if pd.api.types.is_float_dtype(values):
        whole = (values == values.round()) & (values.abs() < _LARGEST_WHOLE)
        texts = np.where(whole, values.where(whole, 0).astype("int64").astype("str"), values.astype("str"))
        return pa.array(texts, pa.string())
    return pa.array(values.astype("str"), pa.string())


def _without_decimals(texts: pa.StringArray) -> pa.StringArray:
    """Ids that another program wrote as floats: every one of them ends in ".0"."""
    if not pc.any(pc.ends_with(texts, ".0")).as_py():
        return texts
    filled = texts.filter(pc.not_equal(texts, ""))
    if len(filled) and pc.all(pc.match_substring_regex(filled, r"^[0-9]+\.0$")).as_py():
        return pc.replace_substring_regex(texts, r"\.0$", "")
    return texts


def saying(texts: Coded, says: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Rows whose text says something."""
    said = np.array([*map(says, texts.names.to_pylist()), False])
    return said[texts.codes]
