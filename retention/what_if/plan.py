"""What is asked of the simulation: a shop as it stands, the change tried, and the terms it is valued on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from retention.errors import check_range
from retention.periods import PER_YEAR, Period
from retention.statistics import SEED
from retention.what_if.course import STEADY, Course

Form = Literal["first_payment_now", "without_first", "period_end"]
UpliftKind = Literal["points", "relative"]
Steps = Literal["all", "first"]
Numbers = TypeVar("Numbers", float, NDArray[np.float64])

MOST_MONEY = 1e12  # of any currency, and of customers: beyond it a number is a slip of the keyboard
SHORTEST_HORIZON = 1.0 / 365.25  # years: a day
LONGEST_HORIZON = 20.0  # years; a constant retention says little long before
STRONGEST_GROWTH = 0.5  # of an order's value per period, either way: beyond it a number is a slip

# What may be asked of what if, on its page as in a call, in the units it is asked in
LIMITS = {
    "uplift": (0.0, 100.0),  # points, or percent
    "years": (1, 10),
    "programme_cost": (0.0, 1e9),  # money a year
    "cost_per_customer": (0.0, 1e6),  # money a year
    "bites_after": (0, 60),  # months
}


@dataclass(frozen=True)
class Doubt:
    """How well what a shop starts from is known: relative standard errors, 0 where it is typed.

    Attributes
    ----------
    active, won, revenue : of the customers, of those won a period, of what one brings in a period
    """

    active: float = 0.0
    won: float = 0.0
    revenue: float = 0.0

    def factors(self, draws: int) -> tuple[NDArray[np.float64], ...]:
        """What each of the three is multiplied by in the estimate, which is 1, and in each draw: (1 + k,)."""
        spread = np.array([[self.active], [self.won], [self.revenue]])
        drawn = np.exp(spread * np.random.default_rng(SEED).standard_normal((3, draws)))
        return tuple(np.hstack([np.ones((3, 1)), drawn]))


@dataclass(frozen=True)
class Base:
    """A shop, or a segment of it, as it stands.

    Attributes
    ----------
    period : length of a period; every rate and count below is per such period
    active : customers who bought in the last complete period, as many as had it been a usual one; by a
        purchase model, those still there
    won_per_period : new customers each period of the coming year, on average
    revenue_per_active : net money per active customer and period
    doubt : how well these are known
    course : how the coming year departs from such a usual period
    """

    period: Period
    active: float
    won_per_period: float
    revenue_per_active: float
    doubt: Doubt = Doubt()
    course: Course = STEADY

    def __post_init__(self) -> None:
        check_range("active", self.active, 0.0, MOST_MONEY)
        check_range("won", self.won_per_period, 0.0, MOST_MONEY)
        check_range("revenue", self.revenue_per_active, 0.0, MOST_MONEY)

    @property
    def estimate(self) -> Base:
        """The same without its doubt."""
        return replace(self, doubt=Doubt())

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

    @property
    def hundredths(self) -> float:
        """The uplift as it is asked for: 5.0 is 5 points or 5 %."""
        return 100 * self.uplift


def discount_per_period(annual: float, period: Period) -> float:
    """Effective rate per period, (1 + annual)^(1/n) − 1 with n periods in a year.

    Raises
    ------
    ValueError
        If the annual rate is negative.

    Examples
    --------
    >>> round(discount_per_period(0.10, "month"), 6)
    0.007974
    """
    if not annual >= 0:
        raise ValueError("the discount rate must be 0 or more")
    return float(np.expm1(np.log1p(annual) / PER_YEAR[period]))


def uplifted(retention: Numbers, uplift: Numbers | float, kind: UpliftKind) -> Numbers:
    """Retention after an uplift of percentage points or of a percentage of itself, never above 1.

    Examples
    --------
    >>> round(uplifted(0.80, 0.05, "points"), 4), round(uplifted(0.80, 0.05, "relative"), 4)
    (0.85, 0.84)
    """
    raised = retention + uplift if kind == "points" else retention * (1.0 + uplift)
    if isinstance(raised, np.ndarray):
        return np.minimum(raised, 1.0)
    return min(raised, 1.0)
