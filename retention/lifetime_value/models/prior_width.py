"""Effects drawn towards none by a normal prior, as wide as makes the data likeliest (empirical Bayes).

Without it a single odd year would be taken for a season, and any channel for one of its own kind. The
logarithms a likelihood depends on come in one order: first those every model has, on which there is no prior,
then the effects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize_scalar

from retention.lifetime_value.models.likelihood import Likelihood, covariance, maximise
from retention.lifetime_value.models.newton import Curved

if TYPE_CHECKING:
    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.likelihood import Maximum

SAMPLE = 20_000  # customers the width is learnt from, where there are more
_WIDTHS = (0.04, 0.08, 0.15, 0.25, 0.4)  # of the prior, tried first
_NEAR = 0.01  # of the logarithm of the width
_LOG_2PI = float(np.log(2.0 * np.pi))


@dataclass(frozen=True)
class Found:
    """The likeliest logarithms under a prior of some width.

    Attributes
    ----------
    width : σ of the prior
    best : with the prior, and the information there
    evidence : logarithm of the likelihood averaged over all of them, by Laplace's approximation
    """

    width: float
    best: Maximum
    evidence: float


def with_prior(likelihood: Likelihood, width: float, free: int) -> Likelihood:
    """The likelihood with the prior's density, but for its constant.

    Parameters
    ----------
    free : how many there are on which there is no prior
    """

    def curved(at: Array) -> Curved:
        value, slope, matrix = likelihood.curved(at)
        sharp = np.where(np.arange(at.size) < free, 0.0, width**-2)
        off = sharp * at
        return Curved(value - float(off @ at) / 2.0, slope - off, matrix + np.diag(sharp))

    return Likelihood(curved, likelihood.customers)


def of_width(likelihood: Likelihood, width: float, start: Array, free: int) -> Found:
    """Climb under a prior of this width."""
    best = maximise(with_prior(likelihood, width, free), [start])
    effects = start.size - free
    evidence = best.value - effects * (np.log(width) + _LOG_2PI / 2.0) + volume(covariance(best.matrix))
    return Found(width, best, float(evidence))


def likeliest(likelihood: Likelihood, start: Array, free: int) -> Found:
    """Find the width under which the data is likeliest, and climb under it."""
    tried: list[Found] = []

    def loss(log_width: float) -> float:
        at = tried[-1].best.at if tried else start
        tried.append(of_width(likelihood, float(np.exp(log_width)), at, free))
        return -tried[-1].evidence

    logs = np.log(_WIDTHS)
    place = int(np.argmin([loss(one) for one in logs]))
    step = np.log(2.0)
    beside = np.concatenate([[logs[0] - step], logs, [logs[-1] + step]])[place : place + 3]
    minimize_scalar(loss, bounds=(beside[0], beside[2]), method="bounded", options={"xatol": _NEAR})
    return max(tried, key=lambda one: one.evidence)


def volume(spread: Array) -> float:
    """Logarithm of the integral of a normal density that is 1 at its peak."""
    return float(np.linalg.slogdet(spread)[1] + len(spread) * _LOG_2PI) / 2.0
