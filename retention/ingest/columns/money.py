"""Which column of money is what the customer paid: by its heading, and by what an amount looks like."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from retention.ingest.columns.numbers import has_decimals
from retention.ingest.words.headings import bare, holding, rank_of, words_of
from retention.ingest.words.vocabulary import NETS, NUMBERS, ORDERS, TOTALS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

_ORDER_TOTAL, _TOTAL, _AMOUNT, _HOLDS_TOTAL, _HOLDS_AMOUNT, _NET, _HOLDS_NET, _BEFORE_DISCOUNT = range(8)
_EXACT_RANKS = (_ORDER_TOTAL, _TOTAL, _AMOUNT, _NET, _BEFORE_DISCOUNT)
_COUNTING = 4  # rows from which numbers that follow each other are no chance
_ROWS = 20  # rows from which a few whole numbers are a set of codes
_CODES = 12
_NOUGHTS = 0.9  # share of a column that makes it no amount of orders
_CENT = 0.005


@dataclass(frozen=True, eq=False)
class Money:
    """A column that could be the amount.

    Attributes
    ----------
    name : of the column
    rank : how plainly its heading is the order's total, from 0
    exact : whether the heading is one of amounts, and not only holds a word of one
    doubtful : whether its contents look like a number that counts, a set of codes, or nothing
    values : (n,) in the sample, NaN where blank or unreadable
    """

    name: str
    rank: int
    exact: bool
    doubtful: bool
    values: NDArray[np.float64]

    @property
    def order(self) -> tuple[bool, int]:
        """What it is sorted by, best first."""
        return self.doubtful, self.rank

    def differs(self, other: Money) -> bool:
        """Whether the two do not come to the same."""
        return bool(abs(np.nansum(self.values) - np.nansum(other.values)) > _CENT)

    def is_open_beside(self, other: Money) -> bool:
        """Whether the headings leave open which of the two is what was paid, this one being the likelier."""
        if other.doubtful or not self.differs(other):
            return False
        if self.rank in {_ORDER_TOTAL, _TOTAL}:
            return other.rank in {self.rank, _HOLDS_TOTAL}
        return other.rank < _NET or (self.rank >= _NET and other.rank < _BEFORE_DISCOUNT)


def money_columns(names: Sequence[str], read: Callable[[str], NDArray[np.float64] | None]) -> list[Money]:
    """Columns whose heading says amount, the likeliest order total first.

    Parameters
    ----------
    read : numbers of a column, None where it holds none
    """
    found = []
    for name in _headed(names):
        rank = rank_of(name, "amount")
        if rank is None and words_of(name) & NUMBERS:
            continue
        values = read(name)
        if values is None or (rank is None and _is_flag(values)):
            continue
        of = _rank_by_words(name) if rank is None else _EXACT_RANKS[rank]
        found.append(Money(name, of, rank is not None, is_doubtful(values, exact=rank is not None), values))
    return sorted(_less_sure_beside_cents(found), key=lambda money: money.order)


def _less_sure_beside_cents(columns: list[Money]) -> list[Money]:
    """Doubt whole numbers under a heading that only holds a word of amounts, where a plain one has cents."""
    if not any(money.exact and not money.doubtful and has_decimals(money.values) for money in columns):
        return columns
    return [
        money if money.exact or has_decimals(money.values) else replace(money, doubtful=True)
        for money in columns
    ]


def _headed(names: Sequence[str]) -> list[str]:
    """Columns headed as amounts, in the order such headings are meant, then those that hold a word."""
    places = {heading: place for place, heading in enumerate(ORDERS["amount"])}
    exact = [name for name in names if rank_of(name, "amount") is not None]
    exact.sort(key=lambda name: places[bare(name)])
    return exact + [name for name in holding(names, "amount") if name not in exact]


def _rank_by_words(name: str) -> int:
    words = words_of(name)
    if words & NETS:
        return _HOLDS_NET
    return _HOLDS_TOTAL if words & TOTALS else _HOLDS_AMOUNT


def _is_flag(values: NDArray[np.float64]) -> bool:
    known = values[~np.isnan(values)]
    return bool((known == 1).any() and np.isin(known, (0.0, 1.0)).all())


def is_doubtful(values: NDArray[np.float64], *, exact: bool) -> bool:
    """Whether numbers look like anything but amounts.

    Examples
    --------
    >>> is_doubtful(np.array([7.0, 8.0, 9.0, 10.0]), exact=True)
    True
    >>> is_doubtful(np.array([7.0, 8.5, 9.0, 3.0]), exact=True)
    False
    """
    known = values[~np.isnan(values)]
    if known.size == 0 or (known.size > 1 and (known == 0).mean() >= _NOUGHTS):
        return True
    if has_decimals(known):
        return False
    distinct = np.unique(known)
    counts = known.size >= _COUNTING and distinct.size == known.size and (np.diff(distinct) == 1).all()
    return bool(counts or (not exact and known.size >= _ROWS and distinct.size <= _CODES))
