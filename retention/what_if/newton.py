"""Many small likelihoods climbed at once, inside a box: Newton's method, damped where it goes astray."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

Numbers = NDArray[np.float64]
_ROUNDS = 60  # of damped Newton steps; a dozen is usual
_LEAST = 1e-9  # damping: none that matters
_SHARP = 1e-10  # of a coordinate


def climb(
    likelihood: Callable[[Numbers], tuple[Numbers, Numbers, Numbers]], start: Numbers, box: Numbers
) -> Numbers:
    """Where each of k likelihoods is greatest: (p, k).

    Parameters
    ----------
    likelihood : of points (p, k): values (k,), gradients (p, k) and curvatures (p, p, k)
    start : (p, k)
    box : (p, 1) how far from 0 each coordinate may go; 0 holds it there
    """
    at = start
    value, slope, curvature = likelihood(at)
    damping = np.full(at.shape[1], 1e-3)
    for _ in range(_ROUNDS):
        tried = np.clip(at + _damped(*_inside(at, box, slope, curvature), damping), -box, box)
        found = likelihood(tried)
        better = found[0] >= value
        moved = np.abs(tried - at).max(initial=0.0)
        at = np.where(better, tried, at)
        value, slope, curvature = (
            np.where(better, new, old) for new, old in zip(found, (value, slope, curvature), strict=True)
        )
        damping = np.clip(np.where(better, damping / 10.0, damping * 10.0), _LEAST, 1.0 / _LEAST)
        if moved < _SHARP:
            break
    return at


def _inside(at: Numbers, box: Numbers, slope: Numbers, curvature: Numbers) -> tuple[Numbers, Numbers]:
    """Gradient and curvature without the coordinates that stand at the wall and would go through it."""
    free = (np.abs(at) < box) | (at * slope < 0.0)
    alone = np.where(free, 0.0, -1.0) * np.eye(len(at))[:, :, None]
    return slope * free, curvature * (free[:, None] & free[None, :]) + alone


def _damped(slope: Numbers, curvature: Numbers, damping: Numbers) -> Numbers:
    """Newton's step uphill, shortened by so much that the curvature it sees points down: (p, k)."""
    down = -np.moveaxis(curvature, 2, 0)
    size = np.abs(np.trace(down, axis1=1, axis2=2)) + 1e-12
    more = np.maximum(0.0, -np.linalg.eigvalsh(down)[:, 0]) + damping * size
    down = down + more[:, None, None] * np.eye(len(slope))
    return np.asarray(np.linalg.solve(down, slope.T[:, :, None])[:, :, 0].T)
