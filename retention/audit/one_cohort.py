"""Lens 3: one cohort over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import pandas as pd

from retention.statistics import wilson

if TYPE_CHECKING:
    from retention.periods import Period, Window

Followed = Literal["active", "orders", "net", "net_per_active"]
FOLLOWED: tuple[Followed, ...] = get_args(Followed)
MONEY_FOLLOWED: tuple[Followed, ...] = ("net", "net_per_active")


@dataclass(frozen=True)
class OneCohort:
    """Customers won in one period, from then to the end of the data.

    Attributes
    ----------
    cohort, period : number of the period they were won in, and what a period is
    size : how many customers they are
    table : one row per period since

        - ``age`` : periods since; ``period``; ``complete``
        - ``active`` : customers who bought; ``share`` of the cohort with ``low`` and ``high`` (Wilson, 95 %)
        - ``orders``; ``orders_per_active``
        - ``gross`` : revenue before refunds; ``refunds`` (negative); ``net`` : their sum
        - ``average_order`` : gross / orders
        - ``net_per_active``; ``net_per_customer`` : of the whole cohort, summed up to and including it
    """

    cohort: int
    period: Period
    size: int
    table: pd.DataFrame

    @property
    def complete(self) -> pd.DataFrame:
        """The complete periods from the cohort's own on, up to the first that is not."""
        whole: pd.DataFrame = self.table[self.table["complete"].astype(int).cummin() == 1]
        return whole


def cohorts(cells: pd.DataFrame, period: Period, window: Window) -> list[int]:
    """Cohorts whose own period is complete, so that their size is final."""
    return [int(c) for c in sorted(cells["cohort"].unique()) if window.is_complete(int(c), period)]


def one_cohort(cells: pd.DataFrame, period: Period, window: Window, cohort: int) -> OneCohort:
    """One cohort's customers, orders and money in each period since it was won.

    Parameters
    ----------
    cells : the table `retention.aggregate.cells` made, without segments

    Raises
    ------
    ValueError
        If nobody was won in that period.
    """
    own = cells[cells["cohort"] == cohort].rename(columns={"customers": "active", "revenue": "gross"})
    if own.empty:
        raise ValueError("a cohort needs customers")
    numbers = range(cohort, window.numbers(period)[-1] + 1)
    table = pd.DataFrame({"period": list(numbers)}).merge(own, on="period", how="left").fillna(0)
    table = table.astype({"active": "int64", "orders": "int64"})
    size = int(table["active"].iloc[0])
    table["age"] = table["period"] - cohort
    table["complete"] = [window.is_complete(n, period) for n in numbers]
    table["share"] = table["active"] / size
    table["low"], table["high"] = wilson(table["active"], [size] * len(table))
    table["net"] = table["gross"] + table["refunds"]
    active = table["active"].where(table["active"] > 0)
    table["orders_per_active"] = table["orders"] / active
    table["average_order"] = table["gross"] / table["orders"].where(table["orders"] > 0)
    table["net_per_active"] = table["net"] / active
    table["net_per_customer"] = table["net"].cumsum() / size
    counts = ["age", "period", "complete", "active", "share", "low", "high", "orders", "orders_per_active"]
    money = ["gross", "refunds", "net", "average_order", "net_per_active", "net_per_customer"]
    return OneCohort(cohort, period, size, table[counts + money])
