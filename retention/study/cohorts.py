"""Cohorts of a shop: the tables, what the first cohort bends, two segments compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention import cohorts, truncation
from retention.returned import ONCE
from retention.study.memo import Part, result

if TYPE_CHECKING:
    import pandas as pd

    from retention.cohorts import (
        Activity,
        CohortTable,
        Comparison,
        Measure,
        OnOrAfter,
        Ranking,
        RevenueSources,
        WithoutFirst,
    )
    from retention.errors import DataWarning
    from retention.periods import Period
    from retention.returned import Returned
    from retention.study.study import Study


@dataclass(frozen=True)
class CellCustomers:
    """Who is behind a cell of a cohort table.

    Attributes
    ----------
    customers, orders : see `retention.aggregate.customers_of_cell` and `orders_of_cell`
    """

    customers: pd.DataFrame
    orders: pd.DataFrame

    @property
    def revenue(self) -> float:
        """Net revenue of the cell, in the file's currency."""
        return float(self.orders["value"].sum())


class Cohorts(Part):
    """Customers won together, and how many come back.

    Parameters
    ----------
    returned : what it takes to count as back
    """

    def __init__(self, study: Study, returned: Returned = ONCE) -> None:
        super().__init__(study, returned)
        self.returned = returned

    @result
    def table(
        self, period: Period, activity: Activity = "on", by: str | None = None, leave_out: int = 0
    ) -> CohortTable:
        """Rows are first periods, or the segments of a column.

        Parameters
        ----------
        by : column that holds the segments
        leave_out : how many of the file's first periods stay out of the averages
        """
        make = cohorts.table_by_segment if by else cohorts.cohort_table
        return make(
            self.study.tables.cells(period, by, self.returned),
            period,
            self.study.window,
            later=self._later(period, activity, by),
            leave_out=leave_out,
        )

    def _later(self, period: Period, activity: Activity, by: str | None) -> OnOrAfter | None:
        """What counting "on or after" needs, where that is asked for."""
        if activity == "on":
            return None
        return cohorts.OnOrAfter(
            self.study.tables.last_periods(period, by, self.returned), self.study.shop.active_days()
        )

    @result
    def cell_customers(
        self,
        period: Period,
        activity: Activity,
        by: str | None,
        leave_out: int,
        row: int | str | None,
        age: int,
    ) -> CellCustomers | None:
        """The customers and orders of a cell; None where the table has no such cell.

        Parameters
        ----------
        row : number of the cohort's period, or the segment where the rows are segments; None for the average
        """
        cell = cohorts.cell_of(self.table(period, activity, by, leave_out), row, age, by, self.returned)
        if cell is None:
            return None
        tables = self.study.tables
        return CellCustomers(tables.customers_of_cell(period, cell), tables.orders_of_cell(period, cell))

    @result
    def segments(self, period: Period, by: str) -> tuple[str, ...]:
        """The segments of a column, those that won most customers first."""
        return cohorts.by_size(self.study.tables.cells(period, by))

    @result
    def ranking(self, period: Period, activity: Activity, by: str, leave_out: int = 0) -> Ranking:
        """Which segments' customers come back most and least in the next period, beyond chance."""
        return cohorts.ranking(self.table(period, activity, by, leave_out))

    @result
    def of_segment(
        self, segment: str, period: Period, activity: Activity, by: str, leave_out: int = 0
    ) -> CohortTable:
        """Rows are first periods, of the customers of one segment alone.

        Parameters
        ----------
        segment : "" for customers whose first purchase names none
        by : column that holds it
        """
        return cohorts.cohort_table(
            cohorts.only(self.study.tables.cells(period, by, self.returned), segment),
            period,
            self.study.window,
            later=cohorts.only_later(self._later(period, activity, by), segment),
            leave_out=leave_out,
        )

    @result
    def compared(
        self,
        one: str,
        other: str,
        period: Period,
        activity: Activity,
        by: str,
        leave_out: int,
        measure: Measure,
    ) -> Comparison:
        """Two segments, cohort by cohort and age by age."""
        here, there = (self.of_segment(each, period, activity, by, leave_out) for each in (one, other))
        return cohorts.compare(here, there, measure)

    @result
    def without_first(self, period: Period, activity: Activity = "on") -> WithoutFirst | None:
        """What the file's first cohort, which holds older customers too, does to the averages."""
        return cohorts.without_first(self.table(period, activity))

    @result
    def revenue(self, period: Period) -> pd.DataFrame:
        """Whose revenue each period's is."""
        return cohorts.revenue_by_cohort(self.table(period))

    @result
    def revenue_sources(self, period: Period) -> RevenueSources | None:
        """How much of the last complete period's revenue is from new customers; None where there is none."""
        return cohorts.latest_sources(self.revenue(period))

    @result
    def warnings(self, period: Period) -> tuple[DataWarning, ...]:
        """What customers who may be older than the file do to the averages."""
        others = self.study.without_left_truncated
        if others.purchases.empty:
            return ()
        shop = self.study.shop
        return truncation.cohort_warnings(
            self.table(period),
            others.cohorts.table(period),
            shop.left_truncated(),
            shop.left_truncated_days(),
        )
