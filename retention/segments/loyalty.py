"""Retained is not loyal: who keeps buying may do so out of habit, or by chance.

The index is the mean of what speaks for loyalty, each from 0 to 1: that a customer is still there, that the
rhythm is steady, and, where products are known, that not only one thing is bought.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.float64]

LoyaltyKind = Literal["loyal", "habit", "leaving", "unknown"]
LOYALTY_KINDS: tuple[LoyaltyKind, ...] = ("loyal", "habit", "leaving", "unknown")
_PRIOR = 4.0  # gaps of a customer who buys at random moments, to which the own ones are added
LEAST_GAPS = 2  # of which a rhythm can be told
LOYAL = 0.6  # from which index on a customer is called loyal
_THERE = 0.5  # P(alive)


@dataclass(frozen=True)
class Loyalty:
    """How loyal customers are.

    Attributes
    ----------
    table : a customer a row: `index`, NaN below three purchase days; `steadiness`, `breadth` (NaN where
        products are not known), `p_alive`; `kind`: "loyal", "habit" (keeps buying without being loyal),
        "leaving" (of a known rhythm, probably gone), "unknown" (below three purchase days)
    """

    table: pd.DataFrame

    @property
    def counts(self) -> dict[str, int]:
        """Customers of each kind."""
        found = self.table["kind"].value_counts()
        return {kind: int(found.get(kind, 0)) for kind in LOYALTY_KINDS}


def loyalty(
    gaps: ArrayLike, days: ArrayLike, squares: ArrayLike, p_alive: ArrayLike, breadth: ArrayLike | None = None
) -> Loyalty:
    """How loyal customers are.

    Steadiness is 1 / (1 + v), v the squared coefficient of variation of the customer's own days between
    purchases: 0.5 for who buys at random moments (exponential gaps), 1 for who buys like clockwork. As few
    gaps tell little, four of a random buyer are added to them.

    Parameters
    ----------
    gaps, days, squares : (n,) how many times between purchase days, their sum, and the sum of their squares
    p_alive : (n,)
    breadth : (n,) from 0, one thing only, to 1; NaN where it is not known: the other parts then speak alone
    """
    number, total, square = (np.asarray(values, dtype=float) for values in (gaps, days, squares))
    there = np.asarray(p_alive, dtype=float)
    known = number >= LEAST_GAPS
    steady = np.where(known, _steadiness(number, total, square), np.nan)
    wide = np.full(number.shape, np.nan) if breadth is None else np.asarray(breadth, dtype=float)
    parts = np.stack([there, np.where(known, steady, 0.0), np.where(np.isnan(wide), 0.0, wide)])
    index = np.where(known, parts.sum(axis=0) / (3 - np.isnan(wide)), np.nan)
    kind = np.select(
        [~known, there < _THERE, index >= LOYAL], ["unknown", "leaving", "loyal"], default="habit"
    )
    return Loyalty(
        pd.DataFrame({"index": index, "steadiness": steady, "breadth": wide, "p_alive": there, "kind": kind})
    )


def _steadiness(number: Numbers, total: Numbers, square: Numbers) -> Numbers:
    mean = np.divide(total, number, out=np.zeros(total.shape), where=number > 0)
    off = np.maximum(square - number * mean**2, 0.0)  # Σ (gap − mean)²
    own = np.divide(off, mean**2, out=np.zeros(off.shape), where=mean > 0)
    varied = (own + _PRIOR) / (np.maximum(number - 1.0, 0.0) + _PRIOR)
    return np.asarray(1.0 / (1.0 + varied))
