"""Averages over a Beta distribution, without the special functions that overflow or have poles."""

from __future__ import annotations

from dataclasses import dataclass
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
_ROWS = 1024  # of averages to interpolate at a time, for the same reason
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
    (shape, a, b), which = distinct_rows(shape, np.broadcast_to(a, shape.shape), b)
    kinds = _Kinds.of(k, shape, a, b)
    low, high = _ends(which, reach, shape.size)
    many = np.bincount(which) * reach.shape[1] >= _MANY
    smooth = np.flatnonzero(many & (high - low > _SAME) & (high - low < _WIDEST))
    line = np.full(shape.size, -1)
    line[smooth] = np.arange(smooth.size)
    average, some = np.empty((k, *reach.shape)), line[which] >= 0
    lines = _Lines.of(kinds, smooth, low[smooth], high[smooth])
    average[:, some] = lines.at(line[which[some]], reach[some])
    average[:, ~some] = kinds.averages(which[~some], reach[~some])
    return average


def share_staying_by_phase(k: int, shape: Array, a: float | Array, b: Array, reach: Array) -> Array:
    """Chance of no purchase that ends a relation, of a customer who is alive: as `purchases_by_phase`.

    The average of E[q^M] = 1 − p · (1 − E[q^M]) / p over Beta(a, B), where a factor p makes Beta(a + 1, B).
    """
    ends = np.asarray(a / (a + b))[:, None] * purchases_by_phase(k, shape, a + 1.0, b, reach)
    return np.clip(1.0 - ends, 0.0, 1.0)


def _ends(which: NDArray[np.int64], reach: Array, kinds: int) -> tuple[Array, Array]:
    """Least and greatest ln w of each kind, but for no time at all: (kinds,), (kinds,)."""
    low, high = np.full(kinds, np.inf), np.full(kinds, -np.inf)
    with np.errstate(divide="ignore"):
        np.minimum.at(low, which, np.log(reach.min(axis=1, where=reach > 0, initial=np.inf)))
        np.maximum.at(high, which, np.log(reach.max(axis=1, initial=0.0)))
    return low, high


@dataclass(frozen=True)
class _Kinds:
    """Distinct R, a and B, with the points that stand for each p.

    Attributes
    ----------
    shape : (kinds,) R
    points, beta : of the distinct a and B, and which of them each kind has
    """

    shape: Array
    points: BetaPoints
    beta: NDArray[np.int64]

    @classmethod
    def of(cls, k: int, shape: Array, a: Array, b: Array) -> _Kinds:
        (of_a, of_b), beta = distinct_rows(a, b)
        return cls(shape, BetaPoints.of(k, of_a[:, None], of_b[:, None]), beta)

    def averages(self, which: NDArray[np.int64], reach: Array) -> Array:
        """Averages of kinds at every w: (n,), (n, m) → (k, n, m)."""
        each, w = np.repeat(which, reach.shape[1]), reach.ravel()
        found = np.empty((self.points.k, w.size))
        for start in range(0, w.size, _CHUNK):
            rows = slice(start, start + _CHUNK)
            found[:, rows] = self._averages(self.beta[each[rows]], self.shape[each[rows]], w[rows])
        return found.reshape(self.points.k, *reach.shape)

    def _averages(self, which: NDArray[np.int64], shape: Array, w: Array) -> Array:
        phases = np.arange(float(self.points.k))[:, None]
        values = self.points.purchases(which, shape, w)
        at_one = betainc(self.points.k - phases, shape + phases, w / (1.0 + w))
        ends = np.stack([values[:, :, -1], at_one], axis=-1)
        found = np.einsum("ij,kij->ki", self.points.weight[which], values[:, :, :-1])
        found += np.einsum("ij,kij->ki", self.points.of_ends[which], ends)
        # Rounding may leave the sum a hair outside what the average can be.
        return np.asarray(np.clip(found, ends.min(axis=-1), ends.max(axis=-1)))


@dataclass(frozen=True)
class _Lines:
    """Logarithms of averages against ln w, as Chebyshev's series.

    Attributes
    ----------
    middle, half : (lines,) of the range of ln w
    series : (terms, k, lines)
    """

    middle: Array
    half: Array
    series: Array

    @classmethod
    def of(cls, kinds: _Kinds, which: NDArray[np.int64], low: Array, high: Array) -> _Lines:
        """Of some kinds, between ends of ln w: three (lines,)."""
        middle, half = (low + high) / 2.0, (high - low) / 2.0
        found = np.log(kinds.averages(which, np.exp(middle[:, None] + half[:, None] * _AT)))
        series = np.moveaxis(found @ _TO_SERIES.T, 2, 0)
        tells = np.abs(series).max(axis=(1, 2), initial=0.0) > _NOTHING
        return cls(middle, half, series[: np.flatnonzero(tells).max(initial=0) + 1])

    def at(self, line: NDArray[np.int64], reach: Array) -> Array:
        """Averages on lines at every w: (n,), (n, m) → (k, n, m); in no time nothing is bought."""
        found = np.zeros((self.series.shape[1], *reach.shape))
        for start in range(0, len(reach), _ROWS):
            rows = slice(start, start + _ROWS)
            which, w = line[rows], reach[rows]
            middle = self.middle[which, None]
            wanted = np.where(w > 0, np.log(np.where(w > 0, w, 1.0)), middle)
            place = (wanted - middle) / self.half[which, None]
            told = chebyshev.chebval(place, self.series[:, :, which, None], tensor=False)
            found[:, rows] = np.where(w > 0, np.exp(told), 0.0)
        return found
