"""How far a figure can be trusted: the one type of a figure with its interval, and intervals by formula."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.special import ndtri, stdtrit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

LEVELS = (0.025, 0.975)  # between these quantiles lie 95 %
Z_95 = 1.959963984540054
CHI2_95 = 3.84  # 95 % point of χ² with one degree of freedom: twice the gain a parameter must bring

Method = Literal[
    "wilson",  # of a share in which each customer counts once
    "newcombe",  # of a difference of two shares, from the interval of each
    "log-log",  # Kaplan and Meier's, symmetric in log(−log S)
    "log-ratio",  # of two counts, symmetric in the logarithm of their ratio
    "delta",  # to first order: the value and 1.96 standard errors either way, on its own or on the log scale
    "student",  # the same with Student's t
    "resampled",  # middle of what resampled customers, days or months give
    "drawn",  # middle of what draws of a model's parameters, or of a rate, give
    "predictive",  # middle of simulated futures
    "origins",  # a predictive one, moved and widened by what forecasts missed from several earlier days
    "profile",  # reached out to what other parameters that fit nearly as well say
]


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval.

    Attributes
    ----------
    value, low, high : in the figure's own unit; the ends None where unknown
    method : how the interval was made; None where there is none
    """

    value: float
    low: float | None = None
    high: float | None = None
    method: Method | None = field(default=None, metadata={"plain": False})

    @classmethod
    def of(cls, value: float, low: float, high: float, method: Method) -> Estimate:
        """A figure with ends as computed: those that are not a number are unknown.

        Examples
        --------
        >>> Estimate.of(1.0, float("nan"), float("nan"), "wilson")
        Estimate(value=1.0, low=None, high=None, method=None)
        """
        below, above = (None if math.isnan(end) else float(end) for end in (low, high))
        return cls(float(value), below, above, None if below is None and above is None else method)

    @property
    def ends(self) -> tuple[float, float] | None:
        """Both ends; None where one is unknown."""
        return None if self.low is None or self.high is None else (self.low, self.high)

    @property
    def bounds(self) -> tuple[float, float]:
        """Both ends, the value in place of one that is unknown."""
        return (
            self.value if self.low is None else self.low,
            self.value if self.high is None else self.high,
        )

    def excludes(self, value: float) -> bool:
        """Whether the interval is known and does not hold a value."""
        return self.ends is not None and not self.ends[0] <= value <= self.ends[1]

    @property
    def rest(self) -> Estimate:
        """Of a share, what is left to 1."""
        low, high = (None if end is None else 1 - end for end in (self.high, self.low))
        return Estimate(1 - self.value, low, high, self.method)

    def times(self, factor: float) -> Estimate:
        """The same of so many times as much, or of a part of it: 0 or more."""
        low, high = (None if end is None else factor * end for end in (self.low, self.high))
        return Estimate(factor * self.value, low, high, self.method)

    def plus(self, more: float) -> Estimate:
        """The same of so much more, or less."""
        low, high = (None if end is None else end + more for end in (self.low, self.high))
        return Estimate(self.value + more, low, high, self.method)


def value_of(figure: Estimate | None) -> float | None:
    """A figure without its interval; None where it is not known."""
    return None if figure is None else figure.value


def named_ends(figure: Estimate | None, name: str = "") -> dict[str, float | None]:
    """Both ends as columns of a table, "low" and "high", after the figure's name where one is given.

    Examples
    --------
    >>> named_ends(Estimate(2.0, 1.0, 3.0, "wilson"), "gain")
    {'gain_low': 1.0, 'gain_high': 3.0}
    """
    low, high = (None, None) if figure is None else (figure.low, figure.high)
    return {f"{name}_low".lstrip("_"): low, f"{name}_high".lstrip("_"): high}


def share_of(successes: float, trials: float) -> Estimate:
    """A share where each customer counts once, with Wilson's interval.

    Examples
    --------
    >>> round(share_of(324, 885).low, 4)
    0.335
    """
    low, high = wilson([successes], [trials])
    return Estimate.of(float(successes / trials), float(low[0]), float(high[0]), "wilson")


def half_width(error: float, freedom: float, level: float = 1.0 - LEVELS[1] + LEVELS[0]) -> float:
    """Half an interval that misses the truth at a level, 95 % ones at .05, by Student's t."""
    return float(stdtrit(freedom, 1.0 - level / 2.0)) * error


def wilson(
    successes: ArrayLike, trials: ArrayLike, level: ArrayLike | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ends of the interval of a share where each customer counts once (Wilson 1927).

    Parameters
    ----------
    successes, trials : (n,) counts; where there is no trial the interval is NaN
    level : (n,) how often each may miss the truth; 95 % intervals without

    Examples
    --------
    >>> low, high = wilson([324], [885])
    >>> [round(float(end[0]), 4) for end in (low, high)]
    [0.335, 0.3984]
    """
    z = Z_95 if level is None else -ndtri(np.asarray(level, dtype=float) / 2)
    hits, n = np.asarray(successes, dtype=float), np.asarray(trials, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = hits / n
        centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)


def newcombe(
    one: Sequence[ArrayLike], other: Sequence[ArrayLike]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ends of the 95 % interval of the difference of two independent shares (Newcombe 1998, method 10).

    Parameters
    ----------
    one, other : share, and the low and high end of its Wilson interval

    Examples
    --------
    56 of 70 against 48 of 80, his table II:

    >>> share, other = [0.8], [0.6]
    >>> low, high = newcombe((share, *wilson([56], [70])), (other, *wilson([48], [80])))
    >>> [round(float(end[0]), 4) for end in (low, high)]
    [0.0524, 0.3339]
    """
    (p, p_low, p_high), (q, q_low, q_high) = (
        [np.asarray(end, dtype=float) for end in side] for side in (one, other)
    )
    low = p - q - np.hypot(p - p_low, q_high - q)
    high = p - q + np.hypot(p_high - p, q - q_low)
    return low, high


def minus(one: Estimate, other: Estimate) -> Estimate:
    """One figure less another that is independent of it, by Newcombe's way."""
    apart = one.value - other.value
    if one.ends is None or other.ends is None:
        return Estimate(apart)
    low, high = newcombe((one.value, *one.ends), (other.value, *other.ends))
    return Estimate.of(apart, float(low), float(high), "newcombe")


def ratio_error(
    customers: ArrayLike,
    whole: ArrayLike,
    part: ArrayLike,
    whole2: ArrayLike,
    cross: ArrayLike,
    part2: ArrayLike,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Σ part / Σ whole and its standard error when a customer adds several times to both.

    The error is that of resampling customers, to first order and without drawing: the spread over customers
    of part − ratio · whole (Cochran 1977, *Sampling Techniques*, 6.3).

    Parameters
    ----------
    customers : (n,) how many customers stand behind each ratio
    whole, part : (n,) sums over these customers
    whole2, cross, part2 : (n,) sums over these customers of whole², whole · part and part²

    Returns
    -------
    (n,) ratios; (n,) errors, NaN with fewer than two customers

    Examples
    --------
    Two customers with orders of 10 and 30: a mean of 20 ± 10.

    >>> ratio, error = ratio_error([2], [2], [40], [2], [40], [1000])
    >>> float(ratio[0]), float(error[0])
    (20.0, 10.0)
    """
    n, below, above = (np.asarray(values, dtype=float) for values in (customers, whole, part))
    squares = (np.asarray(values, dtype=float) for values in (whole2, cross, part2))
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = above / below
        below2, product, above2 = squares
        spread = np.maximum(above2 - 2 * ratio * product + ratio**2 * below2, 0.0)
        error = np.where(n > 1, np.sqrt(n / (n - 1) * spread) / below, np.nan)
    return ratio, error
