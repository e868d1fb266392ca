"""Figures with their intervals: by formula, by resampling, of groups compared, of waits, of unevenness."""

from retention.statistics.comparisons import Position, holm, holm_levels, position_in, two_proportions
from retention.statistics.concentration import Concentration, concentration
from retention.statistics.intervals import (
    CHI2_95,
    LEVELS,
    Z_95,
    Estimate,
    Method,
    half_width,
    minus,
    named_ends,
    newcombe,
    ratio_error,
    share_of,
    value_of,
    wilson,
)
from retention.statistics.resampling import (
    DRAWS,
    SEED,
    estimate,
    middle_95,
    middle_of,
    ratio,
    ratio_draws,
    share_of_best,
    total_draws,
)
from retention.statistics.straight_line import Rise, rises
from retention.statistics.survival import Survival, kaplan_meier, score_of_waiting_more

__all__ = [
    "CHI2_95",
    "DRAWS",
    "LEVELS",
    "SEED",
    "Z_95",
    "Concentration",
    "Estimate",
    "Method",
    "Position",
    "Rise",
    "Survival",
    "concentration",
    "estimate",
    "half_width",
    "holm",
    "holm_levels",
    "kaplan_meier",
    "middle_95",
    "middle_of",
    "minus",
    "named_ends",
    "newcombe",
    "position_in",
    "ratio",
    "ratio_draws",
    "ratio_error",
    "rises",
    "score_of_waiting_more",
    "share_of",
    "share_of_best",
    "total_draws",
    "two_proportions",
    "value_of",
    "wilson",
]
