"""Where and when customers of a shop stop buying, which of them, and whom to ask now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import aggregate, buying_again, dropoff, leaving, truncation
from retention.returned import ONCE
from retention.study.memo import Part, result

if TYPE_CHECKING:
    import pandas as pd

    from retention.buying_again import BuyingAgain
    from retention.dropoff import DropOff as Steps
    from retention.errors import DataWarning
    from retention.leaving import Leaving
    from retention.periods import Period
    from retention.returned import Returned
    from retention.study.study import Study

MOST_COHORTS = 24  # that can be told apart side by side
_COHORTS: tuple[Period, ...] = ("month", "quarter", "year")


class DropOff(Part):
    """From each purchase to the next, or from each time back to the next.

    Parameters
    ----------
    returned : what it takes to count as back
    """

    def __init__(self, study: Study, returned: Returned = ONCE) -> None:
        super().__init__(study, returned)
        self.returned = returned

    @result
    def steps(self) -> Steps:
        """How many go on, and how long it takes."""
        return dropoff.drop_off(self.study.tables.steps(self.returned), self.study.window.days)

    @result
    def warnings(self) -> tuple[DataWarning, ...]:
        """What customers who may be older than the file do to the first step."""
        shop, others = self.study.shop, self.study.without_left_truncated
        return truncation.dropoff_warnings(
            self.steps(), others.dropoff.steps(), shop.left_truncated(), shop.left_truncated_days()
        )

    @result
    def by_segment(self, column: str, purchase: int, day: int) -> pd.DataFrame:
        """One step in each segment of a column, see `retention.dropoff.compare_groups`."""
        return dropoff.compare_groups(self.study.tables.gaps_by_segment(column, self.returned), purchase, day)

    @result
    def by_cohort(self, purchase: int, day: int) -> pd.DataFrame:
        """One step in each cohort, of those at least half of whose customers are followed that long."""
        gaps = self.study.tables.gaps_by_cohort(self.cohort_period(), self.returned)
        return dropoff.compare_groups(gaps, purchase, day, least_followed=dropoff.OF_A_COHORT)

    def cohort_period(self) -> Period:
        """Months, or longer periods where there are many cohorts."""
        window = self.study.window
        return next((p for p in _COHORTS if len(window.numbers(p)) <= MOST_COHORTS + 1), _COHORTS[-1])

    @result
    def to_ask(self, *, leave_out_left_truncated: bool = False) -> pd.DataFrame:
        """Everybody whose wait passed its trigger day in the last seven days.

        Parameters
        ----------
        leave_out_left_truncated : whether the trigger days are those of customers known from their first
            purchase on; asked are all the same
        """
        found = self._by_next_purchase(leave_out_left_truncated=leave_out_left_truncated)
        return aggregate.past_trigger(
            self.study.tables.customers(), self.study.window, found.triggers, found.later
        )

    @result
    def number_to_ask(self, *, leave_out_left_truncated: bool = False) -> int:
        """How many they are, also where customers are too many to be told one by one."""
        if self.study.tables.one_by_one():
            return len(self.to_ask(leave_out_left_truncated=leave_out_left_truncated))
        found = self._by_next_purchase(leave_out_left_truncated=leave_out_left_truncated)
        return aggregate.number_past_trigger(
            self.study.tables.there(), self.study.window, found.triggers, found.later
        )

    def _by_next_purchase(self, *, leave_out_left_truncated: bool) -> Steps:
        """The steps by the next purchase, whatever it takes to count as back."""
        counted = self.study.counted(leave_out_left_truncated=leave_out_left_truncated)
        return DropOff(counted).steps()

    @result
    def leaving(self) -> Leaving | None:
        """Repeaters and leavers by segment and by size of the first order; None where nobody came back."""
        tables = self.study.tables
        days = leaving.outcome_days(self.study.shop.active_days(), self.study.window)
        if days is None:
            return None
        counts = {leaving.FIRST_ORDER: tables.outcomes_by_first_order(days)}
        counts |= {
            name: tables.outcomes_by_segment(column, days) for name, column in self.study.segments.items()
        }
        return leaving.leaving(counts, tables.first_order_quartiles(), days)

    @result
    def buying_again(self) -> BuyingAgain | None:
        """The chance that an active customer buys again soon; None without a day to look at."""
        active_days = self.study.shop.active_days()
        days = () if active_days is None else buying_again.days_looked_at(self.study.window, active_days)
        if active_days is None or not days:
            return None
        counted = self.study.tables.buying_again(days, active_days, buying_again.WITHIN)
        return buying_again.buying_again(counted, days, active_days)
