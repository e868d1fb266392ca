"""How far a measured share can be trusted: Wilson intervals and resampling of customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

Z_95 = 1.959963984540054
DRAWS = 1000
SEED = 20051  # any fixed number: the same data always shows the same interval


@dataclass(frozen=True)
class Rate:
    """A share with its 95 % interval; all from 0 to 1."""

    rate: float
    low: float
    high: float


def wilson(successes: ArrayLike, trials: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ends of the 95 % interval of a share where each customer counts once (Wilson 1927).

    Parameters
    ----------
    successes, trials : (n,) counts; where there is no trial the interval is NaN

    Examples
    --------
    >>> low, high = wilson([324], [885])
    >>> [round(float(end[0]), 4) for end in (low, high)]
    [0.335, 0.3984]
    """
    hits, n = np.asarray(successes, dtype=float), np.asarray(trials, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = hits / n
        centre = (share + Z_95**2 / (2 * n)) / (1 + Z_95**2 / n)
        half = Z_95 / (1 + Z_95**2 / n) * np.sqrt(share * (1 - share) / n + Z_95**2 / (4 * n**2))
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


def ratio_draws(
    part: ArrayLike, whole: ArrayLike, customers: ArrayLike, draws: int = DRAWS
) -> NDArray[np.float64]:
    """Bootstrap draws of Σ part / Σ whole when customers are resampled.

    Parameters
    ----------
    part, whole : (n,) what one customer of each kind adds above and below the line
    customers : (n,) how many customers are of that kind

    Returns
    -------
    (draws,) ratios, those with nothing below the line left out
    """
    count = np.asarray(customers, dtype=np.int64)
    generator = np.random.default_rng(SEED)
    resampled = generator.multinomial(count.sum(), count / count.sum(), size=draws)
    above, below = resampled @ np.asarray(part, dtype=float), resampled @ np.asarray(whole, dtype=float)
    ratios: NDArray[np.float64] = above[below > 0] / below[below > 0]
    return ratios


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
