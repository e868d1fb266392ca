"""Newton's method on one log-likelihood, with its exact curvature: to where its slope is but rounding.

A search that stops where it no longer gains stops elsewhere on another machine, or from another start. Near
the top each of these steps doubles the digits, so that what is found is the maximum itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array

_ROUNDS = 200  # a dozen is usual
_FARTHEST = 1.5  # of a logarithm, at first: how far a step may lead
SHARP = 1e-13  # twice what a last step may gain: it ends some 1e-13 standard deviations from the top
_ROUNDING = 1e-14  # of a log-likelihood, which may seem to fall by so much
_FLAT = 1e-10  # of the sharpest curvature, below which a direction counts as bent by so much


class Curved(NamedTuple):
    """A log-likelihood at some place, its slope (k,), and its information there: (k, k), −∂²."""

    value: float
    slope: Array
    matrix: Array


def climb(
    curved: Callable[[Array], Curved],
    start: Array,
    limit: float,
    fixed: Sequence[int] = (),
    *,
    enough: float = SHARP,
) -> tuple[Array, Curved]:
    """The maximum near a start, no coordinate farther from 0 than `limit`, and what is found there.

    Where the curvature points up, a step goes uphill by its size. Steps are cut to a length that grows while
    they lead up, and shrinks where one did not.

    Parameters
    ----------
    fixed : coordinates that stay as they start, wherever that is
    enough : twice the gain in log-likelihood of a step at which the search ends with it
    """
    wall = np.full(start.size, limit)
    wall[list(fixed)] = np.abs(start[list(fixed)])
    may_move = np.isin(np.arange(start.size), fixed, invert=True)
    at, reach = np.clip(start.astype(float), -wall, wall), _FARTHEST
    here, last = curved(at), np.inf
    for _ in range(_ROUNDS):
        step, gain = _step(here, may_move & ((np.abs(at) < wall) | (at * here.slope < 0.0)))
        longest = float(np.abs(step).max(initial=0.0))
        done = bool(gain <= enough or (longest >= last and gain <= _ROUNDING * abs(here.value)))
        tried = np.clip(at + step * min(1.0, reach / max(longest, reach)), -wall, wall)
        found = curved(tried)
        if found.value >= here.value - _ROUNDING * abs(here.value):
            reach = max(reach, 2.0 * min(longest, reach))
            at, here, last = tried, found, longest
        else:
            reach = min(longest, reach) / 4.0
            done = bool(done or reach <= np.finfo(float).eps)
        if done:
            break
    return at, here


def _step(here: Curved, free: NDArray[np.bool_]) -> tuple[Array, float]:
    """Newton's step along the free coordinates, and twice what it is to gain."""
    values, vectors = np.linalg.eigh(here.matrix[np.ix_(free, free)])
    sizes = np.abs(values)
    turned = vectors.T @ here.slope[free]
    turned_step = turned / np.maximum(sizes, max(_FLAT * sizes.max(initial=0.0), np.finfo(float).tiny))
    step = np.zeros(free.size)
    step[free] = vectors @ turned_step
    return step, float(turned @ turned_step)
