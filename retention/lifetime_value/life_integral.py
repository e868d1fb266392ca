"""How many purchases fit into a life that ends before the horizon: an integral over when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.nbd import log_orderings

if TYPE_CHECKING:
    from retention.lifetime_value.arrays import Array

_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(48)
_FALLEN = 36.0  # the integrand is cut where it has fallen by e^-36
_STEPS = 8  # of Newton's method towards a cut; fewer would only cut farther out
_CHUNK = 2048  # integrals at a time: their points stay in the processor's cache


def bought_before_dropout(shape: Array, rate: Array, s: float, life: Array, ahead: Array, most: int) -> Array:
    """P(drop-out before t, after exactly n purchases) for n = 0 … most: arrays (n,) → (n, most + 1).

    With λ ~ Gamma(R, A) and μ ~ Gamma(s, B) that is ∫₀ᵗ s/B·(1 + u/B)^−(s+1) · P(N(u) = n) du. In ln u the
    logarithm of the integrand, (n+1)·ln u − (R+n)·ln(A+u) − (s+1)·ln(B+u) but for a constant, is concave: it
    has one peak, the root of a quadratic equation, and falls off exponentially on both sides.

    Parameters
    ----------
    shape, rate : R and A
    s, life : s and B
    ahead : t > 0
    """
    orderings = log_orderings(shape, most)
    n = np.tile(np.arange(most + 1.0), shape.size)
    each = (np.repeat(values, most + 1) for values in (shape, rate, life, ahead))
    R, A, B, t = each  # noqa: N806  the field's own names
    found = np.empty(n.size)
    for start in range(0, n.size, _CHUNK):
        rows = slice(start, start + _CHUNK)
        found[rows] = _integral(n[rows], R[rows], A[rows], s, B[rows], t[rows], orderings.ravel()[rows])
    return found.reshape(orderings.shape)


def _integral(  # noqa: PLR0913, PLR0917  the letters of one formula
    n: Array, R: Array, A: Array, s: float, B: Array, t: Array, orderings: Array  # noqa: N803
) -> Array:
    low, high = _range(n, R, A, s, B, t)
    half = (high - low) / 2.0
    y = low[:, None] + half[:, None] * (_POINTS + 1.0)
    u, n = np.exp(y), n[:, None]
    bought = n * (y - np.log(A[:, None] + u)) - R[:, None] * np.log1p(u / A[:, None])
    dropped = y - np.log(B)[:, None] - (s + 1.0) * np.log1p(u / B[:, None])
    inside = np.exp(bought + dropped + orderings[:, None] + np.log(s))
    return half * (inside @ _WEIGHTS)


def _range(n: Array, R: Array, A: Array, s: float, B: Array, t: Array) -> tuple[Array, Array]:  # noqa: N803, PLR0913, PLR0917
    """Where in ln u the integrand matters: from its peak, or the horizon, down by e^-36 on both sides."""

    def log_of(y: Array) -> Array:
        u = np.exp(y)
        return np.asarray((n + 1.0) * y - (R + n) * np.log(A + u) - (s + 1.0) * np.log(B + u))

    def slope(y: Array) -> Array:
        u = np.exp(y)
        return np.asarray((n + 1.0) - (R + n) * (u / (A + u)) - (s + 1.0) * (u / (B + u)))

    horizon = np.log(t)
    peak = np.minimum(np.log(_peak(n, R, A, s, B)), horizon)
    level = log_of(peak) - _FALLEN
    # The function lies below its asymptotes, so Newton's method comes from outside and never oversteps.
    low = (level + (R + n) * np.log(A) + (s + 1.0) * np.log(B)) / (n + 1.0)
    high = np.minimum(-level / (R + s), horizon)
    for _ in range(_STEPS):
        low += np.maximum(level - log_of(low), 0.0) / slope(low)
        beyond = np.maximum(level - log_of(high), 0.0)
        high = np.where(beyond > 0, high + beyond / slope(high), high)
    return low, np.maximum(high, peak)


def _peak(n: Array, R: Array, A: Array, s: float, B: Array) -> Array:  # noqa: N803
    """The positive root of (n+1)(A+u)(B+u) = (R+n)u(B+u) + (s+1)u(A+u), in the form that loses no digits."""
    square, straight, constant = R + s, (n + 1.0) * (A + B) - (R + n) * B - (s + 1.0) * A, (n + 1.0) * A * B
    root = np.sqrt(straight**2 + 4.0 * square * constant)
    return np.where(
        straight > 0, (straight + root) / (2.0 * square), 2.0 * constant / np.where(straight > 0, 1.0, root - straight)
    )
