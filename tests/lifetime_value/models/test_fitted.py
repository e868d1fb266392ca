"""What fitted models say in words, worked by hand."""

import numpy as np
import pytest

from retention.lifetime_value.models.drawing import known_spread, model_draws
from retention.lifetime_value.models.fitted import PurchaseModel
from retention.lifetime_value.models.identifiability import Cautions
from retention.lifetime_value.models.when_asked import WhenAsked
from tests.lifetime_value import shops


def test_the_mean_rate_in_days_and_how_much_rates_differ():
    model = shops.purchase_model(0.25, 4.5, 1.0, 1.0)  # 0.25 / 4.5 purchases a week: one in 18 weeks
    assert model.days_between == pytest.approx(18 * 7)
    assert model.rate_spread == pytest.approx(2.0)


def test_one_drop_out_in_four_purchases():
    model = shops.purchase_model(1.0, 1.0, 0.8, 2.4, kind="mbg_nbd")
    assert model.drop_out == pytest.approx(0.25)
    assert model.leaves_after == pytest.approx(4.0)
    assert model.half_life is None


def test_half_have_left_the_pareto_nbd_where_its_survival_is_a_half():
    model = shops.purchase_model(1.0, 1.0, 2.0, 10.0, unit="month", kind="pareto_nbd")
    months = model.half_life / 30.4375
    assert (10.0 / (10.0 + months)) ** 2 == pytest.approx(0.5)
    assert model.drop_out is model.leaves_after is None


def test_how_much_one_customers_purchases_differ():
    assert shops.spend_model(4.0, 3.0, 10.0).spread_within == pytest.approx(0.5)


def known_so_well(parameters, spread):
    """A purchase model of 250 customers whose logarithms have this covariance."""
    return PurchaseModel("bg_nbd", parameters, -1_000.0, spread, WhenAsked(Cautions), "week", customers=250)


def test_errors_and_intervals_are_those_of_the_logarithms():
    model = known_so_well((0.5, 4.0, 0.8, 2.0), np.diag([0.01, 0.04, 0.09, 0.25]))
    assert model.named == {"r": 0.5, "alpha": 4.0, "a": 0.8, "b": 2.0}
    assert list(model.standard_errors.values()) == pytest.approx([0.05, 0.8, 0.24, 1.0])
    low, high = model.intervals["alpha"]
    assert (low, high) == pytest.approx((4 * np.exp(-1.96 * 0.2), 4 * np.exp(1.96 * 0.2)), rel=1e-4)


def test_criteria_take_off_for_every_parameter():
    model = known_so_well((0.5, 4.0, 0.8, 2.0), np.eye(4))
    assert model.aic == 2 * 4 + 2_000
    assert model.bic == pytest.approx(4 * np.log(250) + 2_000)
    spend = shops.spend_model(4.0, 3.0, 10.0)
    assert spend.aic == 2 * 3
    assert spend.named == {"p": 4.0, "q": 3.0, "gamma": 10.0}


@pytest.mark.parametrize(("q", "has_mean"), [(1.0, False), (1.01, True)])
def test_a_mean_spend_exists_above_one(q, has_mean):
    assert shops.spend_model(4.0, q, 10.0).has_mean is has_mean


def test_where_drop_out_is_known_all_four_are_drawn():
    spread = np.array([[0.04, 0.01, 0, 0], [0.01, 0.09, 0, 0], [0, 0, 0.16, 0.02], [0, 0, 0.02, 0.25]])
    model = known_so_well((0.5, 4.0, 0.8, 2.0), spread)
    assert known_spread(model) is model.covariance
    drawn = np.log([one.parameters for one in model_draws(model, 20_000)])
    assert drawn.mean(axis=0) == pytest.approx(np.log(model.parameters), abs=0.02)
    assert np.cov(drawn.T) == pytest.approx(spread, abs=0.01)


def test_where_it_is_not_the_rates_alone_are_drawn_around_every_account_of_it():
    spread = np.eye(4) * 0.04 + 0.01  # all four go together
    others = np.log([[0.6, 5.0, 0.1, 0.3], [0.4, 3.0, 2.0, 9.0]])
    model = shops.unsure(known_so_well((0.5, 4.0, 0.8, 2.0), spread), *np.exp(others))
    given_the_others = spread[:2, :2] - spread[:2, 2:] @ np.linalg.inv(spread[2:, 2:]) @ spread[2:, :2]
    found = known_spread(model)
    assert found[:2, :2] == pytest.approx(given_the_others)
    assert np.all(found[2:] == 0.0)
    assert np.all(found[:, 2:] == 0.0)
    drawn = np.array([one.parameters for one in model_draws(model, 9_000)])
    for place, around in enumerate([model.parameters, *np.exp(others)]):
        of_account = drawn[place::3]
        assert of_account[:, 2:] == pytest.approx(np.tile(around[2:], (3_000, 1)))
        assert np.log(of_account[:, :2]).mean(axis=0) == pytest.approx(np.log(around[:2]), abs=0.02)
        assert np.cov(np.log(of_account[:, :2]).T) == pytest.approx(given_the_others, abs=0.004)
