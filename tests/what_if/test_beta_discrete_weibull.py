import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.optimize import minimize
from scipy.special import betaln, digamma

from retention.lifetime_value import beta_nodes, gamma_nodes
from retention.lifetime_value.models.likelihood import maximise
from retention.what_if import fit_curve, fit_kind, log_likelihood, retention_by_age, without_increases
from retention.what_if.beta_discrete_weibull import _likelihood
from tests.lifetime_value.sloped import likelihood_of

REGULAR = [100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1]
HIGH_END = [100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1]


def fitted(survivors):
    before, after = (np.array(part, dtype=float)[:, None] for part in (survivors[:-1], survivors[1:]))
    return [float(found[0]) for found in fit_curve(before, without_increases(before, after))]


@pytest.mark.parametrize(("survivors", "published"), [(REGULAR, (0.704, 1.182)), (HIGH_END, (0.668, 3.806))])
def test_the_published_cohorts_have_their_published_parameters(survivors, published):
    assert fitted(survivors) == pytest.approx(published, abs=0.0005)


def test_it_is_the_multinomial_maximum_of_the_published_recursion():
    # P(1) = α/(α+β), P(t) = P(t−1)(β+t−2)/(α+β+t−1); the last term is who is still there
    left = -np.diff(REGULAR)

    def cost(logs):
        alpha, beta = np.exp(logs)
        chance = [alpha / (alpha + beta)]
        for t in range(2, len(REGULAR)):
            chance.append(chance[-1] * (beta + t - 2) / (alpha + beta + t - 1))
        return -(left @ np.log(chance) + REGULAR[-1] * np.log(1 - sum(chance)))

    found = minimize(cost, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12})
    assert fitted(REGULAR) == pytest.approx(np.exp(found.x), rel=1e-5)


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_what_the_curve_made_it_finds_again(log_alpha, log_beta):
    alpha, beta = np.exp([[log_alpha], [log_beta]])
    rates = retention_by_age(alpha, beta, 12)
    survivors = 1000 * np.concatenate([np.ones((1, 1)), np.cumprod(rates, axis=0)])
    found = fit_curve(survivors[:-1], survivors[1:])
    assert retention_by_age(*found, 12) == pytest.approx(rates, abs=1e-5)


def test_many_at_once_are_each_alone():
    both = np.array([REGULAR, HIGH_END]).T
    together = np.array(fit_curve(both[:-1], both[1:]))
    assert together == pytest.approx(np.array([fitted(REGULAR), fitted(HIGH_END)]).T)


@pytest.mark.parametrize(
    ("survivors", "rates"),
    [
        ([100, 100, 100], [1, 1]),  # nobody leaves
        ([100, 0, 0], [0, None]),  # all do
        ([100, 50, 25, 12.5], [0.5, 0.5, 0.5]),  # all alike
        ([100, 24, 26, 30], [0.24, 1, 1]),  # a season brings more than before: nobody has left
    ],
)
def test_curves_at_the_edge_are_followed(survivors, rates):
    found = retention_by_age(*(np.array([p]) for p in fitted(survivors)), len(survivors) - 1)[:, 0]
    for rate, expected in zip(found, rates, strict=True):
        assert expected is None or rate == pytest.approx(expected, abs=2e-3)


@given(st.floats(-8, 8), st.floats(-8, 8), st.integers(1, 60))
def test_nodes_of_a_beta_distribution_have_its_moments(log_alpha, log_beta, t):
    alpha, beta = np.exp([log_alpha]), np.exp([log_beta])
    points, weights = beta_nodes(alpha, beta, 48)
    expected = np.prod([(beta[0] + k) / (alpha[0] + beta[0] + k) for k in range(t)])
    assert float((weights * (1 - points) ** t).sum()) == pytest.approx(expected, rel=1e-8, abs=1e-12)


def test_nodes_of_a_gamma_distribution_have_its_transform():
    points, weights = gamma_nodes(np.array([0.6, 5.0]), 32)
    assert (weights * np.exp(-0.7 * points)).sum(axis=0) == pytest.approx(1.7 ** -np.array([0.6, 5.0]))


FOUR = {"high end": [1000, 869, 743, 653, 593], "regular": [1000, 631, 468, 382, 326]}
SEVEN = {
    name: [10 * n for n in survivors] for name, survivors in (("high end", HIGH_END), ("regular", REGULAR))
}


def steps_of(survivors):
    column = np.array(survivors, dtype=float)[:, None]
    return column[:-1], column[1:]


def survival(shape, t):
    alpha, beta, c = shape
    return np.exp(betaln(alpha, beta + np.asarray(t, dtype=float) ** c) - betaln(alpha, beta))


@pytest.mark.parametrize(
    ("cohort", "kind", "value", "year_12"),
    [
        ("high end", "sbg", -1225.1349, 307.0),
        ("high end", "bdw", -1222.7493, 388.9),
        ("regular", "sbg", -1401.5594, 159.5),
        ("regular", "bdw", -1401.3831, 171.4),
    ],
)
def test_four_renewals_of_the_published_cohorts(cohort, kind, value, year_12):
    before, after = steps_of(FOUR[cohort])
    shape = fit_kind(kind, before, after)
    assert log_likelihood(shape, before, after)[0] == pytest.approx(value, abs=0.00005)
    assert 1000 * survival(shape[:, 0], 12) == pytest.approx(year_12, abs=0.05)
    if (cohort, kind) == ("high end", "bdw"):
        assert shape[2, 0] == pytest.approx(1.584, abs=0.0005)


@pytest.mark.parametrize(("cohort", "sbg", "bdw"), [("high end", 378, 404), ("regular", 170, 177)])
def test_seven_renewals_of_the_published_cohorts(cohort, sbg, bdw):
    found = [fit_kind(kind, *steps_of(SEVEN[cohort]))[:, 0] for kind in ("sbg", "bdw")]
    assert [round(1000 * float(survival(shape, 12))) for shape in found] == [sbg, bdw]


@given(st.floats(-4, 4), st.floats(-4, 4))
def test_with_a_power_of_one_it_is_the_shifted_beta_geometric(log_alpha, log_beta):
    alpha, beta = np.exp([[log_alpha], [log_beta]])
    passed = np.arange(60)[:, None]
    expected = (beta + passed) / (alpha + beta + passed)
    assert retention_by_age(alpha, beta, 60, 1.0) == pytest.approx(expected, abs=1e-9)
    assert retention_by_age(alpha, beta, 60) == pytest.approx(expected, abs=1e-9)


@given(st.floats(-3, 3), st.floats(-2, 3), st.floats(-0.8, 0.8))
def test_retention_is_the_survivors_of_one_age_over_those_of_the_one_before(log_alpha, log_beta, log_c):
    shape = np.exp([log_alpha, log_beta, log_c])
    alpha, beta, c = shape[:, None]
    kept = survival(shape, np.arange(25))
    assert np.cumprod(retention_by_age(alpha, beta, 24, c)[:, 0]) == pytest.approx(kept[1:], abs=1e-9)


def test_the_derivatives_are_those_of_the_likelihood():
    chance = np.random.default_rng(0)
    stayed, left = chance.uniform(10, 50, (6, 4)), chance.uniform(1, 9, (6, 4))
    at = np.array([[-0.5, 0.3, 2.0, -3.0], [1.2, 2.0, -1.0, 4.0], [0.3, -0.4, 0.0, 0.9]])
    _, slope, curvature = _likelihood(at, stayed, left)
    for place in range(3):
        move = np.zeros((3, 1))
        move[place] = 1e-5
        more, less = (_likelihood(at + sign * move, stayed, left) for sign in (1, -1))
        assert (more[0] - less[0]) / 2e-5 == pytest.approx(slope[place], rel=1e-6, abs=1e-6)
        assert (more[1] - less[1]) / 2e-5 == pytest.approx(curvature[place], rel=1e-6, abs=1e-5)


@pytest.mark.parametrize("survivors", [FOUR["high end"], SEVEN["high end"], SEVEN["regular"]])
def test_another_search_with_another_gradient_finds_the_same_curve(survivors):
    # ln B(α, β + u) − ln B(α, β) for each age, the survivors' last term included; over the logarithms
    survivors = np.array(survivors, dtype=float)
    left, ages = np.append(-np.diff(survivors), survivors[-1]), np.arange(len(survivors))

    def summed(logs):
        alpha, beta, c = np.exp(logs)
        u = ages**c
        kept = np.append(survival((alpha, beta, c), ages), 0.0)
        both = digamma(alpha + beta + u)
        moved = np.array(
            [
                alpha * (digamma(alpha + beta) - both),
                beta * (digamma(beta + u) - both - digamma(beta) + digamma(alpha + beta)),
                c * u * np.log(np.maximum(ages, 1)) * (digamma(beta + u) - both),
            ]
        )
        slopes = np.concatenate([moved * kept[:-1], np.zeros((3, 1))], axis=1)
        share = -np.diff(kept)
        return float(left @ np.log(share)), -np.diff(slopes) @ (left / share)

    top = maximise(likelihood_of(summed, int(survivors[0])), [np.array([-0.5, 0.5, 0.1])])
    before, after = steps_of(survivors)
    found = fit_kind("bdw", before, after)
    assert log_likelihood(found, before, after)[0] == pytest.approx(top.value, abs=1e-6)
    assert np.log(found[:, 0]) == pytest.approx(top.at, abs=1e-3)


def drawn(chance, shape, customers, ages, times):
    """Survivors of cohorts drawn customer by customer: a risk each, and the period in which they leave."""
    alpha, beta, c = shape
    rate = -np.log1p(-np.minimum(chance.beta(alpha, beta, (customers, times)), 1 - 1e-16))
    life = (chance.exponential(size=rate.shape) / rate) ** (1 / c)  # there after t: e^(−rate·t^c)
    return np.array([(life > age).sum(axis=0) for age in range(ages + 1)], dtype=float)


@pytest.mark.parametrize("truth", [(0.7, 1.9, 1.5), (0.7, 1.9, 1.0), (0.8, 4.0, 0.6)])
def test_the_power_a_shop_was_drawn_with_is_found(truth):
    survivors = drawn(np.random.default_rng(11), truth, customers=4000, ages=18, times=60)
    found = fit_kind("bdw", survivors[:-1], survivors[1:])[2]
    error = found.std(ddof=1)
    assert error < 0.15
    assert abs(found.mean() - truth[2]) < 4 * error / np.sqrt(found.size) + 0.02


def test_the_larger_curve_is_never_less_likely():
    survivors = drawn(np.random.default_rng(5), (0.4, 1.2, 1.0), customers=80, ages=9, times=100)
    before, after = survivors[:-1], survivors[1:]
    small, large = (log_likelihood(fit_kind(kind, before, after), before, after) for kind in ("sbg", "bdw"))
    assert (large >= small - 1e-6).all()
