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
    """First period at whose end the gain so far covers the cost so far.

    None where that never is within the horizon, and where nothing is spent, so that nothing is to be covered.

    Parameters
    ----------
    gain, spent : (periods,) money of each period
    """
    if not spent.sum() > 0:
        return None
    covered = np.flatnonzero(np.cumsum(gain) >= np.cumsum(spent))
    return int(covered[0]) + 1 if covered.size else None
