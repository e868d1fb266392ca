"""Maximising a likelihood over the logarithms of its parameters, and how sharp the maximum is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike

    from retention.lifetime_value.models.arrays import Array

# Logarithms of parameters are searched this far, on data scaled to about one: beyond e^±12 nothing a
# shop could show tells parameters apart, and the formulas still hold all their digits.
LIMIT = 12.0
CHI2_95 = 3.84  # 95 % point of χ² with one degree of freedom: twice the gain a parameter must bring
SAMPLE = 5_000  # customers to climb on first, where there are more rows than that
_STEP = 1e-4
_EXACT = 1e-15  # change of the likelihood at which a search ends
_SHARP = 1e-7  # slope per customer where curvature is 1: parameters within √n · 1e-7 standard deviations
_ROUGH = 1e-9  # of the likelihood: a hundredth of a thousandth of its logarithm, for thousands of customers
_AS_HIGH = 1e-3  # of a log-likelihood: no figure shows a difference of so little
_WIDEST = 5.0  # standard deviation of a logarithm where the data says nothing: three orders each way


@dataclass(frozen=True)
class Likelihood:
    """A log-likelihood of so many customers: the sum and its gradient, in the parameters' logarithms."""

    summed: Callable[[Array], tuple[float, Array]]
    customers: int


@dataclass(frozen=True)
class Maximum:
    """Where a log-likelihood is greatest, and how great: `at` holds logarithms."""

    at: Array
    value: float


def maximise(
    likelihood: Likelihood,
    starts: Sequence[Array],
    fixed: Sequence[int] = (),
    matrix: Array | None = None,
    *,
    roughly: bool = False,
) -> Maximum:
    """Greatest log-likelihood from any of the starts, the coordinates in `fixed` staying as they start.

    With the information near the maximum (`matrix`, of one customer) the search takes steps along and across
    the ridge alike, and gets there in a fraction of them. `roughly` is enough to tell whether the likelihood
    has fallen by 1.92.
    """
    found = [_climb(likelihood, start, fixed, matrix, _ROUGH if roughly else _EXACT) for start in starts]
    return max(found, key=lambda one: one.value)


def maximise_by_sample(
    likelihood: Likelihood,
    of_few: Likelihood,
    starts: Sequence[Array],
    others: Callable[[], Sequence[Array]] = tuple,
) -> Maximum:
    """Climb from several starts on a sample, which may be all, then from where that led on all.

    Parameters
    ----------
    others : more starts, asked for where the first ones lead to different heights
    """
    tops = [maximise(of_few, [start]) for start in starts]
    best = max(tops, key=lambda one: one.value)
    if best.value - min(one.value for one in tops) > _AS_HIGH:
        best = max([best, *(maximise(of_few, [start]) for start in others())], key=lambda one: one.value)
    if of_few is likelihood:
        return best
    matrix = information(of_few, best.at)
    if is_known(matrix):
        return maximise(likelihood, [best.at], matrix=matrix / of_few.customers)
    return maximise(likelihood, [best.at, *starts])


def _climb(
    likelihood: Likelihood, start: Array, fixed: Sequence[int], matrix: Array | None, least: float
) -> Maximum:
    free = [k for k in range(start.size) if k not in fixed]
    point = np.clip(start.astype(float), -LIMIT, LIMIT)
    point[list(fixed)] = start[list(fixed)]
    root, origin = np.eye(len(free)), np.zeros(len(free))
    if matrix is not None:
        root, origin = (
            np.linalg.cholesky(covariance(matrix[np.ix_(free, free)])).astype(float),
            point[free].copy(),
        )

    def cost(values: Array) -> tuple[float, Array]:
        point[free] = np.clip(origin + root @ values, -LIMIT, LIMIT)
        value, slope = likelihood.summed(point)
        return -value / likelihood.customers, -root.T @ slope[free] / likelihood.customers

    found = minimize(
        cost,
        np.linalg.solve(root, point[free] - origin),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-LIMIT, LIMIT)] * len(free) if matrix is None else None,
        options={"ftol": least, "gtol": 1e-9 if matrix is None else _SHARP, "maxiter": 500},
    )
    point[free] = np.clip(origin + root @ found.x, -LIMIT, LIMIT)
    if matrix is not None and np.any(np.abs(point[free]) == LIMIT):
        return _climb(likelihood, start, fixed, None, least)
    return Maximum(point.copy(), -found.fun * likelihood.customers)


def information(likelihood: Likelihood, at: Array, *, one_sided: bool = False) -> Array:
    """Observed information in the logarithms: the negative second derivatives, from the exact gradient.

    Of very many customers and parameters differences to one side, of half the evaluations, are enough: five
    digits of it.
    """
    if one_sided:
        here, step = likelihood.summed(at)[1], _STEP / 10.0
        columns = [(here - likelihood.summed(at + step * unit)[1]) / step for unit in np.eye(at.size)]
    else:
        columns = [
            (likelihood.summed(at - _STEP * unit)[1] - likelihood.summed(at + _STEP * unit)[1]) / (2 * _STEP)
            for unit in np.eye(at.size)
        ]
    matrix = np.stack(columns)
    return (matrix + matrix.T) / 2


def covariance(matrix: Array) -> Array:
    """Inverse of an information matrix; directions the data says nothing about get a wide spread, not ∞."""
    values, vectors = np.linalg.eigh(matrix)
    spread = 1.0 / np.maximum(values, _WIDEST**-2)
    inverse: Array = (vectors * spread) @ vectors.T
    return (inverse + inverse.T) / 2.0


def is_known(matrix: Array) -> bool:
    """Whether the information is positive in every direction, so that a normal approximation exists."""
    return bool(np.linalg.eigvalsh(matrix)[0] > _WIDEST**-2)


def moved_by(parameters: ArrayLike, steps: Array) -> Array:
    """Parameters with their logarithms moved, no farther than they were searched for."""
    return np.asarray(np.asarray(parameters) * np.exp(np.clip(steps, -LIMIT, LIMIT)))
