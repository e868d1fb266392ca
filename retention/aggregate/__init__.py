"""Orders to the small tables: the only step that touches many rows, one query each, on any engine.

Money is in the file's currency; periods and days are the whole numbers of `retention.periods`.
"""

from retention.aggregate.active import MOST_AGES, cells, flows, last_periods, patterns, spells, steadiness
from retention.aggregate.behind import CellOf, customers_of_cell, orders_of_cell
from retention.aggregate.between import gaps, gaps_by_cohort, gaps_by_segment
from retention.aggregate.held_back import held_back, repeats_by_day, until
from retention.aggregate.leaving import (
    first_order_quartiles,
    outcomes_by_first_order,
    outcomes_by_segment,
    past_trigger,
)
from retention.aggregate.one import purchases_of
from retention.aggregate.people import customers, names, spend, starts, states, value_by_age
from retention.aggregate.ratios import early_life, followed, kept, order_values
from retention.aggregate.segment import split
from retention.aggregate.values import around, buying_again, recency, worth_by_age

__all__ = [
    "MOST_AGES",
    "CellOf",
    "around",
    "buying_again",
    "cells",
    "customers",
    "customers_of_cell",
    "early_life",
    "first_order_quartiles",
    "flows",
    "followed",
    "gaps",
    "gaps_by_cohort",
    "gaps_by_segment",
    "held_back",
    "kept",
    "last_periods",
    "names",
    "order_values",
    "orders_of_cell",
    "outcomes_by_first_order",
    "outcomes_by_segment",
    "past_trigger",
    "patterns",
    "purchases_of",
    "recency",
    "repeats_by_day",
    "spells",
    "spend",
    "split",
    "starts",
    "states",
    "steadiness",
    "until",
    "value_by_age",
    "worth_by_age",
]
