"""The risks that stand for customers of a curve: held against the curve's own closed form."""

import numpy as np
import pytest
from scipy.special import betaln

from retention.what_if.ageing import Ageing
from retention.what_if.curve_people import _ageing, _spread_nodes, people

SHAPES = [(0.26, 1.72, 1.58), (0.5, 0.9, 1.2), (2.0, 10.0, 0.6), (1.0, 20.0, 2.5), (200.0, 1500.0, 1.3)]
NOW = np.ones(1)


def survival(shape, t):
    alpha, beta, c = shape
    return np.exp(betaln(alpha, beta + np.asarray(t, dtype=float) ** c) - betaln(alpha, beta))


def followed(mixture, who, periods):
    found, there = [float(who.sum())], Ageing.of(who, mixture, periods, who.shape[2])
    stays = mixture.transition(NOW).stays
    for _ in range(periods):
        there.here[:] *= stays[there.ages]
        there.grow_older()
        found.append(float(there.here.sum()))
    return np.array(found)


@pytest.mark.parametrize("shape", SHAPES)
def test_those_won_stay_by_the_curve_to_the_longest_horizon(shape):
    mixture = people(np.array(shape)[:, None], np.array([[1.0]]))
    assert followed(mixture, mixture.won, 120) == pytest.approx(survival(shape, range(121)), abs=1e-4)


@pytest.mark.parametrize("shape", SHAPES[:4])
def test_todays_customers_go_on_from_their_age(shape):
    mix = np.array([[0.2], [0.0], [0.5], [0.0], [0.0], [0.3]])
    mixture = people(np.array(shape)[:, None], mix)
    expected = sum(
        mix[age, 0] * survival(shape, age + np.arange(61)) / survival(shape, age) for age in (0, 2, 5)
    )
    assert followed(mixture, mixture.today, 60) == pytest.approx(expected, abs=1e-4)
    assert mixture.young.sum() == pytest.approx(0.2)


def test_a_power_of_one_gives_the_customers_of_the_shifted_beta_geometric():
    shape, mix = np.array([[0.7], [1.9], [1.0]]), np.array([[0.4], [0.35], [0.25]])
    fixed, ageing = people(shape, mix), _ageing(shape, mix)
    assert (fixed.ages, ageing.ages) == (1, 123)
    for who in ("today", "won", "young"):
        expected, found = (followed(mixture, getattr(mixture, who), 60) for mixture in (fixed, ageing))
        assert found == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("alpha", np.exp([-8.0, -3.0, 0.0, 4.0, 8.0]))
@pytest.mark.parametrize("beta", np.exp([-8.0, -3.0, 0.0, 4.0, 8.0]))
def test_points_stand_for_every_curve_that_can_be_fitted(alpha, beta):
    rate, weight = _spread_nodes(np.array([alpha]), np.array([beta]))
    assert weight.sum() == pytest.approx(1.0)
    for power in (1, 3.7, 50, 4000):
        expected = np.exp(betaln(alpha, beta + power) - betaln(alpha, beta))
        assert float((weight * np.exp(-power * rate)).sum()) == pytest.approx(expected, abs=2e-3)
