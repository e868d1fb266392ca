"""Figures of some months, in the sums that two spans of months can be held against each other by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from retention.periods import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FigureName = Literal["revenue_net", "orders", "new", "average_order", "kept", "again"]
FIGURES: tuple[FigureName, ...] = get_args(FigureName)


@dataclass(frozen=True)
class Sums:
    """A figure in sums over the customers behind it.

    Attributes
    ----------
    customers : how many
    part, part2 : what is added up, and the sum over customers of its square
    whole, whole2, cross : likewise what it is a part of, and the sum of the products; 0 of a plain total
    """

    customers: int
    part: float
    part2: float
    whole: float = 0.0
    whole2: float = 0.0
    cross: float = 0.0


@dataclass(frozen=True)
class Span:
    """The figures of some months in a row.

    Attributes
    ----------
    first, last : month numbers as in `retention.periods`, both included
    sums : by figure; one that cannot be told is missing

        - ``revenue_net``, ``orders``, ``new`` (customers) : totals
        - ``average_order`` : gross revenue over orders
        - ``kept`` : of who bought in one month, who bought in the next, over all months of the span
        - ``again`` : of new customers whose N days to buy again ended in these months, those who had
    """

    first: int
    last: int
    sums: Mapping[FigureName, Sums]

    @property
    def months(self) -> int:
        """How many."""
        return self.last - self.first + 1

    @property
    def days(self) -> int:
        """How long, in days."""
        return self.last_day.toordinal() - self.first_day.toordinal() + 1

    @property
    def first_day(self) -> date:
        """Its first day."""
        return first_day(self.first, "month")

    @property
    def last_day(self) -> date:
        """Its last day."""
        return last_day(self.last, "month")
