"""Who is new, stays, comes back and leaves, from period to period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from retention.statistics import Estimate, middle_of, ratio_draws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from retention.periods import Period, Window


@dataclass(frozen=True)
class Flows:
    """Customers and money per calendar period.

    Attributes
    ----------
    table : one row per period of the data

        - ``period``, ``complete``
        - ``active`` = ``new`` + ``retained`` + ``reactivated``; ``lost`` : bought in the last period and not
          in this one, null in the first and while this one is incomplete
        - ``orders``, ``revenue`` (net of refunds), ``refunds`` (negative)
        - ``retention_rate`` = (active − new) / active before: the textbook's, counts the reactivated and can
          pass 1; ``strict_retention`` = retained / active before; both null in the first period
    """

    period: Period
    table: pd.DataFrame

    @property
    def complete(self) -> pd.DataFrame:
        """The complete periods alone."""
        return self.table[self.table["complete"]]

    @property
    def firm(self) -> pd.Series:
        """Whether each period is complete."""
        return self.table["complete"]

    def net_share(self) -> float:
        """Net of refunds over gross revenue, over the complete periods (all of them where none is)."""
        counted = self.complete if len(self.complete) else self.table
        net, refunds = float(counted["revenue"].sum()), float(counted["refunds"].sum())
        return max(net, 0.0) / (net - refunds) if net > refunds else 1.0


@dataclass(frozen=True)
class Measured:
    """A retention pooled over transitions between complete periods.

    Attributes
    ----------
    rate : with its 95 % interval from resampling customers
    draws : (m,) the resampled rates
    """

    rate: Estimate
    draws: NDArray[np.float64]


@dataclass(frozen=True)
class Retention:
    """Retention from one complete period to the next.

    Attributes
    ----------
    strict : Σ retained / Σ active before
    textbook : Σ (active − new) / Σ active before; counts the reactivated and can pass 1
    transitions : how many transitions between complete periods there are
    retained, returned, at_risk : the three sums
    """

    strict: Measured
    textbook: Measured
    transitions: int
    retained: int
    returned: int
    at_risk: int


def flows(seen: pd.DataFrame, window: Window, period: Period) -> Flows:
    """Flows per calendar period, periods without a purchase included.

    Parameters
    ----------
    seen : the table `retention.aggregate.flows` makes
    """
    numbers = window.numbers(period)
    table = pd.DataFrame({"period": list(numbers)}).merge(seen, on="period", how="left").fillna(0)
    counts = ["active", "new", "retained", "reactivated", "orders"]
    table[counts] = table[counts].astype("int64")
    table.insert(1, "complete", [window.is_complete(n, period) for n in numbers])
    before = table["active"].shift(1)
    table["lost"] = (before - table["retained"]).where(table["complete"]).astype("Int64")
    table["revenue"] += table["refunds"]
    previous = before.where(before > 0)
    table["retention_rate"] = (table["active"] - table["new"]) / previous
    table["strict_retention"] = table["retained"] / previous
    return Flows(period, table)


def new_of_cells(cells: pd.DataFrame) -> pd.DataFrame:
    """New customers by month and the segment of their first purchase.

    Parameters
    ----------
    cells : per month and segment, as `retention.aggregate.cells` makes them

    Returns
    -------
    month, channel (text, "" where the orders name none), new
    """
    new = cells[cells["cohort"] == cells["period"]]
    named = {"month": new["cohort"], "channel": new["segment"], "new": new["customers"]}
    return pd.DataFrame(named).reset_index(drop=True)


def measured_retention(each: pd.DataFrame, transitions: int) -> Retention | None:
    """Retention from one complete period to the next; None where nobody could stay.

    Parameters
    ----------
    each : the table `retention.aggregate.steadiness` makes, from the first complete period to the last
    transitions : how many pairs of complete periods follow each other
    """
    sums = {name: int((each[name] * each["customers"]).sum()) for name in ("at_risk", "retained", "returned")}
    if sums["at_risk"] == 0:
        return None
    return Retention(
        strict=_pooled(each, "retained"),
        textbook=_pooled(each, "returned"),
        transitions=transitions,
        **sums,
    )


def _pooled(each: pd.DataFrame, part: str) -> Measured:
    draws = ratio_draws(each[part], each["at_risk"], each["customers"])
    rate = (each[part] * each["customers"]).sum() / (each["at_risk"] * each["customers"]).sum()
    return Measured(middle_of(float(rate), draws), draws)
