"""The shared integrals against each state's own, which test_kinds holds against integration by quadrature."""

import numpy as np
import pytest

from retention.lifetime_value import FAMILIES
from retention.lifetime_value.models import pareto_likelihood
from retention.lifetime_value.models.histories import Histories

PARETO = FAMILIES["pareto_nbd"]


def a_shop(chance, size, days, counts):
    """Histories in whole days, time scaled to 0 … 1; some customers fall silent early, some never."""
    x = chance.choice(counts, size)
    age = chance.integers(1, days + 1, size)
    share = chance.choice([0.02, 0.5, 1.0], size) * chance.random(size)
    t_x = np.where(x > 0, np.maximum((age * share).astype(int), 1), 0)
    return x, t_x / days, age / days, chance.integers(1, 9, size).astype(float)


def holds(parameters, shop):
    """The sum is that of the states' own likelihoods, and its gradient theirs by differences."""
    x, t_x, age, customers = shop
    known = Histories.of(x, t_x, age, customers)

    def total(logarithms):
        return float(customers @ PARETO.log_likelihood(tuple(np.exp(logarithms)), x, t_x, age))

    at, step = np.log(parameters), 1e-4
    value, slope, _ = PARETO.curved(parameters, known)
    assert value == pytest.approx(total(at), rel=1e-12, abs=1e-13 * known.total)
    numerical = [(total(at + unit) - total(at - unit)) / (2 * step) for unit in step * np.eye(4)]
    assert slope / known.total == pytest.approx(np.array(numerical) / known.total, rel=2e-6, abs=2e-6)
    return known


@pytest.mark.parametrize(
    "parameters",
    [
        (0.5, 0.04, 0.6, 0.04),  # as a shop has them
        (0.3, 0.05, 3.0, 1e-3),  # most leave at once
        (2.0, 1e-3, 0.05, 20.0),  # rates differ much, few leave
        (0.5, 0.2, 1e-5, 1.0),  # nobody leaves
        (9.0, 3.0, 8.0, 5.0),  # all alike
    ],
)
@pytest.mark.parametrize("counts", [[0], [0, 1, 2, 5, 9], [0, 1, 30, 150]])
def test_the_sum_and_its_gradient_are_those_of_the_states_one_by_one(parameters, counts):
    known = holds(parameters, a_shop(np.random.default_rng(7), 400, 365, counts))
    assert pareto_likelihood.curved(known, parameters) is not None


def test_integrands_that_fall_beyond_what_a_float_can_hold():
    shop = a_shop(np.random.default_rng(8), 300, 700, [0, 1, 400, 900])
    known = holds((0.4, 0.05, 0.7, 0.02), shop)
    assert 900 * np.log((0.05 + 1.0) / (0.05 + 1 / 700)) > 1000
    assert pareto_likelihood.curved(known, (0.4, 0.05, 0.7, 0.02)) is not None


def test_where_integrands_fall_too_steeply_each_state_stands_for_itself():
    shop = a_shop(np.random.default_rng(9), 50, 100, [0, 1, 4])
    steep = (3000.0, 0.01, 0.5, 0.5)
    assert pareto_likelihood.curved(holds(steep, shop), steep) is None


def test_a_customer_seen_last_on_the_last_day_cannot_have_left():
    x, moment, customers = np.array([3]), np.array([0.8]), np.array([2.0])
    r, alpha, s, beta = 0.5, 0.1, 0.7, 0.2
    value, *_ = PARETO.curved((r, alpha, s, beta), Histories.of(x, moment, moment, customers))
    rising = np.log(r) + np.log(r + 1) + np.log(r + 2)
    alive = r * np.log(alpha) - (r + 3) * np.log(alpha + 0.8) + s * np.log(beta) - s * np.log(beta + 0.8)
    assert value == pytest.approx(2.0 * (rising + alive), rel=1e-14)
