import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.stats import binomtest

from retention.intervals import ratio_draws, wilson


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_scipy(counts):
    hits, trials = counts
    expected = binomtest(hits, trials).proportion_ci(method="wilson")
    low, high = wilson([hits], [trials])
    assert low[0] == pytest.approx(expected.low, abs=1e-12)
    assert high[0] == pytest.approx(expected.high, abs=1e-12)


def test_nobody_to_measure_has_no_interval():
    low, high = wilson([0], [0])
    assert np.isnan(low[0])
    assert np.isnan(high[0])


def test_resampling_customers_who_count_once_is_binomial():
    draws = ratio_draws([0, 1], [1, 1], [600, 400], draws=20_000)
    assert draws.mean() == pytest.approx(0.4, abs=0.001)
    assert draws.std() == pytest.approx(np.sqrt(0.4 * 0.6 / 1000), rel=0.03)


def test_steady_customers_make_the_interval_wider_than_counting_periods():
    # half the customers always come back, half never do, ten periods each: 1,000 periods are 100 people
    draws = ratio_draws([0, 10], [10, 10], [50, 50], draws=20_000)
    assert draws.std() == pytest.approx(np.sqrt(0.25 / 100), rel=0.03)


def test_same_data_same_draws():
    assert np.array_equal(ratio_draws([1, 0], [1, 1], [3, 4]), ratio_draws([1, 0], [1, 1], [3, 4]))
