"""Customers of several risks: one period of each kind by hand and by integration."""

import numpy as np
import pytest
from scipy.integrate import quad

from retention.what_if.mixture import LEAST, Mixture

NOW = np.ones(1)
WEIGHTS = np.array([[3.0], [1.0], [4.0]])
RISKS = np.array([[0.1], [0.5], [0.0]])


def mixture(leaves, risk=RISKS, **others):
    one = np.ones((1, *risk.shape))
    return Mixture(risk, today=one, won=2 * one, young=0.5 * one, leaves=leaves, **others)


def test_between_periods_those_who_stay_pay_in_full():
    found = mixture("between").transition(np.array([2.0, 1.0, 10.0]))
    stays = [[0.8, 0.9, 0.0], [0.0, 0.5, 0.0], [1.0, 1.0, 1.0]]
    assert found.stays.tolist() == [pytest.approx(row) for row in stays]
    assert found.pays.tolist() == found.stays.tolist()
    assert np.all(found.joins == 1.0)
    assert np.all(found.adds == 1.0)


@pytest.mark.parametrize("z", [1e-12, 1e-7, 0.9e-5, 1.1e-5, 1e-3, 0.4, 3.0, 50.0])
def test_at_any_moment_they_pay_until_they_leave(z):
    found = mixture("any_time", np.array([[z / 2]])).transition(np.array([2.0]))
    one = quad(lambda s: np.exp(-z * s), 0, 1, epsrel=1e-12)[0]
    two = quad(lambda s: (1 - s) * np.exp(-z * s), 0, 1, epsrel=1e-12)[0]  # all who join before 1 − s
    assert found.stays[0, 0] == pytest.approx(np.exp(-z), rel=1e-12)
    assert found.pays[0, 0] == pytest.approx(one, rel=1e-10)
    assert found.joins[0, 0] == pytest.approx(one, rel=1e-10)
    assert found.adds[0, 0] == pytest.approx(two, rel=1e-9)


def test_where_nobody_leaves_who_joins_pays_half_a_period():
    found = mixture("any_time", np.zeros((1, 1))).transition(NOW)
    assert [float(part[0, 0]) for part in found] == [1.0, 1.0, 1.0, 0.5]


def test_retention_is_that_of_the_customers_asked_for():
    assert mixture("between").retention(WEIGHTS, NOW).tolist() == [pytest.approx((2.7 + 0.5 + 4.0) / 8)]
    kept = (3 * np.exp(-0.2) + np.exp(-1.0) + 4) / 8
    assert mixture("any_time").retention(WEIGHTS, 2 * NOW).tolist() == [pytest.approx(kept)]
    assert mixture("between").retention(0 * WEIGHTS, NOW).tolist() == [1.0]  # of nobody nobody leaves


@pytest.mark.parametrize("leaves", ["between", "any_time"])
@pytest.mark.parametrize("target", [0.81, 0.9, 0.97, 1.0])
def test_the_factor_leads_to_the_retention_asked_for(leaves, target):
    people = mixture(leaves)
    factor = people.factor(WEIGHTS, np.array([target]))
    assert people.retention(WEIGHTS, factor)[0] == pytest.approx(target, abs=1e-12)
    assert (factor[0] > 1.0) == (target < people.retention(WEIGHTS, NOW)[0])


@pytest.mark.parametrize("leaves", ["between", "any_time"])
def test_todays_retention_needs_no_factor(leaves):
    people = mixture(leaves)
    assert people.factor(WEIGHTS, people.retention(WEIGHTS, NOW)).tolist() == [1.0]
    nobody_leaves = mixture(leaves, np.zeros((3, 1)))
    assert nobody_leaves.factor(WEIGHTS, np.array([1.0])).tolist() == [1.0]


def test_the_factor_of_few_who_leave_fast_is_found_from_either_side():
    # risks four orders apart: e^(−risk) of the fast ones is nothing, and the slope tiny
    people = mixture("any_time", np.array([[200.0], [0.01]]))
    for target in (0.02, 0.3, 0.49, 0.51, 0.9, 0.999):
        factor = people.factor(np.ones((2, 1)), np.array([target]))
        assert people.retention(np.ones((2, 1)), factor)[0] == pytest.approx(target, abs=1e-9)


@pytest.mark.parametrize("leaves", ["between", "any_time"])
def test_any_retention_is_reached_by_the_same_odds_for_all(leaves):
    people = mixture(leaves)
    targets = np.array([0.6, 0.8, 0.95])
    moved = people.at_retention(WEIGHTS, targets)
    assert moved.retention(WEIGHTS, np.ones(3)) == pytest.approx(targets, abs=1e-9)
    stays, before = moved.transition(np.ones(3)).stays, people.transition(NOW).stays
    before = np.minimum(before, 1 - LEAST)  # a risk of nothing counts as the least there is
    odds = (1 - stays) / stays / ((1 - before) / before)
    assert odds[0] == pytest.approx(odds[1], rel=1e-6)
    assert odds[2] == pytest.approx(odds[1], rel=1e-4)


@pytest.mark.parametrize("leaves", ["between", "any_time"])
def test_a_retention_beyond_all_who_never_left_is_reached_too(leaves):
    moved = mixture(leaves).at_retention(WEIGHTS, np.array([0.02, 0.4]))
    assert moved.retention(WEIGHTS, np.ones(2)) == pytest.approx([0.02, 0.4], abs=1e-9)


@pytest.mark.parametrize("leaves", ["between", "any_time"])
def test_todays_own_retention_leaves_every_risk_as_it_is(leaves):
    people = mixture(leaves)
    now = people.retention(WEIGHTS, NOW)
    assert np.array_equal(people.at_retention(WEIGHTS, now).risk, RISKS)


def test_the_estimate_is_the_first_column_of_everything():
    draws = np.array([[0.1, 0.2, 0.3], [0.5, 0.6, 0.7]])
    parts = [np.arange(6.0).reshape(1, 2, 3) + shift for shift in (0, 10, 20, 30)]
    found = Mixture(draws, *parts[:3], "any_time", (2.0, 1.0), parts[3]).estimate()
    assert found.risk.tolist() == [[0.1], [0.5]]
    kept = [part.tolist() for part in (found.today, found.won, found.young, found.lost_at_once)]
    assert kept == [[[[first], [first + 3]]] for first in (0, 10, 20, 30)]
    assert (found.leaves, found.at_once) == ("any_time", (2.0, 1.0))
    assert Mixture(draws, *parts[:3]).estimate().lost_at_once is None
