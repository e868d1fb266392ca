"""How many purchases fit into a life that ends before the horizon: an integral over when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betainc, gammaincinv

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array

_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(48)
_FALLEN = 36.0  # the integrand is cut where it has fallen by e^-36
_STEPS = 8  # of Newton's method towards a cut; fewer would only cut farther out
_CHUNK = 2048  # integrals at a time: their points stay in the processor's cache
_BEYOND = 1e-7  # the chance of more purchases than `enough` counts
_POISSON = 5.5  # standard deviations of a Poisson number, beyond which as little is left


def log_orderings(shape: Array, most: int) -> Array:
    """Ln of Γ(R + n) / (Γ(R)·n!) for n = 0 … most: (n,) → (n, most + 1), as a sum that loses no digits."""
    steps = np.arange(most, dtype=float)
    terms = np.log((shape[:, None] + steps) / (steps + 1.0))
    return np.concatenate([np.zeros((shape.size, 1)), np.cumsum(terms, axis=1)], axis=1)


def chances(shape: Array, reach: Array, most: int) -> Array:
    """P(N = n) for n = 0 … most, with λ ~ Gamma(R, A) and w = t / A: (n,), (n,) → (n, most + 1)."""
    logs = log_orderings(shape, most) - (shape * np.log1p(reach))[:, None]
    with np.errstate(divide="ignore"):  # nothing is bought in no time: ln 0
        each = np.log(reach) - np.log1p(reach)
    counts = np.arange(most + 1)
    logs[:, 1:] += counts[1:] * each[:, None]
    return np.asarray(np.exp(logs))


def at_least(shape: Array, reach: Array, each: Array) -> Array:
    """P(N ≥ n) for n = 1 … most, of P(N = 0) … P(N = most): (n,), (n,), (n, most + 1) → (n, most).

    The chance of more than most is added to the others from the far end on, so that no digits are lost.
    """
    more = betainc(float(each.shape[1]), shape, reach / (1.0 + reach))
    upwards = np.concatenate([more[:, None], each[:, :0:-1]], axis=1)
    return np.asarray(np.cumsum(upwards, axis=1)[:, :0:-1])


def every_kth(k: int, phase: int, shape: Array, reach: Array, most: int) -> tuple[Array, Array]:
    """P(M = 0 … most) and P(M ≥ 1 … most), where every k-th of N + phase events counts: M = ⌊(N + phase)/k⌋.

    Parameters
    ----------
    phase : events, fewer than k, since the last that counted
    shape, reach : (n,) R and w of the N that come, as in `chances`

    Returns
    -------
    (n, most + 1), (n, most)
    """
    events = chances(shape, reach, k * (most + 1) - 1 - phase)
    began = np.concatenate([np.zeros((shape.size, phase)), events], axis=1)
    sums = began.reshape(shape.size, most + 1, k).sum(axis=2)
    return sums, at_least(shape, reach, events)[:, k - phase - 1 :: k]


def with_dropout(bought: Array, as_often: Array, a: float, b: Array) -> Array:
    """Chances of 0 … most purchases where each may be the last, with chance p ~ Beta(a, B).

    Parameters
    ----------
    bought, as_often : (n, most + 1), (n, most) P(N = 0), P(N = 1) … and P(N ≥ 1) … if nobody dropped out
    b : (n,) B

    Returns
    -------
    (n, most + 1)
    """
    none, some = bought[:, :1], bought[:, 1:]
    steps = b[:, None] + np.arange(some.shape[1])
    survived = np.exp(-np.cumsum(np.log1p(a / steps), axis=1))
    before = np.concatenate([np.ones(none.shape), survived], axis=1)[:, :-1]
    left = before * a / (a + steps)
    return np.concatenate([none, survived * some + left * as_often], axis=1)


def enough(shape: Array, reach: Array) -> NDArray[np.int64]:
    """Least numbers of purchases, 1 or more, that are exceeded with a chance below 1e-7."""
    mean = gammaincinv(shape, 1.0 - _BEYOND) * reach
    low, high = np.zeros(mean.shape), np.ceil(mean + _POISSON * np.sqrt(mean) + _POISSON)
    each = reach / (1.0 + reach)
    while np.any(high - low > 1.0):
        middle = np.floor((low + high) / 2.0)
        rare = betainc(middle + 1.0, shape, each) < _BEYOND
        low, high = np.where(rare, low, middle), np.where(rare, middle, high)
    return high.astype(np.int64)


def bought_before_dropout(shape: Array, rate: Array, s: float, life: Array, ahead: Array, most: int) -> Array:
    """P(drop-out before t, after exactly n purchases) for n = 0 … most: arrays (n,) → (n, most + 1).

    With λ ~ Gamma(R, A) and μ ~ Gamma(s, B) that is ∫₀ᵗ s/B·(1 + u/B)^−(s+1) · P(N(u) = n) du.

    Parameters
    ----------
    shape, rate : R and A
    s, life : s and B
    ahead : t > 0
    """
    orderings = log_orderings(shape, most)
    n = np.tile(np.arange(most + 1.0), shape.size)
    each = [np.repeat(values, most + 1) for values in (shape, rate, life, ahead)]
    found = np.empty(n.size)
    for start in range(0, n.size, _CHUNK):
        rows = slice(start, start + _CHUNK)
        few = _Lives(n[rows], each[0][rows], each[1][rows], s, each[2][rows])
        found[rows] = few.integral(each[3][rows], orderings.ravel()[rows])
    return found.reshape(orderings.shape)


@dataclass(frozen=True)
class _Lives:
    """The integrand, as a function of y = ln u.

    But for a constant its logarithm is (n+1)·y − (R+n)·ln(A+u) − (s+1)·ln(B+u), which is concave: it has one
    peak, the root of a quadratic equation, and falls off exponentially on both sides.
    """

    n: Array
    shape: Array
    rate: Array
    s: float
    life: Array

    def integral(self, ahead: Array, orderings: Array) -> Array:
        low, high = self._range(np.log(ahead))
        half = (high - low) / 2.0
        y = low[:, None] + half[:, None] * (_POINTS + 1.0)
        u = np.exp(y)
        rate, life = self.rate[:, None], self.life[:, None]
        bought = self.n[:, None] * (y - np.log(rate + u)) - self.shape[:, None] * np.log1p(u / rate)
        dropped = y + np.log(self.s / life) - (self.s + 1.0) * np.log1p(u / life)
        inside = np.exp(bought + dropped + orderings[:, None])
        return np.asarray(half * (inside @ _WEIGHTS))

    def _range(self, horizon: Array) -> tuple[Array, Array]:
        """Where it matters: from the peak, or the horizon, down by e^-36 on both sides."""
        peak = np.minimum(np.log(self._peak()), horizon)
        level = self._log(peak) - _FALLEN
        # The function lies below its asymptotes, so Newton's method comes from outside and never oversteps.
        at_zero = (self.shape + self.n) * np.log(self.rate) + (self.s + 1.0) * np.log(self.life)
        low = (level + at_zero) / (self.n + 1.0)
        high = np.minimum(-level / (self.shape + self.s), horizon)
        for _ in range(_STEPS):
            low += np.maximum(level - self._log(low), 0.0) / self._slope(low)
            beyond = np.maximum(level - self._log(high), 0.0)
            high = np.where(beyond > 0, high + beyond / self._slope(high), high)
        return low, np.maximum(high, peak)

    def _log(self, y: Array) -> Array:
        u = np.exp(y)
        bought = (self.n + 1.0) * y - (self.shape + self.n) * np.log(self.rate + u)
        return np.asarray(bought - (self.s + 1.0) * np.log(self.life + u))

    def _slope(self, y: Array) -> Array:
        u = np.exp(y)
        bought = self.n + 1.0 - (self.shape + self.n) * (u / (self.rate + u))
        return np.asarray(bought - (self.s + 1.0) * (u / (self.life + u)))

    def _peak(self) -> Array:
        """The positive root of (n+1)(A+u)(B+u) = (R+n)u(B+u) + (s+1)u(A+u), without losing digits."""
        square = self.shape + self.s
        straight = (1.0 - self.shape) * self.life + (self.n - self.s) * self.rate
        constant = (self.n + 1.0) * self.rate * self.life
        root = np.sqrt(straight**2 + 4.0 * square * constant)
        below = np.where(straight > 0, 1.0, root - straight)
        return np.where(straight > 0, (straight + root) / (2.0 * square), 2.0 * constant / below)
