"""What is asked of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.lifetime_value import Terms

if TYPE_CHECKING:
    from datetime import date

    from retention.lifetime_value import PurchaseKind, TimeUnit
    from retention.periods import Period

PLAN_YEARS = 3.0  # of the simulated rise in retention, as on the What if page


@dataclass(frozen=True)
class Question:
    """What is asked of a file.

    Attributes
    ----------
    period : of cohorts, flows and retention
    time_unit : of the purchase model's parameters
    purchase_kind : which purchase model values customers
    horizon_months, discount_rate (a year), margin : of lifetime value
    holdout : last day of the part of the data the models are tried on, by default the middle one
    as_of : the day the forecast starts from, by default the observation end
    leave_out_left_truncated : whether pooled retention, order values and drop-off leave out possible old
        customers

    Raises
    ------
    InputError
        ``setting_out_of_range`` for the horizon, the discount rate or the margin.
    """

    period: Period = "month"
    time_unit: TimeUnit = "week"
    purchase_kind: PurchaseKind = "bg_nbd"
    horizon_months: int = 12
    discount_rate: float = 0.10
    margin: float = 1.0
    holdout: date | None = None
    as_of: date | None = None
    leave_out_left_truncated: bool = False

    def __post_init__(self) -> None:
        Terms(self.horizon_months, self.discount_rate, self.margin)
