"""Which curve the cohorts get: the shifted beta-geometric unless the other foresees held-back ages better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retention.what_if.beta_discrete_weibull import (
    CurveKind,
    fit_kind,
    log_likelihood,
    retention_by_age,
    without_increases,
)

Numbers = NDArray[np.float64]

KNOWN_SHARE = 2, 3  # of each cohort's steps, the youngest, that the curves are fitted to
LEAST_GAIN = 0.5  # of log-likelihood: what a parameter to no purpose gains on average where it is fitted
_FEWEST_STEPS = 4  # of age to fit to: one more than the larger curve has parameters


@dataclass(frozen=True)
class HeldBackAges:
    """Both curves fitted without the last third of each cohort's ages, and held against them.

    Attributes
    ----------
    steps : of age to which some cohort's held-back customers belong
    customers : at the beginning of all held-back steps
    sbg, bdw : log-likelihood of the held-back steps
    dispersion : how many times as far the steps fitted to lie from the larger curve as chance would have
        them, in variance; at least 1
    """

    steps: int
    customers: int
    sbg: float
    bdw: float
    dispersion: float

    @property
    def gain(self) -> float:
        """By how much the beta-discrete-Weibull makes what was held back likelier, dispersion taken out."""
        return (self.bdw - self.sbg) / self.dispersion

    @property
    def chosen(self) -> CurveKind:
        """The beta-discrete-Weibull where it gains more than a parameter to no purpose would."""
        return "bdw" if self.gain > LEAST_GAIN else "sbg"


def held_back(
    before: Numbers, after: Numbers, late_before: Numbers, late_after: Numbers
) -> HeldBackAges | None:
    """How well each curve foresees what was held back; None where too little is left to fit, or to foresee.

    Parameters
    ----------
    before, after : (ages,) customers before and after each step of age, of the ages to be fitted to
    late_before, late_after : (ages,) the same of those held back
    """
    known, late = before > 0, late_before > 0
    if known.sum() < _FEWEST_STEPS or not known[: known.sum()].all() or not late.any():
        return None
    fitted_to = before[known][:, None], without_increases(before[known][:, None], after[known][:, None])
    held = late_before[:, None], without_increases(late_before[:, None], late_after[:, None])
    shapes: dict[CurveKind, Numbers] = {kind: fit_kind(kind, *fitted_to) for kind in ("sbg", "bdw")}
    found = {kind: float(log_likelihood(shape, *held)[0]) for kind, shape in shapes.items()}
    return HeldBackAges(
        int(late.sum()),
        int(late_before.sum()),
        found["sbg"],
        found["bdw"],
        _dispersion(shapes["bdw"], *fitted_to),
    )


def known_steps(steps: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The first two thirds of the steps each cohort has, rounded down: (cohorts, ages)."""
    part, whole = KNOWN_SHARE
    most = steps.sum(axis=1, keepdims=True) * part // whole
    return np.asarray(steps & (steps.cumsum(axis=1) <= most))


def _dispersion(shape: Numbers, before: Numbers, after: Numbers) -> float:
    """Pearson's χ² of the steps over its degrees of freedom (McCullagh and Nelder 1989)."""
    rate = retention_by_age(shape[0], shape[1], len(before), shape[2])
    expected = before * rate * (1.0 - rate)
    apart = np.divide((after - before * rate) ** 2, expected, out=np.zeros_like(rate), where=expected > 0)
    return max(1.0, float(apart.sum()) / (len(before) - len(shape)))
