"""Who the revenue of each period comes from: the customers won then, or long before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from retention.cohorts.table import CohortTable


@dataclass(frozen=True)
class RevenueSources:
    """Whose the net revenue of one period was.

    Attributes
    ----------
    period : its number
    new, old : shares from customers won in it and from all others; they add up to 1
    """

    period: int
    new: float
    old: float


def revenue_by_cohort(table: CohortTable) -> pd.DataFrame:
    """Net revenue of each cohort in each period, and its share of the period's (Fader's C3 picture).

    Parameters
    ----------
    table : with first periods as rows

    Returns
    -------
    period, complete
    cohort, age
    revenue : net, in the file's currency
    share : of the net revenue of all cohorts in the period; null where that is not above 0. A cohort whose
        refunds exceed its purchases has a negative one.
    """
    cells = table.cells.assign(period=table.cells["cohort"] + table.cells["age"])
    total = cells.groupby("period")["revenue"].transform("sum")
    cells["share"] = cells["revenue"] / total.where(total > 0)
    columns = ["period", "complete", "cohort", "age", "revenue", "share"]
    whole = cells["period"].map(
        {n: table.window.is_complete(n, table.period) for n in cells["period"].unique()}
    )
    return cells.assign(complete=whole)[columns].sort_values(["period", "cohort"], ignore_index=True)


def latest_sources(revenue: pd.DataFrame) -> RevenueSources | None:
    """Whose the revenue of the last complete period was; None where there is none above 0.

    Parameters
    ----------
    revenue : as `revenue_by_cohort` gives it
    """
    whole = revenue[revenue["complete"]].dropna(subset=["share"])
    if whole.empty:
        return None
    last = whole[whole["period"] == whole["period"].max()]
    new = float(last.loc[last["age"] == 0, "share"].sum())
    return RevenueSources(int(last["period"].iloc[0]), new, 1 - new)
