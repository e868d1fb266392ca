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

from retention.lifetime_value.models.likelihood import Likelihood, Maximum, covariance, information, maximise

if TYPE_CHECKING:
    from retention.lifetime_value.models.arrays import Array

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
    best : with the prior
    matrix : the information there
    evidence : logarithm of the likelihood averaged over all of them, by Laplace's approximation
    """

    width: float
    best: Maximum
    matrix: Array
    evidence: float


def with_prior(likelihood: Likelihood, width: float, free: int) -> Likelihood:
    """The likelihood with the prior's density, but for its constant.

    Parameters
    ----------
    free : how many there are on which there is no prior
    """

    def summed(at: Array) -> tuple[float, Array]:
        value, slope = likelihood.summed(at)
        off = np.concatenate([np.zeros(free), at[free:]])
        return value - float(off @ off) / (2.0 * width**2), slope - off / width**2

    return Likelihood(summed, likelihood.customers)


def of_width(
    likelihood: Likelihood,
    width: float,
    start: Array,
    free: int,
    matrix: Array | None = None,
    *,
    roughly: bool = False,
) -> Found:
    """Climb under a prior of this width.

    Parameters
    ----------
    matrix : as of `maximise`
    roughly : whether five digits of the information are enough, as they are to compare widths
    """
    penalised = with_prior(likelihood, width, free)
    best = maximise(penalised, [start], matrix=matrix)
    found = information(penalised, best.at, one_sided=roughly or likelihood.customers > SAMPLE)
    effects = start.size - free
    evidence = best.value - effects * (np.log(width) + _LOG_2PI / 2.0) + volume(covariance(found))
    return Found(width, best, found, float(evidence))


def likeliest(likelihood: Likelihood, start: Array, free: int) -> Found:
    """Find the width under which the data is likeliest, and climb under it."""
    tried: list[Found] = []

    def loss(log_width: float) -> float:
        at, matrix = (tried[-1].best.at, tried[-1].matrix / likelihood.customers) if tried else (start, None)
        tried.append(of_width(likelihood, float(np.exp(log_width)), at, free, matrix, roughly=True))
        return -tried[-1].evidence

    logs = np.log(_WIDTHS)
    place = int(np.argmin([loss(one) for one in logs]))
    step = np.log(2.0)
    beside = np.concatenate([[logs[0] - step], logs, [logs[-1] + step]])[place : place + 3]
    minimize_scalar(loss, bounds=(beside[0], beside[2]), method="bounded", options={"xatol": _NEAR})
    best = max(tried, key=lambda one: one.evidence)
    return of_width(likelihood, best.width, best.best.at, free, best.matrix / likelihood.customers)


def volume(spread: Array) -> float:
    """Logarithm of the integral of a normal density that is 1 at its peak."""
    return float(np.linalg.slogdet(spread)[1] + len(spread) * _LOG_2PI) / 2.0
