"""What if retention rose: what today's customers and those to be won would bring, on three footings."""

from retention.what_if.beta_discrete_weibull import (
    CurveKind,
    fit_curve,
    fit_kind,
    log_likelihood,
    retention_by_age,
    without_increases,
)
from retention.what_if.choice_of_curve import HeldBackAges, held_back, known_steps
from retention.what_if.cohort_footing import CohortCurve, OwnRisk, cohort_curve
from retention.what_if.course import Course
from retention.what_if.footing import FOOTINGS, Footing, FootingCode, constant_retention
from retention.what_if.last_year import FARTHEST, LastYear, Span, Takings, Tried, last_span, tried
from retention.what_if.measured import (
    FirstYear,
    Growth,
    growth_with_age,
    revenue_of_last_year,
)
from retention.what_if.measured_base import measured_base
from retention.what_if.others import Others, others
from retention.what_if.plan import (
    LIMITS,
    Base,
    Doubt,
    Form,
    Plan,
    Steps,
    UpliftKind,
    discount_per_period,
    uplifted,
)
from retention.what_if.profit import CLAIMED_RISE, Gain, Gains, Survivors
from retention.what_if.purchase_footing import MODEL_DRAWS, purchase_footing
from retention.what_if.sensitivity import gain_grid, sensitivity
from retention.what_if.simulator import OtherReading, Simulation, other_reading, simulate

__all__ = [
    "CLAIMED_RISE",
    "FARTHEST",
    "FOOTINGS",
    "LIMITS",
    "MODEL_DRAWS",
    "Base",
    "CohortCurve",
    "Course",
    "CurveKind",
    "Doubt",
    "FirstYear",
    "Footing",
    "FootingCode",
    "Form",
    "Gain",
    "Gains",
    "Growth",
    "HeldBackAges",
    "LastYear",
    "OtherReading",
    "Others",
    "OwnRisk",
    "Plan",
    "Simulation",
    "Span",
    "Steps",
    "Survivors",
    "Takings",
    "Tried",
    "UpliftKind",
    "cohort_curve",
    "constant_retention",
    "discount_per_period",
    "fit_curve",
    "fit_kind",
    "gain_grid",
    "growth_with_age",
    "held_back",
    "known_steps",
    "last_span",
    "log_likelihood",
    "measured_base",
    "other_reading",
    "others",
    "purchase_footing",
    "retention_by_age",
    "revenue_of_last_year",
    "sensitivity",
    "simulate",
    "tried",
    "uplifted",
    "without_increases",
]
