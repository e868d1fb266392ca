"""Purchases of a customer who stays: Poisson with a Gamma rate, whose mixture is the negative binomial."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betainc, gammaincinv

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value.arrays import Array

_BEYOND = 1e-7  # the chance of more purchases than `enough` counts
_POISSON = 5.5  # standard deviations of a Poisson number, beyond which as little is left


def log_orderings(shape: Array, most: int) -> Array:
    """Ln of Γ(R + n) / (Γ(R)·n!) for n = 0 … most: (n,) → (n, most + 1), as a sum that loses no digits."""
    steps = np.arange(most, dtype=float)
    terms = np.log((shape[:, None] + steps) / (steps + 1.0))
    return np.concatenate([np.zeros((shape.size, 1)), np.cumsum(terms, axis=1)], axis=1)


def chances(shape: Array, reach: Array, most: int) -> Array:
    """P(N = n) for n = 0 … most, with λ ~ Gamma(R, A) and w = t / A: (n,), (n,) → (n, most + 1)."""
    logs = log_orderings(shape, most) - (shape * np.log1p(reach))[:, None]
    with np.errstate(divide="ignore"):  # nothing is bought in no time: ln 0
        each = np.log(reach) - np.log1p(reach)
    counts = np.arange(most + 1)
    logs[:, 1:] += counts[1:] * each[:, None]
    return np.asarray(np.exp(logs))


def at_least(shape: Array, reach: Array, most: int) -> Array:
    """P(N ≥ n) for n = 1 … most: (n,), (n,) → (n, most)."""
    counts = np.arange(1.0, most + 1)
    return np.asarray(betainc(counts, shape[:, None], (reach / (1.0 + reach))[:, None]))


def enough(shape: Array, reach: Array) -> NDArray[np.int64]:
    """Purchases that are exceeded with a chance of about 2e-7 only."""
    mean = gammaincinv(shape, 1.0 - _BEYOND) * reach
    return np.ceil(mean + _POISSON * np.sqrt(mean) + _POISSON).astype(np.int64)
