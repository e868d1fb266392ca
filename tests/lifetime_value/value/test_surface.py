"""Many values told by a polynomial learnt at a few of them, against all of them computed."""

import numpy as np
import pytest

from retention.lifetime_value import effect_of_draws
from retention.lifetime_value.models.drawing import drawn_steps
from retention.lifetime_value.models.likelihood import moved_by
from retention.lifetime_value.value.customer_base import Grid, effect_of
from retention.lifetime_value.value.discounting import Terms
from retention.lifetime_value.value.surface import by_surface
from retention.statistics import SEED
from tests.lifetime_value import shops

POINTS = np.random.default_rng(7).normal(0.0, [0.1, 1e-9, 30.0], (400, 3))


class Counted:
    def __init__(self, function):
        self.function, self.asked = function, 0

    def __call__(self, points):
        self.asked += len(points)
        return self.function(points)


def quadratic(points):
    first, _, third = points.T
    return np.column_stack([2 + first - third * first / 3, third**2 / 900, np.ones(len(points))])


def test_what_is_of_second_degree_is_told_exactly_by_sixty_points():
    function = Counted(quadratic)
    assert by_surface(function, POINTS) == pytest.approx(quadratic(POINTS), rel=1e-9, abs=1e-9)
    assert function.asked == 60


def test_what_bends_more_is_computed_point_by_point():
    def bent(points):
        return np.sin(40.0 * points[:, :1])

    function = Counted(bent)
    assert np.array_equal(by_surface(function, POINTS), bent(POINTS))
    assert function.asked == len(POINTS)


@pytest.mark.parametrize("points", [POINTS[:0], POINTS[:1], POINTS[:50], np.zeros((80, 3))])
def test_few_points_or_all_the_same_are_told_too(points):
    assert by_surface(quadratic, points) == pytest.approx(quadratic(points), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("log_sd", [0.03, 0.15, 0.8])
def test_drawn_parameters_do_what_they_do_one_by_one(log_sd):
    model = shops.purchase_model(0.8, 6.0, 0.9, 2.4, log_sd=log_sd)
    grid, terms = Grid((0.0, 1.0, 5.0, 20.0), (4.0, 30.0, 90.0)), Terms(12, 0.1)
    found = effect_of_draws(grid, model, terms)
    steps = drawn_steps(model, np.random.default_rng(SEED), len(found))
    each = effect_of(grid, moved_by(model.parameters, steps), model, terms)
    assert np.abs(found - each).mean() < 0.002
    assert np.abs(found - each).max() < 0.1 * each.std()
