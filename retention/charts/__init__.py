"""Results to charts, one module or package a page; every chart takes the reader's `Words` last."""

from retention.charts import (
    acquisition,
    audit,
    cohorts,
    customers,
    dropoff,
    groups,
    lifetime_value,
    overview,
    shares,
    simulator,
    subscriptions,
)

__all__ = [
    "acquisition",
    "audit",
    "cohorts",
    "customers",
    "dropoff",
    "groups",
    "lifetime_value",
    "overview",
    "shares",
    "simulator",
    "subscriptions",
]
