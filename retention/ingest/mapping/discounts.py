"""What a discount takes off quantity × price: a share of it, a percentage, or money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from retention.ingest.words.headings import words_of
from retention.ingest.words.vocabulary import PERCENT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.ingest.columns.numbers import Numbers

DiscountKind = Literal["share", "percent", "money"]

_WHOLE = 100.0
_CENT = 0.005


def discount_kind(heading: str, discount: Numbers, gross: NDArray[np.float64]) -> tuple[DiscountKind, bool]:
    """What a column of discounts holds, and whether something else could be meant.

    Parameters
    ----------
    gross : (n,) quantity × price
    """
    sizes = np.abs(discount.value[~np.isnan(discount.value) & (discount.value != 0)])
    if discount.percent:
        return "share", False  # read as shares already
    named = "%" in heading or bool(words_of(heading) & PERCENT)
    if sizes.size == 0 or sizes.max() <= 1:
        # of such amounts as 0.25 money is rare, and a percentage below one rarer
        return "share", False
    if named:
        return "percent", False
    beyond = (np.abs(discount.value) > np.abs(gross) + _CENT).any() and sizes.max() <= _WHOLE
    if beyond:
        return "percent", False
    return "money", bool(sizes.max() <= _WHOLE and (sizes == np.round(sizes)).all())


def after_discount(gross: NDArray[np.float64], discount: Numbers, kind: DiscountKind) -> NDArray[np.float64]:
    """Take discounts off, nothing where none is given."""
    off = np.abs(np.where(discount.blank, 0.0, discount.value))
    if kind == "money":
        return gross - np.copysign(off, gross)
    return gross * (1 - (off / _WHOLE if kind == "percent" else off))
