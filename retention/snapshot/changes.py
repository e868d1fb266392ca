"""Which figures of two spans of months differ beyond chance."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.special import stdtr

from retention.overview import pairs
from retention.periods import DAYS_PER_MONTH
from retention.snapshot.figures import FIGURES, FigureName
from retention.statistics import ENOUGH, SIGNIFICANT, Z_95, Estimate, holm, two_proportions

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention.overview.pairs import Counts, Pair
    from retention.snapshot.figures import Span, Sums

NotCompared = Literal["unknown", "few"]


@dataclass(frozen=True)
class Change:
    """A figure of two spans.

    Attributes
    ----------
    figure : totals are of a month of 30.4375 days
    value, other : of the later months and of the earlier ones
    difference : value − other, with its own 95 % interval
    chance : how often as much comes of nothing; adjusted : after all figures compared (Holm 1979)
    """

    figure: FigureName
    value: float
    other: float
    difference: Estimate
    chance: float
    adjusted: float = 1.0

    @property
    def real(self) -> bool:
        """Whether it is beyond chance."""
        return self.adjusted < SIGNIFICANT


@dataclass(frozen=True)
class Changes:
    """Two spans held against each other.

    Attributes
    ----------
    compared : every figure that could be, in their usual order
    left_out : the others, and why: ``unknown`` in one of the spans, or ``few`` customers behind it
    """

    compared: tuple[Change, ...]
    left_out: dict[FigureName, NotCompared]

    @property
    def real(self) -> tuple[Change, ...]:
        """Those beyond chance."""
        return tuple(change for change in self.compared if change.real)


def changes(now: Span, then: Span) -> Changes:
    """Hold the figures of two spans against each other, corrected for how many are looked at.

    Customers count as independent; where some stand behind both figures that is a little too careful. What
    all of them share, such as a sale or another season, is a difference.
    """
    found, left_out = [], dict[FigureName, NotCompared]()
    for name in FIGURES:
        both = now.sums.get(name), then.sums.get(name)
        if both[0] is None or both[1] is None:
            left_out[name] = "unknown"
        elif min(both[0].customers, both[1].customers) < ENOUGH:
            left_out[name] = "few"
        else:
            pair = _RULES[name](both[0], both[1], now.days, then.days)
            if pair is None:
                left_out[name] = "unknown"
            else:
                found.append(Change(name, pair.value, pair.other, pair.difference, pair.chance))
    adjusted = holm([each.chance for each in found]).tolist()
    return Changes(
        tuple(replace(each, adjusted=p) for each, p in zip(found, adjusted, strict=True)), left_out
    )


def _total(now: Sums, then: Sums, days: int, other_days: int) -> Pair | None:
    """Sums a month of customers who come independently (compound Poisson), by the logarithm of their ratio.

    The variance of such a sum is the sum of the squares; of a count it is the count. Student's t for the
    smaller number of customers.
    """
    if now.part <= 0 or then.part <= 0:
        return None
    one, other = (DAYS_PER_MONTH * each.part / length for each, length in ((now, days), (then, other_days)))
    error = float(np.sqrt(now.part2 / now.part**2 + then.part2 / then.part**2))
    if not error > 0:
        return None
    score = float(np.log(one / other)) / error
    low, high = (other * float(np.expm1((score + side * Z_95) * error)) for side in (-1, 1))
    chance = float(2 * stdtr(min(now.customers, then.customers) - 1.0, -abs(score)))
    return pairs.Pair(one, other, Estimate(one - other, low, high, "log-ratio"), score, chance)


def _counts(sums: Sums) -> Counts:
    return dict(asdict(sums).items())


def _ratio(now: Sums, then: Sums, *_: int) -> Pair | None:
    """Ratios in which a customer may count several times."""
    return pairs.mean(_counts(now), _counts(then))


def _share(now: Sums, then: Sums, *_: int) -> Pair | None:
    """Shares in which each customer counts once; exact where cases are few."""
    pair = pairs.share(_counts(now), _counts(then))
    if pair is None:
        return None
    counts = [int(count) for each in (now, then) for count in (each.part, each.whole)]
    return replace(pair, chance=two_proportions(*counts))


_RULES: dict[FigureName, Callable[[Sums, Sums, int, int], Pair | None]] = {
    "revenue_net": _total,
    "orders": _total,
    "new": _total,
    "average_order": _ratio,
    "kept": _ratio,
    "again": _share,
}
