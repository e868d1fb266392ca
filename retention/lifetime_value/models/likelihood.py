"""Maximising a likelihood over the logarithms of its parameters, and how sharp the maximum is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.models.newton import SHARP, Curved, climb

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike

    from retention.lifetime_value.models.arrays import Array

# Logarithms of parameters are searched this far, on data scaled to about one: beyond e^±12 nothing a
# shop could show tells parameters apart, and the formulas still hold all their digits.
LIMIT = 12.0
CHI2_95 = 3.84  # 95 % point of χ² with one degree of freedom: twice the gain a parameter must bring
SAMPLE = 5_000  # customers to climb on first, where there are more rows than that
_ROUGH = 1e-7  # twice what the last step of a rough search may gain
_AS_HIGH = 1e-3  # of a log-likelihood: no figure shows a difference of so little
_WIDEST = 5.0  # standard deviation of a logarithm where the data says nothing: three orders each way


@dataclass(frozen=True)
class Likelihood:
    """A log-likelihood of so many customers, in the parameters' logarithms.

    Attributes
    ----------
    curved : its value, slope and information somewhere
    """

    curved: Callable[[Array], Curved]
    customers: int


@dataclass(frozen=True)
class Maximum:
    """Where a log-likelihood is greatest, how great, and how sharp it is there.

    Attributes
    ----------
    at : (k,) logarithms
    matrix : (k, k) information, of all customers
    """

    at: Array
    value: float
    matrix: Array


def maximise(
    likelihood: Likelihood, starts: Sequence[Array], fixed: Sequence[int] = (), *, roughly: bool = False
) -> Maximum:
    """Greatest log-likelihood from any of the starts, the coordinates in `fixed` staying as they start.

    `roughly` is enough to tell whether the likelihood has fallen by 1.92.
    """
    found = [_climb(likelihood, start, fixed, roughly=roughly) for start in starts]
    return max(found, key=lambda one: one.value)


def maximise_by_sample(
    likelihood: Likelihood,
    of_few: Likelihood,
    starts: Sequence[Array],
    others: Callable[[], Sequence[Array]] = tuple,
) -> Maximum:
    """Climb on a sample, which may be all, then from where that led on all.

    From the first start alone where what it leads to is sharp in every direction: no other has been seen to
    lead higher then. Else from the others too.

    Parameters
    ----------
    others : more starts, asked for where those lead to different heights
    """
    best = maximise(of_few, starts[:1])
    if not is_known(best.matrix):
        tops = [best, *(maximise(of_few, [start]) for start in starts[1:])]
        best = max(tops, key=lambda one: one.value)
        if best.value - min(one.value for one in tops) > _AS_HIGH:
            best = max([best, *(maximise(of_few, [start]) for start in others())], key=lambda one: one.value)
    if of_few is likelihood:
        return best
    return maximise(likelihood, [best.at] if is_known(best.matrix) else [best.at, *starts])


def _climb(likelihood: Likelihood, start: Array, fixed: Sequence[int], *, roughly: bool) -> Maximum:
    at, found = climb(likelihood.curved, start, LIMIT, fixed, enough=_ROUGH if roughly else SHARP)
    return Maximum(at, found.value, found.matrix)


def covariance(matrix: Array) -> Array:
    """Inverse of an information matrix; directions the data says nothing about get a wide spread, not ∞."""
    values, vectors = np.linalg.eigh(matrix)
    spread = 1.0 / np.maximum(values, _WIDEST**-2)
    inverse: Array = (vectors * spread) @ vectors.T
    return (inverse + inverse.T) / 2.0


def is_known(matrix: Array) -> bool:
    """Whether the information is positive in every direction, so that a normal approximation exists."""
    return bool(np.linalg.eigvalsh(matrix)[0] > _WIDEST**-2)


def moved_by(parameters: ArrayLike, steps: Array) -> Array:
    """Parameters with their logarithms moved, no farther than they were searched for."""
    return np.asarray(np.asarray(parameters) * np.exp(np.clip(steps, -LIMIT, LIMIT)))
