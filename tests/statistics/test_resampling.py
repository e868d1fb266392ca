import numpy as np
import pytest

from retention.statistics import (
    Estimate,
    estimate,
    middle_of,
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


def test_the_middle_of_draws_leaves_out_a_fortieth_at_either_end():
    draws = np.random.default_rng(1).permutation(np.arange(41.0))
    assert middle_of(7.0, draws, "drawn") == Estimate(7.0, 1.0, 39.0, "drawn")
    assert middle_of(7.0, draws[:0]) == Estimate(7.0)


@pytest.mark.parametrize(("value", "ends"), [(7.0, (1.0, 39.0)), (0.5, (0.5, 39.0)), (40.0, (1.0, 40.0))])
def test_an_interval_is_stretched_to_hold_its_figure(value, ends):
    assert estimate(value, np.arange(41.0)) == Estimate(value, *ends, "resampled")


def test_draws_with_nothing_below_the_line_are_left_out():
    draws = ratio_draws([3, 1], [1, 0], [1, 1], draws=400)
    assert np.isfinite(draws).all()
    assert set(draws.tolist()) == {3.0, 4.0}  # one of each, or the first twice
    assert 200 < len(draws) < 400  # a quarter draws the second twice


def test_totals_are_drawn_for_every_column():
    draws = total_draws([[1, 10], [2, 0]], [30, 70], draws=2_000)
    assert draws.shape == (2_000, 2)
    first = draws[:, 1] / 10  # how many of the first kind; the others are the rest of a hundred
    assert np.array_equal(draws[:, 0], first + 2 * (100 - first))
    assert first.mean() == pytest.approx(30, abs=0.5)
    assert first.std() == pytest.approx(np.sqrt(100 * 0.3 * 0.7), rel=0.1)


def test_the_best_may_be_part_of_a_kind():
    # of ten customers the best three hold 5 + 5 and half of what the two with 2 hold, of 10 + 4 + 6
    assert share_of_best([1, 5, 2], [6, 2, 2], 0.3).value == pytest.approx(12 / 20)


def test_the_share_of_the_best_of_many_kinds_by_its_influence(monkeypatch):
    # the best quarter of 1, 1, 2, 6 hold 6 of 10; the limit is 6, the influences (6/4 − 0.6 · value) / 2.5
    monkeypatch.setattr(resampling, "MOST_KINDS", 2)
    found = share_of_best([1, 2, 6], [2, 1, 1], 0.25)
    influence = (1.5 - 0.6 * np.array([1, 1, 2, 6])) / 2.5
    half = 1.959963984540054 * np.sqrt(influence @ influence) / 4
    assert (found.value, found.method) == (0.6, "delta")
    assert found.ends == pytest.approx((0.6 - half, min(0.6 + half, 1.0)))
