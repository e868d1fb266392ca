"""The kinds of numbers the formulas share, and the sums they all need."""

# ruff: noqa: N803  T is the field's own name for the age
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Array = NDArray[np.float64]
Parameters = tuple[float, float, float, float]  # r, α and how customers drop out: a, b or s, β
SpendParameters = tuple[float, float, float]  # p, q, γ


def purchase_parameters(values: Array) -> Parameters:
    """Unpack the parameters of a purchase model."""
    first, second, third, fourth = values.tolist()
    return first, second, third, fourth


def spend_parameters(values: Array) -> SpendParameters:
    """Unpack (p, q, γ)."""
    p, q, gamma = values.tolist()
    return p, q, gamma


def states(x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> tuple[NDArray[np.int64], Array, Array]:
    """Histories as arrays: whole purchases, and times."""
    return np.asarray(x, dtype=np.int64), np.asarray(t_x, dtype=float), np.asarray(T, dtype=float)


def cumulative_sums(terms: Array) -> Array:
    """Add up the first 0, 1, 2, … terms."""
    return np.concatenate([[0.0], np.cumsum(terms)])


def sum_by(where: NDArray[np.int64], weights: Array, size: int) -> Array:
    """Sum of the weights at each of `size` places."""
    return np.bincount(where, weights, size).astype(float)


def distinct(*columns: ArrayLike) -> tuple[list[Array], NDArray[np.int64]]:
    """Distinct rows of some columns of one length, and which of them each row is: (n,)."""
    arrays = [np.ravel(column) for column in columns]
    which = np.zeros(arrays[0].size, dtype=np.int64)
    for array in arrays:
        code, values = pd.factorize(array)
        which = pd.factorize(which * values.size + code)[0].astype(np.int64)
    first = np.empty(which.max(initial=-1) + 1, dtype=np.int64)
    first[which[::-1]] = np.arange(which.size)[::-1]
    return [array[first].astype(float) for array in arrays], which


def even_sample(customers: Array, size: int) -> tuple[NDArray[np.int64], Array]:
    """Take so many customers evenly from rows that stand for many each: the rows, and how many of each."""
    last = np.cumsum(customers)
    taken = np.searchsorted(last, (np.arange(size) + 0.5) * (last[-1] / size))
    rows, number = np.unique(taken, return_counts=True)
    return rows, number.astype(float)


def even_individuals(customers: Array, most: int) -> tuple[NDArray[np.int64], float]:
    """Customers one by one, evenly across rows that stand for many each, and how many real ones each is."""
    last = np.cumsum(customers)
    size = int(min(last[-1], most))
    ratio = float(last[-1] / size)
    return np.searchsorted(last, (np.arange(size) + 0.5) * ratio).astype(np.int64), ratio
