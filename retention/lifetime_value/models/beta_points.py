"""Points that stand for a Beta distribution, and what who leaves with such a chance still buys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import betaln

from retention.lifetime_value.models import purchase_counts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array

# The tails are cut where the integrand has fallen by e^-32 (left, with room for large purchase rates) and
# e^-21 (right). 96 points then give ten digits for parameters as shops have them, and seven at the far ends
# (thousands of purchases, parameters in the thousands; b below .1 with k of 3 or 4), where rounding decides.
_POINTS = 96
_LEFT, _RIGHT = 32.0, 21.0
_ZERO = 1e-100  # the p that stands for 0
# Where so few events are to come (R·w and w up to this) the terms of roots would cancel, and the chances of
# their numbers are added up instead; more than so many come with a chance below 1e-17.
_RARE, _FEW = 0.5, 44


@dataclass(frozen=True)
class _Root:
    """A k-th root v of q: v, 1 − v and v^(1−k) / (k·(1−v)), twice where its conjugate is meant too."""

    v: NDArray[Any]
    away: NDArray[Any]
    share: NDArray[Any]


@dataclass(frozen=True)
class BetaPoints:
    """Points p = 1 − q of n Beta distributions, the last p = 0, and how much each counts in an average.

    They are those of the trapezoidal rule in ln(p/(1−p)), which converges exponentially. It averages what is
    left of a function when the straight line between p = 0 and p = 1, whose average is exact, is taken out:
    so the ends weigh nothing however small a and B are.

    Attributes
    ----------
    k : events of the hidden process to a purchase
    weight : (n, points) of all points but the last
    of_ends : (n, 2) weights of p = 0 and p = 1
    q : (n, points + 1)
    roots : k-th roots of q, of conjugates one
    """

    k: int
    weight: Array
    of_ends: Array
    q: Array
    roots: tuple[_Root, ...]

    @classmethod
    def of(cls, k: int, a: Array, b: Array) -> BetaPoints:
        """Points for Beta(a, b), both (n, 1)."""
        spread = np.sqrt(1.0 / (a + 1.0) + 1.0 / (b + 1.0))
        middle = np.log((a + 1.0) / (b + 1.0))
        low = middle - _LEFT / (a + 1.0) - np.sqrt(2.0 * _LEFT) * spread
        high = middle + _RIGHT / (b + 1.0) + np.sqrt(2.0 * _RIGHT) * spread
        step = (high - low) / _POINTS
        u = low + step * np.arange(_POINTS + 1)
        beside = np.logaddexp(0.0, u)
        weight = step * np.exp(a * u - (a + b) * beside - betaln(a, b))
        line = np.concatenate([b, a], axis=1) / (a + b)
        sides = np.exp(-beside), np.exp(u - beside)
        taken = np.stack([np.einsum("ij,ij->i", weight, side) for side in sides], axis=1)
        log_q = np.concatenate([-beside, np.full(a.shape, -_ZERO)], axis=1)
        return cls(k, weight, line - taken, np.exp(log_q), _roots(k, log_q))

    def purchases(self, which: NDArray[np.int64], shape: Array, w: Array) -> Array:
        """(1 − E[q^M]) / p of `purchases_by_phase`, at each point of the distributions `which`.

        Parameters
        ----------
        which, shape, w : (m,) which of the n distributions, R and w

        Returns
        -------
        (k, m, points + 1)
        """
        found = np.zeros((self.k, which.size, self.q.shape[1]))
        for root in self.roots:
            further, share = root.away[which] * w[:, None], root.share[which]
            fewer = _power_less_one(further, shape[:, None])
            found[0] -= (share * fewer).real
            for phase in range(1, self.k):  # one event more so far
                share, fewer = share * root.v[which], (fewer - further) / (1.0 + further)
                found[phase] -= (share * fewer).real
        if self.k > 1:
            rare = np.flatnonzero((w <= _RARE) & (shape * w <= _RARE))
            found[:, rare] = self._rarely(which[rare], shape[rare], w[rare])
        return found

    def _rarely(self, which: NDArray[np.int64], shape: Array, w: Array) -> Array:
        """The same as Σ q^(i−1) · P(i or more purchases), in which nothing is taken away from anything."""
        q = self.q[which]
        found = np.zeros((self.k, *q.shape))
        for phase in range(self.k):
            _, as_often = purchase_counts.every_kth(self.k, phase, shape + phase, w, _FEW // self.k)
            for chance in as_often.T[::-1]:
                found[phase] = found[phase] * q + chance[:, None]
        return found


def _power_less_one(further: NDArray[Any], shape: Array) -> NDArray[Any]:
    """(1 + u)^−R − 1; of complex u in parts, at which NumPy is quicker."""
    if further.dtype == float:
        return np.asarray(np.expm1(-shape * np.log1p(further)))
    base = 1.0 + further
    return np.asarray(np.exp(-shape * (np.log(np.abs(base)) + 1j * np.angle(base))) - 1.0)


def _roots(k: int, log_q: Array) -> tuple[_Root, ...]:
    """One of each pair of conjugate roots: turned by 0, 1/k … 1/2 of a circle."""
    size = np.exp(log_q / k)
    away = -np.expm1(log_q / k)
    found = [_Root(size, away, size ** (1 - k) / (k * away))]
    for turn in range(1, k // 2 + 1):
        is_real = 2 * turn == k
        v = size * (-1.0 if is_real else np.exp(2j * np.pi * turn / k))
        share = v ** (1 - k) / (k * (1.0 - v))
        found.append(_Root(v, 1.0 - v, share if is_real else 2.0 * share))
    return tuple(found)
