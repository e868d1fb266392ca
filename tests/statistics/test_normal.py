"""Draws from a normal distribution: as their covariance says, and moved no more than it is."""

import numpy as np
import pytest

from retention.statistics import normal_steps

COVARIANCE = np.array([[4.0, 1.2, 0.0], [1.2, 1.0, 0.3], [0.0, 0.3, 0.25]])


def drawn(covariance, draws=1000):
    return normal_steps(covariance, np.random.default_rng(7), draws)


def test_their_covariance_is_the_one_asked_for():
    found = drawn(COVARIANCE, 200_000)
    assert found.mean(axis=0) == pytest.approx(np.zeros(3), abs=0.02)
    assert np.cov(found.T) == pytest.approx(COVARIANCE, abs=0.03)


def test_where_directions_are_alike_the_last_digit_moves_no_draw():
    alike = np.eye(4) * 0.3
    nudge = np.random.default_rng(3).normal(0.0, 1e-16, (4, 4))
    assert drawn(alike + nudge + nudge.T) == pytest.approx(drawn(alike), abs=1e-14)


def test_another_unit_draws_the_same():
    # cents for euros: the same draws, a hundred times as large
    unit = np.array([100.0, 1.0, 1e-6])
    assert drawn(COVARIANCE * np.outer(unit, unit)) == pytest.approx(drawn(COVARIANCE) * unit, rel=1e-9)


def test_what_does_not_vary_stays_at_nothing():
    # the last is the sum of the others taken away from itself, but for rounding
    whole = np.array([[1.0, 0.0, 1.0], [0.0, 2.0, 2.0], [1.0, 2.0, 3.0]])
    found = drawn(whole)
    assert found[:, 2] == pytest.approx(found[:, 0] + found[:, 1], abs=1e-12)
    assert np.array_equal(drawn(np.diag([1.0, 0.0]))[:, 1], np.zeros(1000))
