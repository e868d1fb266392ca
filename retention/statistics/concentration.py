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


def concentration(value: ArrayLike, customers: ArrayLike | None = None) -> Concentration:
    """Concentration of a non-negative value per customer.

    Parameters
    ----------
    value : (n,) revenue or CLV per customer, in one currency
    customers : (n,) how many have each value; one by default

    Raises
    ------
    ValueError
        If there is no customer, a negative value, or nothing to share.

    Examples
    --------
    >>> concentration([6, 2, 1, 1]).share_of_best(0.25)
    0.6
    """
    each = np.asarray(value, dtype=float)
    number = np.ones(each.size) if customers is None else np.asarray(customers, dtype=float)
    if np.all(number == 1.0):
        best_first, at = np.sort(each)[::-1], np.linspace(0.0, 1.0, each.size + 1)
        held = best_first
    else:
        order = np.argsort(-each, kind="stable")
        best_first, number = each[order], number[order]
        held, at = best_first * number, np.concatenate([[0.0], number.cumsum() / number.sum()])
    total = held.sum()
    if best_first.size == 0 or best_first[-1] < 0 or total == 0:
        raise ValueError("concentration needs customers with non-negative value, not all zero")
    shares = np.concatenate([[0.0], held.cumsum() / total])
    gini = 2.0 * float(np.trapezoid(shares, at)) - 1.0
    return Concentration(at, shares, gini)
