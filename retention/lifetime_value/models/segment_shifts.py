"""How far the segments of a shop lie from the whole: effects on a model's parameters, drawn towards none.

One model for all draws segments that really differ together, most of all those of which little is known. Here
each has effects of its own on the logarithms of the parameters, as covariates have them (Fader, Hardie 2007,
"Incorporating time-invariant covariates into the Pareto/NBD and BG/NBD models"), under the prior of
`prior_width`: segments that hardly differ stay equal, and a small one stays near the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.models.likelihood import Likelihood, covariance
from retention.lifetime_value.models.newton import Curved
from retention.lifetime_value.models.prior_width import likeliest, of_width, volume

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.prior_width import Found

_FIRST = 0.25  # width of the prior under which the likelihood is first looked at


@dataclass(frozen=True)
class Shifts:
    """The logarithms of the parameters of each segment, and how well they are known.

    Attributes
    ----------
    at : (segments, k)
    covariances : (segments, k, k)
    width : σ of the normal prior that draws the effects towards 0, by empirical Bayes
    gain : in log marginal likelihood over equal segments, by Laplace's approximation
    """

    at: Array
    covariances: Array
    width: float
    gain: float


def fit_shifts(
    segments: Sequence[Likelihood],
    whole: Array,
    spread: Array,
    directions: Array,
    few: Sequence[Likelihood] = (),
) -> Shifts | None:
    """Fit the parameters of all segments together with the effects of each.

    Parameters
    ----------
    segments : the likelihood of each, in the logarithms of the model's k parameters
    whole, spread : (k,), (k, k) where their sum is greatest if all are equal, and the covariance there
    directions : (k, m) what each of a segment's effects adds to the logarithms
    few : those of samples of the segments to climb on first, where these are large

    Returns
    -------
    None where the data is likeliest if all are equal, as one alone is
    """
    if len(segments) == 1:
        return None
    turns = turns_of(len(segments), directions)
    likelihood, free = joint(segments, turns), whole.size
    start = np.concatenate([whole, np.zeros(turns.shape[2] - free)])
    found = _found(likelihood, joint(few, turns) if few else None, start, free)
    gain = found.evidence - likelihood.curved(start).value - volume(spread)
    if gain <= 0.0:
        return None
    known = covariance(found.best.matrix)
    return Shifts(turns @ found.best.at, turns @ known @ turns.transpose(0, 2, 1), found.width, float(gain))


def joint(segments: Sequence[Likelihood], turns: Array) -> Likelihood:
    """The likelihood of all segments, in the parameters' logarithms and the effects.

    Parameters
    ----------
    turns : (segments, k, k + effects) what leads from these to the logarithms of each segment
    """

    def curved(at: Array) -> Curved:
        found = [segment.curved(turn @ at) for segment, turn in zip(segments, turns, strict=True)]
        values, slopes, matrices = zip(*found, strict=True)
        turned = np.einsum("ski,skl->sil", turns, np.array(matrices)) @ turns
        return Curved(float(sum(values)), np.einsum("sk,ski->i", np.array(slopes), turns), turned.sum(axis=0))

    return Likelihood(curved, sum(segment.customers for segment in segments))


def turns_of(segments: int, directions: Array) -> Array:
    """What leads from the parameters and the effects of so many segments to the parameters of each."""
    k, effects = directions.shape
    turns = np.zeros((segments, k, k + segments * effects))
    turns[:, :, :k] = np.eye(k)
    for place in range(segments):
        turns[place, :, k + place * effects : k + (place + 1) * effects] = directions
    return turns


def _found(likelihood: Likelihood, few: Likelihood | None, start: Array, free: int) -> Found:
    """Climb under some width, then under that which is likeliest by the parabola at the maximum.

    Of large segments all are climbed once, from where a sample led; they are so many that the parabola is the
    likelihood itself.
    """
    first = of_width(few or likelihood, _FIRST, start, free)
    near = of_width(likelihood, _likeliest(first, free).width, first.best.at, free)
    return _likeliest(near, free) if few else near


def _likeliest(found: Found, free: int) -> Found:
    """Under the likeliest width, if the likelihood is the parabola at a maximum with a prior."""
    peak, size = found.best.at, found.best.at.size
    prior = np.where(np.arange(size) < free, 0.0, found.width**-2)
    matrix, pull = found.best.matrix - np.diag(prior), prior * peak
    highest = found.best.value + pull @ peak / 2.0

    def curved(at: Array) -> Curved:
        off = at - peak
        return Curved(float(highest + pull @ off - off @ matrix @ off / 2.0), pull - matrix @ off, matrix)

    return likeliest(Likelihood(curved, 1), peak, free)
