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


def test_the_last_figure_is_that_of_the_last_period_that_counts(by_name):
    assert by_name["average_order"].latest == 12 * 2024 + 2
    assert by_name["average_order"].value() == 60
    assert by_name["repeat_rate"].value() == 0
    alone = Study(shop(ROWS[:1], "2024-01-01", "2024-01-20")).overview.trends("month", 30)
    assert all(trend.latest is None and trend.value() is None and trend.before() is None for trend in alone)


def test_from_nothing_a_change_has_no_relative_size():
    rows = [("a", "2024-01-05", 10), ("b", "2024-02-05", 10), ("b", "2024-03-05", 10)]
    trends = {
        trend.name: trend
        for trend in Study(shop(rows, "2024-01-01", "2024-03-31")).overview.trends("month", 30)
    }
    change = trends["strict_retention"].before()
    assert (change.other, change.difference.value, change.relative) == (0.0, 1.0, None)


@pytest.fixture(scope="module")
def hundred():
    """A hundred customers buy once in January, for 10 or 30; 30 come back in February, for 20, by the 9th."""
    rows = [(f"c{n}", "2024-01-10", 10 + 20 * (n % 2)) for n in range(100)]
    rows += [(f"c{n}", "2024-02-09", 20) for n in range(30)]
    rows += [(f"c{n}", "2024-02-10", 20) for n in range(30, 40)]  # on the 31st day: too late
    study = Study(shop(rows, "2024-01-01", "2024-03-30"))
    return {trend.name: trend.table.set_index("period") for trend in study.overview.trends("month", 30)}


def test_purchases_followed_have_the_ends_of_a_share(hundred):
    january = hundred["followed"].loc[12 * 2024]
    half = 1.959963984540054 * np.sqrt(0.3 * 0.7 / 99)
    assert january[["value", "low", "high"]].tolist() == pytest.approx([0.3, 0.3 - half, 0.3 + half])
    assert january["basis"] == 100
    february = hundred["followed"].loc[
        12 * 2024 + 1
    ]  # nobody comes back: the share is 0, and so are its ends
    assert february[["value", "low", "high"]].tolist() == [0.0, 0.0, 0.0]


def test_customers_won_who_come_back_have_wilsons_ends(hundred):
    low, high = wilson([30], [100])
    found = hundred["repeat_rate"].loc[12 * 2024, ["value", "low", "high"]].tolist()
    assert found == pytest.approx([0.3, low[0], high[0]])


def test_an_average_order_has_the_ends_of_a_mean(hundred):
    found = hundred["average_order"].loc[12 * 2024, ["value", "low", "high"]].tolist()
    half = 1.959963984540054 * 10 / np.sqrt(99)
    assert found == pytest.approx([20.0, 20.0 - half, 20.0 + half])


def test_churn_is_what_retention_leaves_at_either_end(hundred):
    low, high = (ends[0] for ends in wilson([40], [100]))
    kept, left = (hundred[name].loc[12 * 2024 + 1] for name in ("strict_retention", "churn"))
    assert kept[["value", "low", "high"]].tolist() == pytest.approx([0.4, low, high])
    assert left[["value", "low", "high"]].tolist() == pytest.approx([0.6, 1 - high, 1 - low])
    assert (kept["basis"], left["basis"]) == (100, 100)


def test_a_month_that_lacks_a_day_is_not_known(hundred):
    assert hundred["orders"]["status"].tolist() == ["known", "known", "incomplete"]
    assert hundred["followed"]["status"].tolist() == ["known", "known", "incomplete"]
    assert hundred["orders"][["low", "high"]].isna().all(axis=None)
