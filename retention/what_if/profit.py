"""Profit without and with the change: what is gained, how sure that is, and how it adds up over time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retention.statistics import Estimate, estimate, middle_95, position_in

if TYPE_CHECKING:
    from retention.statistics import Position
    from retention.what_if.streams import Stream

Numbers = NDArray[np.float64]

# "increasing customer retention rates by 5% increases profits by 25% to 95%": Reichheld and Schefter (2000),
# "E-Loyalty", Harvard Business Review 78(4)
CLAIMED_RISE = (0.25, 0.95)
_ANYBODY = 1.0  # customer


@dataclass(frozen=True)
class Gain:
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


@dataclass(frozen=True)
class Gains:
    """Gain of a sum over the horizon: of today's customers, of those still to be won, and of both."""

    base: Gain
    new: Gain
    firm: Gain


@dataclass(frozen=True)
class Survivors:
    """How many of today's customers are still active after a while.

    Attributes
    ----------
    before, after : customers, without the change and with it
    after_a_year : whether the while is a year; else it is the horizon, which is shorter
    """

    before: float
    after: float
    after_a_year: bool

    @property
    def hardly_anybody(self) -> bool:
        """Whether not even one is left."""
        return self.after < _ANYBODY


@dataclass(frozen=True)
class Profit:
    """Profit in each future period, in money, without and with the change."""

    before: Stream
    after: Stream

    def times(self, factor: float | Numbers) -> Profit:
        """Both multiplied, as by discount factors."""
        return Profit(self.before.times(factor), self.after.times(factor))

    @property
    def gains(self) -> Gains:
        """What the change gains over all periods."""
        before, after = self.before, self.after
        return Gains(
            base=gain_of(before.base.sum(axis=0), after.base.sum(axis=0)),
            new=gain_of(before.new.sum(axis=0), after.new.sum(axis=0)),
            firm=gain_of(before.firm.sum(axis=0), after.firm.sum(axis=0)),
        )


def gain_of(before: Numbers, after: Numbers) -> Gain:
    """Gain of a figure with its intervals.

    Parameters
    ----------
    before, after : (1 + k,) money; the estimate first, then the same figure on each of k draws

    Examples
    --------
    >>> gain_of(np.array([200.0]), np.array([250.0])).relative.value
    0.25
    """
    absolute = after - before
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        relative = absolute / before
    return Gain(
        before=float(before[0]),
        after=float(after[0]),
        absolute=estimate(float(absolute[0]), absolute[1:], "drawn"),
        relative=estimate(float(relative[0]), relative[1:], "drawn") if math.isfinite(relative[0]) else None,
    )


def yearly(undiscounted: Profit, present: Profit, periods_per_year: float) -> pd.DataFrame:
    """Profit by year; a week belongs to the year its middle falls in.

    Returns
    -------
    year (1, 2 …), base_before, base_after, new_before, new_after, and the four discounted: …_present
    """
    year = ((np.arange(len(undiscounted.before.base)) + 0.5) / periods_per_year).astype(int)
    columns = {
        f"{part}_{when}{ending}": np.bincount(year, weights=stream[:, 0])
        for profit, ending in ((undiscounted, ""), (present, "_present"))
        for part, when, stream in (
            ("base", "before", profit.before.base),
            ("base", "after", profit.after.base),
            ("new", "before", profit.before.new),
            ("new", "after", profit.after.new),
        )
    }
    return pd.DataFrame({"year": np.arange(1, year[-1] + 2), **columns})


def active(before: Stream, after: Stream, today: float) -> pd.DataFrame:
    """Customers at the end of each period, from today on.

    Returns
    -------
    period (0, 1 …), before, after, base_before, base_after, new_before, new_after
    """
    parts = {"": ("firm", today), "base_": ("base", today), "new_": ("new", 0.0)}
    columns = {
        f"{name}{when}": np.concatenate([[start], getattr(stream, part)[:, 0]])
        for name, (part, start) in parts.items()
        for when, stream in (("before", before), ("after", after))
    }
    return pd.DataFrame({"period": np.arange(len(before.base) + 1), **columns})


def cumulative(undiscounted: Profit, present: Profit, spent: Numbers, weights: Numbers) -> pd.DataFrame:
    """Profit of the firm so far at the end of each period, starting from nothing today.

    Parameters
    ----------
    spent : (periods,) cost of the programme in each
    weights : (periods,) discount factors

    Returns
    -------
    period (0, 1 …), before, after, gain, gain_low, gain_high (95 % band of the gain, null without draws),
    cost, and the six discounted: …_present
    """
    columns = {
        f"{name}{ending}": values
        for profit, outlay, ending in ((undiscounted, spent, ""), (present, spent * weights, "_present"))
        for name, values in (_so_far(profit) | {"cost": _from_nothing(outlay[:, None])[:, 0]}).items()
    }
    return pd.DataFrame({"period": np.arange(len(undiscounted.before.base) + 1), **columns})


def _so_far(profit: Profit) -> dict[str, Numbers]:
    before, after = (_from_nothing(stream.firm) for stream in (profit.before, profit.after))
    gain = after - before
    low = high = np.full(len(gain), np.nan)
    if gain.shape[1] > 1:
        low, high = middle_95(gain[:, 1:], axis=1)
    estimates = {"before": before[:, 0], "after": after[:, 0], "gain": gain[:, 0]}
    return {**estimates, "gain_low": low, "gain_high": high}


def _from_nothing(each_period: Numbers) -> Numbers:
    """Sum so far at the end of each period, and 0 before the first."""
    so_far = np.zeros((len(each_period) + 1, each_period.shape[1]))
    np.cumsum(each_period, axis=0, out=so_far[1:])
    return so_far
