"""Draws from a normal distribution that follow its covariance, digit by digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NOTHING = 1e-12  # of the variance of all: what rounding leaves of a direction that does not vary


def normal_steps(
    covariance: NDArray[np.float64], chance: np.random.Generator, draws: int
) -> NDArray[np.float64]:
    """Draws of a normal distribution around 0.

    They are independent numbers turned by the symmetric root of the correlations. Other roots have signs and,
    where variances are alike, axes that nothing but rounding decides: on another machine, or with parameters
    another in the last digit, all draws would be others.

    Parameters
    ----------
    covariance : (k, k) symmetric, of which some directions may not vary

    Returns
    -------
    (draws, k)

    Examples
    --------
    >>> steps = normal_steps(np.diag([4.0, 0.0]), np.random.default_rng(1), 10_000)
    >>> steps.std(axis=0).round(1).tolist()
    [2.0, 0.0]
    """
    apart = np.sqrt(np.diag(covariance))
    unit = np.where(apart > 0.0, apart, 1.0)
    variances, axes = np.linalg.eigh(covariance / np.outer(unit, unit))
    varying = np.where(variances > _NOTHING * variances.sum(), variances, 0.0)
    root = (axes * np.sqrt(varying)) @ axes.T
    return np.asarray(chance.standard_normal((draws, len(root))) @ root * apart)
