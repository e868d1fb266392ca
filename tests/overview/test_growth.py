import numpy as np
import pytest
from scipy import stats

from retention.overview import growth, notable
from retention.overview.growth import beyond_growth
from retention.study import Study
from tests.overview.shops import simulated
from tests.overview.test_changes import everything

JANUARY = 12 * 2024


def months(counts):
    return dict(enumerate(counts, start=JANUARY))


def named(found):
    return {change.measure for change in found.changes}


def test_a_count_that_goes_on_as_before_is_as_expected():
    for counts in (100 * np.log(np.arange(1, 13) + 1), np.full(12, 80), 100 * np.arange(1, 13) ** 0.5):
        found = beyond_growth(months(counts), "month")
        assert found.other == pytest.approx(counts[-1], rel=0.05)
        assert found.chance > 0.3
    exact = beyond_growth(months(100 * np.arange(1, 13) ** 0.5), "month")  # a line over ln age
    assert (exact.other, exact.score) == pytest.approx((100 * 12**0.5, 0.0), abs=1e-6)


def test_a_steady_rate_is_as_expected_from_the_growth_since_a_year_before():
    december = np.where(np.arange(30) % 12 == 11, 2.0, 1.0)
    counts = 100 * 1.03 ** np.arange(30) * december
    for last in (29, 24):  # the 24th month is a December
        found = beyond_growth(months(counts[:last]), "month")
        assert found.other == pytest.approx(counts[last - 1])


def test_the_expected_count_and_its_error_are_those_of_a_weighted_regression():
    counts = np.array([60.0, 90, 85, 120, 140, 125, 60])
    found = beyond_growth(months(counts), "month")
    x, y = np.log(np.arange(1, 8)), np.log(counts)
    rise, level = np.polyfit(x[:-1], y[:-1], 1, w=np.sqrt(counts[:-1]))
    assert found.other == pytest.approx(np.exp(level + rise * x[-1]))
    weight, centre = counts[:-1], np.average(x[:-1], weights=counts[:-1])
    line = 1 / weight.sum() + (x[-1] - centre) ** 2 / (weight @ (x[:-1] - centre) ** 2)
    spread = max(1.0, weight @ (y[:-1] - level - rise * x[:-1]) ** 2 / 4)
    error = np.sqrt(spread * (1 / 60 + line))
    score = (y[-1] - level - rise * x[-1]) / error
    assert found.score == pytest.approx(score)
    assert found.chance == pytest.approx(2 * stats.t.sf(-score, 4))
    high = found.other * np.expm1((score + stats.t.ppf(0.975, 4)) * error)
    assert found.difference.high == pytest.approx(high)


def test_a_month_far_from_where_the_months_before_lead_is_news():
    level = months([*[400] * 12, 250])
    assert beyond_growth(level, "month").chance < 0.001
    young = [100 * (month + 1) ** 0.5 for month in range(12)]
    assert beyond_growth(months([*young, 500]), "month").chance < 0.01


def test_five_periods_before_are_needed():
    assert beyond_growth(months([50] * 5), "month") is None
    assert beyond_growth(months([50] * 6), "month") is not None


def test_growth_that_goes_on_is_said_as_growth():
    study = Study(simulated(5, customers=1500))
    found = study.overview.notable_changes("month", 30)
    assert "buyers" not in named(found)
    assert found.growth.basis == "year_before"
    assert found.growth.value > found.growth.other
    told = growth(study.overview.trends("month", 30))
    assert told == found.growth
    assert notable([], told).growth == told


def test_neither_chance_nor_news_is_said_as_growth():
    told = growth(Study(simulated(5, customers=1500)).overview.trends("month", 30))
    assert notable([], None).growth is None
    news = told.__class__(**{**vars(told), "basis": "trend", "chance": 1e-9})
    assert notable([news], told).growth is None
    by_chance = told.__class__(**{**vars(told), "chance": 0.2})
    assert notable([], by_chance).growth is None


@pytest.mark.slow
@pytest.mark.parametrize("months_of_file", [8, 12, 15, 20, 24, 30])
def test_a_shop_that_is_merely_young_is_no_news(months_of_file):
    days = round(months_of_file * 30.4375)
    found = [
        notable(everything(Study(simulated(seed, customers=60 * months_of_file, days=days))))
        for seed in range(40)
    ]
    assert sum("buyers" in named(each) for each in found) <= 4  # of 40; it was 19 to 96 %
    assert sum(bool(each.changes) for each in found) <= 6
