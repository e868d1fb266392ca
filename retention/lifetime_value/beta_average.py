"""Averages over a Beta distribution, without the special functions that overflow or have poles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betaln, expit

if TYPE_CHECKING:
    from retention.lifetime_value.models import Array

# The tails are cut where the integrand has fallen by e^-32 (left, with room for large purchase rates) and
# e^-21 (right). 96 points then give ten digits for parameters as shops have them, and seven at the far ends
# (thousands of purchases, parameters in the thousands), where rounding decides.
_POINTS = 96
_LEFT, _RIGHT = 32.0, 21.0
_CHUNK = 256  # averages at a time: the points stay in the processor's cache


def purchases_before_dropout(shape: Array, a: float, b: Array, reach: Array) -> Array:
    """Average (1 − (1 + p·w)^−R) / p over p ~ Beta(a, B): the purchases expected of a customer who is alive.

    With λ ~ Gamma(R, A) and w = t / A this is what Fader, Hardie and Lee (2005, eq. 9) write as
    ``(a+B−1)/(a−1)·[1 − (A/(A+t))^R·₂F₁(R, B; a+B−1; t/(A+t))]``, which is 0/0 at a = 1, has poles where
    a + B ≤ 1 and overflows for large R. The average itself is smooth and positive everywhere.

    It is computed by the trapezoidal rule in ln(p/(1−p)), which converges exponentially, after taking
    out the straight line between p = 0 and p = 1, whose average is exact, so that the ends weigh nothing
    however small a and B are.

    Parameters
    ----------
    shape, b : (n,) R and B
    reach : (n, k) w ≥ 0

    Returns
    -------
    (n, k)
    """
    average = np.empty(reach.shape)
    for start in range(0, len(reach), _CHUNK):
        rows = slice(start, start + _CHUNK)
        average[rows] = _averages(shape[rows, None], a, b[rows, None], reach[rows])
    return average


def _averages(shape: Array, a: float, b: Array, reach: Array) -> Array:
    p, q, weight = _points(a, b)
    at_zero, at_one = shape * reach, -np.expm1(-shape * np.log1p(reach))
    average = (at_zero * b + at_one * a) / (a + b)
    for k, w in enumerate(reach.T):
        inside = np.expm1(-shape * np.log1p(p * w[:, None])) / -p
        bend = q * (inside - at_zero[:, k, None]) + p * (inside - at_one[:, k, None])
        average[:, k] += np.einsum("ij,ij->i", weight, bend)
    # Rounding may leave the sum a hair outside what the average can be.
    return np.clip(average, at_one, at_zero)


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
