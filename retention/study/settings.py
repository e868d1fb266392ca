"""What is asked of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.claims import UPLIFT
from retention.errors import InputError
from retention.lifetime_value import OPEN, Terms
from retention.returned import ONCE
from retention.what_if import LIMITS, Plan

if TYPE_CHECKING:
    from datetime import date

    from retention.lifetime_value import TimeUnit, Wanted
    from retention.periods import Period
    from retention.returned import Returned
    from retention.what_if import UpliftKind

_MONTHS = 12  # in a year


@dataclass(frozen=True)
class Settings:
    """What is asked of a file.

    Attributes
    ----------
    period : of cohorts, flows and retention
    time_unit : of the purchase model's parameters
    model : what is asked of the purchase model; the data decides the rest
    horizon_months, discount_rate (a year), margin : of lifetime value
    holdout : last day of the part of the data the models are tried on, by default the middle one
    as_of : the day the forecast starts from, by default the observation end
    leave_out_left_truncated : whether pooled retention, order values and drop-off leave out possible old
        customers
    returned : what it takes to count as back, in cohorts and drop-off
    no_products : names that are no products, besides those known as such
    keep_fees : whether postage, discounts and fees count as products
    uplift, uplift_kind : tried in what if: 5.0 is five points of retention, or five percent of it
    years : what if looks ahead, and the claim about five points of retention with it
    programme_cost, cost_per_customer : of the programme that brings the uplift, money a year
    bites_after : months until it has its full effect

    Raises
    ------
    InputError
        ``setting_out_of_range`` with `name`, `value`, `lowest`, `highest`.
    """

    period: Period = "month"
    time_unit: TimeUnit = "week"
    model: Wanted = OPEN
    horizon_months: int = 12
    discount_rate: float = 0.10
    margin: float = 1.0
    holdout: date | None = None
    as_of: date | None = None
    leave_out_left_truncated: bool = False
    returned: Returned = ONCE
    no_products: tuple[str, ...] = ()
    keep_fees: bool = False
    uplift: float = 100 * UPLIFT
    uplift_kind: UpliftKind = "points"
    years: int = 3
    programme_cost: float = 0.0
    cost_per_customer: float = 0.0
    bites_after: int = 0

    def __post_init__(self) -> None:
        Terms(self.horizon_months, self.discount_rate, self.margin)
        for name, (lowest, highest) in LIMITS.items():
            value = getattr(self, name)
            if not lowest <= value <= highest:
                raise InputError(
                    "setting_out_of_range", name=name, value=value, lowest=lowest, highest=highest
                )

    @property
    def plan(self) -> Plan:
        """What is tried in what if, on the terms on which it is valued."""
        return Plan(
            uplift=self.uplift / 100,
            kind=self.uplift_kind,
            margin=self.margin,
            discount_rate=min(self.discount_rate, 1.0),
            years=float(self.years),
            form="without_first",
            fixed_cost=self.programme_cost,
            cost_per_customer=self.cost_per_customer,
            bites_after=self.bites_after / _MONTHS,
        )
