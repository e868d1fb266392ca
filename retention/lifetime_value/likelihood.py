"""Maximising a likelihood over the logarithms of its parameters, and how sharp the maximum is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retention.lifetime_value.arrays import Array

# Logarithms of parameters are searched this far, on data scaled to about one: beyond e^±12 nothing a
# shop could show tells parameters apart, and the formulas still hold all their digits.
LIMIT = 12.0
CHI2_95 = 3.84  # 95 % point of χ² with one degree of freedom: twice the gain a parameter must bring
_STEP = 1e-4
_WIDEST = 5.0  # standard deviation of a logarithm where the data says nothing: three orders each way


@dataclass(frozen=True)
class Likelihood:
    """A log-likelihood and its gradient, both sums over customers, in the logarithms of the parameters."""

    value: Callable[[Array], float]
    gradient: Callable[[Array], Array]
    customers: int


@dataclass(frozen=True)
class Maximum:
    """Where a log-likelihood is greatest, and how great: `at` holds logarithms."""

    at: Array
    value: float


def maximise(likelihood: Likelihood, starts: Sequence[Array], fixed: Sequence[int] = ()) -> Maximum:
    """Greatest log-likelihood from any of the starts, the coordinates in `fixed` staying as they start."""
    return max((_climb(likelihood, start, fixed) for start in starts), key=lambda found: found.value)


def _climb(likelihood: Likelihood, start: Array, fixed: Sequence[int]) -> Maximum:
    free = [k for k in range(start.size) if k not in fixed]
    point = start.astype(float).copy()

    def cost(values: Array) -> tuple[float, Array]:
        point[free] = values
        slope = likelihood.gradient(point)[free]
        return -likelihood.value(point) / likelihood.customers, -slope / likelihood.customers

    found = minimize(
        cost,
        np.clip(point[free], -LIMIT, LIMIT),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-LIMIT, LIMIT)] * len(free),
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 500},
    )
    point[free] = found.x
    return Maximum(point.copy(), likelihood.value(point))


def information(likelihood: Likelihood, at: Array) -> Array:
    """Observed information in the logarithms: the negative second derivatives, from the exact gradient."""
    columns = [
        (likelihood.gradient(at - _STEP * unit) - likelihood.gradient(at + _STEP * unit)) / (2 * _STEP)
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
