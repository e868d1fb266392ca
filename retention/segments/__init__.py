"""Customers in groups that name themselves: by how they bought, by what they are worth, and how they move."""

from typing import Literal, get_args

from retention.segments.by_value import QUADRANTS, by_value
from retention.segments.loyalty import LOYALTY_KINDS, Loyalty, loyalty
from retention.segments.migration import NEW, migration
from retention.segments.profile import profile
from retention.segments.rfm import FIFTHS, PARTS, RFM_GROUPS, Part, Rfm, Thresholds, fifths, rfm, squares
from retention.segments.won import won

Grouping = Literal["value", "rfm", "loyalty"]  # what customers are put into groups by
GROUPINGS: dict[Grouping, tuple[str, ...]] = dict(
    zip(get_args(Grouping), (QUADRANTS, RFM_GROUPS, LOYALTY_KINDS), strict=True)
)

__all__ = [
    "FIFTHS",
    "GROUPINGS",
    "LOYALTY_KINDS",
    "NEW",
    "PARTS",
    "QUADRANTS",
    "RFM_GROUPS",
    "Grouping",
    "Loyalty",
    "Part",
    "Rfm",
    "Thresholds",
    "by_value",
    "fifths",
    "loyalty",
    "migration",
    "profile",
    "rfm",
    "squares",
    "won",
]
