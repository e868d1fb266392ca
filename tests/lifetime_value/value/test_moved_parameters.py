"""Parameters moved a little, and what customers would buy under them, against the model asked one by one."""

import numpy as np
import pandas as pd
import pytest

from retention.lifetime_value import probability_alive
from retention.lifetime_value.value.discounting import Terms
from retention.lifetime_value.value.moved_parameters import MovedParameters, moved, slopes
from retention.lifetime_value.value.predictions import expected_had_they_stayed
from tests.lifetime_value import shops

PARAMETERS = {"bg_nbd": (0.8, 6.0, 0.9, 2.4), "pareto_nbd": (0.8, 6.0, 0.7, 12.0)}
TERMS = Terms(12, 0.1, 0.5, 0.9)
PEOPLE = pd.DataFrame(
    {
        "x": [0.0, 3.0, 0.0, 3.0, 7.0, 3.0],
        "t_x": [0.0, 50.0, 0.0, 90.0, 300.0, 50.0],
        "T": [100.0, 120.0, 320.0, 100.0, 320.0, 120.0],
    }
)


def test_each_parameter_is_moved_up_and_down_by_a_thousandth_of_its_logarithm():
    found = moved(np.array([2.0, 5.0]))
    up, down = np.exp(1e-3), np.exp(-1e-3)
    expected = [[2.0, 5.0], [2.0 * up, 5.0], [2.0, 5.0 * up], [2.0 * down, 5.0], [2.0, 5.0 * down]]
    assert found == pytest.approx(np.array(expected), rel=1e-15)


def test_slopes_of_a_product_of_powers_are_its_exponents():
    a, b = moved(np.array([2.0, 5.0])).T
    found = slopes(np.stack([a**2 / b, b**3], axis=1), 2)
    assert found == pytest.approx(np.array([[2.0, 0.0], [-1.0, 3.0]]), abs=1e-9)
    beside = np.append(np.stack([a**2 / b, b**3], axis=1), [[9.0, 9.0]], axis=0)  # of others, of no account
    assert np.array_equal(slopes(beside, 2), found)


@pytest.mark.parametrize("kind", PARAMETERS)
def test_customers_under_each_set_of_parameters_are_those_of_that_model(kind):
    model = shops.purchase_model(*PARAMETERS[kind], kind=kind)
    x, t_x, age = (PEOPLE[name].to_numpy() for name in PEOPLE)
    tried = MovedParameters.of(model, TERMS)
    parameters = np.array([one.parameters for one in tried.models])
    assert parameters == pytest.approx(moved(np.array(PARAMETERS[kind])))
    present, gone = tried.present(x, t_x, age), tried.gone(x, t_x, age)
    assert present.shape == gone.shape == (9, 6)
    thirds = TERMS.days * np.array([1.0, 2.0, 3.0]) / 3.0
    for moved_so, ahead, left in zip(parameters, present, gone, strict=True):
        other = shops.purchase_model(*moved_so, kind=kind)
        cumulative = expected_had_they_stayed(other, x, t_x, age, thirds)
        bought = np.column_stack([cumulative[:, 0], np.diff(cumulative, axis=1)])
        assert ahead == pytest.approx(bought @ TERMS.discounts(3), rel=1e-9)
        assert left == pytest.approx(1.0 - probability_alive(other, x, t_x, age), rel=1e-9, abs=1e-12)
