"""How the mapped columns of a file are read, where one says what another leaves open."""

import numpy as np
import pandas as pd
import pytest

from retention.ingest import Mapping
from retention.ingest.mapping.mapped_columns import (
    is_continental,
    read_amounts,
    read_mapped_dates,
    writing_of,
)

DAYS = ["03/02/2020", "04/02/2020"]
MAPPING = Mapping("who", "when", amount="money")


def table(raw_table, **columns):
    given = {"who": ["a", "b"], "when": DAYS, "money": ["1.5", "2.25"]} | columns
    about = {name: given.pop(name) for name in ("delimiter", "typed", "date_system_1904") if name in given}
    return raw_table(given, **about)


@pytest.mark.parametrize(
    ("columns", "continental"), [({}, False), ({"delimiter": ";"}, True), ({"importo": ["x", "y"]}, True)]
)
def test_a_file_is_continental_by_its_delimiter_or_its_headings(raw_table, columns, continental):
    assert is_continental(table(raw_table, **columns)) is continental


@pytest.mark.parametrize(
    ("columns", "day_first"),
    [
        ({}, False),
        ({"delimiter": ";"}, True),
        ({"money": ["1,5", "2,25"]}, True),  # who writes decimals with a comma has the day first
        ({"money": ["1,5", "2,25"], "delimiter": ";"}, True),
    ],
)
def test_an_open_order_of_day_and_month_follows_the_file(raw_table, columns, day_first):
    raw = table(raw_table, **columns)
    dates = read_mapped_dates(raw, MAPPING, commas=read_amounts(raw, MAPPING).commas)
    assert (dates.day_first, dates.assumed) == (day_first, True)
    found = writing_of(raw, MAPPING)
    assert (found.day_first, found.decimal) == (day_first, "," if "money" in columns else ".")


def test_an_order_given_is_kept(raw_table):
    given = Mapping("who", "when", amount="money", day_first=True)
    dates = read_mapped_dates(table(raw_table), given, commas=False)
    assert (dates.day_first, dates.assumed) == (True, False)


def test_a_column_that_leaves_its_decimals_open_follows_the_others(raw_table):
    # 1.234 may be a thousand or little more than one; the other column tells
    mapping = Mapping("who", "when", quantity="n", price="money")
    for price, quantity in ((["1,5", "2,25"], 1234.0), (["1.5", "2.25"], 1.234)):
        raw = table(raw_table, n=["1.234", "1"], money=price)
        found = read_amounts(raw, mapping)
        assert found.value.tolist() == [1.5 * quantity, 2.25]
        assert found.assumed == {}


@pytest.mark.parametrize(("delimiter", "sign", "value"), [(",", ".", 1.234), (";", ",", 1234.0)])
def test_what_nothing_tells_is_assumed_by_where_the_file_comes_from(raw_table, delimiter, sign, value):
    found = read_amounts(table(raw_table, money=["1.234", "1"], delimiter=delimiter), MAPPING)
    assert (found.value.tolist(), found.assumed, found.decimal) == ([value, 1.0], {"money": sign}, sign)


def test_quantity_times_price_is_blank_where_either_is(raw_table):
    raw = table(raw_table, n=["2", None], money=["1.5", "2.25"])
    found = read_amounts(raw, Mapping("who", "when", quantity="n", price="money"))
    np.testing.assert_array_equal(found.value, [3.0, np.nan])
    assert found.blank.tolist() == [False, True]
    raw = table(raw_table, n=["2", "3"], money=["1.5", None])
    assert read_amounts(raw, Mapping("who", "when", quantity="n", price="money")).blank.tolist() == [
        False,
        True,
    ]


def test_a_product_beyond_all_money_is_none(raw_table):
    raw = table(raw_table, n=["2", "9000000"], money=["1.5", "900000000000"])
    found = read_amounts(raw, Mapping("who", "when", quantity="n", price="money"))
    np.testing.assert_array_equal(found.value, [3.0, np.nan])


def test_what_went_back_is_told_without_a_sign(raw_table):
    raw = table(raw_table, back=["-1.5", None])
    found = read_amounts(raw, Mapping("who", "when", amount="money", refunded="back"))
    assert found.refunded.tolist() == [1.5, 0.0]
    assert read_amounts(raw, MAPPING).refunded is None


def test_days_of_a_spreadsheet_by_the_count_of_its_workbook(raw_table):
    for since_1904, day in ((False, "2004-01-15"), (True, "2008-01-16")):
        raw = table(raw_table, when=[38001.0, 38002.0], date_system_1904=since_1904)
        found = writing_of(raw, MAPPING)
        assert (found.serial, found.date_system_1904) == (True, since_1904)
        assert read_mapped_dates(raw, MAPPING, commas=False).when[0] == np.datetime64(day)


def test_what_was_read_is_kept_with_its_table(raw_table):
    raw, other, asked = table(raw_table), table(raw_table), []
    for source in (raw, raw, other):
        source.remembered("key", lambda: asked.append(1) or pd.Series([1]))
    assert len(asked) == 2
