"""What retention is worth: textbook values, what-if simulation, acquisition against retention, payback."""

from retention.economics.acquisition import QUOTED_RATIO, QUOTED_SEVEN, AcquisitionCosts, Cost, costs
from retention.economics.base import measured_base
from retention.economics.budget import MOVED, Assumed, Market, NextEuro, Split, Use
from retention.economics.change import CLAIMED_RISE, Change, Interval, Position
from retention.economics.payback import (
    HEALTHY_MONTHS,
    HEALTHY_MULTIPLE,
    Multiple,
    Payback,
    ltv_to_cac,
    payback,
)
from retention.economics.realised import RealisedValue, ValueAt, realised_value
from retention.economics.response import Response, fitted, through_point, through_two_points
from retention.economics.simulator import Base, Plan, Simulation, Streams, simulate
from retention.economics.textbook import (
    Form,
    UpliftKind,
    customer_value,
    discount_per_period,
    elasticity,
    uplifted,
)

__all__ = [
    "CLAIMED_RISE",
    "HEALTHY_MONTHS",
    "HEALTHY_MULTIPLE",
    "MOVED",
    "QUOTED_RATIO",
    "QUOTED_SEVEN",
    "AcquisitionCosts",
    "Assumed",
    "Base",
    "Change",
    "Cost",
    "Form",
    "Interval",
    "Market",
    "Multiple",
    "NextEuro",
    "Payback",
    "Plan",
    "Position",
    "RealisedValue",
    "Response",
    "Simulation",
    "Split",
    "Streams",
    "UpliftKind",
    "Use",
    "ValueAt",
    "costs",
    "customer_value",
    "discount_per_period",
    "elasticity",
    "fitted",
    "ltv_to_cac",
    "measured_base",
    "payback",
    "realised_value",
    "simulate",
    "through_point",
    "through_two_points",
    "uplifted",
]
