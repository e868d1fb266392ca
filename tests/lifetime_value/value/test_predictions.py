import warnings
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.integrate import dblquad, quad
from scipy.stats import beta as beta_distribution, gamma as gamma_distribution

from retention.lifetime_value import (
    FAMILIES,
    expected_had_they_stayed,
    expected_purchases,
    expected_purchases_of_new,
    expected_while_alive,
    probability_alive,
)
from retention.study import Study
from tests.lifetime_value import shops

PUBLISHED = (0.243, 4.414, 0.793, 2.426)


@pytest.fixture
def published():
    return shops.purchase_model(*PUBLISHED)


@pytest.mark.parametrize(("x", "t_x", "expected"), [(0, 0.0, -0.59947382), (200, 38.0, 100.7957)])
def test_log_likelihood_of_one_customer(x, t_x, expected):
    (found,) = FAMILIES["bg_nbd"].log_likelihood((0.25, 4.0, 0.8, 2.5), [x], [t_x], [40.0])
    assert found == pytest.approx(expected, abs=5e-9 if x == 0 else 5e-5)


def test_published_expectations_at_the_fit(purchases):
    found = expected_purchases(purchases, [2], [30.43 * 7], [38.86 * 7], 39 * 7)
    assert found == pytest.approx([1.226], abs=5e-4)
    of_new = expected_purchases_of_new(purchases, np.array([1, 3, 32, 78]) * 7)
    assert of_new == pytest.approx([0.0532, 0.1506, 1.0437, 1.8580], abs=5e-5)


def test_buying_more_often_before_the_same_silence_means_less_to_come(published):
    x = np.array([10, 15, 20, 25])
    found = expected_purchases(published, x, np.full(4, 140), np.full(4, 273), 364)
    assert found == pytest.approx([0.3474, 0.04283, 0.004158, 0.000358], rel=2e-3)


def test_holdout_total_is_as_published(people, purchases):
    expected = expected_purchases(purchases, people["x"], people["t_x"], people["T"], 273).sum()
    later = Study(shops.cdnow(shops.HOLDOUT_END)).tables.customers()
    assert len(later) == len(people)
    assert later["x"].sum() - people["x"].sum() == 1882
    assert expected == pytest.approx(1653, abs=0.5)


def test_holdout_means_by_frequency_are_as_published(people, purchases):
    expected = expected_purchases(purchases, people["x"], people["t_x"], people["T"], 273)
    groups = people.assign(expected=expected).groupby(people["x"].clip(upper=7))["expected"]
    assert groups.size().tolist() == [1411, 439, 214, 100, 62, 38, 29, 64]
    published = [0.2251, 0.5231, 1.0441, 1.5203, 2.1639, 2.6538, 3.5040, 6.1572]
    assert groups.mean().tolist() == pytest.approx(published, abs=1e-4)


def test_tracked_repeat_purchases_at_week_78_are_as_published(people, purchases):
    birth = people["first_day"] - people["first_day"].min()
    expected = expected_purchases_of_new(purchases, (7 * 78 - 1 - birth).to_numpy()).sum()
    assert expected == pytest.approx(4160.6, abs=0.05)


def test_one_time_buyers_are_alive_by_construction(published):
    assert probability_alive(published, [0, 0], [0, 0], [1, 10000]) == pytest.approx([1.0, 1.0])


def test_lifetimes_agrees_where_it_is_right(people, purchases):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifetimes import BetaGeoFitter  # noqa: PLC0415  its import warns
    oracle = BetaGeoFitter()
    oracle.params_ = dict(zip(("r", "alpha", "a", "b"), purchases.parameters, strict=True))
    x, t_x, age = people["x"], people["t_x"], people["T"]
    alive = oracle.conditional_probability_alive(x, t_x / 7, age / 7)
    ahead = oracle.conditional_expected_number_of_purchases_up_to_time(52, x, t_x / 7, age / 7)
    assert probability_alive(purchases, x, t_x, age) == pytest.approx(alive, rel=1e-9)
    assert expected_purchases(purchases, x, t_x, age, 364) == pytest.approx(ahead.to_numpy(), rel=1e-7)


@pytest.mark.parametrize(
    ("parameters", "x", "t_x", "age", "t"),
    [
        ((0.25, 4.0, 0.3, 0.5), 0, 0.0, 20.0, 50.0),  # a + b ≤ 1
        ((0.25, 4.0, 0.5, 0.5), 0, 0.0, 20.0, 50.0),  # a + b = 1
        pytest.param((0.25, 4.0, 1.0, 2.5), 2, 30.0, 38.0, 39.0, marks=pytest.mark.slow),  # a = 1
        pytest.param((0.8, 10.0, 1.7, 2.5), 4, 30.0, 38.0, 100.0, marks=pytest.mark.slow),
        ((2.0, 10.0, 0.02, 5.0), 6, 35.0, 38.0, 200.0),
    ],
)
def test_expectation_equals_the_integral_over_rates_and_dropout(parameters, x, t_x, age, t):
    found = expected_purchases(shops.purchase_model(*parameters), [x], [t_x * 7], [age * 7], t * 7)
    assert found == pytest.approx([by_integration(parameters, x, t_x, age, t)], rel=1e-5)


def by_integration(parameters, x, t_x, age, t):
    """E[Y(t)] from the story: over λ and p as they are given the history, of (1 − e^(−λpt)) / p."""
    r, alpha, a, b = parameters

    def history(rate, leaves):
        alive = rate**x * (1 - leaves) ** x * np.exp(-rate * age)
        gone = rate**x * leaves * (1 - leaves) ** (x - 1) * np.exp(-rate * t_x) if x else 0.0
        return alive, alive + gone

    def average(value):
        # In quantiles of both priors: the integrand has no singularity whatever the shapes.
        return dblquad(
            lambda u, v: value(
                gamma_distribution.ppf(u, r, scale=1 / alpha), beta_distribution.ppf(v, a, b)
            ),
            0, 1, 0, 1, epsabs=1e-9, epsrel=1e-6,
        )[0]  # fmt: skip

    def still_to_come(rate, leaves):
        each = rate * t if leaves * rate * t < 1e-12 else -np.expm1(-rate * leaves * t) / leaves
        return history(rate, leaves)[0] * each

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # quadpack remarks on round-off near the ends
        return average(still_to_come) / average(lambda rate, leaves: history(rate, leaves)[1])


@pytest.mark.parametrize("seed", range(3))
def test_expectation_of_new_customers_equals_their_simulated_mean(seed):
    chance = np.random.default_rng(seed)
    r, alpha = chance.uniform(0.3, 2.0), chance.uniform(10.0, 80.0)
    a, b = chance.uniform(0.3, 2.0, size=2)
    counts = [
        len(shops.live(chance, chance.gamma(r) / alpha + 1e-12, chance.beta(a, b), 200.0))
        for _ in range(20000)
    ]
    error = np.std(counts) / np.sqrt(len(counts))
    found = expected_purchases_of_new(shops.purchase_model(r, alpha, a, b, "day"), 200)
    assert abs(found - np.mean(counts)) < 4 * error


def test_expectation_given_a_history_equals_the_simulated_mean_of_those_who_had_it():
    chance, model = np.random.default_rng(4), shops.purchase_model(1.0, 30.0, 0.8, 2.0, "day")
    later = []
    for _ in range(60000):
        times = live_long(chance)
        before = [time for time in times if time <= 60]
        if len(before) == 2 and 40 <= before[-1] < 44:
            later.append(len(times) - 2)
    found = expected_purchases(model, [2], [42], [60], 90)[0]
    assert abs(found - np.mean(later)) < 4 * np.std(later) / np.sqrt(len(later))


def live_long(chance):
    return shops.live(chance, chance.gamma(1.0) / 30.0 + 1e-12, chance.beta(0.8, 2.0), 150.0)


def test_average_over_dropout_equals_quadrature():
    r, alpha, a, b = 3.2, 9.0, 0.6, 4.0

    def integrand(leaves):
        return beta_distribution.pdf(leaves, a, b) * -np.expm1(-r * np.log1p(leaves * 30 / alpha)) / leaves

    oracle = quad(integrand, 0, 1e-3, limit=500, epsrel=1e-10)[0] + quad(integrand, 1e-3, 1, epsrel=1e-10)[0]
    assert expected_purchases_of_new(shops.purchase_model(r, alpha, a, b, "day"), 30) == pytest.approx(
        oracle, rel=1e-7
    )


@given(st.floats(1, 1000), st.floats(1.01, 3))
def test_a_longer_horizon_never_brings_less(horizon, factor):
    model = shops.purchase_model(*PUBLISHED)
    near, far = expected_while_alive(model, [3], [100], [200], [horizon, factor * horizon])[0]
    assert far >= near


@pytest.mark.parametrize(("kind", "k"), [("bg_nbd", 1), ("mbg_nbd", 2)])
def test_had_they_stayed_they_would_buy_by_the_calendar(kind, k):
    # Won on 20 November, bought until 24 December, gone since; the year runs from 17 May
    last, index = date(2024, 5, 17), np.array([*[1.0] * 10, 1.5, 3.0])
    plain = replace(shops.purchase_model(0.8, 6.0, 0.9, 2.4, kind=kind), k=k)
    model = replace(plain, season=shops.season(plain, index, last))
    won, bought = date(2023, 11, 20), date(2023, 12, 24)

    def weeks(first, end):
        days = range(first.toordinal(), end.toordinal())
        return sum(index[date.fromordinal(day).month - 1] for day in days) / 7

    state = [3.0], [(bought - won).days], [(last - won).days]
    found = expected_had_they_stayed(model, *state, [30.0, 365.0])
    there, ahead = weeks(won, bought), [weeks(last, last + timedelta(days)) for days in (30, 365)]
    told = np.array([there]), np.array([there + 1.0])
    expected = plain.family.had_they_stayed(plain.parameters, np.array([3.0]), *told, np.array(ahead))
    assert found == pytest.approx(expected, rel=1e-12)
