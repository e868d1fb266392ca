"""What the programme that brings the uplift costs, what is left of the gain, and when it has paid back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.economics.plan import Base, Plan

    Numbers = NDArray[np.float64]


def cost(base: Base, plan: Plan, customers: Numbers) -> Numbers:
    """Cost of the programme in each period: its fixed part and that of the customers it then reaches.

    Parameters
    ----------
    customers : (periods, 1 + k) reached at each period's end, the uplift in effect
    """
    return (plan.fixed_cost + plan.cost_per_customer * customers) / base.per_year


def payback_period(gain: Numbers, spent: Numbers) -> int | None:
    """First period from whose end on the gain so far covers the cost so far, for good.

    None where it does not at the horizon, and where nothing is spent, so that nothing is to be covered. A
    programme for a base that runs out may be ahead early on and behind in the end: it is not paid back.

    Parameters
    ----------
    gain, spent : (periods,) money of each period
    """
    if not spent.sum() > 0:
        return None
    short = np.flatnonzero(np.cumsum(gain) < np.cumsum(spent))
    last = int(short[-1]) + 1 if short.size else 0
    return last + 1 if last < len(gain) else None
