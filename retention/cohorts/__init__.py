"""Customers won together, and how many of them come back in each period after."""

from retention.cohorts.behind import behind
from retention.cohorts.first import WithoutFirst, without_first
from retention.cohorts.revenue import RevenueSources, latest_sources, revenue_by_cohort
from retention.cohorts.side_by_side import Comparison, by_size, compare, only, only_later
from retention.cohorts.table import (
    ACTIVITIES,
    AVERAGED,
    COUNTED,
    FEW_COHORTS,
    FEW_CUSTOMERS,
    MEASURES,
    Activity,
    CohortTable,
    Measure,
    OnOrAfter,
    cohort_table,
    pool,
    table_by_segment,
)

__all__ = [
    "ACTIVITIES",
    "AVERAGED",
    "COUNTED",
    "FEW_COHORTS",
    "FEW_CUSTOMERS",
    "MEASURES",
    "Activity",
    "CohortTable",
    "Comparison",
    "Measure",
    "OnOrAfter",
    "RevenueSources",
    "WithoutFirst",
    "behind",
    "by_size",
    "cohort_table",
    "compare",
    "latest_sources",
    "only",
    "only_later",
    "pool",
    "revenue_by_cohort",
    "table_by_segment",
    "without_first",
]
