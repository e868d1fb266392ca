import numpy as np
import pytest
from hypothesis import given, strategies as st

from retention.statistics import concentration


def test_equal_customers_are_not_concentrated():
    equal = concentration(np.full(10, 3.0))
    assert equal.share_of_best(0.2) == pytest.approx(0.2)
    assert equal.gini == pytest.approx(0.0)


def test_one_customer_with_everything():
    one = concentration([5, 0, 0, 0])
    assert one.share_of_best(0.25) == pytest.approx(1.0)
    assert one.gini == pytest.approx(0.75)  # (n − 1) / n with divisor n


def test_a_fraction_between_two_customers_is_interpolated():
    # 6, 2, 1, 1: the best eighth is half of the best customer
    assert concentration([1, 6, 1, 2]).share_of_best(0.125) == pytest.approx(0.3)
    assert concentration([1, 6, 1, 2]).share_of_best(0.375) == pytest.approx(0.7)


@pytest.mark.parametrize("value", [[], [-1, 2], [0, 0]])
def test_nothing_to_share_is_an_error(value):
    with pytest.raises(ValueError, match="non-negative"):
        concentration(value)


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=50), st.floats(0.01, 1000))
def test_the_currency_does_not_matter_and_the_best_hold_at_least_their_share(value, rate):
    here, there = concentration(value), concentration(np.array(value) * rate)
    assert there.gini == pytest.approx(here.gini, abs=1e-9)
    assert here.share_of_best(0.2) >= 0.2 - 1e-9
