"""A figure before and after, how sure the difference is, and where it falls in a range people quote."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Position = Literal["below", "within", "above"]

# "increasing customer retention rates by 5% increases profits by 25% to 95%": Reichheld and Schefter (2000),
# "E-Loyalty", Harvard Business Review 78(4)
CLAIMED_RISE = (0.25, 0.95)
_LEVELS = (0.025, 0.975)


@dataclass(frozen=True)
class Interval:
    """Both ends of a 95 % interval, in the unit of the figure it belongs to."""

    low: float
    high: float


@dataclass(frozen=True)
class Change:
    """A sum of money before and after a change of retention.

    Attributes
    ----------
    before, after : money
    absolute : after − before, money
    relative : (after − before) / before; None where before is 0
    absolute_interval, relative_interval : 95 % intervals; None without draws of the retention, or where some
        draw leaves the figure undefined
    """

    before: float
    after: float
    absolute: float
    relative: float | None
    absolute_interval: Interval | None = None
    relative_interval: Interval | None = None

    @property
    def position(self) -> Position | None:
        """Where the relative change falls against the 25–95 % people quote for five more of retention."""
        return None if self.relative is None else position_in(self.relative, CLAIMED_RISE)

    @property
    def interval_positions(self) -> tuple[Position, Position] | None:
        """Where the low and the high end of the relative change fall against the same range."""
        if self.relative_interval is None:
            return None
        low, high = self.relative_interval.low, self.relative_interval.high
        return position_in(low, CLAIMED_RISE), position_in(high, CLAIMED_RISE)


def position_in(value: float, quoted: tuple[float, float]) -> Position:
    """Whether a value lies below, within (ends included) or above a quoted range."""
    low, high = quoted
    if value < low:
        return "below"
    return "above" if value > high else "within"


def quantiles(draws: NDArray[np.float64]) -> Interval | None:
    """Middle 95 % of the draws; None where there are none or one of them is not a finite number."""
    if draws.size == 0 or not np.isfinite(draws).all():
        return None
    low, high = np.quantile(draws, _LEVELS)
    return Interval(float(low), float(high))


def interval(value: float, draws: NDArray[np.float64]) -> Interval | None:
    """Middle 95 % of a figure's draws, and the figure itself; None as `quantiles` has it.

    Where a figure is the most there can be, as the gain is where retention just reaches 1, all its draws lie
    on one side of it.
    """
    found = quantiles(draws)
    return None if found is None else Interval(min(found.low, value), max(found.high, value))


def change(before: NDArray[np.float64], after: NDArray[np.float64]) -> Change:
    """Change of a figure with its intervals.

    Parameters
    ----------
    before, after : (1 + k,) money; the estimate first, then the same figure on each of k draws

    Examples
    --------
    >>> change(np.array([200.0]), np.array([250.0])).relative
    0.25
    """
    absolute = after - before
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        relative = absolute / before
    return Change(
        before=float(before[0]),
        after=float(after[0]),
        absolute=float(absolute[0]),
        relative=float(relative[0]) if math.isfinite(relative[0]) else None,
        absolute_interval=interval(float(absolute[0]), absolute[1:]),
        relative_interval=interval(float(relative[0]), relative[1:]),
    )
