"""What is asked of the simulation: a shop as it stands, and the change that is tried on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from retention.economics.inputs import LONGEST_HORIZON, MOST_MONEY, SHORTEST_HORIZON, check_range
from retention.periods import PER_YEAR

if TYPE_CHECKING:
    from retention.economics.textbook import Form, UpliftKind
    from retention.periods import Period

Steps = Literal["all", "first"]
STRONGEST_GROWTH = 0.5  # of an order's value per period, either way: beyond it a number is a slip


@dataclass(frozen=True)
class Base:
    """A shop, or a segment of it, as it stands.

    Attributes
    ----------
    period : length of a period; every rate and count below is per such period
    active : customers who bought in the last complete period; by a purchase model, those still there
    won_per_period : new customers each period
    revenue_per_active : net money per active customer and period
    """

    period: Period
    active: float
    won_per_period: float
    revenue_per_active: float

    def __post_init__(self) -> None:
        check_range("active", self.active, 0.0, MOST_MONEY)
        check_range("won", self.won_per_period, 0.0, MOST_MONEY)
        check_range("revenue", self.revenue_per_active, 0.0, MOST_MONEY)

    @property
    def per_year(self) -> float:
        """Periods in a year."""
        return PER_YEAR[self.period]


@dataclass(frozen=True)
class Plan:
    """The change that is tried, and the terms on which it is valued.

    Attributes
    ----------
    uplift, kind : 0.05 is 5 points or 5 % of the retention itself; the retention reached stops at 1
    margin : share of net revenue that is left as profit, 0 to 1
    discount_rate : a year, effective
    years : horizon; its periods are rounded to a whole number, at least one
    form : which payments the value of one customer counts
    steps : whether retention rises in every period of a customer's life, or only from the first to the next
    growth : of what a customer spends in a period, with every period of age; 0.01 is 1 %
    fixed_cost : of the programme that brings the uplift, money a year
    cost_per_customer : of the programme, money per active customer it reaches and year
    bites_after : years until the programme has its full effect, which grows evenly until then

    Raises
    ------
    InputError
        ``<name>_out_of_range`` with the limits.
    """

    uplift: float
    kind: UpliftKind
    margin: float
    discount_rate: float
    years: float
    form: Form
    steps: Steps = "all"
    growth: float = 0.0
    fixed_cost: float = 0.0
    cost_per_customer: float = 0.0
    bites_after: float = 0.0

    def __post_init__(self) -> None:
        check_range("uplift", self.uplift, 0.0, 1.0)
        check_range("margin", self.margin, 0.0, 1.0)
        check_range("discount_rate", self.discount_rate, 0.0, 1.0)
        check_range("horizon", self.years, SHORTEST_HORIZON, LONGEST_HORIZON)
        check_range("growth", self.growth, -STRONGEST_GROWTH, STRONGEST_GROWTH)
        check_range("fixed_cost", self.fixed_cost, 0.0, MOST_MONEY)
        check_range("cost_per_customer", self.cost_per_customer, 0.0, MOST_MONEY)
        check_range("bites_after", self.bites_after, 0.0, LONGEST_HORIZON)
