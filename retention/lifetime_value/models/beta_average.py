"""Averages over a Beta distribution, without the special functions that overflow or have poles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.polynomial import chebyshev
from scipy.special import betainc

from retention.lifetime_value.models.arrays import distinct_rows
from retention.lifetime_value.models.beta_points import BetaPoints

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array

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
    return np.asarray(purchases_by_phase(1, shape, a, b, reach)[0])


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
    return np.asarray(share_staying_by_phase(1, shape, a, b, reach)[0])


def purchases_by_phase(k: int, shape: Array, a: float | Array, b: Array, reach: Array) -> Array:
    """Purchases expected of a customer who is alive, where every k-th event of a hidden process is one.

    With j events since the last purchase and λ ~ Gamma(R + j, A) of them, N more come before t and M =
    ⌊(N + j) / k⌋ purchases, but for drop-out. That is the average (1 − E[q^M]) / p over p = 1 − q ~
    Beta(a, B). With v the k-th roots of q it is the average of

    ``Σ_v v^(j+1−k) · (1 − (1 + (1−v)·w)^−(R+j)) / (k·(1−v))``,  w = t / A

    since for every whole n the sum of v^(n+j+1−k) / (k·(1−v)) over the roots is q^⌊(n+j)/k⌋ / p.

    Parameters
    ----------
    shape, a, b : (n,) R, a and B; one `a` may stand for all
    reach : (n, m) w ≥ 0

    Returns
    -------
    (k, n, m) for j = 0 … k − 1
    """
    average, alone = np.empty((k, *reach.shape)), np.ones(len(reach), dtype=bool)
    a = np.broadcast_to(a, shape.shape)
    kinds, which = distinct_rows(shape, a, b)
    for kind in np.flatnonzero(np.bincount(which) * reach.shape[1] >= _MANY):
        rows = np.flatnonzero(which == kind)
        if _can_be_interpolated(reach[rows]):
            average[:, rows] = _interpolated(k, [column[kind] for column in kinds], reach[rows])
            alone[rows] = False
    average[:, alone] = _by_rows(k, shape[alone], a[alone], b[alone], reach[alone])
    return average


def share_staying_by_phase(k: int, shape: Array, a: float | Array, b: Array, reach: Array) -> Array:
    """Chance of no purchase that ends a relation, of a customer who is alive: as `purchases_by_phase`.

    The average of E[q^M] = 1 − p · (1 − E[q^M]) / p over Beta(a, B), where a factor p makes Beta(a + 1, B).
    """
    ends = np.asarray(a / (a + b))[:, None] * purchases_by_phase(k, shape, a + 1.0, b, reach)
    return np.clip(1.0 - ends, 0.0, 1.0)


def _can_be_interpolated(reach: Array) -> bool:
    some = reach[reach > 0]
    return some.size > 0 and bool(_SAME < np.log(some.max() / some.min()) < _WIDEST)


def _interpolated(k: int, kind: list[float], reach: Array) -> Array:
    """Purchases expected before drop-out for one R, a and B, by Chebyshev's series of ln against ln w."""
    some = reach > 0  # in no time nothing is bought
    wanted = np.log(reach[some])
    low, high = wanted.min(), wanted.max()
    nodes = np.exp((low + high) / 2.0 + (high - low) / 2.0 * _AT)[:, None]
    shape, *beta = kind
    points = BetaPoints.of(k, *(np.full((1, 1), value) for value in beta))
    found = _averages(points, np.zeros(_NODES, dtype=np.int64), np.full(_NODES, shape), nodes)
    series = _TO_SERIES @ np.log(found[:, :, 0]).T
    series = series[: np.flatnonzero(np.abs(series).max(axis=1) > _NOTHING).max(initial=0) + 1]
    average = np.zeros((k, *reach.shape))
    average[:, some] = np.exp(chebyshev.chebval((2.0 * wanted - low - high) / (high - low), series))
    return average


def _by_rows(k: int, shape: Array, a: Array, b: Array, reach: Array) -> Array:
    average = np.empty((k, *reach.shape))
    (of_a, of_b), which = distinct_rows(a, b)
    points = BetaPoints.of(k, of_a[:, None], of_b[:, None])
    for start in range(0, len(reach), _CHUNK):
        rows = slice(start, start + _CHUNK)
        average[:, rows] = _averages(points, which[rows], shape[rows], reach[rows])
    return average


def _averages(points: BetaPoints, which: NDArray[np.int64], shape: Array, reach: Array) -> Array:
    average = np.empty((points.k, *reach.shape))
    phases = np.arange(float(points.k))[:, None]
    weight, of_ends = points.weight[which], points.of_ends[which]
    for column, w in enumerate(reach.T):
        values = points.purchases(which, shape, w)
        at_one = betainc(points.k - phases, shape + phases, w / (1.0 + w))
        ends = np.stack([values[:, :, -1], at_one], axis=-1)
        found = np.einsum("ij,kij->ki", weight, values[:, :, :-1])
        found += np.einsum("ij,kij->ki", of_ends, ends)
        # Rounding may leave the sum a hair outside what the average can be.
        average[:, :, column] = np.clip(found, ends.min(axis=-1), ends.max(axis=-1))
    return average
