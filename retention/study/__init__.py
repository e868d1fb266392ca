"""One door for page, command line and report: orders in, named results out, each computed once.

A study holds what is known of one data set. Its parts are subjects; each of their results is computed on
first use and kept, and depends on the parameters of its method and on nothing else.
"""

from retention.study.claims import five_points
from retention.study.cohorts import CellCustomers
from retention.study.everybody import MOST_TAKEN, ORDERS, Listed, Order
from retention.study.memo import Common
from retention.study.question import EXAMPLE, Question, Segment, Start, no_such_segment, without_data
from retention.study.settings import Settings
from retention.study.spending import SIDES, Months, NextEuro, Side, Spending
from retention.study.story import Story
from retention.study.study import Study
from retention.study.tomorrow import foresee
from retention.study.value import Replacement, Value

__all__ = [
    "EXAMPLE",
    "MOST_TAKEN",
    "ORDERS",
    "SIDES",
    "CellCustomers",
    "Common",
    "Listed",
    "Months",
    "NextEuro",
    "Order",
    "Question",
    "Replacement",
    "Segment",
    "Settings",
    "Side",
    "Spending",
    "Start",
    "Story",
    "Study",
    "Value",
    "five_points",
    "foresee",
    "no_such_segment",
    "without_data",
]
