"""Orders to the small tables: the only step that touches many rows, one query each, on any engine.

Money is in the file's currency; periods and days are the whole numbers of `retention.periods`.
"""

from retention.aggregate.active import cells, flows, last_periods, steadiness
from retention.aggregate.behind import CellOf, customers_of_cell, orders_of_cell
from retention.aggregate.between import gaps
from retention.aggregate.people import customers, spend, states, value_by_age

__all__ = [
    "CellOf",
    "cells",
    "customers",
    "customers_of_cell",
    "flows",
    "gaps",
    "last_periods",
    "orders_of_cell",
    "spend",
    "states",
    "steadiness",
    "value_by_age",
]
