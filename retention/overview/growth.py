"""How many customers were to be expected if a shop just went on as it was: growth is no news."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr

from retention.overview.pairs import Pair
from retention.periods import PER_YEAR
from retention.statistics import Estimate, half_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from retention.periods import Period

    Numbers = NDArray[np.float64]

_FEWEST, _MOST = 5, 12  # earlier periods a trend is read from


def beyond_growth(customers: Mapping[int, float], period: Period) -> Pair | None:
    """The latest count of customers against the one the trend of the periods before leads to.

    A shop grows by itself while it is young, fast at first, as ln age; an older one at a steady rate. The
    line through the logarithms of up to twelve periods has a slope for the former. Where a year before is
    known for at least five of them, it goes through the growth since then instead, so that seasons are out
    and a steady rate has a level of its own. Counts scatter at least as independent customers make them.

    Parameters
    ----------
    customers : who bought, by number of the period, each above 0, from the first period of the file on

    Returns
    -------
    The count and the expected one; None with fewer than five periods before
    """
    first, latest, year = min(customers), max(customers), round(PER_YEAR[period])
    since_year = [now for now in customers if year > 1 and now - year in customers]
    seasonal = latest in since_year and len(since_year) > _FEWEST
    told = sorted(since_year if seasonal else customers)[-_MOST - 1 :]
    if len(told) <= _FEWEST:
        return None
    count = np.array([customers[now] for now in told])
    age = np.log(np.array(told, dtype=float) - first + 1.0)
    then, variance = np.ones_like(count), 1.0 / count
    if seasonal:
        then = np.array([customers[now - year] for now in told])
        age = age - np.log(np.array(told, dtype=float) - year - first + 1.0)
        variance = variance + 1.0 / then
    expected, error, freedom = _next(age, np.log(count / then), variance)
    here, other = float(count[-1]), float(then[-1] * np.exp(expected))
    apart = float(np.log(here / other))
    half = half_width(error, freedom)
    low, high = (other * float(np.expm1(apart + side * half)) for side in (-1, 1))
    score = apart / error
    difference = Estimate(here - other, low, high, "log-ratio")
    return Pair(here, other, difference, score, float(2 * stdtr(freedom, -abs(score))))


def _next(x: Numbers, y: Numbers, variance: Numbers) -> tuple[float, float, int]:
    """The last y by the line through those before it, its error of prediction and degrees of freedom."""
    design = np.column_stack([np.ones_like(x), x])
    before, weight = design[:-1], 1.0 / variance[:-1]
    inverse = np.linalg.inv(before.T @ (before * weight[:, None]))
    line = inverse @ before.T @ (weight * y[:-1])
    freedom = len(before) - 2
    spread = max(1.0, float(weight @ (y[:-1] - before @ line) ** 2) / freedom)
    error = np.sqrt(spread * (variance[-1] + design[-1] @ inverse @ design[-1]))
    return float(design[-1] @ line), float(error), freedom
