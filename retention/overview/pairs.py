"""Two figures of one part of the shop held against each other: shares, means, counts.

The intervals of differences are a little wide where some customers stand behind both figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr, stdtr

from retention.statistics import Z_95, Estimate, minus, ratio_error, share_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from typing import Any

    Counts = Mapping[Hashable, Any]  # a row of a table by period


@dataclass(frozen=True)
class Pair:
    """Two figures compared, as a candidate has them."""

    value: float
    other: float
    difference: Estimate
    score: float
    chance: float


def share(now: Counts, then: Counts) -> Pair | None:
    """Two shares in which each customer counts once."""
    one, other = (share_of(row["part"], row["whole"]) for row in (now, then))
    together = (now["part"] + then["part"]) / (now["whole"] + then["whole"])
    error = np.sqrt(together * (1 - together) * (1 / now["whole"] + 1 / then["whole"]))
    if error == 0:
        return None
    score = float((one.value - other.value) / error)
    return Pair(one.value, other.value, minus(one, other), score, float(2 * ndtr(-abs(score))))


def mean(now: Counts, then: Counts) -> Pair | None:
    """Two ratios in which a customer may count several times; t for the smaller number of customers."""
    names = ("customers", "whole", "part", "whole2", "cross", "part2")
    value, error = ratio_error(*([now[name], then[name]] for name in names))
    apart = float(np.hypot(*error))
    if not apart > 0:
        return None
    one, other = (
        Estimate.of(float(v), float(v - Z_95 * e), float(v + Z_95 * e), "delta")
        for v, e in zip(value, error, strict=True)
    )
    score = float(value[0] - value[1]) / apart
    chance = float(2 * stdtr(min(now["customers"], then["customers"]) - 1.0, -abs(score)))
    return Pair(one.value, other.value, minus(one, other), score, chance)


def count(now: Counts, then: Counts) -> Pair:
    """Two counts of customers who come independently (Poisson), by the logarithm of their ratio."""
    one, other = float(now["customers"]), float(then["customers"])
    error = float(np.sqrt(1 / one + 1 / other))
    score = float(np.log(one / other)) / error
    low, high = (other * np.expm1((score + side * Z_95) * error) for side in (-1, 1))
    apart = Estimate(one - other, float(low), float(high), "log-ratio")
    return Pair(one, other, apart, score, float(2 * ndtr(-abs(score))))
