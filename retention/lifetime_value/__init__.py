"""Customer lifetime value: BG/NBD and Gamma-Gamma, what they predict, and how far to trust it."""

from retention.lifetime_value.models.drawing import model_draws
from retention.lifetime_value.models.fit_purchases import fit_purchases, unfit
from retention.lifetime_value.models.fit_season import fit_season, repeats_by_month
from retention.lifetime_value.models.fit_segments import SegmentModels, fit_segments
from retention.lifetime_value.models.fit_spend import fit_spend
from retention.lifetime_value.models.fitted import FAMILIES, PurchaseKind, PurchaseModel, SpendModel, TimeUnit
from retention.lifetime_value.models.gamma_gamma import expected_spend, mean_spend
from retention.lifetime_value.models.leaving_rates import LeavingRates, leaving_rates, leaving_rates_of_new
from retention.lifetime_value.models.quadrature import beta_nodes, gamma_nodes
from retention.lifetime_value.models.season import Season
from retention.lifetime_value.models.shocks import Shocks
from retention.lifetime_value.models.variant import MOST_REGULAR, OPEN, Variant, Wanted
from retention.lifetime_value.trust.comparison import Holdouts, holdouts
from retention.lifetime_value.trust.correction import Corrected, Correction, Missed, correction
from retention.lifetime_value.trust.held_back import (
    HeldBack,
    calibration_end,
    holdout_bounds,
    knows_a_year_before,
)
from retention.lifetime_value.trust.holdout import (
    Errors,
    Holdout,
    Money,
    holdout,
    known_spend,
    no_holdout,
    score,
)
from retention.lifetime_value.trust.holdout_tables import MOST_FREQUENT
from retention.lifetime_value.trust.origins import (
    LEAST_AHEAD,
    LEAST_KNOWN,
    Origins,
    Pooled,
    looked_ahead,
    origins,
)
from retention.lifetime_value.trust.purchase_intervals import purchase_intervals, purchases_ahead
from retention.lifetime_value.trust.validity import validity
from retention.lifetime_value.trust.verdict import Trust, Verdict, reliability, trust_in, verdict
from retention.lifetime_value.value.customer_base import Grid, grouped_states
from retention.lifetime_value.value.customer_intervals import MOST_WITH_INTERVAL, customer_intervals
from retention.lifetime_value.value.customer_values import (
    CustomerValues,
    by_own_spend,
    customer_values,
    new_customer_value,
    with_interval,
)
from retention.lifetime_value.value.discounting import Terms
from retention.lifetime_value.value.frequency_recency import Quantity, frequency_recency
from retention.lifetime_value.value.groups import (
    MOST as MOST_GROUPS,
    cohort_of,
    cohort_period,
    value_by_group,
    value_by_segment,
)
from retention.lifetime_value.value.month_shocks import spread_of_steady, with_shocks
from retention.lifetime_value.value.moved_parameters import MovedParameters
from retention.lifetime_value.value.new_customer import NewCustomer, new_customer
from retention.lifetime_value.value.predictions import (
    alive_path,
    expected_had_they_stayed,
    expected_purchases,
    expected_purchases_of_new,
    expected_while_alive,
    probability_alive,
    probability_alive_after,
)
from retention.lifetime_value.value.predictive_intervals import effect_of_draws
from retention.lifetime_value.value.purchase_distribution import (
    chance_of_purchase,
    median_days,
    most_purchases,
    purchase_chances,
    readable_chances,
)
from retention.lifetime_value.value.realised_concentration import (
    Realised,
    realised_concentration,
    spread_curves,
)
from retention.lifetime_value.value.rhythm import chance_of_silence, usual_days
from retention.lifetime_value.value.value_at_risk import (
    BANDS,
    ValueAtRisk,
    at_risk_by_group,
    at_risk_by_segment,
    bands,
    lost_customer,
    replacement,
    risk_of_each,
    value_at_risk,
)

__all__ = [
    "BANDS",
    "FAMILIES",
    "LEAST_AHEAD",
    "LEAST_KNOWN",
    "MOST_FREQUENT",
    "MOST_GROUPS",
    "MOST_REGULAR",
    "MOST_WITH_INTERVAL",
    "OPEN",
    "Corrected",
    "Correction",
    "CustomerValues",
    "Errors",
    "Grid",
    "HeldBack",
    "Holdout",
    "Holdouts",
    "LeavingRates",
    "Missed",
    "Money",
    "MovedParameters",
    "NewCustomer",
    "Origins",
    "Pooled",
    "PurchaseKind",
    "PurchaseModel",
    "Quantity",
    "Realised",
    "Season",
    "SegmentModels",
    "Shocks",
    "SpendModel",
    "Terms",
    "TimeUnit",
    "Trust",
    "ValueAtRisk",
    "Variant",
    "Verdict",
    "Wanted",
    "alive_path",
    "at_risk_by_group",
    "at_risk_by_segment",
    "bands",
    "beta_nodes",
    "by_own_spend",
    "calibration_end",
    "chance_of_purchase",
    "chance_of_silence",
    "cohort_of",
    "cohort_period",
    "correction",
    "customer_intervals",
    "customer_values",
    "effect_of_draws",
    "expected_had_they_stayed",
    "expected_purchases",
    "expected_purchases_of_new",
    "expected_spend",
    "expected_while_alive",
    "fit_purchases",
    "fit_season",
    "fit_segments",
    "fit_spend",
    "frequency_recency",
    "gamma_nodes",
    "grouped_states",
    "holdout",
    "holdout_bounds",
    "holdouts",
    "known_spend",
    "knows_a_year_before",
    "leaving_rates",
    "leaving_rates_of_new",
    "looked_ahead",
    "lost_customer",
    "mean_spend",
    "median_days",
    "model_draws",
    "most_purchases",
    "new_customer",
    "new_customer_value",
    "no_holdout",
    "origins",
    "probability_alive",
    "probability_alive_after",
    "purchase_chances",
    "purchase_intervals",
    "purchases_ahead",
    "readable_chances",
    "realised_concentration",
    "reliability",
    "repeats_by_month",
    "replacement",
    "risk_of_each",
    "score",
    "spread_curves",
    "spread_of_steady",
    "trust_in",
    "unfit",
    "usual_days",
    "validity",
    "value_at_risk",
    "value_by_group",
    "value_by_segment",
    "verdict",
    "with_interval",
    "with_shocks",
]
