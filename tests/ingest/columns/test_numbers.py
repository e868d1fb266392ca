import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from retention.ingest.columns.numbers import read_numbers


def values(texts, **options):
    return read_numbers(pd.Series(texts, dtype="str"), **options).value.tolist()


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1.234,50", "12"], [1234.5, 12]),
        (["1,234.50", "12"], [1234.5, 12]),
        (["1.234.567", "1.234"], [1234567, 1234]),
        (["1,234,567", "1,234"], [1234567, 1234]),
        (["12,5", "1.234"], [12.5, 1234]),
        (["12.5", "1,234"], [12.5, 1234]),
        (["0,125", "1.000"], [0.125, 1000]),
        (["1234,567", "8"], [1234.567, 8]),
        ([".5", "2"], [0.5, 2]),
        (["€ 12,50", "12,50 €", "EUR 12,50", "$3,10"], [12.5, 12.5, 12.5, 3.1]),
        (["1 234,50", "1\u00a0234,50", "1\u202f234,50", "1'234,50"], [1234.5] * 4),
        (["-3,5", "3,5-", "(3,5)", "−3,5", "- 3,5", "€ -3,5", "+3,5"], [-3.5] * 6 + [3.5]),
    ],
)
def test_one_convention_holds_for_the_column(texts, expected):
    assert values(texts) == expected


@pytest.mark.parametrize("text", ["x", "1.2.3", "12,34,5", "1-2", "(3", "3)", "1e5", "--3", "€", "12 pcs"])
def test_what_is_no_number_is_not_made_one(text):
    assert np.isnan(values([text, "12,50", "13,50"])[0])


def test_a_cell_against_the_columns_convention_is_not_reinterpreted():
    assert values(["12,50", "13,50", "14.5"])[:2] == [12.5, 13.5]
    assert np.isnan(values(["12,50", "13,50", "14.5"])[2])


def test_an_open_column_takes_the_other_sign_only_when_told():
    assert values(["1.234", "2.500"]) == [1.234, 2.5]
    assert values(["1.234", "2.500"], otherwise=",") == [1234, 2500]
    assert values(["1.234", "2.500"], decimal=",") == [1234, 2500]
    assert read_numbers(pd.Series(["1.234"])).assumed
    assert not read_numbers(pd.Series(["1.234"]), ",").assumed
    assert not read_numbers(pd.Series(["1234"])).assumed


def test_blanks_are_told_from_what_cannot_be_read():
    read = read_numbers(pd.Series(["", " ", None, "n/a", "-", "x", "1"], dtype="str"))
    assert read.blank.tolist() == [True] * 5 + [False] * 2
    assert np.isnan(read.value[:6]).all()


def test_numbers_of_a_workbook_stay_as_they_are():
    read = read_numbers(pd.Series([1.234, np.nan, np.inf, -2.0]))
    assert read.value[[0, 3]].tolist() == [1.234, -2.0]
    assert np.isnan(read.value[[1, 2]]).all()
    assert read.blank.tolist() == [False, True, False, False]
    assert read.decimal is None


def test_dates_and_truth_values_are_no_numbers():
    assert np.isnan(read_numbers(pd.Series(pd.to_datetime(["2020-01-01"]))).value).all()
    assert np.isnan(read_numbers(pd.Series([True, False])).value).all()


@pytest.mark.parametrize(("decimal", "thousands"), [(",", "."), (".", ",")])
@given(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1))
def test_amounts_survive_being_written_either_way(decimal, thousands, amounts):
    swap = str.maketrans({",": thousands, ".": decimal})
    assert values([f"{amount:,.2f}".translate(swap) for amount in amounts]) == [float(a) for a in amounts]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["12,-", "12,50", "1.250,--"], [12, 12.5, 1250]),
        (["CHF 12.-", "CHF 1'250.—", "5.–"], [12, 1250, 5]),
        (["(12,-)", "-12,-", "12,50-"], [-12, -12, -12.5]),
        (["1,23,456.00", "₹12,34,56,789.50", "Rs. 1,25,000/-"], [123_456, 123_456_789.5, 125_000]),
        (["1\u200b2.50", "\u20093.00"], [12.5, 3]),
    ],
)
def test_dashes_for_no_cents_lakhs_and_signs_nobody_sees(texts, expected):
    assert values(texts) == expected
