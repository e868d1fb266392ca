"""Plain values come back as they were, whatever they look like."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given, strategies as st

from retention.sharing.values import decoded, encoded

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.dates()
    | st.datetimes()
    | st.frozensets(st.text()),
    lambda inner: (
        st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text() | st.integers(), inner)
    ),
    max_leaves=20,
)


def back(value):
    return decoded(json.loads(json.dumps(encoded(value))))


@given(plain)
def test_values_come_back(value):
    assert repr(back(value)) == repr(value) or back(value) == value
    assert type(back(value)) is type(value)


def test_a_day_is_no_moment():
    assert back([date(2024, 2, 29), datetime(2024, 2, 29, 1, 2, 3, 4, UTC)]) == [
        date(2024, 2, 29),
        datetime(2024, 2, 29, 1, 2, 3, 4, UTC),
    ]


def test_what_looks_like_our_own_marks_is_kept():
    assert back({"day": "2024-03-01", "tuple": [1]}) == {"day": "2024-03-01", "tuple": [1]}


def test_numbers_of_numpy_are_numbers():
    assert back({"n": np.int64(3), "share": np.float64(0.5)}) == {"n": 3, "share": 0.5}
    assert np.isnan(back(float("nan")))


def test_anything_else_is_refused():
    with pytest.raises(TypeError, match="bytes"):
        encoded({"content": [b"x"]})
