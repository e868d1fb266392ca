"""The kinds of numbers the formulas share, and the sums they all need."""

# ruff: noqa: N803  T is the field's own name for the age
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Array = NDArray[np.float64]
Parameters = tuple[float, float, float, float]  # r, α and how customers drop out: a, b or s, β
SpendParameters = tuple[float, float, float]  # p, q, γ


def four(values: Array) -> Parameters:
    """Unpack the parameters of a purchase model."""
    first, second, third, fourth = values.tolist()
    return first, second, third, fourth


def three(values: Array) -> SpendParameters:
    """Unpack (p, q, γ)."""
    p, q, gamma = values.tolist()
    return p, q, gamma


def states(x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> tuple[NDArray[np.int64], Array, Array]:
    """Histories as arrays: whole purchases, and times."""
    return np.asarray(x, dtype=np.int64), np.asarray(t_x, dtype=float), np.asarray(T, dtype=float)


def sums(terms: Array) -> Array:
    """Add up the first 0, 1, 2, … terms."""
    return np.concatenate([[0.0], np.cumsum(terms)])
