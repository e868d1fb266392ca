"""What fitted models say in words, worked by hand."""

import pytest

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
