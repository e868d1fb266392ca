import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.integrate import quad
from scipy.stats import gamma as gamma_distribution

from retention.lifetime_value import expected_spend, mean_spend
from retention.lifetime_value.models import gamma_gamma
from retention.lifetime_value.models.gamma_gamma import Spending
from tests.lifetime_value import shops
from tests.lifetime_value.sloped import bent


def test_expected_spend_of_the_first_ten_customers_is_as_published(people, spend):
    first = people[people["customer_id"] <= "0010"]
    published = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]
    assert expected_spend(spend, first["x"], first["m_x"]) == pytest.approx(published, abs=0.005)


def test_one_time_buyers_are_expected_to_spend_the_population_mean(spend):
    assert expected_spend(spend, [0], [np.nan]) == pytest.approx([mean_spend(spend)])
    assert mean_spend(spend) == pytest.approx(35.17, abs=0.005)


def test_log_likelihood_equals_the_integral_over_the_customers_scale():
    p, q, gamma, x, mean = 3.0, 4.0, 20.0, 5, 18.0

    def density(scale):
        # The mean of x purchases of Gamma(p, ν) is Gamma(p·x, ν·x).
        return gamma_distribution.pdf(mean, p * x, scale=1 / (scale * x)) * gamma_distribution.pdf(
            scale, q, scale=1 / gamma
        )

    oracle = np.log(quad(density, 0, 5, epsrel=1e-11, points=[0.1, 0.3])[0])
    assert gamma_gamma.log_likelihood((p, q, gamma), [x], [mean]) == pytest.approx([oracle], rel=1e-8)


def test_expected_spend_equals_the_mean_over_the_customers_scale():
    p, q, gamma, x, mean = 3.0, 4.0, 20.0, 5, 18.0
    posterior = gamma_distribution(p * x + q, scale=1 / (gamma + x * mean))
    oracle = quad(lambda scale: posterior.pdf(scale) * p / scale, 1e-9, 3, epsrel=1e-11, points=[0.1, 0.3])[0]
    assert expected_spend(shops.spend_model(p, q, gamma), [x], [mean]) == pytest.approx([oracle], rel=1e-8)


def test_the_sum_over_customers_its_slope_and_its_information():
    x, means, at, step = np.array([1, 4, 30]), np.array([3.0, 60.0, 20.0]), np.log([4.0, 3.0, 18.0]), 1e-5
    customers = np.array([5.0, 1.0, 2.0])

    def total(logarithms):
        return float(customers @ gamma_gamma.log_likelihood(tuple(np.exp(logarithms)), x, means))

    value, slope, matrix = Spending.of(x, means, customers).curved(tuple(np.exp(at)))
    assert value == pytest.approx(total(at), rel=1e-12)
    numerical = [(total(at + unit) - total(at - unit)) / (2 * step) for unit in step * np.eye(3)]
    assert slope == pytest.approx(numerical, rel=1e-6, abs=1e-8)
    assert matrix == pytest.approx(
        bent(lambda at: Spending.of(x, means, customers).curved(tuple(np.exp(at))), at), rel=1e-6, abs=1e-5
    )


@given(st.floats(0.05, 50), st.floats(1.01, 50), st.floats(0.01, 1e4), st.integers(1, 500), st.floats(0, 1e6))
def test_expected_spend_lies_between_the_customers_mean_and_the_populations(p, q, gamma, x, mean):
    model = shops.spend_model(p, q, gamma)
    low, high = sorted([mean, mean_spend(model)])
    found = expected_spend(model, [x], [mean])[0]
    assert low * (1 - 1e-9) <= found <= high * (1 + 1e-9)
