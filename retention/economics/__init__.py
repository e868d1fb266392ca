"""What retention is worth: textbook values, what-if simulation, acquisition against retention, payback."""

from retention.economics.acquisition import QUOTED_RATIO, QUOTED_SEVEN, AcquisitionCosts, costs
from retention.economics.base import measured_base
from retention.economics.bent import at_margin, bent
from retention.economics.budget import USUAL_KEPT, USUAL_WON, Advice, Assumed, Market, NextEuro, Split, Use
from retention.economics.change import CLAIMED_RISE, Change, Position
from retention.economics.channels import named_most
from retention.economics.cohort_footing import CohortCurve, cohort_curve
from retention.economics.curve import fit_curve, step_rates, without_gains
from retention.economics.footing import Footing, FootingCode, constant_retention
from retention.economics.growth import Growth, growth_with_age
from retention.economics.inputs import ASKED
from retention.economics.kept import KeptValue, kept_value
from retention.economics.multiple import HEALTHY_MONTHS, ltv_to_cac
from retention.economics.paid_back import PaidBack
from retention.economics.per_order import OrderCosts
from retention.economics.plan import Base, Plan, Steps
from retention.economics.purchase_footing import purchase_footing
from retention.economics.realised import RealisedValue, ValueAt, realised_value
from retention.economics.response import Response, fitted, through_point, through_two_points
from retention.economics.sensitivity import gain_grid, sensitivity
from retention.economics.simulator import OtherReading, Simulation, Streams, other_reading, simulate
from retention.economics.success import Success, success
from retention.economics.textbook import Form, UpliftKind, discount_per_period, uplifted
from retention.economics.trend import FULL_YEARS, Trend
from retention.economics.winning import OrderTables, Winning, winning
from retention.economics.worth import Standing, Worth, standing, worth

__all__ = [
    "named_most",
    "ASKED",
    "CLAIMED_RISE",
    "FULL_YEARS",
    "HEALTHY_MONTHS",
    "QUOTED_RATIO",
    "QUOTED_SEVEN",
    "USUAL_KEPT",
    "USUAL_WON",
    "AcquisitionCosts",
    "Advice",
    "Assumed",
    "Base",
    "Change",
    "CohortCurve",
    "Footing",
    "FootingCode",
    "Form",
    "Growth",
    "KeptValue",
    "Market",
    "NextEuro",
    "OrderCosts",
    "OrderTables",
    "OtherReading",
    "PaidBack",
    "Plan",
    "Position",
    "RealisedValue",
    "Response",
    "Simulation",
    "Split",
    "Standing",
    "Steps",
    "Streams",
    "Success",
    "Trend",
    "UpliftKind",
    "Use",
    "ValueAt",
    "Winning",
    "Worth",
    "at_margin",
    "bent",
    "cohort_curve",
    "constant_retention",
    "costs",
    "discount_per_period",
    "fit_curve",
    "fitted",
    "gain_grid",
    "growth_with_age",
    "kept_value",
    "ltv_to_cac",
    "measured_base",
    "other_reading",
    "purchase_footing",
    "realised_value",
    "sensitivity",
    "simulate",
    "standing",
    "step_rates",
    "success",
    "through_point",
    "through_two_points",
    "uplifted",
    "winning",
    "without_gains",
    "worth",
]
