"""Customers won together, and how many of them come back in each period after."""

from retention.cohorts.cell import cell_of
from retention.cohorts.first import WithoutFirst, without_first
from retention.cohorts.ranking import Ranking, Standing, by_retention, ranking
from retention.cohorts.revenue import RevenueSources, latest_sources, revenue_by_cohort
from retention.cohorts.side_by_side import Comparison, by_size, compare, only, only_later
from retention.cohorts.table import (
    ACTIVITIES,
    AVERAGED,
    COUNTED,
    FEW_COHORTS,
    FEW_CUSTOMERS,
    MEASURES,
    MONEY,
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
    "MONEY",
    "Activity",
    "CohortTable",
    "Comparison",
    "Measure",
    "OnOrAfter",
    "Ranking",
    "RevenueSources",
    "Standing",
    "WithoutFirst",
    "by_retention",
    "by_size",
    "cell_of",
    "cohort_table",
    "compare",
    "latest_sources",
    "only",
    "only_later",
    "pool",
    "ranking",
    "revenue_by_cohort",
    "table_by_segment",
    "without_first",
]
