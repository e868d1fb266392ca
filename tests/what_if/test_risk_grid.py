"""Rates on a grid: a cubic through four neighbours keeps every cubic, and what lies outside is kept whole."""

from types import SimpleNamespace

import numpy as np
import pytest

from retention.what_if.risk_grid import RISKS, spread


def rates(leaves, weight=None, buys=None):
    leaves = np.atleast_2d(np.asarray(leaves, dtype=float))
    ones = np.ones_like(leaves)
    return SimpleNamespace(
        leaves=leaves,
        weight=ones if weight is None else np.atleast_2d(weight) * ones,
        buys=ones if buys is None else np.atleast_2d(buys) * ones,
    )


def test_the_grid_begins_with_nobody_leaving():
    assert RISKS[0] == 0.0
    assert (RISKS[1], RISKS[-1]) == (pytest.approx(1e-4), pytest.approx(100.0))
    assert np.allclose(np.diff(np.log(RISKS[1:]), 2), 0.0)


@pytest.mark.parametrize("place", [1, 2, 17, len(RISKS) - 2, len(RISKS) - 1])
def test_a_risk_of_the_grid_stays_where_it_is(place):
    found = spread(rates(RISKS[place]), 1.0)
    expected = np.eye(len(RISKS))[place]
    assert found.customers[0] == pytest.approx(expected, abs=1e-9)
    assert found.purchases[0] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("risk", [1.01e-4, 1.7e-4, 3e-3, 0.37, 5.0, 71.0, 99.0])
@pytest.mark.parametrize("power", [0, 1, 2, 3])
def test_every_cubic_of_the_logarithm_is_kept(risk, power):
    found = spread(rates(risk), 1.0)
    assert found.customers[0, 1:] @ np.log(RISKS[1:]) ** power == pytest.approx(
        np.log(risk) ** power, rel=1e-9
    )
    assert np.count_nonzero(found.customers) <= 4


def test_a_risk_lies_between_its_neighbours():
    found = spread(rates(np.sqrt(RISKS[20] * RISKS[21])), 1.0)
    assert found.customers[0, 19:23] == pytest.approx([-1 / 16, 9 / 16, 9 / 16, -1 / 16])


@pytest.mark.parametrize("part", [0.0, 0.25, 0.99])
def test_below_the_least_risk_the_line_is_straight(part):
    found = spread(rates(part * RISKS[1]), 1.0)
    assert found.customers[0, :2] == pytest.approx([1.0 - part, part])
    assert np.all(found.customers[0, 2:] == 0.0)


def test_beyond_the_grid_all_leave_at_once_and_buy_as_long_as_they_stay():
    # at a risk of 400, four times the last, they buy for a quarter of the time
    found = spread(rates(400.0, buys=3.0), 1.0)
    assert found.customers[0, -1] == pytest.approx(1.0)
    assert found.purchases[0, -1] == pytest.approx(3.0 / 4.0)


def test_units_of_time_make_a_period():
    # rates a week, four weeks a period: risk and purchases are four times as much
    found = spread(rates([[0.1, 0.3]], weight=[[0.25, 0.75]], buys=[[2.0, 5.0]]), 4.0)
    alone = [spread(rates(risk), 1.0).customers[0] for risk in (0.4, 1.2)]
    assert found.customers[0] == pytest.approx(0.25 * alone[0] + 0.75 * alone[1])
    assert found.purchases[0] == pytest.approx(0.25 * 8 * alone[0] + 0.75 * 20 * alone[1])


def test_cells_stay_apart_and_are_added_by_their_customers():
    found = spread(rates([[RISKS[5]], [RISKS[9]]], buys=[[2.0], [3.0]]), 1.0)
    assert found.customers.shape == (2, len(RISKS))
    customers, money, purchases = found.of(np.array([10.0, 1.0]), np.array([100.0, 7.0]))
    assert customers[[5, 9]] == pytest.approx([10.0, 1.0])
    assert money[[5, 9]] == pytest.approx([200.0, 21.0])
    assert purchases[[5, 9]] == pytest.approx([20.0, 3.0])
