"""Shops drawn at random: before and after 1970, at several hours, with two segments, refunds and ties."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from hypothesis import strategies as st

from retention import aggregate
from retention.orders import SEGMENTS, Orders
from retention.periods import Window
from tests.conftest import shop

FIRST, LAST = date(1969, 8, 20), date(1970, 7, 15)
_DAYS = (LAST - FIRST).days
_HOURS = st.sampled_from([timedelta(0), timedelta(hours=12), timedelta(hours=23, minutes=59, seconds=59)])

# (customer, "YYYY-MM-DD", value) over the first half of 2024, refunds among them
rows = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.dates(min_value=date(2024, 1, 1), max_value=date(2024, 6, 30)).map(str),
        st.integers(-30, 100).filter(bool),
    ),
    min_size=1,
    max_size=40,
)

_moved = st.tuples(
    st.sampled_from("abcdef"),
    st.one_of(st.integers(0, 40), st.integers(0, _DAYS)),
    _HOURS,
    st.integers(-20, 40).map(lambda quarters: quarters / 4),  # sums of quarters are exact
    st.sampled_from(["web", "shop", None]),
    st.sampled_from(["it", "fr", None]),
)


def _orders(moved):
    start = pd.Timestamp(FIRST)
    table = pd.DataFrame(
        {
            "customer_id": [row[0] for row in moved],
            "order_id": [str(n) for n in range(len(moved))],
            "date": pd.to_datetime([start + timedelta(days=row[1]) + row[2] for row in moved]),
            "value": [float(row[3]) for row in moved],
        }
    )
    value = table["value"]
    table["kind"] = ["purchase" if v > 0 else "refund" if v < 0 else "zero" for v in value]
    for place, column in ((4, SEGMENTS[0]), (5, SEGMENTS[1])):
        table[column] = pd.Series([row[place] for row in moved], dtype="str")
    return Orders(table, Window(FIRST, LAST))


shops = st.lists(_moved, min_size=1, max_size=40).map(_orders)


def as_rows(table):
    """The rows of a table as tuples, with None for what is missing."""
    return [
        tuple(None if pd.isna(value) else value for value in row) for row in table.itertuples(index=False)
    ]


def prepared(rows, first, last):
    """The purchases of a shop of (customer, "YYYY-MM-DD", value) rows."""
    return aggregate.prepare(shop(rows, first, last))
