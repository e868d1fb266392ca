"""Of the customers active on a day, how many buy again in the days after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention import aggregate
from retention.metrics import active_days
from retention.periods import last_day
from retention.statistics import Estimate, ratio

if TYPE_CHECKING:
    from retention.orders import Orders

WITHIN = (30, 90)  # days
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


def buying_again(orders: Orders) -> BuyingAgain | None:
    """The chance over the last twelve ends of months that have enough days around them; None without any."""
    width = active_days(orders)
    if width is None:
        return None
    first, last = orders.window.first.toordinal(), orders.window.last.toordinal()
    ends = [last_day(month, "month").toordinal() for month in orders.window.complete("month")]
    usable = [end for end in ends if end - width + 1 >= first and end + max(WITHIN) <= last]
    days = tuple(usable[-MOST_DAYS:])
    if not days:
        return None
    table = aggregate.buying_again(orders, days, width, WITHIN)
    if table.empty:
        return None
    return BuyingAgain(
        active_days=width,
        days=days,
        active=int((table["at_risk"] * table["customers"]).sum()),
        within={
            span: ratio(table[f"within_{span}"], table["at_risk"], table["customers"]) for span in WITHIN
        },
    )
