"""Can the data tell whether, and how, customers drop out? Profiles, and the NBD without drop-out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.errors import DataWarning
from retention.lifetime_value.likelihood import CHI2_95, LIMIT, Likelihood, Maximum, maximise

if TYPE_CHECKING:
    from retention.lifetime_value.models import Array

_A, _B = 2, 3
_STEP = np.log(4.0)  # along a profile; halved where the likelihood falls away
_SHORTEST = np.log(1.1)
_NEVER = -60.0  # ln a at which the BG/NBD is the NBD to the last digit


@dataclass(frozen=True)
class Profile:
    """Parameters that fit nearly as well as the best, found by fixing a or b and fitting the others.

    Attributes
    ----------
    points : (k, 4) logarithms of (r, α, a, b) within 1.92 of the best log-likelihood
    lowest_b, highest_b : as far as that goes along b
    is_open : whether along b it does not fall by 1.92 to one side, however far one goes
    """

    points: Array
    lowest_b: float
    highest_b: float
    is_open: bool


def profile(likelihood: Likelihood, best: Maximum) -> Profile:
    """Follow the best log-likelihood along b and along a, both ways, until it has fallen by 1.92."""
    below, open_below = _follow(likelihood, best, _B, -_STEP)
    above, open_above = _follow(likelihood, best, _B, _STEP)
    fewer, _ = _follow(likelihood, best, _A, -_STEP)
    more, _ = _follow(likelihood, best, _A, _STEP)
    along_b = np.exp([point[_B] for point in (*below, best.at, *above)])
    return Profile(
        np.array([*below, best.at, *above, *fewer, *more]),
        float(along_b.min()),
        float(along_b.max()),
        open_below or open_above,
    )


def _follow(likelihood: Likelihood, best: Maximum, axis: int, step: float) -> tuple[list[Array], bool]:
    points: list[Array] = []
    at = best.at
    while abs(at[axis] + step) <= LIMIT:
        start = at.copy()
        start[axis] += step
        found = maximise(likelihood, [start], fixed=[axis])
        if best.value - found.value <= CHI2_95 / 2:
            at = found.at
            points.append(at)
        elif abs(step) < _SHORTEST:
            return points, False
        else:
            step /= 2.0
    return points, True


def gain_over_no_dropout(likelihood: Likelihood, best: Maximum) -> float:
    """Twice the gain in log-likelihood of the BG/NBD over the NBD, in which nobody drops out."""
    start = best.at.copy()
    start[_A], start[_B] = _NEVER, 0.0
    return max(0.0, 2.0 * (best.value - maximise(likelihood, [start], fixed=[_A, _B]).value))


def cautions(gain: float, found: Profile, *, known: bool) -> tuple[DataWarning, ...]:
    """Say what a reader must know about the drop-out this model claims."""
    noted = []
    if gain < CHI2_95:
        noted.append(DataWarning("no_dropout_visible", {"gain": gain, "needed": CHI2_95}))
    if found.is_open or not known:
        noted.append(
            DataWarning("dropout_not_identified", {"lowest_b": found.lowest_b, "highest_b": found.highest_b})
        )
    return tuple(noted)
