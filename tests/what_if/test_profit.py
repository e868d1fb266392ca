import numpy as np
import pytest

from retention.statistics import Estimate, position_in
from retention.what_if.profit import CLAIMED_RISE, Gain, gain_of


@pytest.mark.parametrize(
    ("value", "position"),
    [(0.2, "below"), (0.25, "within"), (0.5, "within"), (0.95, "within"), (0.96, "above")],
)
def test_position_against_the_claim(value, position):
    assert position_in(value, CLAIMED_RISE) == position
    assert Gain(1, 1 + value, Estimate(value), Estimate(value)).position == position


def test_each_end_of_the_interval_has_its_own_position():
    wide = Gain(1, 1.5, Estimate(0.5), Estimate(0.5, 0.1, 1.2))
    assert wide.interval_positions == ("below", "above")


def test_from_nothing_there_is_no_relative_change():
    grown = gain_of(np.array([0.0]), np.array([5.0]))
    assert (grown.absolute.value, grown.relative, grown.position, grown.interval_positions) == (
        5.0,
        None,
        None,
        None,
    )


def test_interval_holds_the_middle_of_the_draws():
    draws = np.arange(1001.0)
    seen = gain_of(np.concatenate([[500.0], np.full(1001, 100.0)]), np.concatenate([[1000.0], 100 + draws]))
    assert seen.absolute.ends == (25.0, 975.0)
    assert seen.relative.ends == (0.25, 9.75)


def test_a_draw_without_a_relative_change_leaves_no_interval_of_it():
    seen = gain_of(np.array([2.0, 0.0, 1.0]), np.array([3.0, 1.0, 2.0]))
    assert (seen.relative.value, seen.relative.ends) == (0.5, None)
    assert seen.absolute.ends == (1.0, 1.0)
