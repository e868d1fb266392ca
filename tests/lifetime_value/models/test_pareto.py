"""The Pareto/NBD against sums over rates of buying and of leaving, taken one by one."""

import numpy as np
import pytest
from scipy.special import gammainc, roots_genlaguerre
from scipy.stats import poisson

from retention.lifetime_value.models import pareto
from retention.lifetime_value.models.histories import Histories
from retention.lifetime_value.models.pareto import Pareto
from tests.lifetime_value import lived
from tests.lifetime_value.sloped import bent

PARAMETERS = r, alpha, s, beta = 1.2, 9.0, 1.7, 14.0
X, T_X, AGE = np.array([0, 1, 4, 9]), np.array([0.0, 3.0, 18.0, 20.0]), np.array([20.0, 20.0, 20.0, 20.0])
AHEAD = 30.0


def gamma_points(shape, rate):
    points, weights = roots_genlaguerre(80, shape - 1.0)
    return points / rate, weights / weights.sum()


def mixture(shape, rate, other_shape, other_rate):
    """λ and μ, each from a gamma distribution, as points with weights."""
    (buys, of_buys), (leaves, of_leaves) = gamma_points(shape, rate), gamma_points(other_shape, other_rate)
    return *np.meshgrid(buys, leaves), np.outer(of_leaves, of_buys)


def ends(x, t_x, age):
    """Likelihood of a history that ends alive, and of one that ended between the last purchase and now."""
    buys, leaves, weight = mixture(r, alpha, s, beta)
    both = buys + leaves
    alive = buys**x * np.exp(-both * age)
    gone = buys**x * leaves / both * (np.exp(-both * t_x) - np.exp(-both * age))
    return float(np.sum(weight * alive)), float(np.sum(weight * gone))


def test_the_likelihood_and_who_is_alive():
    both = np.array([ends(*row) for row in zip(X, T_X, AGE, strict=True)])
    found = Pareto().log_likelihood(PARAMETERS, X, T_X, AGE)
    assert found == pytest.approx(np.log(both.sum(axis=1)), rel=1e-6)
    assert Pareto().alive(PARAMETERS, X, T_X, AGE) == pytest.approx(both[:, 0] / both.sum(axis=1), rel=1e-6)


def test_what_is_bought_and_who_stays():
    ahead = np.array([5.0, AHEAD])
    bought = Pareto().while_alive(PARAMETERS, X, T_X, AGE, ahead)
    staying = Pareto().still_alive(PARAMETERS, X, T_X, AGE, ahead)
    for row, (x, age) in enumerate(zip(X, AGE, strict=True)):
        buys, leaves, weight = mixture(r + x, alpha + age, s, beta + age)
        for column, until in enumerate(ahead):
            stays = np.exp(-leaves * until)
            assert staying[row, column] == pytest.approx(np.sum(weight * stays), rel=1e-7)
            assert bought[row, column] == pytest.approx(
                np.sum(weight * buys * (1 - stays) / leaves), rel=1e-7
            )


def test_at_s_of_one_nothing_breaks():
    near = [
        Pareto().while_alive((r, alpha, one, beta), X, T_X, AGE, np.array([AHEAD])) for one in (1.0, 1 + 1e-9)
    ]
    assert near[0] == pytest.approx(near[1], rel=1e-8)
    life = (beta + 20.0) * np.log1p(AHEAD / (beta + 20.0))
    assert near[0][:, 0] == pytest.approx((r + X) / (alpha + 20.0) * life)


@pytest.mark.parametrize("chunk", [1, 3, 4096])
def test_states_by_the_chunk_are_the_same(monkeypatch, chunk):
    whole = Pareto().log_likelihood(PARAMETERS, X, T_X, AGE), Pareto().alive(PARAMETERS, X, T_X, AGE)
    monkeypatch.setattr(pareto, "_CHUNK", chunk)
    assert np.array_equal(Pareto().log_likelihood(PARAMETERS, X, T_X, AGE), whole[0])
    assert np.array_equal(Pareto().alive(PARAMETERS, X, T_X, AGE), whole[1])


def test_the_chance_of_each_number_of_purchases():
    # n purchases: there until the end, or gone at some moment before, by when there were n
    most = 12
    found = Pareto().counts(PARAMETERS, X, T_X, AGE, np.array([AHEAD, AHEAD, AHEAD, 0.0]), most)
    for row, (x, age) in enumerate(zip(X[:3], AGE[:3], strict=True)):
        buys, leaves, weight = mixture(r + x, alpha + age, s, beta + age)
        for n in range(most + 1):
            there = np.exp(-leaves * AHEAD) * poisson.pmf(n, buys * AHEAD)
            both = buys + leaves
            gone = leaves / both * (buys / both) ** n * gammainc(n + 1, both * AHEAD)
            assert found[row, n] == pytest.approx(np.sum(weight * (there + gone)), rel=1e-5)
    assert found[3] == pytest.approx(np.eye(most + 1)[0])  # nothing is bought in no time


def test_simulated_customers_buy_as_the_chances_say():
    size = 40_000
    chance = np.random.default_rng(5)
    told = lived.purchases("pareto_nbd", PARAMETERS, np.full(size, 4), np.full(size, 20.0), AHEAD, chance)
    chances = Pareto().counts(PARAMETERS, X[2:3], T_X[2:3], AGE[2:3], np.full(1, AHEAD), 6)[0]
    assert np.bincount(told.astype(int))[:7] / size == pytest.approx(chances, abs=4 * 0.5 / np.sqrt(size))
    expected = Pareto().while_alive(PARAMETERS, X[2:3], T_X[2:3], AGE[2:3], np.array([AHEAD]))[0, 0]
    assert told.mean() == pytest.approx(expected, rel=0.03)


@pytest.mark.parametrize("by_state", [False, True])
def test_the_sum_over_customers_its_slope_and_its_information(monkeypatch, by_state):
    if by_state:
        monkeypatch.setattr(pareto.pareto_likelihood, "curved", lambda *_: None)
    customers = np.array([5.0, 2.0, 3.0, 1.0])
    known = Histories.of(X, T_X, AGE, customers)

    def total(logarithms):
        return float(customers @ Pareto().log_likelihood(tuple(np.exp(logarithms)), X, T_X, AGE))

    at = np.log(PARAMETERS)
    value, slope, matrix = Pareto().curved(PARAMETERS, known)
    assert value == pytest.approx(total(at), rel=1e-9)
    numerical = [(total(at + step) - total(at - step)) / 2e-5 for step in 1e-5 * np.eye(4)]
    assert slope == pytest.approx(numerical, rel=1e-5, abs=1e-5)
    assert matrix == pytest.approx(
        bent(lambda at: Pareto().curved(tuple(np.exp(at)), known), at), rel=1e-6, abs=1e-5
    )
