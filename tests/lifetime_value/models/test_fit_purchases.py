import warnings

import numpy as np
import pandas as pd
import pytest
from scipy.special import gammaln
from scipy.stats import nbinom

from retention import aggregate
from retention.errors import InputError
from retention.lifetime_value import fit_purchases
from retention.lifetime_value.models.fitted import DAYS_PER_UNIT
from tests.lifetime_value import shops


def codes(model):
    return [warning.code for warning in model.warnings]


def test_cdnow_has_the_published_parameters(purchases):
    assert purchases.parameters == pytest.approx((0.2426, 4.4136, 0.7929, 2.4259), rel=5e-4)
    assert purchases.customers == 2357
    assert purchases.warnings == ()
    assert len(purchases.alternatives) == 0


def test_cdnow_has_the_published_standard_errors(purchases):
    published = {"r": 0.0126, "alpha": 0.3782, "a": 0.1857, "b": 0.7054}
    assert purchases.standard_errors == pytest.approx(published, abs=5e-5)


def test_log_likelihood_is_summed_over_customers_on_real_time(purchases, states):
    assert purchases.log_likelihood == pytest.approx(-9582.429, abs=5e-4)
    assert fit_purchases(states, "day").log_likelihood == pytest.approx(-14363.530, abs=1e-3)


@pytest.mark.parametrize(("unit", "days"), [("day", 1.0), ("month", 30.4375)])
def test_only_alpha_depends_on_the_unit_of_time(states, purchases, unit, days):
    other = fit_purchases(states, unit)
    assert other.named["alpha"] * days == pytest.approx(purchases.named["alpha"] * 7.0, rel=1e-5)
    for name in ("r", "a", "b"):
        assert other.named[name] == pytest.approx(purchases.named[name], rel=1e-5)
    assert DAYS_PER_UNIT[unit] == days
    assert other.covariance == pytest.approx(purchases.covariance, rel=1e-3, abs=1e-6)


def test_alpha_in_days_is_as_published(states):
    assert fit_purchases(states, "day").named["alpha"] == pytest.approx(30.895, abs=5e-3)


def test_covariance_is_symmetric_positive_and_agrees_with_lifetimes_on_the_diagonal(purchases, states):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifetimes import BetaGeoFitter  # noqa: PLC0415  its import warns

        oracle = BetaGeoFitter().fit(
            states["x"], states["t_x"] / 7, states["T"] / 7, weights=states["customers"]
        )
    assert np.array_equal(purchases.covariance, purchases.covariance.T)
    assert np.linalg.eigvalsh(purchases.covariance)[0] > 0
    relative = oracle.standard_errors_ / oracle.params_
    assert np.sqrt(np.diag(purchases.covariance)) == pytest.approx(relative.to_numpy(), rel=5e-3)


def test_counts_are_the_same_as_repeated_rows(states):
    repeated = states.loc[states.index.repeat(states["customers"])].assign(customers=1)
    once, many = fit_purchases(states), fit_purchases(repeated)
    assert many.parameters == pytest.approx(once.parameters, rel=1e-5)
    assert many.log_likelihood == pytest.approx(once.log_likelihood, rel=1e-10)


def test_parameters_a_shop_was_simulated_with_are_found_again():
    chance = np.random.default_rng(11)
    people = shops.simulated_people(chance, 4000, 400, 0.6, 40.0, 1.2, 3.0, youngest=100)
    model = fit_purchases(aggregate.states(people), "day")
    off = (np.log(model.parameters) - np.log((0.6, 40.0, 1.2, 3.0))) / np.sqrt(np.diag(model.covariance))
    assert np.all(np.abs(off) < 3.5)


def test_a_shop_nobody_leaves_shows_no_dropout():
    chance = np.random.default_rng(5)
    people = shops.simulated_people(chance, 1500, 300, 0.8, 60.0, 0.0, 1.0, youngest=60)
    model = fit_purchases(aggregate.states(people))
    assert codes(model) == ["no_dropout_visible", "dropout_not_identified"]
    assert model.warnings[0].details["gain"] < 3.84
    assert len(model.alternatives) > 5
    assert np.all(np.isfinite(model.covariance))
    assert np.linalg.eigvalsh(model.covariance)[0] > 0


def test_the_alternatives_fit_nearly_as_well_and_no_better():
    chance = np.random.default_rng(5)
    people = shops.simulated_people(chance, 800, 300, 0.8, 60.0, 0.0, 1.0, youngest=60)
    states = aggregate.states(people)
    model = fit_purchases(states)
    below = model.log_likelihood - np.array([likelihood(states, other) for other in model.alternatives])
    assert np.all(below <= 1.93)
    assert np.all(below >= -1e-4)


def likelihood(states, parameters):
    """The BG/NBD's log-likelihood as Fader, Hardie and Lee print it, in plain gamma functions."""
    r, alpha, a, b = parameters
    x, t_x, age = states["x"].to_numpy(), states["t_x"].to_numpy() / 7, states["T"].to_numpy() / 7
    first = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    second = gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
    gone = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + t_x)
    ends = np.logaddexp(-(r + x) * np.log(alpha + age), np.where(x > 0, gone, -np.inf))
    return float(states["customers"] @ (first + second + ends))


def test_gain_is_measured_against_the_negative_binomial():
    chance = np.random.default_rng(8)
    people = shops.simulated_people(chance, 600, 250, 0.8, 60.0, 0.0, 1.0)
    states = aggregate.states(people)
    model = fit_purchases(states, "day")
    # All customers are equally old: the likelihood of counts alone differs from that of purchase times by
    # x!/T^x, which no parameter enters, and the count's parameters are r and α / (α + T).
    x, n = states["x"].to_numpy(), states["customers"].to_numpy()
    grid = [
        n @ nbinom.logpmf(x, r, alpha / (alpha + 250))
        for r in np.linspace(0.5, 1.3, 161)
        for alpha in np.linspace(30.0, 110.0, 161)
    ]
    nbd = max(grid) + n @ (gammaln(x + 1) - x * np.log(250.0))
    assert model.warnings[0].details["gain"] == pytest.approx(2 * (model.log_likelihood - nbd), abs=0.02)


def test_one_cohort_is_fitted_where_lifetimes_does_not_converge():
    # Everybody won on one day, few leaving: drop-out hides behind slow buyers.
    chance = np.random.default_rng(2)
    people = shops.simulated_people(chance, 600, 180, 0.6, 50.0, 0.4, 6.0)
    model = fit_purchases(aggregate.states(people))
    assert np.all(np.isfinite(model.parameters))
    assert np.isfinite(model.log_likelihood)
    assert "dropout_not_identified" in codes(model)
    noted = model.warnings[-1].details
    assert noted["lowest"] <= model.parameters[3] <= noted["highest"]


def test_nothing_is_printed_and_no_warning_filter_is_left_behind(capfd):
    filters = list(warnings.filters)
    chance = np.random.default_rng(2)
    fit_purchases(aggregate.states(shops.simulated_people(chance, 300, 180, 0.6, 50.0, 0.0, 1.0)))
    assert capfd.readouterr() == ("", "")
    assert warnings.filters == filters


def test_nobody_repeating_cannot_be_fitted():
    states = pd.DataFrame({"x": [0, 0], "t_x": [0, 0], "T": [10, 20], "customers": [30, 40]})
    with pytest.raises(InputError) as caught:
        fit_purchases(states)
    assert caught.value.code == "cannot_fit_purchases"
    assert caught.value.details == {
        "reason": "nobody_repeats",
        "customers": 70,
        "repeaters": 0,
        "needed": 10,
    }


def test_one_customer_cannot_be_fitted():
    states = pd.DataFrame({"x": [3], "t_x": [10], "T": [20], "customers": [1]})
    with pytest.raises(InputError) as caught:
        fit_purchases(states)
    assert caught.value.details["reason"] == "too_few_customers"


@pytest.mark.parametrize(
    "rows",
    [
        [(0, 0, 5, 9), (1, 1, 5, 1)],  # one repeat in all
        [(5, 30, 30, 40)],  # all alike and all alive
        [(5, 5, 300, 40)],  # all alike and all gone
        [(0, 0, 0, 10), (300, 300, 300, 1)],
        [(0, 0, 10950, 500), (10000, 10950, 10950, 2)],
    ],
)
def test_odd_shops_are_fitted_all_the_same(rows):
    model = fit_purchases(pd.DataFrame(rows, columns=["x", "t_x", "T", "customers"]))
    assert np.all(np.isfinite(model.parameters))
    assert np.all(np.array(model.parameters) > 0)
    assert np.linalg.eigvalsh(model.covariance)[0] > 0
