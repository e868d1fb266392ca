"""The cohort table: every cell from a cohort's own period to the last one in the data, and the averages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from retention.orders import SEGMENT
from retention.periods import last_day
from retention.statistics import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from retention.periods import Period, Window

Activity = Literal["on", "on_or_after"]
ACTIVITIES: tuple[Activity, ...] = get_args(Activity)
Measure = Literal[
    "share",
    "customers",
    "orders",
    "revenue",
    "revenue_per_customer",
    "cumulative_revenue",
    "average_order_value",
]
MEASURES: tuple[Measure, ...] = get_args(Measure)
MONEY: tuple[Measure, ...] = (
    "revenue",
    "revenue_per_customer",
    "cumulative_revenue",
    "average_order_value",
)
COUNTED: tuple[Measure, ...] = ("share", "customers")  # those that can be read on, or on or after, a period
AVERAGED: dict[Measure, str] = {  # columns of the averages; sums of a cohort have none
    "share": "rate",
    "revenue_per_customer": "revenue_per_customer",
    "cumulative_revenue": "cumulative_revenue",
    "average_order_value": "average_order_value",
}
FEW_COHORTS = 3  # an average over fewer says more about these cohorts than about the age
FEW_CUSTOMERS = 30  # a share of fewer moves by more than 3 points with every customer
_SUMS = ["customers", "orders", "revenue", "gross"]


@dataclass(frozen=True)
class CohortTable:
    """Cohorts by age: every cell from the cohort's own period to the last one in the data.

    Attributes
    ----------
    period, window : what a period is, and the days the data speaks for
    cells : one row per cohort and age

        - ``cohort`` : number of the cohort's period; where the rows are segments, the segment's text
        - ``age`` : periods since the customer's first
        - ``complete`` : whether the cell's period lies wholly inside the data
        - ``size`` : customers of the cohort; of a segment, those whose period of that age is complete
        - ``customers`` : of these, buying in the period, or in it or later
        - ``share``, ``low``, ``high`` : customers / size with its 95 % interval (Wilson)
        - ``orders`` ; ``gross`` : their value ; ``revenue`` : net of refunds
        - ``revenue_per_customer`` : net, per customer of the cohort
        - ``cumulative_revenue`` : the same, up to and including the period
        - ``average_order_value`` : gross / orders ; ``net_order_value`` : net / orders
    averages : Σ customers / Σ size over the complete cells of each age from 0 on

        - ``age``, ``rate``, ``low``, ``high``, ``cohorts``, ``customers`` (the size behind the rate)
        - ``revenue_per_customer``, ``cumulative_revenue``, ``average_order_value``, ``net_order_value``
    activity : whether a customer counts who bought in the period, or in it or later
    rows : what a row holds, the customers of a first period or of a first segment
    averaged_cohorts : the first periods behind the averages of each age
    leave_out : how many of the file's first periods the averages, and rows of segments, do without
    """

    period: Period
    window: Window
    cells: pd.DataFrame
    averages: pd.DataFrame
    averaged_cohorts: Mapping[int, tuple[int, ...]]
    activity: Activity = "on"
    rows: Literal["period", "segment"] = "period"
    leave_out: int = 0

    @property
    def pooled(self) -> pd.DataFrame:
        """The averages from age 1 on: at age 0 every share is 100 %."""
        return self.averages[self.averages["age"] > 0].reset_index(drop=True)

    @property
    def followed(self) -> int:
        """Customers of whom it is seen whether they came back in the next period: few make no picture.

        Where those count who come back later too, no cell may be final yet: then all do.
        """
        cells = self.cells[self.cells["age"] == 1]
        seen = cells if self.activity == "on_or_after" else cells[cells["complete"]]
        return int(seen["size"].sum())

    def wide(self, measure: Measure) -> pd.DataFrame:
        """Cohorts down, ages across, one measure in the cells; NaN where nothing can be known yet."""
        wide = self.cells.pivot_table(
            index="cohort", columns="age", values=measure, aggfunc="first", dropna=False
        )
        return wide.reindex(self.cells["cohort"].unique())


@dataclass(frozen=True)
class OnOrAfter:
    """What is needed to count those who bought in a period or later.

    Attributes
    ----------
    last_periods : cohort, last_period, [segment,] customers, as `aggregate.last_periods` counts
    settled_after : W, days after a period from which on nobody is waited for; None where it cannot be told,
        so that no cell is final
    """

    last_periods: pd.DataFrame
    settled_after: int | None


def cohort_table(
    seen: pd.DataFrame, period: Period, window: Window, *, later: OnOrAfter | None = None, leave_out: int = 0
) -> CohortTable:
    """Cohort table with one row per first period.

    The pooled average weighs by customers and leaves incomplete cells out: cohorts 1000 → 500 and 500 → 400
    and an incomplete 700 → 10 give 60 %.

    Parameters
    ----------
    seen : cohort, period, customers, orders, revenue (gross), refunds, as `aggregate.cells` counts
    later : where given, customers count who bought in the period or later
    leave_out : cohorts of how many of the file's first periods stay out of the averages
    """
    cells = _measured(_every_cell(seen, ["cohort"], period, window, later))
    counted = _without_first(cells, period, window, leave_out)
    activity: Activity = "on_or_after" if later else "on"
    return CohortTable(
        period, window, cells, pool(counted), _averaged(counted), activity, "period", leave_out
    )


def table_by_segment(
    seen: pd.DataFrame, period: Period, window: Window, *, later: OnOrAfter | None = None, leave_out: int = 0
) -> CohortTable:
    """Cohort table with one row per segment of the first purchase, the largest first.

    Ages count from each customer's own first period; a cell holds the customers whose period of that age is
    complete, so that fewer stand behind higher ages.

    Parameters
    ----------
    seen : as in `cohort_table`, by segment
    """
    cells = _every_cell(seen, [SEGMENT, "cohort"], period, window, later)
    counted = _without_first(cells, period, window, leave_out)
    counted = counted[counted["complete"]]
    rows = _summed(counted, [SEGMENT, "age"]).rename(columns={SEGMENT: "cohort"}).assign(complete=True)
    won = rows.groupby("cohort")["size"].transform("max")
    rows = rows.assign(won=-won).sort_values(["won", "cohort", "age"], ignore_index=True)
    rows = _measured(rows).drop(columns=["won", "cohorts"])
    activity: Activity = "on_or_after" if later else "on"
    return CohortTable(
        period, window, rows, pool(counted), _averaged(counted), activity, "segment", leave_out
    )


def pool(cells: pd.DataFrame) -> pd.DataFrame:
    """Average over cohorts of each age: Σ active / Σ size over complete cells, money likewise."""
    counted = cells[cells["complete"]]
    sums = _measured(_summed(counted, ["age"]))
    averages = sums.rename(columns={"customers": "active", "share": "rate"}).rename(
        columns={"size": "customers"}
    )
    money = ["revenue_per_customer", "cumulative_revenue", "average_order_value", "net_order_value"]
    return averages[["age", "rate", "low", "high", "cohorts", "customers", *money]]


def _averaged(cells: pd.DataFrame) -> dict[int, tuple[int, ...]]:
    cohorts = cells[cells["complete"]].groupby("age")["cohort"].unique()
    return {int(str(age)): tuple(int(cohort) for cohort in sorted(found)) for age, found in cohorts.items()}


def _without_first(cells: pd.DataFrame, period: Period, window: Window, leave_out: int) -> pd.DataFrame:
    return cells[cells["cohort"] >= window.numbers(period)[0] + leave_out]


def _summed(cells: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    groups = cells.groupby(list(keys))
    sums = groups[[*_SUMS, "size", "so_far"]].sum()
    return sums.assign(cohorts=groups["cohort"].nunique()).reset_index()


def _measured(cells: pd.DataFrame) -> pd.DataFrame:
    """Cells with what follows from their sums."""
    placed = cells["orders"].where(cells["orders"] > 0)
    low, high = wilson(cells["customers"], cells["size"])
    return cells.assign(
        share=cells["customers"] / cells["size"],
        low=low,
        high=high,
        revenue_per_customer=cells["revenue"] / cells["size"],
        cumulative_revenue=cells["so_far"] / cells["size"],
        average_order_value=cells["gross"] / placed,
        net_order_value=cells["revenue"] / placed,
    )


def _every_cell(
    seen: pd.DataFrame, keys: list[str], period: Period, window: Window, later: OnOrAfter | None
) -> pd.DataFrame:
    """The seen cells and those nobody bought in, up to the last period of the data; `so_far` is net money."""
    periods = window.numbers(period)
    groups = seen[keys].drop_duplicates().sort_values(keys, ignore_index=True)
    ages = (periods[-1] - groups["cohort"] + 1).to_numpy(dtype=np.int64)
    cells = groups.loc[np.repeat(groups.index.to_numpy(), ages)].reset_index(drop=True)
    cells["age"] = np.arange(len(cells)) - np.repeat(ages.cumsum() - ages, ages)
    cells["period"] = cells["cohort"] + cells["age"]
    cells = cells.merge(seen, on=[*keys, "period"], how="left").fillna(
        dict.fromkeys(["customers", "orders", "revenue", "refunds"], 0)
    )
    cells = cells.astype({"customers": "int64", "orders": "int64"})
    cells["size"] = cells.groupby(keys)["customers"].transform("first")
    cells["gross"] = cells["revenue"]
    cells["revenue"] += cells["refunds"]
    cells["so_far"] = cells.groupby(keys)["revenue"].cumsum()
    if later is not None:
        cells["customers"] = _still_to_come(cells, keys, later.last_periods)
    final = {n: _is_final(n, period, window, later) for n in periods}
    cells["complete"] = cells["period"].map(final).astype(bool)
    return cells.drop(columns=["period", "refunds"])


def _still_to_come(cells: pd.DataFrame, keys: list[str], last_periods: pd.DataFrame) -> pd.Series:
    """Customers of each cell's cohort whose last period is the cell's or a later one."""
    last = last_periods.rename(columns={"last_period": "period", "customers": "left_last"})
    found = cells.merge(last, on=[*keys, "period"], how="left")["left_last"].fillna(0)
    backwards = found[::-1].groupby([cells[key][::-1] for key in keys]).cumsum()
    return backwards[::-1].astype("int64")


def _is_final(number: int, period: Period, window: Window, later: OnOrAfter | None) -> bool:
    """Whether nothing that is still to come can change a cell of this period."""
    if later is None:
        return window.is_complete(number, period)
    if later.settled_after is None or not window.is_complete(number, period):
        return False
    return last_day(number, period).toordinal() + later.settled_after <= window.last.toordinal()
