import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.stats import binomtest

from retention.statistics import (
    Estimate,
    half_width,
    minus,
    named_ends,
    newcombe,
    ratio_draws,
    ratio_error,
    share_of,
    wilson,
)


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


def test_the_interval_of_a_difference_is_that_published():
    # Newcombe 1998, table II, method 10: 56 of 70 against 48 of 80, 9 of 10 against 3 of 10
    one, other = ([0.8, 0.9], *wilson([56, 9], [70, 10])), ([0.6, 0.3], *wilson([48, 3], [80, 10]))
    low, high = newcombe(one, other)
    assert low == pytest.approx([0.0524, 0.1705], abs=5e-5)
    assert high == pytest.approx([0.3339, 0.8090], abs=5e-5)


def test_a_figure_less_another_has_the_published_interval():
    found = minus(share_of(56, 70), share_of(48, 80))
    assert found.value == pytest.approx(0.2)
    assert found.ends == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert minus(Estimate(0.8), share_of(48, 80)) == Estimate(0.8 - 0.6)


def test_ends_that_are_no_number_are_unknown():
    assert Estimate.of(0.0, float("nan"), float("nan"), "log-log") == Estimate(0.0)
    one_sided = Estimate.of(2.0, 1.0, float("nan"), "predictive")
    assert (one_sided.ends, one_sided.bounds, one_sided.method) == (None, (1.0, 2.0), "predictive")
    assert named_ends(one_sided, "clv") == {"clv_low": 1.0, "clv_high": None}
    assert named_ends(None) == {"low": None, "high": None}


def test_only_a_known_interval_excludes_a_value():
    known = Estimate(0.5, 0.4, 0.6, "wilson")
    assert [known.excludes(value) for value in (0.3, 0.4, 0.6, 0.7)] == [True, False, False, True]
    assert not Estimate(0.5).excludes(9.0)


def test_a_part_of_a_figure_and_so_much_more_move_the_ends_with_it():
    known = Estimate(2.0, 1.0, 4.0, "delta")
    assert known.times(0.5) == Estimate(1.0, 0.5, 2.0, "delta")
    assert known.plus(-1.0) == Estimate(1.0, 0.0, 3.0, "delta")
    assert Estimate(2.0).times(3.0).plus(1.0) == Estimate(7.0)


def test_the_rest_of_a_share_has_its_ends_the_other_way_round():
    assert Estimate(0.25, 0.125, 0.5, "wilson").rest == Estimate(0.75, 0.5, 0.875, "wilson")
    assert Estimate(0.25).rest == Estimate(0.75)


def test_half_a_students_interval_is_that_of_the_tables():
    # the 97.5 % points of Student's t with 1, 10 and very many degrees of freedom
    assert [half_width(1.0, freedom) for freedom in (1, 10, 1e9)] == pytest.approx(
        [12.7062, 2.2281, 1.96], abs=5e-5
    )
    assert half_width(3.0, 10) == pytest.approx(3 * 2.228139)


def test_the_error_of_a_ratio_is_the_spread_of_what_is_left_over_each_customer():
    # customers with (orders, money) of (1, 10), (2, 50), (3, 60): a mean of 20, left over −10, 10 and 0,
    # whose squares of 200 make √(3/2 · 200) / 6; one customer tells nothing, nor does nobody
    whole, part = np.array([1.0, 2.0, 3.0]), np.array([10.0, 50.0, 60.0])
    sums = (whole.sum(), part.sum(), whole @ whole, whole @ part, part @ part)
    ratio, error = ratio_error([3, 1, 0], *([each, each, 0.0] for each in sums))
    assert ratio[:2].tolist() == [20.0, 20.0]
    assert error[0] == pytest.approx(np.sqrt(1.5 * 200) / 6)
    assert np.isnan(error[1:]).all()
    assert np.isnan(ratio[2])


def test_two_customers_are_the_fewest_with_an_error_of_a_ratio():
    _, error = ratio_error([2, 1], [2, 2], [40, 40], [2, 2], [40, 40], [1000, 1000])
    assert error[0] == pytest.approx(10.0)
    assert np.isnan(error[1])
