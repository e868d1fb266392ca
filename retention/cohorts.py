"""Customers won together, and how many of them come back in each period after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from retention import aggregate
from retention.intervals import wilson

if TYPE_CHECKING:
    from retention.orders import Orders
    from retention.periods import Period, Window

Measure = Literal["share", "customers", "revenue", "cumulative_revenue"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
FEW_COHORTS = 3  # an average over fewer says more about these cohorts than about the age


@dataclass(frozen=True)
class CohortTable:
    """Cohorts by age: every cell from the cohort's own period to the last one in the data.

    Attributes
    ----------
    period, window : what a period is, and the days the data speaks for
    cells : one row per cohort and age

        - ``cohort`` : number of the cohort's period; ``age`` : periods since
        - ``complete`` : whether the cell's period lies wholly inside the data
        - ``size`` : customers of the cohort; ``customers`` : of these, buying in the period
        - ``share``, ``low``, ``high`` : customers / size with its 95 % interval (Wilson)
        - ``orders`` ; ``revenue`` : net of refunds
        - ``cumulative_revenue`` : net revenue per customer of the cohort up to and including the period
    pooled : Σ customers / Σ size over the complete cells of each age from 1 on

        - ``age``, ``rate``, ``low``, ``high``, ``cohorts``, ``customers`` (the size behind the rate)
        - ``cumulative_revenue`` : per customer behind the age
    """

    period: Period
    window: Window
    cells: pd.DataFrame
    pooled: pd.DataFrame

    def wide(self, measure: Measure) -> pd.DataFrame:
        """Cohorts down, ages across, one measure in the cells; NaN where nothing can be known yet."""
        return self.cells.pivot_table(
            index="cohort", columns="age", values=measure, aggfunc="first", sort=True
        )


def cohort_table(orders: Orders, period: Period) -> CohortTable:
    """Cohort table of all customers with a purchase.

    Examples
    --------
    The pooled average weighs by customers and leaves incomplete cells out: cohorts 1000 → 500 and
    500 → 400 and an incomplete 700 → 10 give 60 %.
    """
    cells = _every_cell(aggregate.cells(orders, period), period, orders.window)
    return CohortTable(period, orders.window, cells, pool(cells))


def pool(cells: pd.DataFrame) -> pd.DataFrame:
    """Average over cohorts of each age from 1 on: Σ active / Σ size over complete cells."""
    counted = cells[cells["complete"] & (cells["age"] > 0)]
    counted = counted.assign(money=counted["cumulative_revenue"] * counted["size"])
    sums = counted.groupby("age", as_index=False).agg(
        active=("customers", "sum"),
        customers=("size", "sum"),
        cohorts=("cohort", "nunique"),
        money=("money", "sum"),
    )
    low, high = wilson(sums["active"], sums["customers"])
    return pd.DataFrame(
        {
            "age": sums["age"],
            "rate": sums["active"] / sums["customers"],
            "low": low,
            "high": high,
            "cohorts": sums["cohorts"],
            "customers": sums["customers"],
            "cumulative_revenue": sums["money"] / sums["customers"],
        }
    )


def _every_cell(seen: pd.DataFrame, period: Period, window: Window) -> pd.DataFrame:
    """The seen cells and those nobody bought in, up to the last period of the data."""
    last = window.numbers(period)[-1]
    cohorts = np.unique(seen["cohort"].to_numpy(dtype=np.int64))
    ages = last - cohorts + 1
    cohort = np.repeat(cohorts, ages)
    frame = pd.DataFrame(
        {"cohort": cohort, "period": cohort + np.concatenate([np.arange(0), *map(np.arange, ages)])}
    )
    cells = frame.merge(seen, on=["cohort", "period"], how="left").fillna(0)
    cells = cells.astype({"customers": "int64", "orders": "int64"})
    complete = {n: window.is_complete(n, period) for n in window.numbers(period)}
    cells["age"] = cells["period"] - cells["cohort"]
    cells["complete"] = cells["period"].map(complete).astype(bool)
    cells["size"] = cells.groupby("cohort")["customers"].transform("first")
    cells["share"] = cells["customers"] / cells["size"]
    cells["low"], cells["high"] = wilson(cells["customers"], cells["size"])
    cells["revenue"] += cells["refunds"]
    cells["cumulative_revenue"] = cells.groupby("cohort")["revenue"].cumsum() / cells["size"]
    measured = ["customers", "share", "low", "high", "orders", "revenue", "cumulative_revenue"]
    return cells[["cohort", "age", "complete", "size", *measured]]
