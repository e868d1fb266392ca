"""The first cohort of a file, which holds everyone who bought before the file began."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.cohorts.table import pool
from retention.statistics import Estimate

if TYPE_CHECKING:
    from retention.cohorts.table import CohortTable


@dataclass(frozen=True)
class WithoutFirst:
    """What the first cohort does to the share that comes back in the next period.

    Attributes
    ----------
    cohort, size : the first cohort, and its customers
    rate : share of all cohorts; without : that of all others with its interval
    bends : whether leaving it out takes the share out of its own interval
    """

    cohort: int
    size: int
    rate: float
    without: Estimate
    bends: bool


def without_first(table: CohortTable) -> WithoutFirst | None:
    """The effect of the first cohort; None where there is no next period to compare, with or without it."""
    if table.cells.empty or table.rows != "period":
        return None
    first = table.cells.iloc[0]
    next_period = table.cells[table.cells["age"] == 1]
    everybody = pool(next_period)
    others = pool(next_period[next_period["cohort"] != first["cohort"]])
    if everybody.empty or others.empty:
        return None
    before, after = everybody.iloc[0], others.iloc[0]
    return WithoutFirst(
        cohort=int(first["cohort"]),
        size=int(first["size"]),
        rate=float(before["rate"]),
        without=Estimate.of(float(after["rate"]), float(after["low"]), float(after["high"]), "wilson"),
        bends=not before["low"] <= after["rate"] <= before["high"],
    )
