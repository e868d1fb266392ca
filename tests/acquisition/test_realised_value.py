from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention.acquisition import realised_value
from retention.errors import DataWarning, InputError
from retention.orders import Orders
from retention.periods import Window
from retention.study import Study

LAST = date(2024, 12, 31)
WINDOW = Window(date(2024, 1, 1), LAST)


def first_day(days_observed):
    """Day number of a first purchase observed for so many days, itself and the last day included."""
    return (LAST - timedelta(days=days_observed - 1)).toordinal()


# 61 days are two months of 30.4375, 31 are one and 30 are none
STARTS = pd.DataFrame({"first_day": [first_day(61), first_day(31), first_day(30)], "customers": [2, 3, 1]})
VALUE = pd.DataFrame(
    [
        (first_day(61), 0, 100.0, 0.0),
        (first_day(61), 1, 60.0, -20.0),
        (first_day(31), 0, 50.0, 0.0),
        (first_day(30), 0, 1000.0, 0.0),
    ],
    columns=["first_day", "month", "revenue", "refunds"],
)


def test_curve_by_hand():
    expected = pd.DataFrame(
        {"months": [1, 2], "customers": [5, 2], "margin": [15.0, 10.0], "cumulative": [15.0, 25.0]}
    )
    pd.testing.assert_frame_equal(realised_value(VALUE, STARTS, WINDOW, margin=0.5).curve, expected)


def test_value_at_an_age_is_over_the_same_customers():
    realised = realised_value(VALUE, STARTS, WINDOW, margin=0.5)
    assert (realised.at(1).margin.value, realised.at(1).customers) == (15.0, 5)
    assert (realised.at(2).margin.value, realised.at(2).customers) == (35.0, 2)


def test_nobody_observed_that_long():
    missing = realised_value(VALUE, STARTS, WINDOW, margin=0.5).at(12)
    assert (missing.margin, missing.customers) == (None, 0)
    assert missing.warnings == (DataWarning("not_observed_long_enough", {"months": 12, "longest": 2}),)


def test_nobody_at_all():
    realised = realised_value(VALUE[:0], STARTS[:0], WINDOW, margin=0.5)
    assert realised.curve.empty
    assert realised.at(1).margin is None


def test_customers_who_never_came_back_still_count():
    starts = pd.DataFrame({"first_day": [first_day(100)], "customers": [10]})
    value = pd.DataFrame({"first_day": [first_day(100)], "month": [0], "revenue": [50.0], "refunds": [0.0]})
    assert realised_value(value, starts, WINDOW, margin=1.0).curve["cumulative"].tolist() == [5.0, 5.0, 5.0]


def test_scaled_to_a_margin_it_is_that_of_the_margin():
    whole, half = (realised_value(VALUE, STARTS, WINDOW, margin=m) for m in (1.0, 0.5))
    scaled = whole.scaled(0.5)
    pd.testing.assert_frame_equal(scaled.curve, half.curve)
    for months in (1, 2):
        assert scaled.at(months).margin == half.at(months).margin
    with pytest.raises(InputError) as raised:
        whole.scaled(1.5)
    assert raised.value.code == "margin_out_of_range"


@settings(deadline=None)
@given(margin=st.floats(0, 1))
def test_value_is_in_proportion_to_the_margin(margin):
    whole, part = (realised_value(VALUE, STARTS, WINDOW, margin=m) for m in (1.0, margin))
    assert part.at(2).margin.value == pytest.approx(margin * whole.at(2).margin.value)
    assert part.curve["cumulative"].tolist() == pytest.approx((margin * whole.curve["cumulative"]).tolist())


def test_a_margin_above_one_is_named():
    with pytest.raises(InputError) as error:
        realised_value(VALUE, STARTS, WINDOW, margin=35)
    assert error.value.code == "margin_out_of_range"


def test_money_without_customers_is_an_error():
    with pytest.raises(ValueError, match="first day"):
        realised_value(VALUE, STARTS[1:], WINDOW, margin=1.0)


def test_an_age_of_no_months_is_an_error():
    with pytest.raises(ValueError, match="one month"):
        realised_value(VALUE, STARTS, WINDOW, margin=1.0).at(0)


def spread_over_days(days, customers_per_day, seed=11):
    """Customers of independent value, all bought in their first month, and their sums by first day."""
    worth = np.random.default_rng(seed).gamma(0.7, 60.0, (days, customers_per_day))
    first = [first_day(40 + d) for d in range(days)]
    starts = pd.DataFrame({"first_day": first, "customers": customers_per_day})
    value = pd.DataFrame({"first_day": first, "month": 0, "revenue": worth.sum(axis=1), "refunds": 0.0})
    return worth, starts, value


def test_interval_from_sums_by_day_is_as_wide_as_that_from_customers():
    worth, starts, value = spread_over_days(300, 20)
    seen = realised_value(value, starts, WINDOW, margin=1.0).at(1)
    error = worth.std(ddof=1) / np.sqrt(worth.size)
    assert seen.margin.value == pytest.approx(worth.mean())
    assert seen.margin.high - seen.margin.low == pytest.approx(2 * 1.96 * error, rel=0.1)


def test_interval_covers_the_true_mean_about_95_times_in_100():
    covered = 0
    for seed in range(400):
        _, starts, value = spread_over_days(60, 20, seed)
        interval = realised_value(value, starts, WINDOW, margin=1.0).at(1).margin
        covered += interval.low <= 42.0 <= interval.high
    assert 0.91 < covered / 400 < 0.98


def test_nine_first_days_are_too_few_for_an_interval_and_ten_are_not():
    for days, known in ((9, False), (10, True)):
        _, starts, value = spread_over_days(days, 5)
        assert (realised_value(value, starts, WINDOW, margin=1.0).at(1).margin.ends is not None) == known


@pytest.fixture(scope="module")
def cdnow():
    """The 2,357-customer sample: customer, date, value."""
    folder = Path(find_spec("lifetimes").submodule_search_locations[0]) / "datasets"
    rows = pd.read_csv(
        folder / "CDNOW_sample.txt",
        sep=r"\s+",
        header=None,
        usecols=[1, 2, 4],
        names=["customer_id", "date", "value"],
        dtype={"date": str},
    )
    rows["date"] = pd.to_datetime(rows["date"], format="%Y%m%d")
    return rows


def test_cdnow_against_customers_followed_one_by_one(cdnow):
    kept = cdnow[cdnow["value"] > 0]
    window = Window(cdnow["date"].min().date(), cdnow["date"].max().date())
    table = kept.assign(order_id=None, kind="purchase", customer_id=kept["customer_id"].astype(str))
    orders = Orders(table, window)
    tables = Study(orders).tables
    realised = realised_value(tables.value_by_age(), tables.starts(), window, margin=1.0)
    purchases = list(zip(kept["customer_id"], kept["date"].dt.date, kept["value"], strict=True))
    first = {}
    for customer, day, _ in purchases:
        first[customer] = min(day, first.get(customer, day))
    brought = {c: 0.0 for c, day in first.items() if (window.last - day).days + 1 >= 12 * 30.4375}
    for customer, day, value in purchases:
        if customer in brought and (day - first[customer]).days < 12 * 30.4375:
            brought[customer] += value
    worth = list(brought.values())
    year = realised.at(12)
    assert year.customers == len(worth)
    assert year.margin.value == pytest.approx(np.mean(worth))
    assert year.margin.low < np.mean(worth) < year.margin.high
