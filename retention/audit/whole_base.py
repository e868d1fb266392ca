"""Lens 5: the health of the whole base: what each generation of customers still brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.metrics import quantile
from retention.periods import last_day
from retention.statistics import wilson

if TYPE_CHECKING:
    from retention.periods import Period, Window


@dataclass(frozen=True)
class WholeBase:
    """All customers won so far, by the period they were won in, as they stood at the end of one period.

    Attributes
    ----------
    number : the period looked at
    customers : won up to its end; active : bought in it; once : bought a single time up to its end
    net : net revenue of the period, that of customers without a purchase included
    unassigned : the part of it of customers who never bought (refunds alone) or were won later
    table : one row per cohort, the oldest first

        - ``cohort``; ``complete`` : whether its own period lies wholly inside the data
        - ``customers``; ``active``, ``share_active`` with ``low`` and ``high`` (Wilson, 95 %)
        - ``once``, ``share_once`` : customers with a single purchase until the end of the period
        - ``net`` : net revenue in the period; ``share_of_revenue`` : of all cohorts' net revenue in it
        - ``days_since`` : days from the last purchase to the end of the period, median
    """

    number: int
    customers: int
    active: int
    once: int
    net: float
    unassigned: float
    table: pd.DataFrame

    @property
    def share_active(self) -> float:
        """Share of all customers who bought in the period."""
        return self.active / self.customers

    @property
    def share_once(self) -> float:
        """Share of all customers with a single purchase."""
        return self.once / self.customers

    @property
    def share_of_old(self) -> float:
        """Share of net revenue from customers won before the period."""
        return 1.0 - float(self.new["share_of_revenue"])

    @property
    def has_unassigned(self) -> bool:
        """Whether a cent of net revenue or more belongs to no cohort."""
        return round(self.unassigned, 2) != 0

    @property
    def unassigned_refunded(self) -> float:
        """What of that was paid back, above 0 where more was paid back than bought."""
        return -self.unassigned

    @property
    def new(self) -> pd.Series:
        """The row of the customers won in the period itself, all 0 where there are none."""
        own = self.table[self.table["cohort"] == self.number]
        return own.iloc[0] if len(own) else pd.Series(0.0, index=self.table.columns)


def whole_base(
    cells: pd.DataFrame,
    recency: pd.DataFrame,
    refunds_without_cohort: float,
    period: Period,
    window: Window,
    number: int,
) -> WholeBase | None:
    """The base at the end of a period; None where nobody had bought by then.

    Parameters
    ----------
    cells : the table `retention.aggregate.cells` made, without segments
    recency : the table `retention.aggregate.recency` made for the period
    refunds_without_cohort : net revenue of the period that is in no cell
    """
    if recency.empty:
        return None
    people = _people(recency, min(last_day(number, period), window.last).toordinal())
    lately = cells[(cells["period"] == number) & (cells["cohort"] <= number)]
    money = pd.DataFrame(
        {
            "cohort": lately["cohort"],
            "active": lately["customers"],
            "net": lately["revenue"] + lately["refunds"],
        }
    )
    table = people.merge(money, on="cohort", how="left").fillna({"active": 0, "net": 0.0})
    table = table.astype({"active": "int64"})
    table["complete"] = [window.is_complete(int(c), period) for c in table["cohort"]]
    table["share_active"] = table["active"] / table["customers"]
    table["low"], table["high"] = wilson(table["active"], table["customers"])
    table["share_once"] = table["once"] / table["customers"]
    total = float(table["net"].sum())
    table["share_of_revenue"] = table["net"] / total if total > 0 else np.nan
    counts = ["cohort", "complete", "customers", "active", "share_active", "low", "high"]
    rest = ["once", "share_once", "net", "share_of_revenue", "days_since"]
    return WholeBase(
        number=number,
        customers=int(table["customers"].sum()),
        active=int(table["active"].sum()),
        once=int(table["once"].sum()),
        net=total + refunds_without_cohort,
        unassigned=refunds_without_cohort,
        table=table[counts + rest],
    )


def _people(recency: pd.DataFrame, end: int) -> pd.DataFrame:
    """Customers of each cohort, those of one purchase, and the median of days since the last."""
    rows = recency.assign(
        days=end - recency["last_day"],
        count=recency["customers"],
        once=recency["once"] * recency["customers"],
    )
    sums = rows.groupby("cohort")[["customers", "once"]].sum()
    sums["days_since"] = {cohort: quantile(own, 0.5) for cohort, own in rows.groupby("cohort")}
    return sums.reset_index()
