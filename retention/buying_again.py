"""Of the customers active on a day, how many buy again in the days after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.periods import last_day
from retention.statistics import Estimate, ratio

if TYPE_CHECKING:
    import pandas as pd

    from retention.periods import Window

WITHIN = (30, 90)  # days
SOON = WITHIN[-1]  # days, of the one chance that is told
MOST_DAYS = 12  # a year of month ends


@dataclass(frozen=True)
class BuyingAgain:
    """Chance that an active customer buys again soon, pooled over the ends of months.

    Attributes
    ----------
    active_days : W, a customer is active who bought in the last so many days
    days : day numbers looked at, each with W days before it and 90 after it inside the data
    active : customers active on those days, one counting once for each
    within : share of these who bought in the next 30 and 90 days; intervals from resampling customers
    """

    active_days: int
    days: tuple[int, ...]
    active: int
    within: dict[int, Estimate]

    @property
    def soon(self) -> Estimate:
        """The chance within `SOON` days."""
        return self.within[SOON]


def days_looked_at(window: Window, active_days: int) -> tuple[int, ...]:
    """The last twelve ends of months that have enough days of data around them, as day numbers."""
    first, last = window.first.toordinal(), window.last.toordinal()
    ends = [last_day(month, "month").toordinal() for month in window.complete("month")]
    usable = [end for end in ends if end - active_days + 1 >= first and end + max(WITHIN) <= last]
    return tuple(usable[-MOST_DAYS:])


def buying_again(counted: pd.DataFrame, days: tuple[int, ...], active_days: int) -> BuyingAgain | None:
    """The chance over some days; None where nobody was active on any.

    Parameters
    ----------
    counted : the table `retention.aggregate.buying_again` makes of these days and of `WITHIN`
    """
    if counted.empty:
        return None
    return BuyingAgain(
        active_days=active_days,
        days=days,
        active=int((counted["at_risk"] * counted["customers"]).sum()),
        within={
            span: ratio(counted[f"within_{span}"], counted["at_risk"], counted["customers"])
            for span in WITHIN
        },
    )
