"""Customer lifetime value: BG/NBD and Gamma-Gamma, what they predict, and how far to trust it."""

from retention.lifetime_value.discounting import Terms
from retention.lifetime_value.fit_purchases import fit_purchases
from retention.lifetime_value.fit_spend import fit_spend
from retention.lifetime_value.gamma_gamma import expected_spend, mean_spend
from retention.lifetime_value.gate import reliability
from retention.lifetime_value.hold_back import HeldBack, hold_back
from retention.lifetime_value.holdout import MOST_FREQUENT, Holdout, Money, holdout
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
from retention.lifetime_value.value import CustomerValues, customer_values, new_customer_value
from retention.lifetime_value.verdict import Holdouts, Trust, Verdict, holdouts, of_holdout, verdict

__all__ = [
    "FAMILIES",
    "MOST_FREQUENT",
    "CustomerValues",
    "Errors",
    "HeldBack",
    "Holdout",
    "Holdouts",
    "Money",
    "PurchaseKind",
    "PurchaseModel",
    "Quantity",
    "SpendModel",
    "Terms",
    "TimeUnit",
    "Trust",
    "Verdict",
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
    "mean_spend",
    "new_customer_value",
    "of_holdout",
    "plain_holdout",
    "probability_alive",
    "probability_alive_after",
    "reliability",
    "verdict",
]
