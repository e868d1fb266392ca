from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention import aggregate
from retention.overview.signs import signs
from retention.overview.slope import slope
from retention.periods import Window
from retention.statistics import wilson
from retention.study import Study
from tests.conftest import shop
from tests.overview.shops import simulated

UNCHANGED = range(24)  # seeds
GOES_WRONG = 10  # verdicts of 72 at chances of .05 each pass this once in a thousand


def verdicts(shops):
    return [sign.verdict for orders in shops for sign in Study(orders).overview.signs(30)]


def test_the_first_days_of_a_cohort_by_hand():
    rows = [
        ("a", "2024-01-01", 10),  # day 0
        ("a", "2024-01-11", 30),  # day 10
        ("a", "2024-01-26", 50),  # day 25: stayed, N = 20
        ("b", "2024-01-05", 20),
        ("b", "2024-03-05", 90),  # day 60: after 2N days
        ("c", "2024-02-10", 40),
    ]
    table = aggregate.early_life(aggregate.prepare(shop(rows, "2024-01-01", "2024-06-30")), "month", 20)
    first = table.iloc[0]
    assert first[["customers", "stayed", "orders", "revenue"]].tolist() == [2, 1, 4, 110]
    assert first[["orders2", "orders_revenue", "revenue2"]].tolist() == [10, 290, 8500]
    # a's purchases of days 0 and 10 are followed within 20 days; b's of day 0 is not
    assert first[["purchases", "followed"]].tolist() == [3, 2]
    assert first[["purchases2", "purchases_followed", "followed2"]].tolist() == [5, 4, 4]
    assert table.iloc[1][["customers", "stayed", "orders", "purchases", "followed"]].tolist() == [
        1,
        0,
        1,
        1,
        0,
    ]


def test_the_weighted_line_is_that_of_least_squares():
    x, y, w = np.arange(7), np.array([3.0, 1, 4, 1, 5, 9, 2]), np.array([40.0, 50, 60, 70, 80, 90, 100])
    found = slope(x, y, w, np.full(7, 0.1))
    rise, level = np.polyfit(x, y, 1, w=np.sqrt(w))
    assert found.per_period.value == pytest.approx(rise)
    assert (found.start, found.end) == (pytest.approx(level), pytest.approx(level + 6 * rise))
    assert found.p > 0.05


def test_too_few_periods_make_no_line():
    assert slope(range(5), range(5), [50] * 5, [0.1] * 5) is None


def test_points_without_scatter_are_as_uncertain_as_their_customers():
    found = slope(range(6), [0, 1, 2, 3, 4, 5], [10] * 6, [2.0] * 6)
    assert found.per_period.high - found.per_period.value == pytest.approx(1.959964 * 2 / np.sqrt(17.5))


def test_where_nothing_changes_no_trend_is_told_more_often_than_chance_allows():
    told = verdicts(simulated(seed) for seed in UNCHANGED)
    assert len(told) == 72
    assert "too_few" not in told
    assert sum(verdict != "noise" for verdict in told) <= GOES_WRONG


@pytest.mark.slow
def test_nor_where_the_file_begins_in_the_middle_of_a_shops_life():
    told = verdicts(simulated(seed, before=365) for seed in UNCHANGED)
    assert sum(verdict != "noise" for verdict in told) <= GOES_WRONG


@pytest.mark.slow
def test_a_shop_in_which_nothing_changes_gets_a_verdict_one_time_in_twenty():
    told = verdicts(simulated(seed) for seed in range(200))
    any_of_three = [set(told[place : place + 3]) != {"noise"} for place in range(0, 600, 3)]
    assert np.mean(any_of_three) <= 0.05  # each for itself it was 9.5 %


def test_three_signs_are_three_looks_at_one_shop():
    # Loyal ever longer, the rest level: its p counts threefold, and its interval says the same
    for growing in (0.0, 0.002, 0.004, 0.006, 0.02):
        lifetime, *others = signs(won_by_month(customers=400, growing=growing), YEAR, 30)
        assert {sign.verdict for sign in others} == {"noise"}
        assert lifetime.corrected_p == pytest.approx(min(1.0, 3 * lifetime.line.p))
        assert lifetime.told.excludes(0.0) == (lifetime.verdict != "noise") == (lifetime.corrected_p < 0.05)
        assert lifetime.told.value == lifetime.line.per_period.value
        assert lifetime.told.low <= lifetime.line.per_period.low


def test_a_true_trend_is_told():
    told = verdicts(simulated(seed, customers=2000, trend=1.5) for seed in range(5))
    assert "no" not in told
    by_sign = {name: told[n::3].count("yes") for n, name in enumerate(("lifetime", "average_order", "gap"))}
    assert by_sign["average_order"] >= 4
    assert by_sign["gap"] >= 4
    assert by_sign["lifetime"] >= 3


def test_months_not_watched_long_enough_and_months_of_old_customers_are_left_out():
    lifetime = Study(simulated(1)).overview.signs(30)[0]
    status = lifetime.table["status"].tolist()
    assert set(status[:2]) == {"old"}
    assert status[-2:] == ["incomplete", "incomplete"]
    assert status.count("known") == lifetime.line.periods


def test_a_short_file_is_not_judged(small_study):
    assert {sign.verdict for sign in small_study.overview.signs(30)} == {"too_few"}


def test_online_retail_is_too_short_for_a_verdict(retail_study):
    assert [sign.verdict for sign in retail_study.overview.signs(90)] == ["too_few"] * 3
    thirty = retail_study.overview.signs(30)
    assert [sign.line.periods for sign in thirty] == [6, 6, 6]  # April to September 2011
    assert thirty[0].known["customers"].tolist() == [300, 284, 242, 188, 169, 299]


JANUARY = 12 * 2024
YEAR = Window(date(2024, 1, 1), date(2025, 12, 31))


def won_by_month(months=20, customers=40, growing=0.0):
    """Customers won each month, of whom ever more stay: all with orders of 20 in the mean."""
    month = np.arange(months)
    stayed = np.round(customers * (0.3 + growing * month))
    return pd.DataFrame(
        {
            "period": JANUARY + month,
            "customers": customers,
            "stayed": stayed,
            "orders": 2 * customers,
            "revenue": 40.0 * customers,
            "orders2": 4 * customers,
            "orders_revenue": 80.0 * customers,
            "revenue2": 1_700.0 * customers,
            "purchases": 2 * customers,
            "followed": customers,
            "purchases2": 4 * customers,
            "purchases_followed": 2 * customers,
            "followed2": 1.5 * customers,
        }
    )


def test_each_sign_has_its_value_and_interval():
    lifetime, order, gap = signs(won_by_month(), YEAR, 30)
    assert [sign.name for sign in (lifetime, order, gap)] == ["lifetime", "average_order", "gap"]
    row = lifetime.table.iloc[8]
    low, high = wilson([12], [40])
    assert (row["value"], row["low"], row["high"]) == pytest.approx((0.3, low[0], high[0]))
    assert row["customers"] == 40
    # residuals of 40 − 20 · 2 are 0 in the mean, of squares 1700 − 2·20·80 + 400·4 = 100 each
    error = np.sqrt(40 / 39 * 40 * 100) / 80
    row = order.table.iloc[8]
    assert row["value"] == pytest.approx(20.0)
    assert (row["high"] - row["value"], row["value"] - row["low"]) == pytest.approx([1.959964 * error] * 2)
    assert gap.table["value"].iloc[8] == pytest.approx(0.5)


def test_which_months_the_line_goes_through():
    won = won_by_month()
    won.loc[10, "customers"] = 9
    lifetime, *_ = signs(won, YEAR, 60)
    # a quarter of two years is half a year; 120 days before the end of 2025 are early September
    told = lifetime.table.set_index("period")["status"]
    assert told.loc[: JANUARY + 6].tolist() == [*["old"] * 6, "known"]
    assert told.loc[JANUARY + 10] == "few"
    assert told.loc[JANUARY + 19] == "known"
    assert set(lifetime.known["period"]) == {JANUARY + n for n in range(6, 20)} - {JANUARY + 10}
    assert lifetime.line.periods == 13
    late = signs(won_by_month(24), YEAR, 60)[0].table["status"]
    assert late.tolist()[-5:] == ["known", "incomplete", "incomplete", "incomplete", "incomplete"]


def test_ten_customers_of_a_month_are_enough():
    assert signs(won_by_month(customers=10), YEAR, 30)[0].known["period"].size == 14
    assert signs(won_by_month(customers=9), YEAR, 30)[0].known.empty


@pytest.mark.parametrize(
    ("growing", "months", "verdict"),
    [(0.02, 20, "yes"), (-0.015, 20, "no"), (0.0, 20, "noise"), (0.02, 11, "too_few")],
)
def test_the_verdict_is_that_of_the_line(growing, months, verdict):
    sign = signs(won_by_month(months, customers=400, growing=growing), YEAR, 30)[0]
    assert sign.verdict == verdict


def test_days_watched_are_told():
    sign = signs(won_by_month(), YEAR, 30)[0]
    assert (sign.within, sign.stays_from, sign.watched_days, sign.period) == (30, 31, 60, "month")
