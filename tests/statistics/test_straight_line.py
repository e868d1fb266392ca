import numpy as np
import pytest
from scipy import stats
from scipy.linalg import null_space

from retention.statistics import rises

ALIKE = np.arange(-10, 20) / 20.0


def line(count, columns=()):
    at = np.arange(count, dtype=float)
    return np.column_stack([np.ones(count), at, *columns]), at


def wandering(seed, count, alike):
    push = np.random.default_rng(seed).normal(size=count)
    found = [push[0]]
    for each in push[1:]:
        found.append(alike * found[-1] + np.sqrt(1 - alike**2) * each)
    return np.array(found)


def test_how_likely_a_correlation_is_and_the_error_given_it_by_another_formula():
    # Contrasts that know nothing of the line: n − p of them, normal with the correlations they inherit
    design, at = line(15)
    weight = np.linspace(1, 3, 15)
    value = 0.2 * at + wandering(1, 15, 0.5)
    found = rises(design, at, value, weight)[1]
    root = np.sqrt(weight)
    scaled, y = design * root[:, None], value * root
    contrasts = null_space(scaled.T)
    heights, errors = [], []
    for alike in ALIKE:
        every = alike ** np.abs(at[:, None] - at)
        inherited = contrasts.T @ every @ contrasts
        told = contrasts.T @ y
        squares = told @ np.linalg.solve(inherited, told)
        heights.append(-0.5 * np.linalg.slogdet(inherited)[1] - 6.5 * np.log(squares))
        inverse = np.linalg.inv(scaled.T @ scaled) @ scaled.T
        errors.append(np.sqrt(squares / 13 * (inverse @ every @ inverse.T)[1, 1]))
    likely = np.exp(np.array(heights) - max(heights))
    np.testing.assert_allclose(found.likely, likely / likely.sum(), rtol=1e-8)
    np.testing.assert_allclose(found.error, errors, rtol=1e-8)
    assert found.freedom == 13


def test_the_value_is_that_of_weighted_least_squares_and_alone_its_error_the_textbooks():
    design, at = line(12)
    value = 3 - 0.5 * at + wandering(2, 12, 0.0)
    found = rises(design, at, value, np.ones(12))[1]
    textbook = stats.linregress(at, value)
    assert found.value == pytest.approx(textbook.slope)
    assert found.error[ALIKE == 0.0] == pytest.approx(textbook.stderr)


def test_the_interval_and_the_chance_say_the_same():
    design, at = line(12)
    for seed in range(20):
        found = rises(design, at, 0.2 * at + wandering(seed, 12, 0.3), np.ones(12))[1]
        low, high = found.estimate.bounds
        assert (found.chance < 0.05) == (low > 0 or high < 0)
        on_the_end = found.likely @ stats.t.sf(found.half / found.error, found.freedom)
        assert on_the_end == pytest.approx(0.025)


def test_neighbours_that_deviate_alike_widen_the_interval():
    design, at = line(30)
    same = wandering(3, 30, 0.9)
    shuffled = np.random.default_rng(0).permutation(same)
    alike, apart = (rises(design, at, each, np.ones(30))[1].half for each in (same, shuffled))
    assert alike > 1.5 * apart


def test_no_more_scatter_than_customers_make_remembers_nothing():
    design, at = line(10)
    found = rises(design, at, 0.01 * wandering(4, 10, 0.9), np.ones(10), least_spread=1.0)[1]
    assert found.half == pytest.approx(stats.t.ppf(0.975, 8) / np.sqrt(np.sum((at - at.mean()) ** 2)))
    exact = rises(design, at, 2.0 * at, np.ones(10))[1]
    assert (exact.value, exact.half, exact.chance) == pytest.approx((2.0, 0.0, 0.0), abs=1e-12)


def test_other_columns_take_nothing_from_the_slope_they_explain():
    odd = np.arange(20) % 2.0
    design, at = line(20, [odd])
    found = rises(design, at, 0.3 * at + 5 * odd, np.ones(20))
    assert [each.value for each in found] == pytest.approx([0.0, 0.3, 5.0], abs=1e-9)
