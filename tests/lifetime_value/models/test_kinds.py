"""What holds for BG/NBD, MBG/NBD and Pareto/NBD alike, each against oracles that share no formula with it."""

import warnings
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.integrate import quad
from scipy.special import gammaln, roots_genlaguerre, roots_jacobi
from scipy.stats import beta as beta_distribution, gamma as gamma_distribution

from benchmarks.simulated_shop import Shop, live
from retention import aggregate
from retention.lifetime_value import (
    FAMILIES,
    customer_values,
    expected_purchases,
    expected_purchases_of_new,
    fit_purchases,
    fit_spend,
    probability_alive,
    probability_alive_after,
)
from retention.lifetime_value.models import (
    fit_purchases as purchase_fits,
    fit_spend as spend_fits,
    identifiability,
    likelihood,
)
from retention.lifetime_value.models.arrays import purchase_parameters
from retention.lifetime_value.models.histories import Histories
from retention.lifetime_value.value import customer_base
from tests.lifetime_value import shops
from tests.lifetime_value.sloped import bent

KINDS = ("bg_nbd", "mbg_nbd", "pareto_nbd")
PARETO = (0.6, 9.0, 0.7, 14.0)
EVERY_KIND = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="module")
def fitted(states):
    return {kind: fit_purchases(states, "week", kind) for kind in KINDS}


# ── published fits ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "parameters", "within", "log_likelihood"),
    [
        ("mbg_nbd", (0.525, 6.183, 0.891, 1.614), 5e-4, -9582.136),
        ("pareto_nbd", (0.5533, 10.578, 0.6062, 11.669), 1e-3, -9594.976),
    ],
)
def test_cdnow_has_the_published_parameters(fitted, kind, parameters, within, log_likelihood):
    assert fitted[kind].parameters == pytest.approx(parameters, rel=within)
    assert fitted[kind].log_likelihood >= log_likelihood - 5e-4
    assert fitted[kind].warnings == ()


def test_cdnow_has_the_published_standard_errors_of_the_pareto_nbd(fitted):
    published = {"r": 0.0476, "alpha": 0.843, "s": 0.187, "beta": 6.21}
    assert fitted["pareto_nbd"].standard_errors == pytest.approx(published, rel=3e-3)


def test_holdout_totals_and_customers_alive_are_as_published(fitted, people):
    state = people["x"], people["t_x"], people["T"]
    expected = [expected_purchases(fitted[kind], *state, 273).sum() for kind in KINDS]
    alive = [probability_alive(fitted[kind], *state).sum() for kind in KINDS]
    assert expected == pytest.approx([1653.0, 1576.7, 1665.5], abs=0.5)
    assert alive == pytest.approx([1917, 1058, 1052], abs=0.5)


# ── the search ──────────────────────────────────────────────────────────────────────────────────────────────


def some_histories(chance, size=60):
    x = chance.choice([0, 0, 1, 2, 5, 40], size)
    age = chance.integers(5, 200, size) / 4.0
    t_x = np.where(x > 0, np.floor(age * 4 * chance.random(size)) / 4.0, 0.0)
    return x, t_x, age, chance.integers(1, 9, size).astype(float)


@EVERY_KIND
@pytest.mark.parametrize("seed", range(3))
def test_the_sum_over_customers_its_slope_and_its_information(kind, seed):
    chance = np.random.default_rng(seed)
    x, t_x, age, customers = some_histories(chance)
    family, known = FAMILIES[kind], Histories.of(x, t_x, age, customers)
    at, step = chance.uniform(-1.5, 2.0, 4), 1e-4

    def total(logarithms):
        return float(customers @ family.log_likelihood(purchase_parameters(np.exp(logarithms)), x, t_x, age))

    value, slope, matrix = family.curved(purchase_parameters(np.exp(at)), known)
    assert value == pytest.approx(total(at), rel=1e-12)
    numerical = [(total(at + unit) - total(at - unit)) / (2 * step) for unit in step * np.eye(4)]
    assert slope == pytest.approx(numerical, rel=1e-6, abs=1e-5)
    assert matrix == pytest.approx(
        bent(lambda at: family.curved(purchase_parameters(np.exp(at)), known), at), rel=1e-6, abs=1e-5
    )


@EVERY_KIND
def test_a_search_that_starts_on_a_sample_ends_at_the_same_place(kind, states, fitted, monkeypatch):
    monkeypatch.setattr(purchase_fits, "SAMPLE", 400)
    by_sample = fit_purchases(states, "week", kind)
    assert by_sample.parameters == pytest.approx(fitted[kind].parameters, rel=2e-5)
    assert by_sample.log_likelihood == pytest.approx(fitted[kind].log_likelihood, abs=1e-6)


def test_spend_whose_search_starts_on_a_sample_is_the_same(people, spend, monkeypatch):
    monkeypatch.setattr(spend_fits, "SAMPLE", 200)
    by_sample = fit_spend(aggregate.spend(people))
    assert by_sample.parameters == pytest.approx(spend.parameters, rel=2e-5)
    assert by_sample.log_likelihood == pytest.approx(spend.log_likelihood, abs=1e-6)


def test_the_order_of_rows_does_not_change_a_fit(states, monkeypatch):
    monkeypatch.setattr(purchase_fits, "SAMPLE", 400)
    shuffled = states.sample(frac=1.0, random_state=3)
    assert fit_purchases(shuffled).parameters == fit_purchases(states).parameters


@pytest.mark.parametrize(
    "kind", ["bg_nbd", *(pytest.param(kind, marks=pytest.mark.slow) for kind in KINDS[1:])]
)
@pytest.mark.parametrize("name", ["one cohort", "nobody leaves", "short lives"])
def test_drop_out_found_without_its_profile_is_closed_on_it(kind, name):
    chance = np.random.default_rng(2)
    people = {
        "one cohort": lambda: shops.simulated_people(chance, 300, 180, 0.6, 50.0, 0.4, 6.0),
        "nobody leaves": lambda: shops.simulated_people(chance, 300, 300, 0.8, 60.0, 0.0, 1.0, youngest=60),
        "short lives": lambda: shops.simulated_people(chance, 600, 400, 1.2, 20.0, 1.2, 2.0, youngest=100),
    }[name]()
    table = aggregate.states(people)
    age = table["T"].to_numpy() / table["T"].max()
    known = Histories.of(
        table["x"].to_numpy(), table["t_x"].to_numpy() / table["T"].max(), age, table["customers"].to_numpy()
    )
    searched = likelihood.Likelihood(
        lambda at: FAMILIES[kind].curved(purchase_parameters(np.exp(at)), known),
        int(table["customers"].sum()),
    )
    best = likelihood.maximise(searched, [np.log([0.5, 0.3, 0.8, 1.5])])
    named = {note.code for note in identifiability.cautions(searched, best, np.zeros(4)).warnings}
    around, gain = (
        identifiability.profile(searched, best),
        identifiability.gain_over_no_dropout(searched, best),
    )
    unidentified = around.is_open or not likelihood.is_known(best.matrix)
    assert ("dropout_not_identified" in named) == unidentified
    assert ("no_dropout_visible" in named) == (gain < likelihood.CHI2_95)


def test_many_customers_who_visibly_leave_need_no_profile():
    chance = np.random.default_rng(6)
    told = live(
        Shop("bg_nbd", (0.9, 20.0, 0.8, 2.0), (4, 4, 15)), chance.uniform(0, 400, 30_000), 600.0, chance
    )
    known = histories(told, 600.0)
    searched = likelihood.Likelihood(
        lambda at: FAMILIES["bg_nbd"].curved(purchase_parameters(np.exp(at)), known),
        int(known.customers.sum()),
    )
    best = likelihood.maximise(searched, [np.log([0.9, 20.0, 0.8, 2.0])])
    assert identifiability.cautions(searched, best, np.zeros(4)).warnings == ()
    assert identifiability.gain_over_no_dropout(searched, best) > 500
    away = best.at + np.array([0.0, 0.0, 0.0, 0.3])
    for point in (away, 2 * best.at - away):
        assert best.value - likelihood.maximise(searched, [point], [3]).value > 1.92


def histories(told, until):
    """States of simulated customers, who have no first purchase but their birth."""
    first = np.full(told.customer.max() + 1, np.inf)
    np.minimum.at(first, told.customer, told.moment)
    last, count = np.zeros(first.size), np.bincount(told.customer)
    np.maximum.at(last, told.customer, told.moment)
    return Histories.of(count - 1, last - first, until - first, np.ones(first.size))


# ── probabilities and expectations ──────────────────────────────────────────────────────────────────────────


def lived_until(parameters, x, moment):
    """Likelihood of x purchases at their moments from a customer watched until `moment`: λ integrated out."""
    r, alpha, *_ = parameters
    return np.exp(gammaln(r + x) - gammaln(r) + r * np.log(alpha) - (r + x) * np.log(alpha + moment))


def pareto_by_integration(parameters, x, t_x, age):
    """Likelihood and P(alive), from the moment of death: a Lomax variable."""
    _, _, s, beta = parameters

    def dies_at(moment):
        return lived_until(parameters, x, moment) * s / beta * (1 + moment / beta) ** -(s + 1)

    alive = lived_until(parameters, x, age) * (1 + age / beta) ** -s
    gone = quad(dies_at, t_x, age, epsabs=0, epsrel=1e-11, limit=300)[0]
    return np.log(alive + gone), alive / (alive + gone)


@pytest.mark.parametrize("seed", range(12))
def test_pareto_likelihood_and_p_alive_equal_the_integral_over_the_moment_of_death(seed):
    chance = np.random.default_rng(seed)
    parameters = purchase_parameters(np.exp(chance.uniform([-1.5, 0, -1.5, 0], [1, 4, 1, 4])))
    x = int(chance.integers(0, 15))
    age = chance.uniform(1, 100)
    t_x = age * chance.random() if x else 0.0
    expected, alive = pareto_by_integration(parameters, x, t_x, age)
    family = FAMILIES["pareto_nbd"]
    assert family.log_likelihood(parameters, [x], [t_x], [age])[0] == pytest.approx(expected, rel=1e-9)
    found = family.alive(parameters, *(np.array([value]) for value in (x, t_x, age)))[0]
    assert found == pytest.approx(alive, abs=1e-9)


@pytest.mark.parametrize("s", [0.3, 1.0, 2.5])
def test_pareto_expectations_equal_the_integral_over_the_time_still_lived(s):
    parameters = (0.6, 9.0, s, 14.0)
    x, age, ahead = 3, 20.0, 45.0
    here = np.array([x]), np.array([age / 2]), np.array([age]), np.array([ahead])
    staying = FAMILIES["pareto_nbd"].still_alive(parameters, *here)
    # μ ~ Gamma(s, β + T) of those alive: the chance to live on is the mean of e^(−μt).
    lives_on = gamma_distribution(s, scale=1 / (14.0 + age))

    def mean_life(until):
        integrand = lambda u: np.exp(-lives_on.ppf(u) * until)  # noqa: E731
        return quad(integrand, 0, 1, epsabs=1e-12, epsrel=1e-9, limit=200)[0]

    assert staying[0, 0] == pytest.approx(mean_life(ahead), rel=1e-6)
    bought = (0.6 + x) / (9.0 + age) * quad(mean_life, 0, ahead, epsrel=1e-7)[0]
    found = FAMILIES["pareto_nbd"].while_alive(parameters, *here)
    assert found[0, 0] == pytest.approx(bought, rel=1e-6)


@pytest.mark.parametrize(("kind", "chances"), [("bg_nbd", 4), ("mbg_nbd", 5)])
@pytest.mark.parametrize(("a", "b"), [(1.3, 2.5), (0.4, 0.7), (1.0, 3.0)])
def test_beta_expectations_equal_the_integral_over_rates_and_dropout(kind, chances, a, b):
    x, age, ahead = 4, 20.0, 45.0
    # λ ~ Gamma(r + x, α + T) and p ~ Beta(a, b + chances), by Gauss's rules for these very weights
    rates, of_rates = roots_genlaguerre(120, 1.2 + x - 1.0)
    points, of_points = roots_jacobi(120, b + chances - 1.0, a - 1.0)
    rate, p = np.meshgrid(rates / (9.0 + age), (1.0 + points) / 2.0)
    weight = np.outer(of_points / of_points.sum(), of_rates / of_rates.sum())
    here = np.array([x]), np.array([age / 2]), np.array([age]), np.array([ahead])
    staying = np.sum(weight * np.exp(-rate * p * ahead))
    bought = np.sum(weight * -np.expm1(-rate * p * ahead) / p)
    assert FAMILIES[kind].still_alive((1.2, 9.0, a, b), *here)[0, 0] == pytest.approx(staying, rel=1e-8)
    assert FAMILIES[kind].while_alive((1.2, 9.0, a, b), *here)[0, 0] == pytest.approx(bought, rel=1e-8)


@pytest.mark.parametrize(("x", "t_x"), [(0, 0.0), (1, 8.0), (6, 19.0)])
def test_p_alive_of_the_mbg_nbd_is_bayes_rule_over_rates_and_dropout(x, t_x):
    r, alpha, a, b = 1.2, 9.0, 1.3, 2.5
    leaving = beta_distribution(a, b)

    def average(value):
        return quad(lambda p: value(p) * leaving.pdf(p), 0, 1, epsrel=1e-11)[0]

    stayed = average(lambda p: (1 - p) ** (x + 1)) * lived_until((r, alpha), x, 20.0)
    left = average(lambda p: p * (1 - p) ** x) * lived_until((r, alpha), x, t_x)
    here = np.array([x]), np.array([t_x]), np.array([20.0])
    found = FAMILIES["mbg_nbd"].alive((r, alpha, a, b), *here)[0]
    assert found == pytest.approx(stayed / (stayed + left), rel=1e-8)
    seen = FAMILIES["mbg_nbd"].log_likelihood((r, alpha, a, b), [x], [t_x], [20.0])[0]
    assert seen == pytest.approx(np.log(stayed + left), rel=1e-8)


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("bg_nbd", (0.8, 30.0, 0.9, 2.0)),
        ("mbg_nbd", (0.8, 30.0, 0.9, 2.0)),
        ("pareto_nbd", (0.8, 30.0, 0.9, 60.0)),
    ],
)
def test_expectations_equal_the_means_of_customers_told_step_by_step(kind, parameters):
    chance = np.random.default_rng(12)
    told = live(Shop(kind, parameters, (4, 4, 15)), np.zeros(60_000), 300.0, chance)
    model = shops.purchase_model(*parameters, "day", kind=kind)
    seen = told.moment <= 120.0
    x = np.bincount(told.customer[seen]) - 1
    last = np.zeros(x.size)
    np.maximum.at(last, told.customer[seen], told.moment[seen])
    later = np.bincount(told.customer[~seen], minlength=x.size)
    expected = expected_purchases(model, x, last, np.full(x.size, 120.0), 180.0)
    for low, high in pairwise([0, 1, 2, 3, 5, 100]):
        group = (x >= low) & (x < high)
        error = np.std(later[group] - expected[group]) / np.sqrt(group.sum())
        assert abs(later[group].mean() - expected[group].mean()) < 4 * error
    error = x.std() / np.sqrt(x.size)
    assert abs(expected_purchases_of_new(model, 120.0) - x.mean()) < 4 * error


def test_lifetimes_agrees_where_it_is_right(people, fitted):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifetimes import ModifiedBetaGeoFitter, ParetoNBDFitter  # noqa: PLC0415  its import warns
    state = people["x"], people["t_x"], people["T"]
    weeks = [people["x"], people["t_x"] / 7, people["T"] / 7]
    for kind, oracle in (("mbg_nbd", ModifiedBetaGeoFitter()), ("pareto_nbd", ParetoNBDFitter())):
        oracle.params_ = fitted[kind].named
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            alive = np.asarray(oracle.conditional_probability_alive(*weeks))
            ahead = np.asarray(oracle.conditional_expected_number_of_purchases_up_to_time(52, *weeks))
        assert probability_alive(fitted[kind], *state) == pytest.approx(alive, rel=1e-6)
        assert expected_purchases(fitted[kind], *state, 364) == pytest.approx(ahead, rel=1e-5)


@EVERY_KIND
@settings(max_examples=60, deadline=None)
@given(
    log_parameters=st.tuples(*[st.floats(-11, 11)] * 4),
    x=st.integers(0, 10_000),
    share=st.floats(0, 1),
    years=st.floats(0.1, 30),
    horizon=st.floats(1, 3650),
)
def test_everything_is_finite_and_in_range_everywhere(kind, log_parameters, x, share, years, horizon):
    model = shops.purchase_model(*np.exp(log_parameters), kind=kind)
    age = years * 365.25
    t_x = share * age if x else 0.0
    alive = probability_alive(model, [x], [t_x], [age])
    later = probability_alive_after(model, [x], [t_x], [age], [horizon])[0]
    found = expected_purchases(model, [x], [t_x], [age], horizon)
    r, alpha, *_ = model.parameters
    if_nobody_left = (r + x) * horizon / (7 * alpha + age)
    assert 0.0 <= later[0] <= alive[0] * (1 + 1e-12) <= 1.0 + 1e-12
    assert 0.0 <= found[0] <= alive[0] * if_nobody_left * (1 + 1e-9)
    known = Histories.of(*(np.array([value]) for value in (x, t_x / 7, age / 7, 1.0)))
    value, slope, _ = model.family.curved(model.parameters, known)
    assert np.isfinite(value)
    assert np.all(np.isfinite(slope))


# ── the interval of very many customers ─────────────────────────────────────────────────────────────────────


def test_an_interval_from_a_sample_of_the_states_is_about_that_of_all(people, purchases, spend, monkeypatch):
    whole = customer_values(people, purchases, spend)
    monkeypatch.setattr(customer_base, "_MOST", 500)
    sampled = customer_values(people, purchases, spend)
    assert sampled.total == whole.total
    assert sampled.low == pytest.approx(whole.low, rel=0.06)
    assert sampled.high == pytest.approx(whole.high, rel=0.06)


def test_values_can_be_had_without_the_interval(people, purchases, spend):
    quick = customer_values(people, purchases, spend, interval=False)
    assert (quick.low, quick.high) == (None, None)
    assert quick.total == pytest.approx(72691.45, abs=0.02)
