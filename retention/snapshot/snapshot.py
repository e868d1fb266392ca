"""What a shop's figures were on a day, and what was forecast then: kept, to be held against what comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.periods import number_of

if TYPE_CHECKING:
    from datetime import date

    from retention.lifetime_value import PurchaseKind
    from retention.snapshot.figures import Span
    from retention.statistics import Estimate

YEAR = 12  # months


@dataclass(frozen=True)
class Past:
    """What there was up to a day: by it a later file is known to be of the same shop, read the same way.

    Attributes
    ----------
    customers : with a purchase
    orders, revenue_net : all of them
    """

    customers: int
    orders: int
    revenue_net: float


@dataclass(frozen=True)
class Sealed:
    """What was expected of the customers known, by a day to come.

    Attributes
    ----------
    months : how far ahead
    due : last day it speaks for
    purchases : purchase days from the day after the data's end to that day
    revenue : net, undiscounted
    corrected : whether it is the model's forecast put right by what it missed on earlier days
    """

    months: int
    due: date
    purchases: Estimate
    revenue: Estimate
    corrected: bool = False


@dataclass(frozen=True)
class Snapshot:
    """The figures and the forecast of one day; it holds no customer.

    Attributes
    ----------
    made : the day it was made
    name : of the file
    currency : of its money, None where the file names none
    first, end : first and last day of the data
    past : what there was by then
    within : N, days a new customer is given to buy again
    spans : the last year's months, and its first months so many as may have come when it is opened, so that
        the same months of a year can be compared; where less than a year is known, the last months
    model, regularity, season : the purchase model behind the forecast; None where none could be fitted
    sealed : the forecast, by horizon; () where there is none
    """

    made: date
    name: str
    currency: str | None
    first: date
    end: date
    past: Past
    within: int
    spans: tuple[Span, ...]
    model: PurchaseKind | None = None
    regularity: int | None = None
    season: bool | None = None
    sealed: tuple[Sealed, ...] = ()

    @property
    def next_month(self) -> int:
        """The first month that lies wholly after the data's end."""
        return number_of(self.end, "month") + 1

    def span(self, first: int, last: int) -> Span | None:
        """The figures of just these months; None where they are not kept."""
        return next((span for span in self.spans if (span.first, span.last) == (first, last)), None)
