"""Can the data tell whether, and how, customers drop out? Profiles, and the NBD without drop-out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from retention.errors import DataWarning
from retention.lifetime_value.models.likelihood import (
    CHI2_95,
    LIMIT,
    Likelihood,
    Maximum,
    covariance,
    is_known,
    maximise,
)

if TYPE_CHECKING:
    from retention.lifetime_value.models.arrays import Array

_HOW, _WHERE = 2, 3  # a and b, or s and β: drop-out vanishes with the first, the second says when it comes
_STEP = np.log(4.0)  # along a profile; halved where the likelihood falls away
_SHORTEST = np.log(1.1)
_PLAIN = 0.1  # standard deviation of a logarithm
_FAR = 3.0  # standard deviations: a parabola has fallen by 4.5 there
_NEVER = -60.0  # ln a or ln s at which the model is the NBD to the last digit


@dataclass(frozen=True)
class Profile:
    """Parameters that fit nearly as well as the best, found by fixing one of the last two.

    Attributes
    ----------
    points : (k, 4) logarithms of the parameters within 1.92 of the best log-likelihood
    lowest, highest : as far as that goes along the last, b or β (time scaled to 0 … 1)
    is_open : whether along it the likelihood does not fall by 1.92 to one side, however far one goes
    """

    points: Array
    lowest: float
    highest: float
    is_open: bool


@dataclass(frozen=True)
class Cautions:
    """What a reader must know about the drop-out a model claims.

    Attributes
    ----------
    warnings : ``no_dropout_visible``, ``dropout_not_identified``
    alternatives : (k, 4) other parameters that fit nearly as well, where it is not identified: the profiles
        along the last two, within 1.92 of the best log-likelihood
    """

    warnings: tuple[DataWarning, ...] = ()
    alternatives: Array = field(default_factory=lambda: np.empty((0, 4)))


def cautions(likelihood: Likelihood, best: Maximum, units: Array) -> Cautions:
    """Look for other parameters that fit nearly as well, and for whether anybody drops out at all.

    Parameters
    ----------
    units : (4,) what leads the logarithms of the parameters to the time the model is told in
    """
    if _is_plain(best.matrix):
        return Cautions()
    noted, others = [], np.empty((0, 4))
    gain = gain_over_no_dropout(likelihood, best)
    if gain < CHI2_95:
        noted.append(DataWarning("no_dropout_visible", {"gain": gain, "needed": CHI2_95}))
    if not _is_closed(likelihood, best):
        around = profile(likelihood, best)
        if around.is_open or not is_known(best.matrix):
            found = {"lowest": around.lowest, "highest": around.highest}
            noted.append(DataWarning("dropout_not_identified", found))
            others = around.points
    return Cautions(tuple(noted), np.exp(others + units))


def _is_plain(matrix: Array) -> bool:
    """Whether the data tells so well how customers drop out that nothing else need be tried.

    Where both logarithms are known to a tenth, the log-likelihood has fallen by 1.92 within a fifth either
    way, so nearly a parabola, and falls on: towards the NBD as towards either end of a profile.
    """
    return is_known(matrix) and bool(np.all(np.diag(covariance(matrix))[[_HOW, _WHERE]] < _PLAIN**2))


def _is_closed(likelihood: Likelihood, best: Maximum) -> bool:
    """Whether the log-likelihood falls by 1.92 both ways along the last, seen at one point on each side."""
    if not is_known(best.matrix):
        return False
    spread = covariance(best.matrix)
    along = spread[_WHERE] / np.sqrt(spread[_WHERE, _WHERE])  # of the profile, by standard deviations
    for point in (best.at - _FAR * along, best.at + _FAR * along):
        if abs(point[_WHERE]) > LIMIT:
            return False
        found = maximise(likelihood, [point], [_WHERE], roughly=True)
        if best.value - found.value <= CHI2_95 / 2:
            return False
    return True


def profile(likelihood: Likelihood, best: Maximum) -> Profile:
    """Follow the best log-likelihood along the last two, both ways, until it has fallen by 1.92."""
    below, open_below = _follow(likelihood, best, _WHERE, -_STEP)
    above, open_above = _follow(likelihood, best, _WHERE, _STEP)
    fewer, _ = _follow(likelihood, best, _HOW, -_STEP)
    more, _ = _follow(likelihood, best, _HOW, _STEP)
    along_b = np.exp([point[_WHERE] for point in (*below, best.at, *above)])
    return Profile(
        np.array([*below, best.at, *above, *fewer, *more]),
        float(along_b.min()),
        float(along_b.max()),
        open_below or open_above,
    )


def _follow(likelihood: Likelihood, best: Maximum, axis: int, step: float) -> tuple[list[Array], bool]:
    points: list[Array] = []
    here = best
    while abs(here.at[axis] + step) <= LIMIT:
        start = here.at + step * _along(here.matrix, axis)
        found = maximise(likelihood, [start], fixed=[axis], roughly=True)
        if best.value - found.value <= CHI2_95 / 2:
            here = found
            points.append(here.at)
        elif abs(step) < _SHORTEST:
            return points, False
        else:
            step /= 2.0
    return points, True


def _along(matrix: Array, axis: int) -> Array:
    """Where a profile leads from a point of it: how the others go with a step of 1 along one axis."""
    others = np.arange(len(matrix)) != axis
    ahead = np.ones(len(matrix))
    ahead[others] = -covariance(matrix[np.ix_(others, others)]) @ matrix[others, axis]
    return np.clip(ahead, -1.0, 1.0)


def gain_over_no_dropout(likelihood: Likelihood, best: Maximum) -> float:
    """Twice the gain in log-likelihood over the NBD, in which nobody drops out."""
    start = best.at.copy()
    start[_HOW], start[_WHERE] = _NEVER, 0.0
    return max(0.0, 2.0 * (best.value - maximise(likelihood, [start], fixed=[_HOW, _WHERE]).value))
