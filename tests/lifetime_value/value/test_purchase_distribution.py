import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.integrate import quad
from scipy.special import gammaln
from scipy.stats import nbinom

from retention.lifetime_value import (
    FAMILIES,
    chance_of_purchase,
    expected_purchases,
    expected_while_alive,
    median_days,
    purchase_chances,
    readable_chances,
)
from retention.lifetime_value.value.purchase_distribution import most_purchases, purchase_quantiles
from tests.lifetime_value import lived, shops

PARAMETERS = {
    "bg_nbd": (0.243, 4.414, 0.793, 2.426),
    "mbg_nbd": (0.525, 6.183, 0.891, 1.614),
    "pareto_nbd": (0.5533, 10.578, 0.6062, 11.669),
}
MODELS = {kind: shops.purchase_model(*values, kind=kind) for kind, values in PARAMETERS.items()}
KINDS = tuple(MODELS)
YEAR = 365.25


def test_the_published_chance_that_a_new_customer_does_not_come_back(purchases):
    none = purchase_chances(MODELS["bg_nbd"], [0], [0], [0], 39 * 7, most=0)[0, 0]
    assert none == pytest.approx(0.57379, abs=5e-6)
    at_the_fit = purchase_chances(purchases, [0], [0], [0], 39 * 7, most=0)[0, 0]
    assert at_the_fit == pytest.approx(0.57431, abs=5e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_chances_add_up_to_one_and_their_mean_is_what_is_expected(kind):
    model = MODELS[kind]
    x, t_x, age = np.array([0, 1, 7, 40]), np.array([0, 100, 250, 300]), np.array([5, 270, 260, 310])
    most = int(most_purchases(model, x, age, YEAR).max())
    chances = purchase_chances(model, x, t_x, age, YEAR, most=most)
    assert chances.sum(axis=1) == pytest.approx(1.0, abs=1e-6)
    mean = chances @ np.arange(most + 1)
    assert mean == pytest.approx(expected_purchases(model, x, t_x, age, YEAR), rel=1e-5)


@given(
    kind=st.sampled_from(KINDS),
    logs=st.tuples(*[st.floats(-3, 3)] * 4),
    x=st.integers(0, 60),
    recency=st.floats(0, 1),
    age=st.integers(60, 3000),
    days=st.floats(1, 2000),
)
def test_for_any_parameters_they_are_chances_with_the_right_mean(kind, logs, x, recency, age, days):
    r, alpha, third, fourth = np.exp(logs)
    model = shops.purchase_model(
        r, 30 * alpha, third, 30 * fourth if kind == "pareto_nbd" else fourth, "day", kind=kind
    )
    t_x = recency * age if x else 0.0
    most = min(int(most_purchases(model, [x], [age], days)[0]), 3000)
    chances = purchase_chances(model, [x], [t_x], [age], days, most=most)[0]
    assert np.isfinite(chances).all()
    assert (chances >= 0).all()
    assert chances.sum() <= 1 + 1e-9
    mean = expected_purchases(model, [x], [t_x], [age], days)[0]
    seen = float(chances @ np.arange(most + 1))
    assert seen <= mean * (1 + 1e-6) + 1e-12
    if most < 3000:
        assert chances.sum() == pytest.approx(1.0, abs=1e-6)
        assert seen == pytest.approx(mean, rel=1e-4)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("x", "t_x"), [(0, 0), (10_000, 10_949), (10_000, 400), (1, 1)])
def test_extreme_histories_stay_chances(kind, x, t_x):
    # Ten thousand purchases, thirty years.
    model = MODELS[kind]
    for days in (1e-3, 30.0, YEAR):
        most = int(most_purchases(model, [x], [10_950], days)[0])
        chances = purchase_chances(model, [x], [t_x], [10_950], days, most=most)[0]
        assert np.isfinite(chances).all()
        assert chances.sum() == pytest.approx(1.0, abs=2e-6)
        mean = expected_purchases(model, [x], [t_x], [10_950], days)[0]
        assert float(chances @ np.arange(most + 1)) == pytest.approx(mean, rel=1e-4)


def test_pareto_against_integration_over_the_moment_of_dropout():
    r, alpha, s, beta = PARAMETERS["pareto_nbd"]
    x, age, ahead = 3, 38.0, 39.0
    found = FAMILIES["pareto_nbd"].counts(
        PARAMETERS["pareto_nbd"], np.array([3.0]), np.array([age / 2]), np.array([age]), np.array([ahead]), 12
    )
    shape, rate, life = r + x, alpha + age, beta + age

    def bought(n, time):
        return nbinom.pmf(n, shape, rate / (rate + time))

    for n in (0, 1, 4, 12):
        dying, _ = quad(lambda u, n=n: s / life * (1 + u / life) ** (-s - 1) * bought(n, u), 0, ahead)
        living = (1 + ahead / life) ** -s * bought(n, ahead)
        assert found[0, n] == pytest.approx(living + dying, rel=1e-9)


def test_bg_against_integration_over_the_chance_of_dropout():
    # Given p: n purchases and n times no drop-out, or the n-th one fatal and at least n wanted.
    r, alpha, a, b = PARAMETERS["bg_nbd"]
    x, age, ahead = 2, 38.0, 39.0
    found = FAMILIES["bg_nbd"].counts(
        PARAMETERS["bg_nbd"], np.array([2.0]), np.array([age / 2]), np.array([age]), np.array([ahead]), 6
    )[0]
    success = (alpha + age) / (alpha + age + ahead)
    log_beta = gammaln(a) + gammaln(b + x) - gammaln(a + b + x)

    def given(p, n):
        density = np.exp((a - 1) * np.log(p) + (b + x - 1) * np.log1p(-p) - log_beta)
        if n == 0:
            return density * nbinom.pmf(0, r + x, success)
        kept = (1 - p) ** n * nbinom.pmf(n, r + x, success)
        return density * (kept + p * (1 - p) ** (n - 1) * nbinom.sf(n - 1, r + x, success))

    for n in (0, 1, 2, 6):
        whole = quad(given, 0, 0.5, args=(n,))[0] + quad(given, 0.5, 1, args=(n,))[0]
        assert found[n] == pytest.approx(whole, rel=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_simulated_customers_buy_as_often(kind):
    chance, many = np.random.default_rng(4), 200_000
    family, values = FAMILIES[kind], PARAMETERS[kind]
    x, age, ahead = np.full(many, 2.0), np.full(many, 38.0), 39.0
    bought = lived.purchases(kind, values, x, age, ahead, chance)
    exact = family.counts(values, x[:1], age[:1] / 2, age[:1], np.array([ahead]), 5)[0]
    share = np.array([np.mean(bought == n) for n in range(6)])
    assert share == pytest.approx(exact, abs=4 * np.sqrt(0.25 / many))


@pytest.mark.parametrize("kind", KINDS)
def test_half_have_bought_by_the_median_day(kind):
    model = MODELS[kind]
    x, t_x, age = np.array([0, 6, 6, 20]), np.array([0, 200, 20, 255]), np.array([260] * 4)
    for still in (False, True):
        days = median_days(model, x, t_x, age, still_customer=still)
        for k in np.flatnonzero(np.isfinite(days)):
            within = chance_of_purchase(model, x[k : k + 1], t_x[k : k + 1], age[k : k + 1], [days[k]])[0, 0]
            alive = 1.0
            if still:
                long = chance_of_purchase(model, x[k : k + 1], t_x[k : k + 1], age[k : k + 1], [1e-9, 1e9])
                alive = expected_purchases(model, x[k : k + 1], t_x[k : k + 1], age[k : k + 1], 30.0)[0]
                alive /= expected_while_alive(model, x[k : k + 1], t_x[k : k + 1], age[k : k + 1], [30.0])[
                    0, 0
                ]
                assert long[0, 0] < 1e-6
            assert within == pytest.approx(0.5 * alive, rel=1e-6)


def test_the_median_day_of_a_customer_who_stays_is_that_of_the_mixture():
    # (1 + t/A)^-R = 1/2 with R = 0.243 + 6 and A = 4.414 + 260/7 weeks, for BG/NBD whoever is alive.
    shape, scale = 6.243, 4.414 + 260 / 7
    days = median_days(MODELS["bg_nbd"], [6], [200], [260], still_customer=True)[0]
    assert days == pytest.approx(7 * scale * (2 ** (1 / shape) - 1), rel=1e-9)


def test_where_half_never_buy_again_there_is_no_median_day():
    # Ten purchases in the first weeks and none for a year: almost surely gone.
    days = median_days(MODELS["bg_nbd"], [10], [40], [400])
    assert np.isnan(days).all()


def test_the_chances_shown_of_one_customer_add_up():
    for x, t_x in ((0, 0), (40, 255), (400, 259)):
        table = readable_chances(MODELS["mbg_nbd"], [x], [t_x], [260], YEAR)
        assert table["chance"].sum() == pytest.approx(1.0)
        assert (table["chance"] >= 0).all()
        assert len(table) <= 16
        assert (table["purchases"].to_numpy()[1:] == table["up_to"].to_numpy()[:-1] + 1).all()


def test_quantiles_of_a_known_distribution():
    chances = np.array([[0.5, 0.3, 0.15, 0.05], [0.01, 0.01, 0.9, 0.08]])
    assert purchase_quantiles(chances, (0.025, 0.5, 0.975)).tolist() == [[0, 0, 3], [2, 2, 3]]
