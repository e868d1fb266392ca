import numpy as np
import pytest

from retention.statistics import (
    Estimate,
    estimate,
    ratio,
    ratio_draws,
    resampling,
    share_of_best,
    total_draws,
)


def test_a_ratio_agrees_with_the_draws_of_the_same_customers():
    part, whole, customers = [0, 1, 2], [1, 2, 2], [30, 50, 20]
    found = ratio(part, whole, customers)
    low, high = np.quantile(ratio_draws(part, whole, customers), [0.025, 0.975])
    assert found.value == pytest.approx(90 / 170)
    assert (found.low, found.high) == (pytest.approx(low, abs=0.01), pytest.approx(high, abs=0.01))


def test_customers_all_alike_leave_no_doubt():
    assert ratio([3.0], [2.0], [40]) == Estimate(1.5, 1.5, 1.5, "resampled")


def test_nothing_below_the_line_is_an_error():
    with pytest.raises(ValueError, match="below"):
        ratio([1], [0], [5])


def test_a_draw_without_a_value_leaves_no_interval():
    assert estimate(2.0, np.array([1.0, np.inf])) == Estimate(2.0)


@pytest.fixture
def values():
    return np.sort(np.random.default_rng(3).lognormal(3, 1, 4000).round(2))


def test_beyond_so_many_kinds_the_normal_gives_the_same(values, monkeypatch):
    each, ones = np.column_stack([values, np.sqrt(values)]), np.ones(len(values), dtype=int)
    counted = total_draws(each, ones)
    monkeypatch.setattr(resampling, "MOST_KINDS", 10)
    normal = total_draws(each, ones)
    assert normal.mean(axis=0) == pytest.approx(counted.mean(axis=0), rel=0.01)
    assert np.cov(normal.T) == pytest.approx(np.cov(counted.T), rel=0.15)


def test_beyond_so_many_kinds_the_share_of_the_best_has_the_same_interval(values, monkeypatch):
    ones = np.ones(len(values), dtype=int)
    counted = share_of_best(values, ones, 0.2)
    monkeypatch.setattr(resampling, "MOST_KINDS", 10)
    linear = share_of_best(values, ones, 0.2)
    assert linear.value == counted.value
    width = counted.high - counted.low
    assert linear.low == pytest.approx(counted.low, abs=0.15 * width)
    assert linear.high == pytest.approx(counted.high, abs=0.15 * width)
