"""Shops drawn at random: before and after 1970, at several hours, with two segments, refunds and ties."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from retention import aggregate
from retention.orders import SEGMENTS, Orders
from retention.periods import Window
from tests.conftest import shop

FIRST, LAST = date(1969, 8, 20), date(1970, 7, 15)
_DAYS = (LAST - FIRST).days

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

_GAPS = [0, 0, 1, 5, 10, 20, 30, 31, 40, 60, 90]  # days, those the analyses ask about among them
_HOURS = [timedelta(0), timedelta(hours=12), timedelta(hours=23, minutes=59, seconds=59)]


def random_shop(seed, customers):
    """A shop whose customers buy after gaps of a few lengths, so that what is asked falls on edges too."""
    draw = np.random.default_rng(seed)
    found = []
    for n in range(customers):
        gaps = draw.choice(_GAPS, draw.geometric(0.25) - (draw.random() < 0.1))
        bought = draw.integers(_DAYS) + np.cumsum(gaps)
        values = draw.integers(0, 40, len(bought)) / 4  # sums of quarters are exact
        refunded = draw.integers(0, _DAYS, draw.poisson(0.5))
        found += [(f"c{n}", day, value) for day, value in zip(bought, values, strict=True) if day <= _DAYS]
        found += [(f"c{n}", day, -draw.integers(1, 20) / 4) for day in refunded]
    return _orders(draw, [found[k] for k in draw.permutation(len(found))])


def _orders(draw, found):
    hours = draw.choice(_HOURS, len(found))
    table = pd.DataFrame(
        {
            "customer_id": pd.Series([who for who, _, _ in found], dtype="str"),
            "order_id": pd.Series(
                [f"{n:06}" for n in range(len(found))], dtype="str"
            ),  # in order, as files have them
            "date": pd.Timestamp(FIRST)
            + pd.to_timedelta([int(day) for _, day, _ in found], unit="D")
            + pd.to_timedelta(hours),
            "value": pd.Series([float(value) for _, _, value in found], dtype=float),
        }
    )
    table["kind"] = pd.Series(
        ["purchase" if v > 0 else "refund" if v < 0 else "zero" for v in table["value"]], dtype="str"
    )
    for column, names in ((SEGMENTS[0], ["web", "shop", None]), (SEGMENTS[1], ["it", "fr", None])):
        table[column] = pd.Series(draw.choice(np.array(names, dtype=object), len(found)), dtype="str")
    return Orders(table, Window(FIRST, LAST))


shops = st.builds(random_shop, st.integers(0, 10**6), st.sampled_from([60, 3]))
evenings = st.sampled_from([date(1970, 1, 31), date(1969, 12, 31), date(1970, 4, 1), FIRST, LAST])
spans = st.sampled_from([10, 20, 30, 1, 40, 0])  # days


def as_rows(table):
    """The rows of a table as tuples, with None for what is missing."""
    return [
        tuple(None if pd.isna(value) else value for value in row) for row in table.itertuples(index=False)
    ]


def prepared(rows, first, last):
    """The purchases of a shop of (customer, "YYYY-MM-DD", value) rows."""
    return aggregate.prepare(shop(rows, first, last))
