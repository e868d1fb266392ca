"""Files and choices as bytes: back as they were, and the same for the same."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from retention.visits.pack import Choices, dump_choices, dump_files, load_choices, load_files


@given(st.lists(st.tuples(st.text(), st.binary()), max_size=4))
def test_files_come_back_as_they_were(files):
    assert load_files(dump_files(files)) == tuple(files)


def test_text_takes_less_room_than_it_has():
    assert len(dump_files([("a.csv", b"customer,date,amount\n" * 10_000)])) < 1_000


def test_choices_come_back_with_their_types():
    plain = {"until": date(2024, 3, 1), "left_out": ["a", "b"], "no": None, "keep": True}
    tables = {
        "complaints": pd.DataFrame({"customer_id": ["a"], "day": np.array([7], dtype="int64")}),
        "spend": pd.DataFrame({"channel": pd.Series([None, "x"], dtype="str"), "amount": [1.0, np.nan]}),
    }
    found = load_choices(dump_choices(Choices(plain, tables)))
    assert found.plain == plain
    for name, table in tables.items():
        pd.testing.assert_frame_equal(found.tables[name], table)


def test_the_same_choices_are_the_same_bytes():
    def dumped(n):
        return dump_choices(Choices({"n": n}, {"spend": pd.DataFrame({"amount": [1.0, 2.0]})}))

    assert dumped(1) == dumped(1)
    assert dumped(1) != dumped(2)


def test_what_is_no_plain_value_is_refused():
    with pytest.raises(TypeError, match="no plain value"):
        dump_choices(Choices({"a": object()}))
