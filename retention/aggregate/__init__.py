"""Orders to the small tables: the only step that touches many rows, one query each, on any engine.

Money is in the file's currency; periods and days are the whole numbers of `retention.periods`.
"""

from retention.aggregate.active import cells, flows, last_periods, spells, steadiness
from retention.aggregate.between import gaps
from retention.aggregate.people import customers, spend, states, value_by_age
from retention.aggregate.ratios import early_life, followed, kept, order_values

__all__ = [
    "cells",
    "customers",
    "early_life",
    "flows",
    "followed",
    "gaps",
    "kept",
    "last_periods",
    "order_values",
    "spells",
    "spend",
    "states",
    "steadiness",
    "value_by_age",
]
