"""The customer-base audit in its five lenses (Fader, Hardie and Ross 2022, The Customer-Base Audit)."""

from retention.audit.deciles import TENTHS, tenth
from retention.audit.decomposition import contributions
from retention.audit.one_cohort import FOLLOWED, MONEY_FOLLOWED, Followed, OneCohort, cohorts, one_cohort
from retention.audit.one_period import OnePeriod, one_period
from retention.audit.two_cohorts import FACTORS, TwoCohorts, two_cohorts
from retention.audit.two_periods import GROUPS, TwoPeriods, two_periods
from retention.audit.whole_base import WholeBase, whole_base

__all__ = [
    "FACTORS",
    "FOLLOWED",
    "GROUPS",
    "MONEY_FOLLOWED",
    "TENTHS",
    "Followed",
    "OneCohort",
    "OnePeriod",
    "TwoCohorts",
    "TwoPeriods",
    "WholeBase",
    "cohorts",
    "contributions",
    "one_cohort",
    "one_period",
    "tenth",
    "two_cohorts",
    "two_periods",
    "whole_base",
]
