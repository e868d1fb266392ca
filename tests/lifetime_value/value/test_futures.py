"""Simulated futures against the chances they are drawn from, and against futures lived through."""

import numpy as np
import pytest

from retention.lifetime_value import expected_purchases, purchase_chances
from retention.lifetime_value.value.futures import Bought, Futures
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
