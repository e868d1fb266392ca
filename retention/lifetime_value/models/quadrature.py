"""Points and weights that stand for a Beta or a Gamma distribution, of many at once: Gauss quadrature.

Golub and Welsch (1969), "Calculation of Gauss quadrature rules", Mathematics of Computation 23.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from retention.lifetime_value.models.arrays import Array


def beta_nodes(alpha: Array, beta: Array, count: int) -> tuple[Array, Array]:
    """Points θ and weights that stand for Beta(α, β).

    A polynomial of θ up to degree 2·count − 1 is averaged exactly, as (1 − θ)^t is.

    Parameters
    ----------
    alpha, beta : (k,) above 0

    Returns
    -------
    (count, k), (count, k)

    Examples
    --------
    >>> points, weights = beta_nodes(np.array([2.0]), np.array([3.0]), 4)
    >>> round(float((weights * points).sum()), 12)
    0.4
    """
    n = np.arange(1.0, count)[:, None]
    both = alpha + beta
    twice = 2.0 * n + both - 2.0
    middle = np.empty((count, alpha.size))
    middle[0] = (alpha - beta) / both
    middle[1:] = (alpha - beta) * (both - 2.0) / (twice * (twice + 2.0))
    beside = np.empty((count - 1, alpha.size))
    beside[0] = 4.0 * alpha * beta / (both**2 * (both + 1.0))
    m, far = n[1:], twice[1:]
    beside[1:] = (
        4.0
        * m
        * (m + alpha - 1.0)
        * (m + beta - 1.0)
        * (m + both - 2.0)
        / (far**2 * (far + 1.0) * (far - 1.0))
    )
    points, weights = _golub_welsch(middle, np.sqrt(beside))
    return np.clip((1.0 + points) / 2.0, 0.0, 1.0), weights


def gamma_nodes(shape: Array, count: int) -> tuple[Array, Array]:
    """Points and weights that stand for Gamma(shape, 1).

    Parameters
    ----------
    shape : (k,) above 0

    Returns
    -------
    (count, k), (count, k)

    Examples
    --------
    >>> points, weights = gamma_nodes(np.array([0.5]), 4)
    >>> round(float((weights * points**2).sum()), 12)
    0.75
    """
    n = np.arange(count)[:, None]
    return _golub_welsch(2.0 * n + shape, np.sqrt(n[1:] * (n[1:] + shape - 1.0)))


def _golub_welsch(middle: Array, beside: Array) -> tuple[Array, Array]:
    """Eigenvalues of tridiagonal matrices, and the squares of their vectors' first elements.

    These are 1 / Σ p(x)² over the orthonormal polynomials p, which takes half the time of whole vectors.
    """
    count = len(middle)
    place = np.arange(count)
    matrix = np.zeros((middle.shape[1], count, count))
    matrix[:, place, place] = middle.T
    matrix[:, place[1:], place[:-1]] = beside.T
    points = np.linalg.eigvalsh(matrix).T.astype(float)
    before, here = np.zeros(points.shape), np.ones(points.shape)
    squares = np.ones(points.shape)
    for k in range(count - 1):
        further = (points - middle[k]) * here - (beside[k - 1] * before if k else 0.0)
        before, here = here, further / beside[k]
        squares += here**2
    return points, 1.0 / squares
