"""Averages over a Beta distribution, without the special functions that overflow or have poles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.polynomial import Chebyshev
from scipy.special import betaln, expit

from retention.lifetime_value.models.arrays import distinct_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention.lifetime_value.models.arrays import Array

    Averaged = Callable[[Array, Array, Array], tuple[Array, Array, Array]]

# The tails are cut where the integrand has fallen by e^-32 (left, with room for large purchase rates) and
# e^-21 (right). 96 points then give ten digits for parameters as shops have them, and seven at the far ends
# (thousands of purchases, parameters in the thousands), where rounding decides.
_POINTS = 96
_LEFT, _RIGHT = 32.0, 21.0
_CHUNK = 256  # averages at a time: the points stay in the processor's cache
# Of many w for one R and B the average is computed at some only; between them its logarithm, which is smooth
# in ln w, is interpolated, to eleven digits.
_NODES, _MANY, _WIDEST = 64, 128, np.log(3000.0)
_SAME = 1e-6  # of ln w


def purchases_before_dropout(shape: Array, a: float, b: Array, reach: Array) -> Array:
    """Average (1 − (1 + p·w)^−R) / p over p ~ Beta(a, B): the purchases expected of a customer who is alive.

    With λ ~ Gamma(R, A) and w = t / A this is what Fader, Hardie and Lee (2005, eq. 9) write as
    ``(a+B−1)/(a−1)·[1 − (A/(A+t))^R·₂F₁(R, B; a+B−1; t/(A+t))]``, which is 0/0 at a = 1, has poles where
    a + B ≤ 1 and overflows for large R. The average itself is smooth and positive everywhere.

    Parameters
    ----------
    shape, b : (n,) R and B
    reach : (n, k) w ≥ 0

    Returns
    -------
    (n, k)
    """
    average, alone = np.empty(reach.shape), np.ones(len(reach), dtype=bool)
    (shapes, survived), which = distinct_rows(shape, b)
    for kind in np.flatnonzero(np.bincount(which) * reach.shape[1] >= _MANY):
        rows = which == kind
        if _can_be_interpolated(reach[rows]):
            average[rows] = _interpolated(shapes[kind], a, survived[kind], reach[rows])
            alone &= ~rows
    average[alone] = _by_rows(_purchases, shape[alone], a, b[alone], reach[alone])
    return average


def share_never_dropping_out(shape: Array, a: float, b: Array, reach: Array) -> Array:
    """Average (1 + p·w)^−R over p ~ Beta(a, B): the chance of no purchase that ends a relation.

    A customer who is alive with λ ~ Gamma(R, A) makes fatal purchases at the rate p·λ, and none before t
    with chance (1 + p·w)^−R where w = t / A.

    Parameters
    ----------
    shape, b : (n,) R and B
    reach : (n, k) w ≥ 0

    Returns
    -------
    (n, k)
    """
    return _by_rows(_survivors, shape, a, b, reach)


def _can_be_interpolated(reach: Array) -> bool:
    least = reach.min()
    return bool(least > 0 and _SAME < np.log(reach.max() / least) < _WIDEST)


def _interpolated(shape: float, a: float, b: float, reach: Array) -> Array:
    """Purchases expected before drop-out for one R and B, by Chebyshev interpolation of ln against ln w."""

    def at_nodes(log_w: Array) -> Array:
        same = np.ones(log_w.size)
        found = _by_rows(_purchases, shape * same, a, b * same, np.exp(log_w)[:, None])
        return np.asarray(np.log(found[:, 0]))

    wanted = np.log(reach)
    curve = Chebyshev.interpolate(at_nodes, _NODES - 1, (wanted.min(), wanted.max()))
    return np.asarray(np.exp(curve(wanted)))


def _purchases(shape: Array, w: Array, p: Array) -> tuple[Array, Array, Array]:
    """(1 − (1 + p·w)^−R) / p, and its limits at p = 0 and p = 1."""
    return np.expm1(-shape * np.log1p(p * w)) / -p, shape * w, -np.expm1(-shape * np.log1p(w))


def _survivors(shape: Array, w: Array, p: Array) -> tuple[Array, Array, Array]:
    return np.exp(-shape * np.log1p(p * w)), np.ones_like(w), np.exp(-shape * np.log1p(w))


def _by_rows(inside: Averaged, shape: Array, a: float, b: Array, reach: Array) -> Array:
    average = np.empty(reach.shape)
    each, which = np.unique(b, return_inverse=True)
    points = _points(a, each[:, None])
    for start in range(0, len(reach), _CHUNK):
        rows = slice(start, start + _CHUNK)
        here = tuple(part[which[rows]] for part in points)
        average[rows] = _averages(inside, shape[rows, None], a, b[rows, None], reach[rows], here)
    return average


def _averages(
    inside: Averaged, shape: Array, a: float, b: Array, reach: Array, points: tuple[Array, ...]
) -> Array:
    """Average by the trapezoidal rule in ln(p/(1−p)), which converges exponentially.

    The straight line between p = 0 and p = 1, whose average is exact, is taken out before, so that the
    ends weigh nothing however small a and B are.
    """
    p, q, weight = points
    average = np.empty(reach.shape)
    for k, w in enumerate(reach.T):
        values, at_zero, at_one = inside(shape, w[:, None], p)
        bend = q * (values - at_zero) + p * (values - at_one)
        line = (at_zero * b + at_one * a) / (a + b)
        found = line[:, 0] + np.einsum("ij,ij->i", weight, bend)
        # Rounding may leave the sum a hair outside what the average can be.
        ends = np.concatenate([at_zero, at_one], axis=1)
        average[:, k] = np.clip(found, ends.min(axis=1), ends.max(axis=1))
    return average


def _points(a: float, b: Array) -> tuple[Array, Array, Array]:
    """Points p, their complements 1 − p and their weights: (n, points) for b of (n, 1)."""
    spread = np.sqrt(1.0 / (a + 1.0) + 1.0 / (b + 1.0))
    middle = np.log((a + 1.0) / (b + 1.0))
    low = middle - _LEFT / (a + 1.0) - np.sqrt(2.0 * _LEFT) * spread
    high = middle + _RIGHT / (b + 1.0) + np.sqrt(2.0 * _RIGHT) * spread
    step = (high - low) / _POINTS
    u = low + step * np.arange(_POINTS + 1)
    weight = step * np.exp(a * u - (a + b) * np.logaddexp(0.0, u) - betaln(a, b))
    return expit(u), expit(-u), weight
