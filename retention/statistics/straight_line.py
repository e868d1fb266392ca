"""How fast a series rises, where neighbours in time may deviate alike: a line whose errors remember."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr

from retention.statistics.intervals import LEVELS, Estimate

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_ALIKE = np.arange(-10, 20) / 20.0  # correlations of neighbours, each as likely before the series is seen
_HALVINGS = 60  # of where an end of an interval is looked for


@dataclass(frozen=True)
class Rise:
    """One coefficient of a line, as far as the series tells it whatever the correlation of neighbours.

    Attributes
    ----------
    value : the coefficient, by weighted least squares
    error : (k,) its standard error under each correlation
    likely : (k,) how likely each correlation is, 1 in all
    freedom : degrees of freedom of Student's t
    """

    value: float
    error: NDArray[np.float64]
    likely: NDArray[np.float64]
    freedom: int

    @property
    def chance(self) -> float:
        """Two-sided p of there being no rise; 1 where all is known to be level."""
        return 2.0 * self._beyond(abs(self.value)) if self.value else 1.0

    @property
    def half(self) -> float:
        """Half the width of the 95 % interval."""
        if not self.error.any():
            return 0.0
        low, high = 0.0, float(self.error.max())
        while self._beyond(high) > LEVELS[0]:
            high *= 2.0
        for _ in range(_HALVINGS):
            middle = (low + high) / 2.0
            low, high = (middle, high) if self._beyond(middle) > LEVELS[0] else (low, middle)
        return high

    @property
    def estimate(self) -> Estimate:
        """The value with its 95 % interval."""
        return Estimate(self.value, self.value - self.half, self.value + self.half, "student")

    def _beyond(self, distance: float) -> float:
        """Chance of an error larger than a distance to one side."""
        with np.errstate(divide="ignore"):
            return float(self.likely @ stdtr(self.freedom, -distance / self.error))


def rises(
    design: ArrayLike, at: ArrayLike, value: ArrayLike, weight: ArrayLike, least_spread: float = 0.0
) -> tuple[Rise, ...]:
    """Each coefficient of a weighted line whose errors may be an autoregression of first order.

    How alike neighbours are is told poorly by a short series, and errors corrected for what is seen (Newey,
    West 1987) then still promise too much. So it is averaged over: each correlation counts by its restricted
    likelihood, and given it the coefficient is Student's t.

    Parameters
    ----------
    design : (n, p) columns of the line, n > p
    at : (n,) times, whole numbers; neighbours d apart are correlated by ρ^d
    value, weight : (n,) the series, and what is inverse to the variance of each
    least_spread : variance of a value of weight 1 below which none is believed

    Notes
    -----
    Restricted likelihood: Harville (1974), Biometrika 61; averaged over the correlation: Zellner, Tiao
    (1964), Journal of the American Statistical Association 59.
    """
    x, t, y, w = (np.asarray(each, dtype=float) for each in (design, at, value, weight))
    root = np.sqrt(w)
    x, y = x * root[:, None], y * root
    freedom = len(y) - x.shape[1]
    plain = np.linalg.pinv(x)
    line = plain @ y
    left = y - x @ line
    apart = np.abs(t[:, None] - t)
    errors, heights = zip(
        *(_given(alike**apart, x, left, plain, freedom, least_spread) for alike in _ALIKE), strict=True
    )
    each, likely = np.array(errors), _likely(np.array(heights))
    if left @ left <= max(freedom * least_spread, np.finfo(float).eps * (y @ y)):
        likely = (_ALIKE == 0.0).astype(float)  # no more scatter than what is drawn one by one makes
    return tuple(Rise(float(line[n]), each[:, n], likely, freedom) for n in range(x.shape[1]))


def _likely(heights: NDArray[np.float64]) -> NDArray[np.float64]:
    likely = np.exp(heights - heights.max())
    return np.asarray(likely / likely.sum())


def _given(
    correlation: NDArray[np.float64],
    x: NDArray[np.float64],
    left: NDArray[np.float64],
    plain: NDArray[np.float64],
    freedom: int,
    least_spread: float,
) -> tuple[NDArray[np.float64], float]:
    """Errors of the coefficients given the correlations, and the logarithm of the restricted likelihood."""
    factor = np.linalg.cholesky(correlation)
    white = np.linalg.solve(factor, np.column_stack([x, left]))
    white_x, white_left = white[:, :-1], white[:, -1]
    white_left = white_left - white_x @ np.linalg.lstsq(white_x, white_left, rcond=None)[0]
    squares = float(white_left @ white_left)
    spread = max(squares / freedom, least_spread)
    covariance = plain @ correlation @ plain.T
    height = np.log(np.diag(factor)).sum() + 0.5 * np.linalg.slogdet(white_x.T @ white_x)[1]
    height += 0.5 * freedom * np.log(max(squares, np.finfo(float).tiny))
    return np.sqrt(spread * np.diag(covariance)), -float(height)
