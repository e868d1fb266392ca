import numpy as np
import pandas as pd
import pytest

from retention.ingest.columns.texts import identifiers, labels


def ids(values, dtype=None):
    return (
        identifiers(pd.Series(values, dtype=dtype)).astype(object).where(lambda t: t.notna(), None).tolist()
    )


def test_whole_floats_lose_their_decimals():
    assert ids([17850.0, np.nan, 13047.0]) == ["17850", None, "13047"]
    assert ids(["17850.0", "", "13047.0"]) == ["17850", None, "13047"]
    assert ids([1.5, 2.0]) == ["1.5", "2"]


def test_a_text_id_that_looks_like_a_version_is_left_alone():
    assert ids(["1.0", "A7"]) == ["1.0", "A7"]


def test_blanks_go_and_leading_zeros_stay():
    assert ids([" 0001 ", "\u00a0A7", "a7"]) == ["0001", "A7", "a7"]


def test_addresses_lose_their_capitals():
    assert ids(["Mario@Example.COM ", "mario@example.com"]) == ["mario@example.com"] * 2


@pytest.mark.parametrize("nothing", ["", "  ", "NaN", "null", "None", "N/A", "-"])
def test_words_for_nothing_are_nothing(nothing):
    assert ids([nothing, "a"]) == [None, "a"]


def test_other_types_become_text():
    assert ids([7, 8]) == ["7", "8"]
    assert ids([None, None], dtype="str") == [None, None]
    assert ids([True, False]) == ["True", "False"]


def test_labels_keep_their_capitals_and_the_index():
    column = labels(pd.Series([" Web ", None, "shop@home"], index=[3, 5, 9]))
    assert column.index.tolist() == [3, 5, 9]
    assert column.tolist()[::2] == ["Web", "shop@home"]
    assert column.isna().tolist() == [False, True, False]
