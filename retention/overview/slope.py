"""A straight line through a series, and whether it rises or falls by more than noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr, stdtr

from retention.statistics import Estimate, half_width

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

LEAST = 6  # periods below which no line is drawn
_ENOUGH_TO_SEE_WAVES = 8  # periods from which on neighbouring residuals say something
_MOST_ALIKE = 0.8  # correlation of neighbours beyond which none is believed


@dataclass(frozen=True)
class Slope:
    """The line of a series.

    Attributes
    ----------
    per_period : rise per period, in the series' unit, with its interval
    start, end : the line at the first and at the last period
    periods : how many there are
    p : two-sided, of a line that neither rises nor falls
    """

    per_period: Estimate
    start: float
    end: float
    periods: int
    p: float


def slope(
    at: ArrayLike, value: ArrayLike, customers: ArrayLike, error: ArrayLike, level: float = 0.05
) -> Slope | None:
    """Weighted line through independent groups of customers; None with fewer than `LEAST` periods.

    Each period weighs by its customers. The interval is the wider of two: that of how the customers differ
    (normal), and that of how the periods scatter around the line, be it for a season or a campaign (Student's
    t with n − 2 degrees of freedom). Where neighbouring periods deviate alike, the scatter counts
    (1 + ρ) / (1 − ρ) times, ρ being their correlation, corrected for the line.

    Parameters
    ----------
    at : (n,) numbers of the periods
    value, customers, error : (n,) the series, the customers behind it and its standard errors
    level : how often the interval may miss the truth

    Examples
    --------
    >>> found = slope(range(6), [1, 2, 3, 4, 5, 6], [50] * 6, [0.1] * 6)
    >>> round(found.per_period.value, 6), found.p < 0.05
    (1.0, True)
    """
    x, y, w, se = (np.asarray(values, dtype=float) for values in (at, value, customers, error))
    if len(x) < LEAST:
        return None
    centre = float(np.average(x, weights=w))
    rise = float(np.sum(w * (x - centre) * y) / np.sum(w * (x - centre) ** 2))
    line = np.average(y, weights=w) + rise * (x - centre)
    residual = np.sqrt(w) * (y - line)
    scatter = float(residual @ residual) / (len(x) - 2) * _waves(residual)
    own = float(np.average(w * se**2, weights=w))
    apart = float(np.sqrt(np.sum(w * (x - centre) ** 2)))
    errors = {float(len(x) - 2): float(np.sqrt(scatter)) / apart, np.inf: float(np.sqrt(own)) / apart}
    half = max(half_width(wide, freedom, level) for freedom, wide in errors.items())
    chance = max(_chance(rise, wide, freedom) for freedom, wide in errors.items())
    return Slope(
        Estimate(rise, rise - half, rise + half, "student"), float(line[0]), float(line[-1]), len(x), chance
    )


def _chance(rise: float, error: float, freedom: float) -> float:
    """Two-sided p of there being no rise; 1 where there is none at all."""
    if rise == 0.0 or error == 0.0:
        return float(rise == 0.0)
    score = -abs(rise) / error
    return float(2.0 * (ndtr(score) if np.isinf(freedom) else stdtr(freedom, score)))


def _waves(residual: NDArray[np.float64]) -> float:
    """How much more neighbours that deviate alike make a line uncertain."""
    n, total = len(residual), float(residual @ residual)
    if n < _ENOUGH_TO_SEE_WAVES or total == 0.0:
        return 1.0
    seen = float(residual[1:] @ residual[:-1]) / total
    corrected = (seen + 2 / n) / (1 - 4 / n)  # a fitted line makes neighbours look less alike than they are
    alike = min(max(corrected, 0.0), _MOST_ALIKE)
    return (1 + alike) / (1 - alike)
