import numpy as np
import pandas as pd
import pytest

from retention.statistics import newcombe, ratio_error, wilson
from retention.study import Study
from tests.conftest import shop

# January: a twice, b. February: a, c. March: a. April is cut short.
ROWS = [
    ("a", "2024-01-01", 10),
    ("a", "2024-01-31", 30),
    ("b", "2024-01-15", 20),
    ("b", "2024-01-20", -5),
    ("a", "2024-02-10", 40),
    ("c", "2024-02-20", 10),
    ("a", "2024-03-05", 60),
    ("a", "2024-04-01", 70),
]


@pytest.fixture
def by_name():
    study = Study(shop(ROWS, "2024-01-01", "2024-04-10"))
    return {trend.name: trend for trend in study.overview.trends("month", 30)}


def values(trend):
    return [None if np.isnan(value) else round(float(value), 6) for value in trend.table["value"]]


def test_calendar_figures_by_hand(by_name):
    assert values(by_name["customers"]) == [2, 2, 1, 1]
    assert values(by_name["orders"]) == [3, 2, 1, 1]
    assert values(by_name["revenue_net"]) == [55, 50, 60, 70]
    assert values(by_name["average_order"]) == [20, 25, 60, 70]
    assert values(by_name["strict_retention"]) == [None, 0.5, 0.5, 1]
    assert values(by_name["churn"]) == [None, 0.5, 0.5, 0]
    assert by_name["customers"].table["status"].tolist() == ["known", "known", "known", "incomplete"]


def test_what_waits_is_not_known_before(by_name):
    repeat, followed = by_name["repeat_rate"], by_name["followed"]
    # within 30 days: a of a, b in January; c not in February
    assert values(repeat)[:2] == [0.5, 0]
    assert repeat.table["status"].tolist() == ["old", "known", "incomplete", "incomplete"]
    # January: a's two purchases of three; February: a's of two; March ends 10 days before the data does
    assert values(followed)[:2] == [0.666667, 0.5]
    assert followed.table["status"].tolist() == ["known", "known", "incomplete", "incomplete"]


def test_a_change_is_against_the_period_before(by_name):
    change = by_name["average_order"].before()
    assert (change.other, change.difference.value) == (25, 35)
    assert change.relative == pytest.approx(1.4)
    assert by_name["customers"].before().difference.low is None  # a count has no interval
    assert by_name["customers"].year_before() is None  # not observed
    assert by_name["repeat_rate"].before() is None  # January's customers may be old ones


def test_the_year_before_is_twelve_months_back():
    rows = [("a", "2023-03-05", 10), ("a", "2024-02-05", 30), ("a", "2024-03-05", 40)]
    trend = Study(shop(rows, "2023-03-01", "2024-03-31")).overview.trends("month", 30)[3]
    assert trend.year_before().difference.value == 30
    assert trend.before().difference.value == 10


def test_the_error_of_an_average_order_is_that_of_resampling_customers():
    generator = np.random.default_rng(4)
    orders = generator.poisson(2, 400) + 1
    revenue = orders * generator.gamma(2, 30, 400)
    sums = [
        [total] for total in (400, orders.sum(), revenue.sum(), (orders**2).sum(), (orders * revenue).sum())
    ]
    _, error = ratio_error(*sums, [(revenue**2).sum()])
    drawn = generator.integers(0, 400, (4000, 400))
    resampled = revenue[drawn].sum(axis=1) / orders[drawn].sum(axis=1)
    assert float(error[0]) == pytest.approx(resampled.std(), rel=0.05)


def test_where_each_customer_counts_once_the_error_is_the_binomials():
    _, error = ratio_error([100], [100], [30], [100], [30], [30])
    assert float(error[0]) == pytest.approx(np.sqrt(0.3 * 0.7 / 99))


def test_a_difference_of_shares_is_newcombes_published_example():
    # Newcombe (1998), Statistics in Medicine 17, Table II, (a): 56/70 − 48/80, method 10: 0.0524 to 0.3339
    low, high = wilson([56, 48], [70, 80])
    one, other = (56 / 70, low[0], high[0]), (48 / 80, low[1], high[1])
    assert newcombe(one, other) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_online_retail(retail_study):
    named = {trend.name: trend for trend in retail_study.overview.trends("month", 30)}
    retention = named["strict_retention"].known
    assert (retention["value"] * retention["basis"]).sum() == pytest.approx(4247)
    assert retention["basis"].sum() == 10775
    gross = named["average_order"].table["value"] * named["orders"].table["value"]
    assert gross.sum() == pytest.approx(8_911_407.90, abs=0.01)
    assert named["revenue_net"].table["value"].sum() == pytest.approx(8_911_407.90 - 611_342.09, abs=0.01)
    assert retail_study.overview.usual_days() == 30  # the median of days between purchase days is 28


def test_neither_names_nor_the_order_of_rows_matter(by_name):
    renamed = [(f"z{customer}", when, value) for customer, when, value in reversed(ROWS)]
    study = Study(shop(renamed, "2024-01-01", "2024-04-10"))
    for trend in study.overview.trends("month", 30):
        pd.testing.assert_frame_equal(trend.table, by_name[trend.name].table)
