"""Results to charts, one module a subject; every chart takes the reader's `Words` last."""

from retention.charts import (
    acquisition,
    audit,
    cohorts,
    dropoff,
    flows,
    holdout,
    leaving,
    lifetime_value,
    overview,
    reality,
    response,
    simulator,
)

__all__ = [
    "acquisition",
    "audit",
    "cohorts",
    "dropoff",
    "flows",
    "holdout",
    "leaving",
    "lifetime_value",
    "overview",
    "reality",
    "response",
    "simulator",
]
