import numpy as np
import pytest

from retention.statistics import Estimate, position_in
from retention.what_if.profit import (
    CLAIMED_RISE,
    Gain,
    Profit,
    Survivors,
    active,
    cumulative,
    gain_of,
    yearly,
)
from retention.what_if.streams import Stream


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


def stream(base, new):
    """Money of each period: the estimate and one draw of half of it."""
    return Stream(*(np.array(part, dtype=float)[:, None] * [1.0, 0.5] for part in (base, new)))


BEFORE, AFTER = stream([8, 4, 2], [1, 2, 3]), stream([8, 6, 4], [1, 3, 5])
FLOW = Profit(BEFORE, AFTER)
WEIGHTS = np.array([1.0, 0.5, 0.25])


def test_gains_of_todays_customers_of_new_ones_and_of_all():
    gains = FLOW.gains
    found = [(gain.before, gain.after, gain.absolute.value) for gain in (gains.base, gains.new, gains.firm)]
    assert found == [(14.0, 18.0, 4.0), (6.0, 9.0, 3.0), (20.0, 27.0, 7.0)]
    assert gains.firm.absolute.ends == (3.5, 7.0)  # the draw's, and the gain itself
    assert gains.firm.relative.ends == (0.35, 0.35)


def test_a_period_belongs_to_the_year_its_middle_falls_in():
    table = yearly(FLOW, FLOW.times(0.5), 2.0)
    assert table["year"].tolist() == [1, 2]
    assert table[["base_before", "base_after", "new_before", "new_after"]].to_numpy().tolist() == [
        [12.0, 14.0, 3.0, 4.0],
        [2.0, 4.0, 3.0, 5.0],
    ]
    assert table["base_after_present"].tolist() == [7.0, 2.0]
    assert table["new_before_present"].tolist() == [1.5, 1.5]
    assert yearly(FLOW, FLOW, 1.4)["base_before"].tolist() == [8.0, 6.0]  # the second's middle is at 1.5
    assert yearly(FLOW, FLOW, 1.6)["base_before"].tolist() == [12.0, 2.0]


def test_customers_are_told_from_today_on():
    table = active(BEFORE, AFTER, 10.0)
    assert table["period"].tolist() == [0, 1, 2, 3]
    assert table["before"].tolist() == [10.0, 9.0, 6.0, 5.0]
    assert table["after"].tolist() == [10.0, 9.0, 9.0, 9.0]
    assert (table["base_after"].tolist(), table["new_after"].tolist()) == ([10, 8, 6, 4], [0, 1, 3, 5])
    assert (table["base_before"].tolist(), table["new_before"].tolist()) == ([10, 8, 4, 2], [0, 1, 2, 3])


def test_profit_adds_up_from_nothing():
    table = cumulative(FLOW, FLOW.times(0.5), np.array([4.0, 2.0, 2.0]), WEIGHTS)
    assert table["period"].tolist() == [0, 1, 2, 3]
    assert table["before"].tolist() == [0, 9, 15, 20]
    assert table["after"].tolist() == [0, 9, 18, 27]
    assert table["gain"].tolist() == [0, 0, 3, 7]
    assert table["gain_low"].tolist() == table["gain_high"].tolist() == [0, 0, 1.5, 3.5]
    assert table["cost"].tolist() == [0, 4, 6, 8]
    assert table["gain_present"].tolist() == [0, 0, 1.5, 3.5]
    assert table["cost_present"].tolist() == [0, 4, 5, 5.5]


def test_without_draws_the_gain_has_no_band():
    alone = Profit(*(Stream(each.base[:, :1], each.new[:, :1]) for each in (BEFORE, AFTER)))
    table = cumulative(alone, alone, np.zeros(3), WEIGHTS)
    assert table[["gain_low", "gain_high"]].isna().all(axis=None)
    assert table["gain"].tolist() == [0, 0, 3, 7]


@pytest.mark.parametrize(("after", "hardly"), [(0.99, True), (1.0, False)])
def test_less_than_one_customer_is_hardly_anybody(after, hardly):
    assert Survivors(0.5, after, after_a_year=True).hardly_anybody is hardly
