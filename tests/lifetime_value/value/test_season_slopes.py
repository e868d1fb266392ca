"""Slopes by the months of a season, against the same model asked again with each month moved."""

from dataclasses import replace

import numpy as np
import pytest

from retention.lifetime_value.value import predictions, season_slopes
from tests.lifetime_value import seasonal, shops

STEP = 1e-3
X = np.array([0.0, 3.0, 0.0, 3.0, 7.0, 1.0])
T_X = np.array([0.0, 50.0, 0.0, 90.0, 700.0, 31.0])
AGE = np.array([0.0, 120.0, 320.0, 90.0, 720.0, 400.0])  # one won today, one who bought today
ENDS = np.array([20.0, 200.0, 400.0])


def alive(model):
    return predictions.probability_alive(model, X, T_X, AGE)


def while_alive(model):
    return predictions.expected_while_alive(model, X, T_X, AGE, ENDS)


def had_they_stayed(model):
    return predictions.expected_had_they_stayed(model, X, T_X, AGE, ENDS)


def by_differences(model, expected):
    """Slopes from the model with each month's logarithm moved up, then down: (12, …)."""
    steps = STEP * np.eye(16)[4:]
    return np.array([expected(model.moved(step)) - expected(model.moved(-step)) for step in steps]) / (
        2 * STEP
    )


@pytest.mark.parametrize("kind", ["bg_nbd", "mbg_nbd"])
@pytest.mark.parametrize("k", [1, 2, 3])
def test_slopes_are_those_of_small_differences(kind, k):
    model = replace(seasonal.model(kind=kind), k=k)
    found = season_slopes.alive_slopes(model, X, T_X, AGE)
    assert found == pytest.approx(by_differences(model, alive), abs=1e-5)
    found = season_slopes.while_alive_slopes(model, X, T_X, AGE, ENDS)
    assert found == pytest.approx(by_differences(model, while_alive), abs=1e-5)
    found = season_slopes.had_they_stayed_slopes(model, X, T_X, AGE, ENDS)
    assert found == pytest.approx(by_differences(model, had_they_stayed), abs=1e-5)


def test_all_months_moved_together_are_another_unit_of_time():
    """So α moved the other way does the same."""
    model = seasonal.model()
    found = season_slopes.while_alive_slopes(model, X, T_X, AGE, ENDS).sum(axis=0)
    shorter = np.array([0.0, -STEP, 0.0, 0.0])
    up, down = (while_alive(replace(model, parameters=at)) for at in alpha_moved(model, shorter))
    assert found == pytest.approx((up - down) / (2 * STEP), rel=1e-4, abs=1e-6)


def alpha_moved(model, step):
    return [tuple(np.array(model.parameters) * np.exp(sign * step)) for sign in (1, -1)]


def test_without_a_season_there_are_none():
    model = shops.purchase_model(0.8, 6.0, 0.9, 2.4)
    assert season_slopes.alive_slopes(model, X, T_X, AGE).shape == (0, 6)
    assert season_slopes.while_alive_slopes(model, X, T_X, AGE, ENDS).shape == (0, 6, 3)
    assert season_slopes.had_they_stayed_slopes(model, X, T_X, AGE, ENDS).shape == (0, 6, 3)
