import warnings

import numpy as np
import pandas as pd
import pytest
from scipy.stats import pearsonr, spearmanr

from retention import aggregate
from retention.errors import InputError
from retention.lifetime_value import expected_spend, fit_spend, mean_spend
from tests.lifetime_value import shops


def table(x, m_x):
    return pd.DataFrame({"x": x, "m_x": m_x, "customers": 1})


def codes(model):
    return [warning.code for warning in model.warnings]


def test_cdnow_has_the_published_parameters(spend):
    assert spend.parameters == pytest.approx((6.25, 3.74, 15.44), abs=5e-3)
    assert spend.log_likelihood == pytest.approx(-4055.918, abs=5e-4)
    assert spend.customers == 946
    assert spend.correlation == pytest.approx(0.114, abs=5e-4)
    assert spend.warnings == ()


def test_spread_agrees_with_lifetimes_on_the_diagonal(people, spend):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifetimes import GammaGammaFitter  # noqa: PLC0415  its import warns

        paying = aggregate.spend(people)
        oracle = GammaGammaFitter().fit(paying["x"], paying["m_x"], weights=paying["customers"])
    assert list(spend.standard_errors.values()) == pytest.approx(oracle.standard_errors_.tolist(), rel=5e-3)
    assert np.linalg.eigvalsh(spend.covariance)[0] > 0


def test_counts_are_the_same_as_repeated_rows(people):
    paying = aggregate.spend(people)
    doubled = fit_spend(paying.assign(customers=2 * paying["customers"]))
    repeated = fit_spend(pd.concat([paying, paying]))
    assert doubled.parameters == pytest.approx(repeated.parameters, rel=1e-5)
    assert doubled.correlation == pytest.approx(repeated.correlation)
    assert doubled.spearman == pytest.approx(repeated.spearman)


def test_correlations_equal_those_over_single_customers(people, spend):
    paying = people[(people["x"] > 0) & (people["m_x"] > 0)]
    assert spend.correlation == pytest.approx(pearsonr(paying["x"], paying["m_x"]).statistic)
    assert spend.spearman == pytest.approx(spearmanr(paying["x"], paying["m_x"]).statistic)


def test_the_currency_changes_gamma_alone(people, spend):
    paying = aggregate.spend(people)
    in_cents = fit_spend(paying.assign(m_x=100 * paying["m_x"]))
    assert in_cents.parameters == pytest.approx((spend.p, spend.q, 100 * spend.gamma), rel=1e-4)
    assert in_cents.log_likelihood == pytest.approx(spend.log_likelihood - 946 * np.log(100))


def test_parameters_a_shop_was_simulated_with_are_found_again():
    chance = np.random.default_rng(3)
    x = 1 + chance.poisson(3, size=4000)
    means = chance.gamma(2.5 * x) / x / (chance.gamma(5.0, size=4000) / 40.0)
    model = fit_spend(table(x, means))
    off = np.log(np.array(model.parameters) / (2.5, 5.0, 40.0)) / np.sqrt(np.diag(model.covariance))
    assert np.all(np.abs(off) < 3.5)
    assert mean_spend(model) == pytest.approx(2.5 * 40 / 4, rel=0.05)


def test_spend_without_a_mean_is_said_and_observed_means_stand_in():
    chance = np.random.default_rng(4)
    x = np.full(3000, 2)
    means = chance.gamma(3.0 * x) / x / (chance.gamma(0.6, size=3000) / 10.0)
    model = fit_spend(table(x, means))
    assert codes(model) == ["spend_infinite_mean"]
    assert model.warnings[0].details["q"] == model.q < 1
    assert expected_spend(model, [0, 2], [np.nan, 12.5]) == pytest.approx([means.mean(), 12.5])
    assert mean_spend(model) == pytest.approx(means.mean())


def test_spend_that_grows_with_frequency_is_said():
    chance = np.random.default_rng(4)
    x = 1 + chance.poisson(3, size=800)
    model = fit_spend(table(x, 10.0 * x * chance.lognormal(0, 0.3, size=800)))
    assert codes(model) == ["spend_depends_on_frequency"]
    assert model.warnings[0].details["spearman"] > model.warnings[0].details["threshold"]


@pytest.mark.parametrize("means", [[20.0], [20.0, 20.0, 20.0], [1e-6, 1e6]])
def test_spend_too_little_to_tell_is_said_and_stays_finite(means):
    model = fit_spend(table([1] * len(means), means))
    assert "spend_not_identified" in codes(model)
    assert np.all(np.isfinite(expected_spend(model, [0, 1], [np.nan, 20.0])))
    assert model.correlation is None


def test_equal_spend_is_expected_again():
    model = fit_spend(table([1, 2, 3, 4, 5], [20.0] * 5))
    assert expected_spend(model, [0, 3], [np.nan, 20.0]) == pytest.approx([20.0, 20.0], rel=0.01)


def test_nobody_repeating_has_no_spend():
    with pytest.raises(InputError) as caught:
        fit_spend(table([], []))
    assert caught.value.code == "cannot_fit_spend"
    assert caught.value.details == {"reason": "nobody_repeats", "customers": 0}


def test_nothing_is_printed(capfd):
    fit_spend(table([1, 1], [1e-6, 1e6]))
    assert capfd.readouterr() == ("", "")


def test_fitted_shop_is_worth_its_mean():
    assert mean_spend(shops.spend_model(6.25, 3.74, 15.44)) == pytest.approx(6.25 * 15.44 / 2.74)
