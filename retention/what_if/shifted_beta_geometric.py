"""How customers stay by age: the shifted-beta-geometric curve of Fader and Hardie (2007).

Each customer leaves after every period with a probability θ of their own, and θ ~ Beta(α, β) over customers.
Those who leave easily are gone soon, so that retention rises with age though nobody changes: the chance of
going on from age a − 1 to a is r_a = (β + a − 1)/(α + β + a − 1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Numbers = NDArray[np.float64]

_LIMIT = 8.0  # of ln(α + β): beyond it all customers are alike, or each leaves at once or never
_RAREST = 12.0  # of the log odds of leaving in the first period
LARGEST = float(np.exp(_LIMIT))
_BOX = np.array([[_RAREST], [_LIMIT]])
_ROUNDS = 60  # of damped Newton steps; a dozen is usual
_LEAST = 1e-9  # damping: none that matters
_SHARP = 1e-10  # of a logarithm


def fit_curve(before: Numbers, after: Numbers) -> tuple[Numbers, Numbers]:
    """α and β of greatest likelihood for one or many sets of transitions at once.

    The log-likelihood is Σ n_a ln r_a + (n_{a−1} − n_a) ln(1 − r_a) over the ages, which for the survivors of
    one cohort is that of the multinomial of the periods in which they left, those still there included.

    Parameters
    ----------
    before, after : (ages, k) customers at age a − 1 = 0, 1 …, and those of them, or as many as them, at age
        a; see `without_increases` for where there are more

    Returns
    -------
    (k,), (k,)

    Examples
    --------
    The "regular" and "high end" customers of Fader and Hardie (2007):

    >>> survivors = np.array([[100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1],
    ...                       [100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1]]).T
    >>> [found.round(3).tolist() for found in fit_curve(survivors[:-1], survivors[1:])]
    [[0.704, 0.668], [1.182, 3.806]]
    """
    stayed, left = after, before - after
    at = _best_on_grid(stayed, left)
    value, slope, curvature = _likelihood(at, stayed, left)
    damping = np.full(at.shape[1], 1e-3)
    for _ in range(_ROUNDS):
        step = _damped(slope, curvature, damping)
        tried = np.clip(at + step, -_BOX, _BOX)
        found = _likelihood(tried, stayed, left)
        better = found[0] >= value
        moved = np.abs(np.where(better, tried - at, 0.0)).max(initial=0.0)
        at = np.where(better, tried, at)
        value, slope, curvature = (
            np.where(better, new, old) for new, old in zip(found, (value, slope, curvature), strict=True)
        )
        damping = np.clip(np.where(better, damping / 10.0, damping * 10.0), _LEAST, 1.0 / _LEAST)
        if better.all() and moved < _SHARP:
            break
    return _shape(at)


def without_increases(before: Numbers, after: Numbers) -> Numbers:
    """Customers after each step, where more than before, as a season can have it, nobody having left.

    Which steps these are is what the first column says: were each draw to decide for itself, chance would
    count where it takes customers away and not where it brings them.

    Parameters
    ----------
    before, after : (ages, 1 + k) the data in the first column, then k draws of it
    """
    gained = after[:, :1] > before[:, :1]
    return np.where(gained, before, after)


def retention_by_age(alpha: Numbers, beta: Numbers, ages: int) -> Numbers:
    """Chance of going on to age 1, 2 … of those who reached the age before: (ages, k).

    Examples
    --------
    >>> retention_by_age(np.array([1.0]), np.array([1.0]), 3)[:, 0].round(4).tolist()
    [0.5, 0.6667, 0.75]
    """
    passed = np.arange(ages)[:, None]
    return np.asarray((beta + passed) / (alpha + beta + passed))


def _shape(at: Numbers) -> tuple[Numbers, Numbers]:
    """α and β from the log odds of leaving in the first period and ln(α + β)."""
    both = np.exp(at[1])
    return both * expit(at[0]), both * expit(-at[0])


def _best_on_grid(stayed: Numbers, left: Numbers) -> Numbers:
    """The best of many α and β, so that Newton's method starts near: (2, k)."""
    points = np.meshgrid(*(np.linspace(-end, end, 33) for end in _BOX[:, 0]))
    pairs = np.array(points).reshape(2, -1)
    alpha, beta = _shape(pairs)
    both = alpha + beta + np.arange(len(stayed))[:, None]
    value = np.log((both - alpha) / both).T @ stayed + np.log(alpha / both).T @ left
    return np.asarray(pairs[:, value.argmax(axis=0)])


def _likelihood(at: Numbers, stayed: Numbers, left: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Log-likelihood (k,), its gradient (2, k) and curvature (2, 2, k), in the coordinates of `_shape`."""
    alpha, beta = _shape(at)
    passed = np.arange(len(stayed))[:, None]
    staying, both = beta + passed, alpha + beta + passed
    total, gone = stayed + left, left.sum(axis=0)
    value = (stayed * np.log(staying / both) + left * np.log(alpha / both)).sum(axis=0)
    in_alpha = gone - alpha * (total / both).sum(axis=0)
    in_beta = beta * (stayed / staying - total / both).sum(axis=0)
    squares = (total / both**2).sum(axis=0)
    cross = alpha * beta * squares
    twice_alpha = in_alpha - gone + alpha**2 * squares
    twice_beta = in_beta + beta**2 * (squares - (stayed / staying**2).sum(axis=0))
    m, n = expit(at[0]), expit(-at[0])  # by which ln α, and −ln β, move with the odds: 1 − m, and m
    slope = np.array([n * in_alpha - m * in_beta, in_alpha + in_beta])
    bend = n**2 * twice_alpha - 2.0 * m * n * cross + m**2 * twice_beta - m * n * slope[1]
    mixed = n * (twice_alpha + cross) - m * (cross + twice_beta)
    return value, slope, np.array([[bend, mixed], [mixed, twice_alpha + 2.0 * cross + twice_beta]])


def _damped(slope: Numbers, curvature: Numbers, damping: Numbers) -> Numbers:
    """Newton's step uphill, shortened by so much that the curvature it sees points down: (2, k)."""
    (a, b), (_, d) = -curvature
    size = np.abs(a) + np.abs(d) + 1e-12
    least = (a + d) / 2.0 - np.hypot((a - d) / 2.0, b)  # the smaller eigenvalue
    more = np.maximum(0.0, -least) + damping * size
    a, d = a + more, d + more
    volume = a * d - b * b
    step = np.array([d * slope[0] - b * slope[1], a * slope[1] - b * slope[0]])
    return np.asarray(np.divide(step, volume, out=np.zeros_like(step), where=volume > 0))
