"""Rows of shops drawn at random."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

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
