"""BG/CNBD-k fitted to real shops: log-likelihoods in weeks, who is alive, and what came afterwards."""

from datetime import date

import numpy as np
import pytest

from retention import aggregate
from retention.lifetime_value import fit_purchases
from retention.lifetime_value.value import predictions
from tests.lifetime_value import shops

RETAIL_END = date(2011, 6, 5)


def fitted(purchases, k):
    states, gaps = aggregate.states(aggregate.customers(purchases)), aggregate.gaps(purchases, unit="day")
    return fit_purchases(states, "week", "bg_nbd", k, gaps)


def held_against(purchases, k):
    """Who is alive, purchase days expected until the end of the data, those that came, and of how many."""
    model, after = fitted(purchases.until(RETAIL_END), k), aggregate.held_back(purchases, RETAIL_END)
    state = [after[name].to_numpy() for name in ("x", "t_x", "T")]
    alive = predictions.probability_alive(model, *state)
    expected = predictions.expected_purchases(model, *state, (purchases.window.last - RETAIL_END).days)
    return alive, expected, after["later"].to_numpy(), after["customers"].to_numpy()


@pytest.fixture(scope="module")
def retail(online_retail):
    return aggregate.prepare(online_retail.orders)


@pytest.mark.parametrize(("k", "log_likelihood"), [(1, -9582.43), (2, -9855.33)])
def test_cdnow_rejects_regular_buyers(k, log_likelihood):
    assert fitted(aggregate.prepare(shops.cdnow()), k).log_likelihood == pytest.approx(
        log_likelihood, abs=0.05
    )


def test_online_retail_buys_regularly(retail):
    plain, regular = (fitted(retail.until(RETAIL_END), k) for k in (1, 2))
    assert plain.log_likelihood == pytest.approx(-12_649.04, abs=0.05)
    assert regular.log_likelihood == pytest.approx(-12_355.57, abs=0.05)


@pytest.mark.parametrize(("k", "mean_alive", "bias"), [(1, 1.0, -0.126), (2, 0.945, -0.092)])
def test_with_regular_buyers_online_retail_sees_customers_leave_and_misses_less(retail, k, mean_alive, bias):
    alive, expected, later, customers = held_against(retail, k)
    assert customers @ alive / customers.sum() == pytest.approx(mean_alive, abs=5e-4)
    assert customers @ expected / (customers @ later) - 1.0 == pytest.approx(bias, abs=5e-4)


def test_with_regular_buyers_each_customer_of_online_retail_is_missed_by_less(retail):
    _, expected, later, customers = held_against(retail, 2)
    error = np.sqrt(customers @ (expected - later) ** 2 / customers.sum())
    assert error == pytest.approx(2.530, abs=5e-4)


def test_of_online_retail_two_events_to_a_purchase_are_best(retail):
    known = retail.until(RETAIL_END)
    assert np.argmax([fitted(known, k).log_likelihood for k in (1, 2, 3, 4)]) == 1
