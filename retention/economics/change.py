"""A figure before and after, how sure the difference is, and where it falls in a range people quote."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from retention.statistics import Estimate, estimate

if TYPE_CHECKING:
    from numpy.typing import NDArray

Position = Literal["below", "within", "above"]

# "increasing customer retention rates by 5% increases profits by 25% to 95%": Reichheld and Schefter (2000),
# "E-Loyalty", Harvard Business Review 78(4)
CLAIMED_RISE = (0.25, 0.95)


@dataclass(frozen=True)
class Change:
    """A sum of money before and after a change of retention.

    Attributes
    ----------
    before, after : money
    absolute : after − before, money
    relative : (after − before) / before; None where before is 0

    Both are without an interval where the retention has no draws, or where some draw leaves the figure
    undefined.
    """

    before: float
    after: float
    absolute: Estimate
    relative: Estimate | None

    @property
    def position(self) -> Position | None:
        """Where the relative change falls against the 25–95 % people quote for five more of retention."""
        return None if self.relative is None else position_in(self.relative.value, CLAIMED_RISE)

    @property
    def interval_positions(self) -> tuple[Position, Position] | None:
        """Where the low and the high end of the relative change fall against the same range."""
        if self.relative is None or self.relative.ends is None:
            return None
        low, high = self.relative.ends
        return position_in(low, CLAIMED_RISE), position_in(high, CLAIMED_RISE)


def position_in(value: float, quoted: tuple[float, float]) -> Position:
    """Whether a value lies below, within (ends included) or above a quoted range."""
    low, high = quoted
    if value < low:
        return "below"
    return "above" if value > high else "within"


def change(before: NDArray[np.float64], after: NDArray[np.float64]) -> Change:
    """Change of a figure with its intervals.

    Parameters
    ----------
    before, after : (1 + k,) money; the estimate first, then the same figure on each of k draws

    Examples
    --------
    >>> change(np.array([200.0]), np.array([250.0])).relative.value
    0.25
    """
    absolute = after - before
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        relative = absolute / before
    return Change(
        before=float(before[0]),
        after=float(after[0]),
        absolute=estimate(float(absolute[0]), absolute[1:], "drawn"),
        relative=estimate(float(relative[0]), relative[1:], "drawn") if math.isfinite(relative[0]) else None,
    )
