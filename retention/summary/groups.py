"""Value still to come, and value at risk, by group of customers, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention import lifetime_value
from retention.periods import key
from retention.report.plain import records

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from retention.orders import Orders
    from retention.periods import Period

    ByGroup = Callable[[pd.Series], pd.DataFrame]


def by_cohort(people: pd.DataFrame, orders: Orders, finest: Period, table: ByGroup) -> list[dict[str, Any]]:
    """A row a cohort, in the shortest period from `finest` on that has a dozen of them at most.

    Parameters
    ----------
    people : a customer a row, with first_day
    table : what makes the rows of a grouping, with the column ``group``
    """
    period = lifetime_value.cohort_period(orders.window, finest)
    rows = records(table(lifetime_value.cohort_of(people["first_day"], period)))
    return [{"cohort": key(row.pop("group"), period), **row} for row in rows]


def by_segment(people: pd.DataFrame, orders: Orders, table: ByGroup) -> dict[str, list[dict[str, Any]]]:
    """A row a segment, null for customers without one, by the file's name of the segment's column."""
    return {
        name: records(table(people[column]).rename(columns={"group": "segment"}))
        for name, column in orders.segments.items()
    }
