"""A line through a series and the width of its interval, by hand and against least squares."""

import numpy as np
import pytest
from scipy import stats

from retention.overview.slope import slope


def test_the_interval_of_scatter_is_that_of_a_regression():
    x, y = np.arange(6), np.array([1.0, 3.0, 2.0, 5.0, 4.0, 6.0])
    found, theirs = slope(x, y, [50] * 6, [0.0] * 6), stats.linregress(x, y)
    half = stats.t.ppf(0.975, 4) * theirs.stderr
    assert found.per_period.value == pytest.approx(theirs.slope)
    assert found.per_period.ends == pytest.approx((theirs.slope - half, theirs.slope + half))
    assert (found.start, found.end) == pytest.approx((theirs.intercept, theirs.intercept + 5 * theirs.slope))
    assert (found.periods, found.per_period.method) == (6, "student")


def test_a_period_weighs_by_its_customers():
    x, y, w = np.arange(7), np.array([1.0, 3, 2, 5, 4, 6, 2]), np.array([10.0, 40, 20, 80, 60, 30, 90])
    rise, level = np.polyfit(x, y, 1, w=np.sqrt(w))
    residual = np.sqrt(w) * (y - level - rise * x)
    centre = np.average(x, weights=w)
    error = np.sqrt(residual @ residual / 5 / (w @ (x - centre) ** 2))
    found = slope(x, y, w, [0.0] * 7)
    assert found.per_period.value == pytest.approx(rise)
    assert found.per_period.high - rise == pytest.approx(stats.t.ppf(0.975, 5) * error)


def test_the_interval_is_at_least_that_of_how_customers_differ():
    # errors of 2 and 4 by customers of 10 and 30: √(Σ w²·se² / Σ w) over the root of Σ w·(x − centre)²
    x, w, se = np.arange(6), np.array([10.0, 30, 10, 30, 10, 30]), np.array([2.0, 4, 2, 4, 2, 4])
    found = slope(x, x * 1.0, w, se)
    centre = np.average(x, weights=w)
    own = np.sqrt(np.sum(w**2 * se**2) / np.sum(w)) / np.sqrt(np.sum(w * (x - centre) ** 2))
    assert found.per_period.high - 1.0 == pytest.approx(1.959964 * own)


def test_the_chance_is_that_of_a_regression_or_of_how_customers_differ():
    x, y = np.arange(6), np.array([1.0, 3.0, 2.0, 5.0, 4.0, 6.0])
    assert slope(x, y, [50] * 6, [0.0] * 6).p == pytest.approx(stats.linregress(x, y).pvalue)
    # errors of 2 about a slope of 1: 2 / √17.5 of it
    alone = slope(x, x * 1.0, [50] * 6, [2.0] * 6)
    assert alone.p == pytest.approx(2 * stats.norm.sf(np.sqrt(17.5) / 2))


def test_an_interval_may_be_asked_to_miss_less_often():
    x, y = np.arange(6), np.array([1.0, 3.0, 2.0, 5.0, 4.0, 6.0])
    error = stats.linregress(x, y).stderr
    found = slope(x, y, [50] * 6, [0.0] * 6, level=0.01).per_period
    assert found.high - found.value == pytest.approx(stats.t.ppf(0.995, 4) * error)


def widening(y):
    """How many times as wide the interval is as that of independent periods."""
    x = np.arange(len(y))
    theirs = stats.linregress(x, y)
    half = stats.t.ppf(0.975, len(y) - 2) * theirs.stderr
    found = slope(x, y, [50] * len(y), [0.0] * len(y))
    return (found.per_period.high - found.per_period.value) / half


def test_neighbours_that_deviate_alike_widen_it_from_eight_periods_on():
    y = np.array([1.0, 0.6, 0.9, 0.4, 0.1, -0.3, 0.6, 0.2, 0.9])
    x = np.arange(9)
    theirs = stats.linregress(x, y)
    residual = y - theirs.intercept - theirs.slope * x
    seen = residual[1:] @ residual[:-1] / (residual @ residual)
    alike = (seen + 2 / 9) / (1 - 4 / 9)
    assert 0.0 < alike < 0.8
    assert widening(y) == pytest.approx(np.sqrt((1 + alike) / (1 - alike)))
    assert widening(y[:7]) == pytest.approx(1.0)
    assert widening(y[:8]) > 1.0


def test_neighbours_that_alternate_do_not_narrow_it():
    assert widening(np.array([1.0, -1, 1, -1, 1, -1, 1, -1, 1])) == pytest.approx(1.0)


def test_no_more_likeness_of_neighbours_is_believed_than_four_fifths():
    slow = np.sin(np.arange(40) / 12.0)
    assert widening(slow) == pytest.approx(3.0)  # √(1.8 / 0.2)


@pytest.mark.parametrize(("rise", "noise"), [(0.0, True), (1.0, False)])
def test_a_line_that_may_be_flat_is_noise(rise, noise):
    x = np.arange(8)
    found = slope(x, rise * x + np.array([0.1, -0.1] * 4), [50] * 8, [0.1] * 8)
    assert (found.p >= 0.05) is noise
    assert found.per_period.excludes(0.0) is not noise


def test_a_line_without_scatter_or_error_is_sure():
    found = slope(range(6), [2.0] * 6, [50] * 6, [0.0] * 6)
    assert found.per_period.ends == (0.0, 0.0)
    assert found.p == 1.0
