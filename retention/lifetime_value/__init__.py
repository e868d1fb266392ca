"""Customer lifetime value: BG/NBD and Gamma-Gamma, what they predict, and how far to trust it."""

from retention.lifetime_value.base import grouped_states
from retention.lifetime_value.discounting import Terms
from retention.lifetime_value.distribution import (
    chance_of_purchase,
    median_days,
    purchase_chances,
    readable_chances,
)
from retention.lifetime_value.each import BEARABLE, customer_intervals
from retention.lifetime_value.fit_purchases import fit_purchases
from retention.lifetime_value.fit_spend import fit_spend
from retention.lifetime_value.gamma_gamma import expected_spend, mean_spend
from retention.lifetime_value.gate import reliability
from retention.lifetime_value.grouping import cohort_of, cohort_period
from retention.lifetime_value.groups import MOST as MOST_GROUPS, value_by_group
from retention.lifetime_value.hold_back import HeldBack, hold_back, holdout_bounds, middle
from retention.lifetime_value.holdout import MOST_FREQUENT, Holdout, Money, holdout
from retention.lifetime_value.interval import parameter_draws
from retention.lifetime_value.leaving_rates import LeavingRates, leaving_rates, leaving_rates_of_new
from retention.lifetime_value.lost import (
    BANDS,
    ValueAtRisk,
    at_risk_by_group,
    bands,
    lost_customer,
    replacement,
    value_at_risk,
)
from retention.lifetime_value.matrix import Quantity, frequency_recency
from retention.lifetime_value.models import FAMILIES, PurchaseKind, PurchaseModel, SpendModel, TimeUnit
from retention.lifetime_value.naive import Errors
from retention.lifetime_value.new_customer import NewCustomer, new_customer
from retention.lifetime_value.plain import plain_holdout
from retention.lifetime_value.predict import (
    expected_purchases,
    expected_purchases_of_new,
    expected_while_alive,
    probability_alive,
    probability_alive_after,
)
from retention.lifetime_value.quadrature import beta_nodes, gamma_nodes
from retention.lifetime_value.realised import Realised, realised_concentration, spread_curves
from retention.lifetime_value.story import alive_path
from retention.lifetime_value.validity import validity
from retention.lifetime_value.value import CustomerValues, customer_values, new_customer_value
from retention.lifetime_value.verdict import Holdouts, Trust, Verdict, holdouts, of_holdout, verdict

__all__ = [
    "BANDS",
    "BEARABLE",
    "FAMILIES",
    "MOST_FREQUENT",
    "MOST_GROUPS",
    "CustomerValues",
    "Errors",
    "HeldBack",
    "Holdout",
    "Holdouts",
    "LeavingRates",
    "Money",
    "NewCustomer",
    "PurchaseKind",
    "PurchaseModel",
    "Quantity",
    "Realised",
    "SpendModel",
    "Terms",
    "TimeUnit",
    "Trust",
    "ValueAtRisk",
    "Verdict",
    "alive_path",
    "at_risk_by_group",
    "bands",
    "beta_nodes",
    "chance_of_purchase",
    "cohort_of",
    "cohort_period",
    "customer_intervals",
    "customer_values",
    "expected_purchases",
    "expected_purchases_of_new",
    "expected_spend",
    "expected_while_alive",
    "fit_purchases",
    "fit_spend",
    "frequency_recency",
    "gamma_nodes",
    "grouped_states",
    "hold_back",
    "holdout",
    "holdout_bounds",
    "holdouts",
    "leaving_rates",
    "leaving_rates_of_new",
    "lost_customer",
    "mean_spend",
    "median_days",
    "middle",
    "new_customer",
    "new_customer_value",
    "of_holdout",
    "parameter_draws",
    "plain_holdout",
    "probability_alive",
    "probability_alive_after",
    "purchase_chances",
    "readable_chances",
    "realised_concentration",
    "reliability",
    "replacement",
    "spread_curves",
    "validity",
    "value_at_risk",
    "value_by_group",
    "verdict",
]
