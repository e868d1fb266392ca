"""The parts of an interval of value at risk, by hand."""

import numpy as np
import pandas as pd
import pytest

from retention.lifetime_value.value.risk_intervals import _reaching, _sample, _steady, state_of
from retention.statistics import Estimate

PEOPLE = pd.DataFrame(
    {
        "x": [2, 0, 2, 1, 2],
        "t_x": [9, 0, 9, 3, 9],
        "T": [20, 20, 20, 5, 20],
        "m_x": [10.0, np.nan, 10.0, 7.0, 4.0],
    }
)


def test_who_bought_once_spent_nothing_on_repeats():
    assert np.stack(state_of(PEOPLE), axis=1).tolist() == [
        [2, 9, 20, 10],
        [0, 0, 20, 0],
        [2, 9, 20, 10],
        [1, 3, 5, 7],
        [2, 9, 20, 4],
    ]


def test_customers_alike_are_one_kind():
    kinds, number = _sample(PEOPLE, 4)
    found = sorted(zip(*(column.tolist() for column in kinds), number.tolist(), strict=True))
    assert found == [(0, 0, 20, 0, 1), (1, 3, 5, 7, 1), (2, 9, 20, 4, 1), (2, 9, 20, 10, 2)]


def test_of_too_many_kinds_a_sample_of_customers_is_taken():
    kinds, number = _sample(PEOPLE, 3)
    assert number.sum() == 3
    assert all(column.size == number.size for column in kinds)


def test_money_counts_to_nine_digits_of_the_greatest():
    assert _steady(np.array([123.4567891234, 1.23456789012])).tolist() == [123.456789, 1.234568]
    assert _steady(np.array([-0.01234567891234, 0.0])).tolist() == [-0.0123456789, 0.0]
    assert _steady(np.zeros(2)).tolist() == [0.0, 0.0]
    assert _steady(np.zeros(0)).size == 0


@pytest.mark.parametrize(
    ("others", "ends"),
    [
        ([], (8.0, 13.0)),
        ([9.0, 12.0], (7.0, 15.0)),
        ([11.0], (8.0, 14.0)),
        ([9.5], (7.5, 13.0)),
        ([1.0], (0.0, 13.0)),  # never below nothing
    ],
)
def test_ends_move_out_by_what_other_parameters_say(others, ends):
    found = _reaching(Estimate(10.0, 8.0, 13.0, "resampled"), np.array(others))
    assert found == Estimate(10.0, *ends, "resampled")
    assert _reaching(Estimate(10.0), np.array(others)) == Estimate(10.0)
