"""Customer lifetime value: BG/NBD and Gamma-Gamma, what they predict, and how far to trust it."""

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
from retention.lifetime_value.groups import MOST as MOST_GROUPS, value_by_group
from retention.lifetime_value.hold_back import HeldBack, hold_back
from retention.lifetime_value.holdout import MOST_FREQUENT, Holdout, Money, holdout
from retention.lifetime_value.lost import lost_customer
from retention.lifetime_value.matrix import Quantity, frequency_recency
from retention.lifetime_value.models import FAMILIES, PurchaseKind, PurchaseModel, SpendModel, TimeUnit
from retention.lifetime_value.naive import Errors
from retention.lifetime_value.plain import plain_holdout
from retention.lifetime_value.predict import (
    expected_purchases,
    expected_purchases_of_new,
    expected_while_alive,
    probability_alive,
    probability_alive_after,
)
from retention.lifetime_value.realised import Realised, realised_concentration, spread_curves
from retention.lifetime_value.story import alive_path
from retention.lifetime_value.validity import validity
from retention.lifetime_value.value import CustomerValues, customer_values, new_customer_value
from retention.lifetime_value.verdict import Holdouts, Trust, Verdict, holdouts, of_holdout, verdict

__all__ = [
    "BEARABLE",
    "FAMILIES",
    "MOST_FREQUENT",
    "MOST_GROUPS",
    "CustomerValues",
    "Errors",
    "HeldBack",
    "Holdout",
    "Holdouts",
    "Money",
    "PurchaseKind",
    "PurchaseModel",
    "Quantity",
    "Realised",
    "SpendModel",
    "Terms",
    "TimeUnit",
    "Trust",
    "Verdict",
    "alive_path",
    "chance_of_purchase",
    "customer_intervals",
    "customer_values",
    "expected_purchases",
    "expected_purchases_of_new",
    "expected_spend",
    "expected_while_alive",
    "fit_purchases",
    "fit_spend",
    "frequency_recency",
    "hold_back",
    "holdout",
    "holdouts",
    "lost_customer",
    "mean_spend",
    "median_days",
    "new_customer_value",
    "of_holdout",
    "plain_holdout",
    "probability_alive",
    "probability_alive_after",
    "purchase_chances",
    "readable_chances",
    "realised_concentration",
    "reliability",
    "spread_curves",
    "validity",
    "value_by_group",
    "verdict",
]
