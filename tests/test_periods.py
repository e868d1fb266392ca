from datetime import date

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from retention.periods import PERIODS, Window, day_expr, first_day, key, last_day, number_expr, number_of

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(st.lists(days, min_size=1, max_size=20))
def test_day_numbers_are_pythons_ordinals(dates):
    frame = nw.from_native(pd.DataFrame({"date": pd.to_datetime(dates)}))
    numbers = frame.select(day=day_expr(nw.col("date")))["day"].to_list()
    assert numbers == [day.toordinal() for day in dates]


@given(days, st.sampled_from(PERIODS))
def test_column_and_single_day_agree(day, period):
    frame = nw.from_native(pd.DataFrame({"date": pd.to_datetime([day])}))
    assert frame.select(n=number_expr(nw.col("date"), period))["n"].to_list() == [number_of(day, period)]


@given(days, st.sampled_from(PERIODS))
def test_a_day_lies_in_its_period_and_periods_follow_each_other(day, period):
    number = number_of(day, period)
    assert first_day(number, period) <= day <= last_day(number, period)
    assert first_day(number + 1, period).toordinal() == last_day(number, period).toordinal() + 1


def test_weeks_begin_on_monday_and_are_named_by_iso():
    new_year = date(2021, 1, 3)  # a Sunday, in the last week of 2020
    week = number_of(new_year, "week")
    assert first_day(week, "week") == date(2020, 12, 28)
    assert key(week, "week") == "2020-W53"


@given(days, st.sampled_from([p for p in PERIODS if p != "year"]))
def test_keys_sort_as_time_does(day, period):
    number = number_of(day, period)
    assert key(number, period) < key(number + 1, period)


@pytest.mark.parametrize(
    ("first", "last", "complete"),
    [
        ("2024-01-01", "2024-03-31", ["2024-01", "2024-02", "2024-03"]),
        ("2024-01-02", "2024-03-30", ["2024-02"]),
        ("2024-01-15", "2024-01-20", []),
    ],
)
def test_a_month_is_complete_when_wholly_inside(first, last, complete):
    window = Window(date.fromisoformat(first), date.fromisoformat(last))
    assert [key(n, "month") for n in window.complete("month")] == complete


def test_window_counts_both_ends():
    assert Window(date(2024, 1, 1), date(2024, 1, 31)).days == 31
