"""Customers in groups that name themselves: by how they bought, by what they are worth, and how they move."""

from retention.segments.by_value import QUADRANTS, by_value
from retention.segments.loyalty import Loyalty, loyalty
from retention.segments.migration import migration
from retention.segments.profile import profile
from retention.segments.rfm import RFM_GROUPS, Rfm, Thresholds, fifths, rfm

__all__ = [
    "QUADRANTS",
    "RFM_GROUPS",
    "Loyalty",
    "Rfm",
    "Thresholds",
    "by_value",
    "fifths",
    "loyalty",
    "migration",
    "profile",
    "rfm",
]
