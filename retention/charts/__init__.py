"""Results to charts, one module a subject; every chart takes the reader's `Words` last."""

from retention.charts import acquisition, cohorts, flows, lifetime_value, overview, simulator

__all__ = ["acquisition", "cohorts", "flows", "lifetime_value", "overview", "simulator"]
