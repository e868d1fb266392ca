"""What is found is the maximum itself: neither the way there nor the last digit of a likelihood moves it."""

import numpy as np
import pytest

from retention import aggregate
from retention.lifetime_value import expected_purchases, fit_purchases, fit_spend
from retention.lifetime_value.models import (
    fit_purchases as purchase_fits,
    fit_season as seasons,
    fit_spend as spend_fits,
)
from retention.lifetime_value.models.fit_season import fit_season
from retention.lifetime_value.models.likelihood import Likelihood
from retention.lifetime_value.models.newton import Curved
from tests.lifetime_value import seasonal

LAST_DIGIT = 1.0 + 2e-16
PLAIN = [("bg_nbd", 1), ("mbg_nbd", 1), ("mbg_nbd", 2), ("pareto_nbd", 1)]


def nearly(likelihood_of):
    """The same likelihoods, another in the last digit."""

    def moved(*given):
        likelihood = likelihood_of(*given)

        def curved(at):
            return Curved(*(part * LAST_DIGIT for part in likelihood.curved(at)))

        return Likelihood(curved, likelihood.customers)

    return moved


@pytest.fixture(scope="module")
def shop():
    return seasonal.shop(np.random.default_rng(5), 30, a_year=600, k=2)


def fitted(shop, kind, k):
    return fit_purchases(shop.states, "week", kind, k, shop.waits)


def in_season(shop, plain):
    return fit_season(
        plain, shop.states, shop.repeats, seasonal.LAST, gaps=None if plain.k == 1 else shop.gaps
    )


def same(found, other, states):
    """Every figure of both, to nine digits."""
    assert found.parameters == pytest.approx(other.parameters, rel=1e-9)
    assert found.log_likelihood == pytest.approx(other.log_likelihood, rel=1e-12)
    assert found.covariance == pytest.approx(other.covariance, rel=1e-8, abs=1e-10)
    state = [states[name] for name in ("x", "t_x", "T")]
    both = (expected_purchases(model, *state, 365.0) for model in (found, other))
    np.testing.assert_allclose(*both, rtol=1e-9)


@pytest.mark.parametrize(("kind", "k"), PLAIN)
def test_a_purchase_model_hangs_neither_on_its_starts_nor_on_the_last_digit(shop, kind, k, monkeypatch):
    found = fitted(shop, kind, k)
    for starts in ([np.zeros(4)], [np.log([2.0, 0.05, 0.3, 1.0])], list(purchase_fits._STARTS[kind])[::-1]):
        monkeypatch.setitem(purchase_fits._STARTS, kind, starts)
        same(fitted(shop, kind, k), found, shop.states)
    monkeypatch.setattr(purchase_fits, "likelihood_of", nearly(purchase_fits.likelihood_of))
    same(fitted(shop, kind, k), found, shop.states)


@pytest.mark.parametrize("k", [1, 2])
def test_a_season_hangs_on_the_last_digit_no_more_than_nine_digits_show(shop, k, monkeypatch):
    plain = fitted(shop, "mbg_nbd", k)
    found = in_season(shop, plain)
    monkeypatch.setattr(seasons, "_likelihood", nearly(seasons._likelihood))
    other = in_season(shop, plain)
    same(other, found, shop.states)
    assert other.season.index == pytest.approx(found.season.index, rel=1e-9)
    assert other.season.gain == pytest.approx(found.season.gain, rel=1e-9)


def test_spend_hangs_neither_on_its_starts_nor_on_the_last_digit(people, monkeypatch):
    table = aggregate.spend(people)
    found = fit_spend(table)
    monkeypatch.setattr(spend_fits, "_STARTS", [np.zeros(3)])
    assert fit_spend(table).parameters == pytest.approx(found.parameters, rel=1e-9)
    monkeypatch.setattr(spend_fits, "likelihood_of_spend", nearly(spend_fits.likelihood_of_spend))
    assert fit_spend(table).parameters == pytest.approx(found.parameters, rel=1e-9)
