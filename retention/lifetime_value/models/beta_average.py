"""Averages over a Beta distribution, without the special functions that overflow or have poles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.polynomial import chebyshev
from scipy.special import betaln

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
_NOTHING = 1e-14  # of a term of the series, from which on all are left out
_AT = chebyshev.chebpts1(_NODES)
_TO_SERIES = (
    chebyshev.chebvander(_AT, _NODES - 1).T * (np.where(np.arange(_NODES) > 0, 2.0, 1.0) / _NODES)[:, None]
)


def purchases_before_dropout(shape: Array, a: float | Array, b: Array, reach: Array) -> Array:
    """Average (1 − (1 + p·w)^−R) / p over p ~ Beta(a, B): the purchases expected of a customer who is alive.

    With λ ~ Gamma(R, A) and w = t / A this is what Fader, Hardie and Lee (2005, eq. 9) write as
    ``(a+B−1)/(a−1)·[1 − (A/(A+t))^R·₂F₁(R, B; a+B−1; t/(A+t))]``, which is 0/0 at a = 1, has poles where
    a + B ≤ 1 and overflows for large R. The average itself is smooth and positive everywhere.

    Parameters
    ----------
    shape, a, b : (n,) R, a and B; one `a` may stand for all
    reach : (n, k) w ≥ 0

    Returns
    -------
    (n, k)
    """
    average, alone = np.empty(reach.shape), np.ones(len(reach), dtype=bool)
    a = np.broadcast_to(a, shape.shape)
    kinds, which = distinct_rows(shape, a, b)
    for kind in np.flatnonzero(np.bincount(which) * reach.shape[1] >= _MANY):
        rows = np.flatnonzero(which == kind)
        if _can_be_interpolated(reach[rows]):
            average[rows] = _interpolated([column[kind] for column in kinds], reach[rows])
            alone[rows] = False
    average[alone] = _by_rows(_purchases, shape[alone], a[alone], b[alone], reach[alone])
    return average


def share_never_dropping_out(shape: Array, a: float | Array, b: Array, reach: Array) -> Array:
    """Average (1 + p·w)^−R over p ~ Beta(a, B): the chance of no purchase that ends a relation.

    A customer who is alive with λ ~ Gamma(R, A) makes fatal purchases at the rate p·λ, and none before t
    with chance (1 + p·w)^−R where w = t / A.

    Parameters
    ----------
    shape, a, b : (n,) R, a and B; one `a` may stand for all
    reach : (n, k) w ≥ 0

    Returns
    -------
    (n, k)
    """
    return _by_rows(_survivors, shape, np.broadcast_to(a, shape.shape), b, reach)


def _can_be_interpolated(reach: Array) -> bool:
    some = reach[reach > 0]
    return some.size > 0 and bool(_SAME < np.log(some.max() / some.min()) < _WIDEST)


def _interpolated(kind: list[float], reach: Array) -> Array:
    """Purchases expected before drop-out for one R, a and B, by Chebyshev's series of ln against ln w."""
    some = reach > 0  # in no time nothing is bought
    wanted = np.log(reach[some])
    low, high = wanted.min(), wanted.max()
    nodes = np.exp((low + high) / 2.0 + (high - low) / 2.0 * _AT)[:, None]
    shape, *beta = kind
    points = _points(*(np.full((1, 1), value) for value in beta))
    found = _averages(_purchases, np.full((_NODES, 1), shape), nodes, points)
    series = chebyshev.chebtrim(_TO_SERIES @ np.log(found[:, 0]), _NOTHING)
    average = np.zeros(reach.shape)
    average[some] = np.exp(chebyshev.chebval((2.0 * wanted - low - high) / (high - low), series))
    return average


def _purchases(shape: Array, w: Array, p: Array) -> tuple[Array, Array, Array]:
    """(1 − (1 + p·w)^−R) / p, and its limits at p = 0 and p = 1."""
    return np.expm1(-shape * np.log1p(p * w)) / -p, shape * w, -np.expm1(-shape * np.log1p(w))


def _survivors(shape: Array, w: Array, p: Array) -> tuple[Array, Array, Array]:
    return np.exp(-shape * np.log1p(p * w)), np.ones_like(w), np.exp(-shape * np.log1p(w))


def _by_rows(inside: Averaged, shape: Array, a: Array, b: Array, reach: Array) -> Array:
    average = np.empty(reach.shape)
    (of_a, of_b), which = distinct_rows(a, b)
    points = _points(of_a[:, None], of_b[:, None])
    for start in range(0, len(reach), _CHUNK):
        rows = slice(start, start + _CHUNK)
        here = tuple(part[which[rows]] for part in points)
        average[rows] = _averages(inside, shape[rows, None], reach[rows], here)
    return average


def _averages(inside: Averaged, shape: Array, reach: Array, points: tuple[Array, ...]) -> Array:
    p, weight, of_ends = points
    average = np.empty(reach.shape)
    for k, w in enumerate(reach.T):
        values, at_zero, at_one = inside(shape, w[:, None], p)
        ends = np.concatenate([at_zero, at_one], axis=1)
        found = np.einsum("ij,ij->i", weight, values) + np.einsum("ij,ij->i", of_ends, ends)
        # Rounding may leave the sum a hair outside what the average can be.
        average[:, k] = np.clip(found, ends.min(axis=1), ends.max(axis=1))
    return average


def _points(a: Array, b: Array) -> tuple[Array, Array, Array]:
    """Points p with weights, (n, points), and the weights of p = 0 and p = 1, (n, 2), of a and b: (n, 1).

    They are those of the trapezoidal rule in ln(p/(1−p)), which converges exponentially. It averages what is
    left of a function when the straight line between p = 0 and p = 1, whose average is exact, is taken out:
    so the ends weigh nothing however small a and B are.
    """
    spread = np.sqrt(1.0 / (a + 1.0) + 1.0 / (b + 1.0))
    middle = np.log((a + 1.0) / (b + 1.0))
    low = middle - _LEFT / (a + 1.0) - np.sqrt(2.0 * _LEFT) * spread
    high = middle + _RIGHT / (b + 1.0) + np.sqrt(2.0 * _RIGHT) * spread
    step = (high - low) / _POINTS
    u = low + step * np.arange(_POINTS + 1)
    beside = np.logaddexp(0.0, u)
    weight = step * np.exp(a * u - (a + b) * beside - betaln(a, b))
    p, line = np.exp(u - beside), np.concatenate([b, a], axis=1) / (a + b)
    taken = np.stack([np.einsum("ij,ij->i", weight, side) for side in (np.exp(-beside), p)], axis=1)
    return p, weight, line - taken
