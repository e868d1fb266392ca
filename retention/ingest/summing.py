"""Sums that do not depend on the order of what is summed, of millions of amounts at once."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FEW = 1_000  # amounts that Python sums sooner than arrays are made


def exact_sum(amounts: NDArray[np.float64]) -> float:
    """Sum of finite amounts, rounded once, as `math.fsum` gives it.

    Each amount is cut into a high part on a grid so coarse that the sum of all high parts needs no rounding,
    and a rest that is cut in the same way (Rump, Ogita and Oishi, 2008).

    Examples
    --------
    >>> exact_sum(np.full(1_000_000, 0.1))
    100000.0
    """
    parts: list[float] = []
    rest = amounts
    while len(rest) > _FEW:
        largest = float(np.abs(rest).max())
        grid = 2.0 ** (math.frexp(largest)[1] + len(rest).bit_length() + 1)
        high = (rest + grid) - grid
        parts.append(float(high.sum()))
        rest = rest - high
        rest = rest[rest != 0]
    return math.fsum([*parts, *rest.tolist()])
