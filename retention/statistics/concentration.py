"""How unevenly customers share a value: the Lorenz curve, best first, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Concentration:
    """Cumulative share of value against cumulative share of customers, best first.

    Attributes
    ----------
    customers, value : (n + 1,) arrays, shares from 0 to 1
    gini : 0 when all are equal, towards 1 when one customer has everything (divisor n)
    """

    customers: NDArray[np.float64]
    value: NDArray[np.float64]
    gini: float

    def share_of_best(self, fraction: float) -> float:
        """Share of value held by the best `fraction` of customers, e.g. 0.2 for the 80/20 rule."""
        return float(np.interp(fraction, self.customers, self.value))


def concentration(value: ArrayLike) -> Concentration:
    """Concentration of a non-negative value per customer.

    Parameters
    ----------
    value : (n,) revenue or CLV per customer, in one currency

    Raises
    ------
    ValueError
        If there is no customer, a negative value, or nothing to share.

    Examples
    --------
    >>> concentration([6, 2, 1, 1]).share_of_best(0.25)
    0.6
    """
    best_first = np.sort(np.asarray(value, dtype=float))[::-1]
    total = best_first.sum()
    if best_first.size == 0 or best_first[-1] < 0 or total == 0:
        raise ValueError("concentration needs customers with non-negative value, not all zero")
    customers = np.linspace(0.0, 1.0, best_first.size + 1)
    shares = np.concatenate([[0.0], best_first.cumsum() / total])
    gini = 2.0 * float(np.trapezoid(shares, customers)) - 1.0
    return Concentration(customers, shares, gini)
