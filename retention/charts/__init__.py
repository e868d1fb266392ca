"""Results to charts, one module a subject; every chart takes the reader's `Words` last."""

from retention.charts import acquisition, cohorts, dropoff, leaving, lifetime_value, simulator

__all__ = ["acquisition", "cohorts", "dropoff", "leaving", "lifetime_value", "simulator"]
