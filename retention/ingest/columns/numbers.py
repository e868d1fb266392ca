"""Numbers as people and programs write them, read by one convention for the whole column, and their sum."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from retention.ingest.columns.distinct import as_mask, bytes_of
from retention.ingest.columns.texts import distinct_texts, is_dated, is_numeric, missing_texts, spread
from retention.ingest.words.currencies import DECORATION

if TYPE_CHECKING:
    from numpy.typing import NDArray

Decimal = Literal[",", "."]

LARGEST = 1e15  # beyond it a float no longer holds the cents
_MOSTLY = 0.5  # share of its distinct values that makes a column one of percentages
_BLANKS = r"[ \x{00A0}\x{2007}\x{2009}\x{202F}'’`\t]"
_ODD = r"[^-+0-9.,()]"
_SIGNED = r"^(?:\([0-9.,]+\)|[+-]?[0-9.,]+|[0-9.,]+-)$"
_NEGATIVE = r"^[(-]|-$"
_NO_CENTS = r"([0-9])([.,])[-–—]{1,2}(\)?)$"  # 12,- is twelve
_INDIAN_END = r"([0-9])/[-=]$"  # and so is 12/-
_PLAIN: dict[Decimal, str] = {
    ".": r"^(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3})?(?:\.[0-9]*)?$",  # or lakhs
    ",": r"^(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)?(?:,[0-9]*)?$",
}
# What no other convention could mean: decimals that are not three digits after one to three (1.234 is open),
# a leading zero, or thousands marked twice or beside a decimal sign.
_EVIDENCE: dict[Decimal, str] = {
    ".": r"^[0-9,]*\.(?:[0-9]{0,2}|[0-9]{4,})$|^(?:0|[0-9]{4,})?\.[0-9]+$|,[0-9]+,|,[0-9]+\.",
    ",": r"^[0-9.]*,(?:[0-9]{0,2}|[0-9]{4,})$|^(?:0|[0-9]{4,})?,[0-9]+$|\.[0-9]+\.|\.[0-9]+,",
}

_DASH, _LONG_DASH = ord("-"), 0xE2  # the first byte of – and —
_DECIMAL_SIGNS = np.frombuffer(b".,", dtype=np.uint8)

_FEW = 1_000  # amounts that Python sums sooner than arrays are made


@dataclass(frozen=True)
class Numbers:
    """A column of numbers.

    Attributes
    ----------
    value : (n,) NaN where blank or unreadable
    blank : (n,) where there was nothing to read
    decimal : sign the column was read by; None where the file itself stores numbers
    assumed : whether the column left the sign open although it matters, as 1.234 does
    percent : whether these are percentages, read as shares: 12,5 % is 0.125
    decided : whether the column itself tells the sign
    bare : whether no cell has anything but a number in it
    """

    value: NDArray[np.float64]
    blank: NDArray[np.bool_]
    decimal: Decimal | None
    assumed: bool = False
    percent: bool = False
    decided: bool = False
    bare: bool = False


def read_numbers(
    column: pd.Series,
    decimal: Decimal | None = None,
    otherwise: Decimal = ".",
    *,
    typed: NDArray[np.bool_] | None = None,
) -> Numbers:
    """Read a column of numbers.

    Thousands signs, currency signs and codes, blanks, a trailing minus and parentheses for negatives are
    understood. In a column of percentages, and only there, a percent sign is.

    Parameters
    ----------
    decimal : decimal sign; by default decided from the whole column
    otherwise : the sign where the column does not tell
    typed : (n,) cells of a column of text which the file itself stores as numbers, written with a point
    """
    if is_numeric(column) or is_dated(column):
        known = column if is_numeric(column) else column.isna().map({True: np.nan, False: np.inf})
        return Numbers(
            _bounded(known.to_numpy(dtype=float, na_value=np.nan)), missing_texts(column), None, bare=True
        )
    if typed is not None and typed.any():
        return _partly_typed(column, decimal, otherwise, typed)
    codes, texts = distinct_texts(column)
    bare, percent = _undecorated(texts)
    plain = bare is texts
    bare = _with_cents(bare)
    bodies = pc.if_else(pc.match_substring_regex(bare, _SIGNED), pc.utf8_trim(bare, "()+-"), "")
    sign, assumed, decided = (decimal, False, True) if decimal else _decide(bodies, otherwise)
    sizes = _sizes(bodies, sign) / (100 if percent else 1)
    negative = as_mask(pc.match_substring_regex(bare, _NEGATIVE))
    values = _bounded(np.where(negative, -sizes, sizes) + 0.0)
    blank = spread(as_mask(pc.equal(texts, "")), codes, np.True_)
    of_rows = spread(values, codes, np.float64("nan"))
    return Numbers(of_rows, blank, sign, assumed, percent, decided, plain)


def _partly_typed(
    column: pd.Series, decimal: Decimal | None, otherwise: Decimal, typed: NDArray[np.bool_]
) -> Numbers:
    """Read texts by the column's convention and the file's own numbers as they are."""
    written = read_numbers(column.where(~typed), decimal, otherwise)
    stored = pd.to_numeric(column.where(typed), errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    value = np.where(typed, _bounded(stored), written.value)
    return replace(written, value=value, blank=written.blank & ~typed)


def _undecorated(texts: pa.StringArray) -> tuple[pa.StringArray, bool]:
    """Take blanks and currencies off, and percent signs where most values have one."""
    if not pc.any(pc.match_substring_regex(texts, _ODD)).as_py():
        return texts, False
    bare = pc.replace_substring_regex(pc.replace_substring(texts, "−", "-"), _BLANKS, "")
    bare = pc.replace_substring_regex(bare, DECORATION, "")
    bare = pc.replace_substring_regex(bare, _INDIAN_END, r"\1")
    signed = pc.ends_with(bare, "%")
    filled = pc.sum(pc.not_equal(texts, "")).as_py() or 0
    percent = (pc.sum(signed).as_py() or 0) > _MOSTLY * filled
    return (pc.if_else(signed, pc.utf8_rtrim(bare, "%"), "") if percent else bare), percent


def _with_cents(bare: pa.StringArray) -> pa.StringArray:
    """Write 00 for the dash that stands for no cents: 12,- is 12,00, and 3,5- stays below zero."""
    if not _has_dash_for_cents(bare):
        return bare
    return pc.replace_substring_regex(bare, _NO_CENTS, r"\1\200\3")


def _has_dash_for_cents(bare: pa.StringArray) -> bool:
    signs = bytes_of(bare).data
    dashes = np.flatnonzero((signs[1:] == _DASH) | (signs[1:] == _LONG_DASH))
    return bool(np.isin(signs[dashes], _DECIMAL_SIGNS).any())


def _decide(bodies: pa.StringArray, otherwise: Decimal) -> tuple[Decimal, bool, bool]:
    """Choose the sign most distinct values speak for.

    Returns
    -------
    The sign; whether it is assumed, because none is spoken for and one would matter; whether it is decided
    """
    for_point, for_comma = (_count(bodies, _EVIDENCE[sign]) for sign in _PLAIN)
    if for_point != for_comma:
        return ("." if for_point > for_comma else ","), False, True
    return otherwise, _count(bodies, "[.,]") > 0, False


def _count(texts: pa.StringArray, pattern: str) -> int:
    return int(pc.sum(pc.match_substring_regex(texts, pattern)).as_py() or 0)


def _sizes(bodies: pa.StringArray, decimal: Decimal) -> NDArray[np.float64]:
    """Numbers without their sign; NaN where a body does not follow the convention."""
    thousands = "," if decimal == "." else "."
    follows = pc.and_(
        pc.match_substring_regex(bodies, _PLAIN[decimal]), pc.match_substring_regex(bodies, "[0-9]")
    )
    plain = pc.replace_substring(pc.replace_substring(bodies, thousands, ""), decimal, ".")
    return pd.to_numeric(
        pd.Series(pc.if_else(follows, plain, None).to_pandas(), dtype="object"), errors="coerce"
    ).to_numpy(dtype=float, na_value=np.nan)


def _bounded(values: NDArray[Any]) -> NDArray[np.float64]:
    return np.where(np.abs(values) < LARGEST, values, np.nan).astype(np.float64)


def exact_sum(amounts: NDArray[np.float64]) -> float:
    """Sum of finite amounts, rounded once, as `math.fsum` gives it.

    Each amount is cut into a high part on a grid so coarse that the sum of all high parts needs no rounding,
    and a rest that is cut in the same way (Rump, Ogita and Oishi, 2008).

    Examples
    --------
    >>> exact_sum(np.full(1_000_000, 0.1))
    100000.0
    """
    parts: list[float] = []
    rest = amounts
    while len(rest) > _FEW:
        largest = float(np.abs(rest).max())
        grid = 2.0 ** (math.frexp(largest)[1] + len(rest).bit_length() + 1)
        high = (rest + grid) - grid
        parts.append(float(high.sum()))
        rest = rest - high
        rest = rest[rest != 0]
    return math.fsum([*parts, *rest.tolist()])


def has_decimals(values: NDArray[np.float64]) -> bool:
    """Whether any of the known numbers is not whole."""
    known = values[~np.isnan(values)]
    return bool((known != np.round(known)).any())
