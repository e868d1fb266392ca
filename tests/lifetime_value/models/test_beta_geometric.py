"""BG/NBD and MBG/NBD against sums over rates of buying and chances of leaving, taken one by one."""

import numpy as np
import pytest
from scipy.special import roots_genlaguerre, roots_jacobi
from scipy.stats import poisson

from retention.lifetime_value.models.beta_geometric import BetaGeometric
from retention.lifetime_value.models.histories import Histories
from tests.lifetime_value import lived
from tests.lifetime_value.sloped import bent

PARAMETERS = r, alpha, a, b = 1.2, 9.0, 1.3, 2.5
X, T_X, AGE = np.array([0, 1, 4, 9]), np.array([0.0, 3.0, 18.0, 19.5]), np.array([20.0, 20.0, 20.0, 20.0])
AHEAD = 30.0

from_first = pytest.mark.parametrize("from_first", [False, True])


def mixture(shape, rate, left, stayed):
    """λ ~ Gamma(shape, rate) and p ~ Beta(left, stayed) as points with weights, by Gauss's rules for them."""
    rates, of_rates = roots_genlaguerre(80, shape - 1.0)
    points, of_points = roots_jacobi(80, stayed - 1.0, left - 1.0)
    weight = np.outer(of_points / of_points.sum(), of_rates / of_rates.sum())
    return *np.meshgrid(rates / rate, (1.0 + points) / 2.0), weight


def ends(x, t_x, age, *, from_first):
    """Likelihood of a history that ends alive, and of one that ended at the last purchase."""
    buys, leaves, weight = mixture(r, alpha, a, b)
    chances = x + from_first
    alive = buys**x * (1 - leaves) ** chances * np.exp(-buys * age)
    gone = leaves * (1 - leaves) ** (chances - 1) * buys**x * np.exp(-buys * t_x) if chances else 0.0 * buys
    return float(np.sum(weight * alive)), float(np.sum(weight * gone))


@from_first
def test_the_likelihood_and_who_is_alive(from_first):
    family = BetaGeometric(from_first)
    both = np.array([ends(*row, from_first=from_first) for row in zip(X, T_X, AGE, strict=True)])
    assert family.log_likelihood(PARAMETERS, X, T_X, AGE) == pytest.approx(np.log(both.sum(axis=1)), rel=1e-6)
    assert family.alive(PARAMETERS, X, T_X, AGE) == pytest.approx(both[:, 0] / both.sum(axis=1), rel=1e-6)


def test_who_bought_once_is_alive_by_construction_but_where_the_first_purchase_counts():
    assert BetaGeometric(False).alive(PARAMETERS, X, T_X, AGE)[0] == 1.0
    assert BetaGeometric(True).alive(PARAMETERS, X, T_X, AGE)[0] < 1.0


@from_first
def test_without_drop_out_it_is_the_nbd(from_first):
    nobody_leaves = BetaGeometric(from_first).log_likelihood((r, alpha, 0.0, 1.0), X, T_X, AGE)
    buys, _, weight = mixture(r, alpha, a, b)
    assert nobody_leaves == pytest.approx(
        [np.log(np.sum(weight * buys**x * np.exp(-buys * age))) for x, age in zip(X, AGE, strict=True)]
    )


@from_first
def test_what_is_bought_and_who_stays(from_first):
    family = BetaGeometric(from_first)
    ahead = np.array([5.0, AHEAD])
    bought = family.while_alive(PARAMETERS, X, T_X, AGE, ahead)
    staying = family.still_alive(PARAMETERS, X, T_X, AGE, ahead)
    for row, (x, age) in enumerate(zip(X, AGE, strict=True)):
        buys, leaves, weight = mixture(r + x, alpha + age, a, b + x + from_first)
        for column, until in enumerate(ahead):
            stays = np.exp(-buys * leaves * until)
            assert staying[row, column] == pytest.approx(np.sum(weight * stays), rel=1e-7)
            assert bought[row, column] == pytest.approx(np.sum(weight * (1 - stays) / leaves), rel=1e-7)


@from_first
def test_the_chance_of_each_number_of_purchases(from_first):
    # n purchases: all survived, or gone at the n-th of what would have been n or more
    most = 12
    found = BetaGeometric(from_first).counts(PARAMETERS, X, T_X, AGE, np.full(4, AHEAD), most)
    for row, (x, age) in enumerate(zip(X, AGE, strict=True)):
        buys, leaves, weight = mixture(r + x, alpha + age, a, b + x + from_first)
        for n in range(most + 1):
            here = (1 - leaves) ** n * poisson.pmf(n, buys * AHEAD)
            if n:
                here += leaves * (1 - leaves) ** (n - 1) * poisson.sf(n - 1, buys * AHEAD)
            assert found[row, n] == pytest.approx(np.sum(weight * here), rel=1e-6)
    none = BetaGeometric(from_first).counts(PARAMETERS, X, T_X, AGE, np.full(4, AHEAD), 0)
    assert none[:, 0] == pytest.approx(found[:, 0])


@from_first
def test_simulated_customers_buy_as_the_chances_say(from_first):
    family, size, kind = BetaGeometric(from_first), 40_000, "mbg_nbd" if from_first else "bg_nbd"
    chance = np.random.default_rng(5)
    told = lived.purchases(kind, PARAMETERS, np.full(size, 4), np.full(size, 20.0), AHEAD, chance)
    chances = family.counts(PARAMETERS, X[2:3], T_X[2:3], AGE[2:3], np.full(1, AHEAD), 6)[0]
    seen = np.bincount(told.astype(int))[:7] / size
    assert seen == pytest.approx(chances, abs=4 * 0.5 / np.sqrt(size))
    assert told.mean() == pytest.approx(
        family.while_alive(PARAMETERS, X[2:3], T_X[2:3], AGE[2:3], np.array([AHEAD]))[0, 0], rel=0.03
    )


@from_first
def test_the_sum_over_customers_its_slope_and_its_information(from_first):
    family = BetaGeometric(from_first)
    customers = np.array([5.0, 2.0, 3.0, 1.0])
    known = Histories.of(X, T_X, AGE, customers)

    def total(logarithms):
        return float(customers @ family.log_likelihood(tuple(np.exp(logarithms)), X, T_X, AGE))

    at = np.log(PARAMETERS)
    value, slope, matrix = family.curved(PARAMETERS, known)
    assert value == pytest.approx(total(at), rel=1e-12)
    numerical = [(total(at + step) - total(at - step)) / 2e-5 for step in 1e-5 * np.eye(4)]
    assert slope == pytest.approx(numerical, rel=1e-6, abs=1e-6)
    assert matrix == pytest.approx(
        bent(lambda at: family.curved(tuple(np.exp(at)), known), at), rel=1e-6, abs=1e-5
    )
