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
_EXACT = 2.0**53  # up to which a float holds every whole number


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


def distinct_rows(*columns: ArrayLike) -> tuple[list[Array], NDArray[np.int64]]:
    """Distinct rows of some columns of one length, and which of them each row is: (n,)."""
    arrays = [np.ravel(column) for column in columns]
    if arrays[0].size and all(_is_whole(array) for array in arrays):
        found = _distinct_whole([array.astype(np.int64) for array in arrays])
        if found is not None:
            return found
    which = np.zeros(arrays[0].size, dtype=np.int64)
    for array in [one for one in arrays if one.size and np.ptp(one) != 0.0]:
        code, values = pd.factorize(array)
        which = pd.factorize(which * values.size + code)[0] if which.any() else code.astype(np.int64)
    first = np.empty(which.max(initial=-1) + 1, dtype=np.int64)
    first[which[::-1]] = np.arange(which.size)[::-1]
    return [array[first].astype(float) for array in arrays], which


def _is_whole(array: NDArray[np.float64 | np.int64]) -> bool:
    """Whether numbers are whole, and small enough for a float to hold them to the last digit."""
    return bool(
        np.abs(array).max() < _EXACT and (array.dtype.kind in "iu" or np.all(array == np.rint(array)))
    )


def _distinct_whole(arrays: list[NDArray[np.int64]]) -> tuple[list[Array], NDArray[np.int64]] | None:
    """The same of whole numbers: a row is one number, unless they differ too much for it."""
    least = [int(array.min()) for array in arrays]
    spans = [int(array.max()) - low + 1 for array, low in zip(arrays, least, strict=True)]
    if np.prod([float(span) for span in spans]) > _EXACT:
        return None
    rows = np.zeros(arrays[0].size, dtype=np.int64)
    for array, low, span in zip(arrays, least, spans, strict=True):
        rows = rows * span + (array - low)
    which, kinds = pd.factorize(rows)
    columns = np.unravel_index(kinds, spans)
    return [(column + low).astype(float) for column, low in zip(columns, least, strict=True)], which


def counted_rows(*columns: Array) -> tuple[list[Array], Array]:
    """Distinct rows of some columns of one length, in order, and how often each occurs: (k,)."""
    order = np.lexsort(columns[::-1])
    ordered = [column[order] for column in columns]
    new = np.any([np.diff(column, prepend=np.nan) != 0 for column in ordered], axis=0)
    first = np.flatnonzero(new)
    return [column[first] for column in ordered], np.diff(first, append=order.size).astype(float)


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
