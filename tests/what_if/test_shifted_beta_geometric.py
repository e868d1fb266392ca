import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.optimize import minimize

from retention.lifetime_value import beta_nodes, gamma_nodes
from retention.what_if import fit_curve, retention_by_age, without_increases

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
