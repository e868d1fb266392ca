"""Two segments compared, cohort by cohort and age by age."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.cohorts.table import AVERAGED, FEW_COHORTS, FEW_CUSTOMERS, CohortTable
from retention.orders import SEGMENT
from retention.statistics import newcombe

if TYPE_CHECKING:
    from retention.cohorts.table import Measure, OnOrAfter

_KEYS = ["cohort", "age"]
_ENDS = ["share", "low", "high"]


@dataclass(frozen=True)
class Comparison:
    """One cohort table minus another, in one measure.

    Attributes
    ----------
    one, other : the tables
    measure : what is compared
    cells : the cells both tables have

        - ``cohort``, ``age``, ``complete``
        - ``size_one``, ``size_other`` ; ``few`` : whether either is under 30 customers
        - ``one``, ``other``, ``difference`` : the measure, and one − other
        - ``low``, ``high`` : 95 % interval of the difference (Newcombe), NaN but for shares
    averages : the same of the pooled averages, by age; ``few`` with under 3 cohorts on either side; empty
        for a measure that has none
    """

    one: CohortTable
    other: CohortTable
    measure: Measure
    cells: pd.DataFrame
    averages: pd.DataFrame


def only(seen: pd.DataFrame, segment: str) -> pd.DataFrame:
    """What `aggregate` counted by segment, of one segment alone."""
    return seen[seen[SEGMENT] == segment].drop(columns=SEGMENT)


def only_later(later: OnOrAfter | None, segment: str) -> OnOrAfter | None:
    """The last periods of one segment's customers."""
    return later and replace(later, last_periods=only(later.last_periods, segment))


def by_size(seen: pd.DataFrame) -> tuple[str, ...]:
    """The segments by how many customers they won, the most first.

    Parameters
    ----------
    seen : the table `retention.aggregate.cells` makes by segment
    """
    won = seen[seen["cohort"] == seen["period"]].groupby(SEGMENT)["customers"].sum()
    ranked = won.reset_index().sort_values(["customers", SEGMENT], ascending=[False, True])
    return tuple(ranked[SEGMENT])


def compare(one: CohortTable, other: CohortTable, measure: Measure) -> Comparison:
    """The difference between two cohort tables of the same period and days."""
    both = one.cells.merge(other.cells, on=_KEYS, suffixes=("_one", "_other"))
    cells = _difference(both, measure).assign(
        complete=both["complete_one"] & both["complete_other"],
        few=both[["size_one", "size_other"]].min(axis=1) < FEW_CUSTOMERS,
    )
    return Comparison(one, other, measure, cells, _averages(one, other, measure))


def _averages(one: CohortTable, other: CohortTable, measure: Measure) -> pd.DataFrame:
    if measure not in AVERAGED:
        return pd.DataFrame()
    named = {"rate": "share", "customers": "size"}
    both = one.averages.rename(columns=named).merge(
        other.averages.rename(columns=named), on="age", suffixes=("_one", "_other")
    )
    few = both[["cohorts_one", "cohorts_other"]].min(axis=1) < FEW_COHORTS
    return _difference(both, measure).assign(complete=True, few=few)


def _difference(both: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    kept = [name for name in (*_KEYS, "size_one", "size_other") if name in both]
    first, second = both[f"{measure}_one"], both[f"{measure}_other"]
    low = high = np.full(len(both), np.nan)
    if measure == "share":
        ends = {side: [both[f"{end}_{side}"] for end in _ENDS] for side in ("one", "other")}
        low, high = newcombe(ends["one"], ends["other"])
    return both[kept].assign(one=first, other=second, difference=first - second, low=low, high=high)
