"""Which customers a cell of a cohort table speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.aggregate import CellOf
from retention.returned import ONCE

if TYPE_CHECKING:
    from retention.cohorts.table import CohortTable
    from retention.returned import Returned


def cell_of(
    table: CohortTable, row: int | str | None, age: int, by: str | None = None, returned: Returned = ONCE
) -> CellOf | None:
    """What to look up for a cell; None where the table has no such cell.

    Parameters
    ----------
    row : number of the cohort's period, or the segment where the rows are segments; None for the average
    by : column of the orders that holds the segment
    returned : what it takes to be among its customers
    """
    averaged = table.averaged_cohorts.get(age, ())
    later = table.activity == "on_or_after"
    if row is None:
        return CellOf(age, averaged, later, returned) if averaged else None
    cells = table.cells
    if not ((cells["cohort"] == row) & (cells["age"] == age)).any():
        return None
    if table.rows == "segment":
        return CellOf(age, averaged, later, returned, by, str(row))
    return CellOf(age, (int(row),), later, returned)
