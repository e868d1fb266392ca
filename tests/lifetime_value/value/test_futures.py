"""Simulated futures against the chances they are drawn from, and against futures lived through."""

import numpy as np
import pytest
from scipy.stats import betaprime

from retention.lifetime_value import expected_purchases, purchase_chances
from retention.lifetime_value.value.futures import Bought, Futures, _alike
from tests.lifetime_value import lived, shops
from tests.lifetime_value.value.test_purchase_distribution import KINDS, MODELS, PARAMETERS

YEAR = 365.25
X = np.array([0.0, 0.0, 3.0, 3.0, 60.0])
T_X = np.array([0.0, 0.0, 250.0, 90.0, 300.0])
AGE = np.array([300.0, 20.0, 280.0, 280.0, 305.0])
MONEY = shops.spend_model(6.25, 3.74, 15.44)


def numbers(bought, customer, futures):
    """Purchases of one customer in every future, those without any included."""
    here = bought.customer == customer
    found = np.zeros(futures, dtype=int)
    found[bought.future[here]] = bought.purchases[here]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_purchases_come_as_often_as_their_chances_say(kind):
    model, many = MODELS[kind], 100_000
    bought = Futures.of(model, X, T_X, AGE, YEAR).drawn(many, np.random.default_rng(6))
    chances = purchase_chances(model, X, T_X, AGE, YEAR, most=6)
    expected = expected_purchases(model, X, T_X, AGE, YEAR)
    assert bought.purchases.min() == 1
    for customer in range(X.size):
        made = numbers(bought, customer, many)
        shares = np.bincount(made, minlength=7)[:7] / many
        assert shares == pytest.approx(chances[customer], abs=4 * 0.5 / np.sqrt(many))
        assert made.mean() == pytest.approx(expected[customer], abs=4 * made.std() / np.sqrt(many))


@pytest.mark.parametrize("kind", KINDS)
def test_purchases_spread_as_in_futures_lived_through(kind):
    model, many, chance = MODELS[kind], 100_000, np.random.default_rng(7)
    bought = Futures.of(model, X[2:3], T_X[2:3], AGE[2:3], YEAR).drawn(many, chance)
    made = numbers(bought, 0, many)
    one = np.full(many, 3.0)
    alive = model.family.alive(PARAMETERS[kind], X[2:3], T_X[2:3] / 7, AGE[2:3] / 7)
    told = lived.purchases(kind, PARAMETERS[kind], one, np.full(many, 40.0), YEAR / 7, chance)
    told *= chance.random(many) < alive
    assert np.quantile(made, [0.5, 0.9, 0.975]) == pytest.approx(np.quantile(told, [0.5, 0.9, 0.975]), abs=1)
    assert made.var() == pytest.approx(told.var(), rel=0.03)


def test_customers_in_one_state_have_futures_of_their_own():
    model = MODELS["mbg_nbd"]
    bought = Futures.of(model, *(np.repeat(each[2:3], 2) for each in (X, T_X, AGE)), YEAR).drawn(
        20_000, np.random.default_rng(8)
    )
    one, other = (numbers(bought, customer, 20_000) for customer in (0, 1))
    assert one.mean() == pytest.approx(other.mean(), rel=0.05)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.03


def test_sums_by_group_and_future_by_hand():
    bought = Bought(
        future=np.array([0, 0, 2]), customer=np.array([0, 2, 1]), purchases=np.array([1, 4, 2]), futures=3
    )
    sums = bought.sums(np.array([10.0, 5.0, 7.0]), np.array([1, 0, 1]), 2)
    assert sums.tolist() == [[0.0, 15.0], [0.0, 0.0], [7.0, 0.0]]


def test_what_is_spent_has_the_mean_the_spend_model_expects():
    many = 200_000
    bought = Bought(np.arange(many), np.ones(many, dtype=int), np.full(many, 3), many)
    spent = bought.spent(np.array([9.0, 2.0]), np.array([0.0, 80.0]), MONEY, np.random.default_rng(9))
    each = MONEY.p * (MONEY.gamma + 80.0) / (MONEY.p * 2.0 + MONEY.q - 1.0)
    assert spent.mean() == pytest.approx(3 * each, rel=0.01)


def test_what_is_spent_is_a_gamma_at_a_gamma_rate():
    # of that rate little is known: as often as not it is below 1
    money, many = shops.spend_model(0.4, 0.6, 15.0), 200_000
    x, repeat_spend, purchases = np.array([1.0, 0.0]), np.array([20.0, 0.0]), np.array([3, 1])
    bought = Bought(np.arange(2 * many), np.repeat([0, 1], many), np.repeat(purchases, many), 2 * many)
    spent = bought.spent(x, repeat_spend, money, np.random.default_rng(10)).reshape(2, many)
    levels = [0.1, 0.5, 0.9]
    for customer, found in enumerate(spent):
        told = betaprime(
            0.4 * purchases[customer], 0.4 * x[customer] + 0.6, scale=15.0 + repeat_spend[customer]
        )
        assert np.mean(found[:, None] <= told.ppf(levels), axis=0) == pytest.approx(levels, abs=0.005)


@pytest.mark.parametrize("kind", KINDS)
def test_one_rising_row_holds_the_chances_of_all_states(kind):
    model, twice = MODELS[kind], [np.tile(each, 2) for each in (X, T_X, AGE)]
    futures = Futures.of(model, *twice, YEAR)
    assert (np.diff(futures.reached) >= 0).all()
    assert sorted(set(futures.state)) == list(range(5))
    assert np.array_equal(futures.state[:5], futures.state[5:])
    ends = np.append(futures.starts[1:], futures.reached.size) - 1
    assert futures.reached[ends].tolist() == [1.0, 2.0, 3.0, 4.0, 5.0]
    up_to = np.cumsum(purchase_chances(model, *twice, YEAR, most=2), axis=1)
    assert futures.none == pytest.approx(up_to[:, 0])
    for n in range(3):
        found = futures.reached[futures.starts[futures.state] + n] - futures.state
        assert found == pytest.approx(np.minimum(up_to[:, n], 1.0))


def test_states_are_taken_with_those_that_count_up_to_about_as_many():
    most = np.array([1, 40, 2, 63, 1, 6, 3, 7, 200, 64])
    taken = [(sorted(rows.tolist()), highest) for rows, highest in _alike(most)]
    assert taken == [([0, 2, 4], 2), ([5, 6], 6), ([7], 7), ([1], 40), ([3, 9], 64), ([8], 200)]
