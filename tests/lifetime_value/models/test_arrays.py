"""Distinct rows, whatever kind of numbers they are told in."""

import numpy as np
import pytest

from retention.lifetime_value.models.arrays import (
    cumulative_sums,
    distinct_rows,
    even_individuals,
    even_sample,
    sum_by,
)

FIRST, SECOND = np.array([3, -1, 3, 0, -1, 3]), np.array([5, 2, 5, 2, 2, 4])


@pytest.mark.parametrize(
    "scale",
    [1, 1.0, 1 / 7, 2**31],  # whole, whole as floats, broken, and too far apart to be one number
)
def test_rows_in_the_order_they_first_appear(scale):
    columns, which = distinct_rows(FIRST * scale, SECOND * scale)
    assert which.tolist() == [0, 1, 0, 2, 1, 3]
    assert columns[0].tolist() == [3 * scale, -1 * scale, 0, 3 * scale]
    assert columns[1].tolist() == [5 * scale, 2 * scale, 2 * scale, 4 * scale]


def test_no_rows():
    columns, which = distinct_rows(np.array([], dtype=int), np.array([]))
    assert (which.size, [column.size for column in columns]) == (0, [0, 0])


def test_whole_numbers_beyond_what_a_float_holds_stay_apart():
    columns, which = distinct_rows(np.array([2**60, 2**60 + 4096]), np.array([0, 0]))
    assert which.tolist() == [0, 1]
    assert columns[0].tolist() == [2.0**60, 2.0**60 + 4096]


def test_a_sample_takes_every_so_many_customers():
    # of ten in rows of 2, 5, 0 and 3 those at 1, 3, 5, 7 and 9 of their line: in 0–2, three times 2–7, 7–10
    rows, number = even_sample(np.array([2.0, 5.0, 0.0, 3.0]), 5)
    assert (rows.tolist(), number.tolist()) == ([0, 1, 3], [1.0, 3.0, 1.0])
    rows, number = even_sample(np.array([2.0, 5.0, 0.0, 3.0]), 10)
    assert (rows.tolist(), number.tolist()) == ([0, 1, 3], [2.0, 5.0, 3.0])


def test_customers_one_by_one_stand_for_so_many_real_ones():
    rows, each = even_individuals(np.array([2.0, 5.0, 0.0, 3.0]), 5)
    assert (rows.tolist(), each) == ([0, 1, 1, 1, 3], 2.0)
    rows, each = even_individuals(np.array([2.0, 1.0]), 5)
    assert (rows.tolist(), each) == ([0, 0, 1], 1.0)


def test_sums_by_place_and_of_the_first_terms():
    assert sum_by(np.array([1, 0, 1]), np.array([2.0, 3.0, 4.0]), 3).tolist() == [3.0, 6.0, 0.0]
    assert cumulative_sums(np.array([1.0, 2.0, 4.0])).tolist() == [0.0, 1.0, 3.0, 7.0]
