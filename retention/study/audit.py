"""The customer-base audit's five lenses on a shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import audit
from retention.study.memo import Part, result

if TYPE_CHECKING:
    from retention.audit import OneCohort, OnePeriod, TwoCohorts, TwoPeriods, WholeBase
    from retention.periods import Period


class Audit(Part):
    """How customers differ, what changed, what each generation still brings."""

    @result
    def one_period(self, period: Period, number: int) -> OnePeriod | None:
        """Lens 1: how customers differ within a period."""
        return audit.one_period(self.study.tables.around(period, number))

    @result
    def two_periods(self, period: Period, number: int) -> TwoPeriods | None:
        """Lens 2: what changed from the period before; None where that is not complete."""
        if not self.study.window.is_complete(number - 1, period):
            return None
        return audit.two_periods(self.study.tables.around(period, number))

    @result
    def one_cohort(self, period: Period, cohort: int) -> OneCohort:
        """Lens 3: one cohort over time."""
        return audit.one_cohort(self.study.tables.cells(period), period, self.study.window, cohort)

    @result
    def two_cohorts(self, period: Period, first: int, second: int, margin: float) -> TwoCohorts | None:
        """Lens 4: one cohort against another; None where there is no age to compare at."""
        here, there = (self.one_cohort(period, cohort) for cohort in (first, second))
        return audit.two_cohorts(here, there, margin)

    @result
    def whole_base(self, period: Period, number: int) -> WholeBase | None:
        """Lens 5: what each generation of customers still brings."""
        tables = self.study.tables
        cells, flows = tables.cells(period), self.study.shop.flows(period).table
        lately = cells[cells["period"] == number]
        net = float(flows.loc[flows["period"] == number, "revenue"].sum())
        unassigned = net - float((lately["revenue"] + lately["refunds"]).sum())
        return audit.whole_base(
            cells, tables.recency(period, number), unassigned, period, self.study.window, number
        )

    def cohorts(self, period: Period) -> list[int]:
        """The cohorts that can be followed."""
        return audit.cohorts(self.study.tables.cells(period), period, self.study.window)
