"""Customer lifetime value: BG/NBD and Gamma-Gamma, what they predict, and how far to trust it."""

from retention.lifetime_value.bg_nbd import expected_purchases, expected_purchases_of_new, probability_alive
from retention.lifetime_value.discounting import Terms
from retention.lifetime_value.fit import fit_purchases, fit_spend
from retention.lifetime_value.gamma_gamma import expected_spend, mean_spend
from retention.lifetime_value.gate import reliability
from retention.lifetime_value.matrix import Quantity, frequency_recency
from retention.lifetime_value.models import PurchaseModel, SpendModel, TimeUnit
from retention.lifetime_value.value import CustomerValues, customer_values, new_customer_value

__all__ = [
    "CustomerValues",
    "PurchaseModel",
    "Quantity",
    "SpendModel",
    "Terms",
    "TimeUnit",
    "customer_values",
    "expected_purchases",
    "expected_purchases_of_new",
    "expected_spend",
    "fit_purchases",
    "fit_spend",
    "frequency_recency",
    "mean_spend",
    "new_customer_value",
    "probability_alive",
    "reliability",
]
