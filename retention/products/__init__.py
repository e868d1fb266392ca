"""What brings customers back: the products they buy first, next, and all along."""

from retention.products.first import MONTHS, FirstProducts, first_products, months_seen, told_apart
from retention.products.loyal import LoyalProducts, breadth, enough_buyers, loyal_products
from retention.products.next_order import Following, following, most_bought

__all__ = [
    "MONTHS",
    "FirstProducts",
    "Following",
    "LoyalProducts",
    "breadth",
    "enough_buyers",
    "first_products",
    "following",
    "loyal_products",
    "months_seen",
    "most_bought",
    "told_apart",
]
