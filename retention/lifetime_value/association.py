"""Correlation of two columns whose rows stand for many customers each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from retention.lifetime_value.arrays import Array


def pearson(first: Array, second: Array, customers: Array) -> float | None:
    """Pearson's correlation, each row counted `customers` times; None where a column does not vary."""
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    one = first - np.average(first, weights=customers)
    other = second - np.average(second, weights=customers)
    product = np.sqrt(np.average(one**2, weights=customers) * np.average(other**2, weights=customers))
    return float(np.clip(np.average(one * other, weights=customers) / product, -1.0, 1.0))


def spearman(first: Array, second: Array, customers: Array) -> float | None:
    """Spearman's rank correlation, each row counted `customers` times, ties at their mean rank."""
    return pearson(_ranks(first, customers), _ranks(second, customers), customers)


def _ranks(column: Array, customers: Array) -> Array:
    _, group = np.unique(column, return_inverse=True)
    size = np.bincount(group, weights=customers)
    ranks: Array = (np.cumsum(size) - (size - 1.0) / 2.0)[group]
    return ranks
