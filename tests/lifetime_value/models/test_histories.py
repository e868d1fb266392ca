"""Histories of four states, by hand."""

import numpy as np
import pytest

from retention.lifetime_value.models.histories import Histories

# x, t_x, T, customers, in their order
STATES = np.array([[0, 0.0, 0.3, 4], [0, 0.0, 0.5, 2], [1, 0.2, 0.5, 1], [1, 0.2, 0.9, 3]])


def of(states):
    x, t_x, age, customers = states.T
    return Histories.of(x.astype(int), t_x, age, customers)


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 2, 3], [0, 1, 3, 2], [2, 3, 0, 1]])
def test_each_value_is_kept_once_whatever_the_order(order):
    known = of(STATES[order])
    assert np.array_equal(np.stack([known.x, known.t_x, known.T, known.customers], axis=1), STATES)
    assert (known.counts.tolist(), known.at_x.tolist()) == ([0, 1], [0, 0, 1, 1])
    assert known.times.tolist() == [0.0, 0.2, 0.3, 0.5, 0.9]
    assert (known.at_t_x.tolist(), known.at_T.tolist()) == ([0, 0, 1, 1], [2, 3, 3, 4])
    assert known.having.tolist() == [6.0, 4.0]
    assert known.aged.tolist() == [0.0, 0.0, 4.0, 3.0, 3.0]
    assert known.bought.tolist() == [0.0, 0.0, 0.0, 1.0, 3.0]
    assert known.total == 10


def test_states_that_differ_in_the_last_purchase_alone_stand_by_it():
    states = np.array([[2, 0.7, 0.8, 1], [2, 0.1, 0.9, 1], [2, 0.4, 0.8, 1]])
    assert of(states).t_x.tolist() == [0.1, 0.4, 0.7]
    assert of(states[[1, 2, 0]]).T.tolist() == [0.9, 0.8, 0.8]


def test_moments_of_each_number_of_purchases():
    found = of(STATES).moments
    assert (found.x.tolist(), found.at_x.tolist()) == ([0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1])
    assert found.first.tolist() == [0, 3]
    assert found.time.tolist() == [0.0, 0.3, 0.5, 0.2, 0.5, 0.9]
    assert found.until_next == pytest.approx([0.3, 0.2, 0.0, 0.3, 0.4, 0.0])
    assert (found.at_t_x.tolist(), found.at_T.tolist()) == ([0, 0, 3, 3], [1, 2, 4, 5])


def test_a_sample_is_of_so_many_customers():
    found = of(STATES).sample(5)
    assert found.total == 5
    assert set(zip(found.x, found.t_x, found.T, strict=True)) <= {tuple(state[:3]) for state in STATES}
