"""Forecasts held against what followed: published figures, worked examples, chance with a known answer."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from retention import aggregate
from retention.errors import InputError
from retention.lifetime_value import fit_purchases
from retention.lifetime_value.trust.holdout import errors, naive_forecasts, score
from retention.lifetime_value.trust.purchase_intervals import purchase_intervals
from retention.lifetime_value.value import predictions
from retention.study import Study
from tests.conftest import shop
from tests.lifetime_value import shops

# Pareto/NBD at the optimum on CDNOW, whose log-likelihood is checked below
PARETO = (0.5532770457, 10.5776834444, 0.6062399935, 11.6687353832)


@pytest.fixture(scope="module")
def held():
    return shops.hold_back(shops.cdnow(shops.HOLDOUT_END))


@pytest.fixture(scope="module")
def by_bg(held, purchases, spend):
    return score(held, purchases, spend)


@pytest.fixture(scope="module")
def by_pareto(held):
    return score(held, shops.purchase_model(*PARETO, kind="pareto_nbd"))


def test_the_last_half_of_the_days_is_held_back(held, people):
    assert held.until == shops.CALIBRATION_END
    assert (held.days, held.weeks) == (273, 39.0)
    assert (held.customers, held.purchases) == (2357, 1882)
    pd.testing.assert_frame_equal(held.states, aggregate.states(people), check_dtype=False)


def test_of_an_odd_number_of_days_the_middle_one_is_fitted_on():
    assert shops.hold_back(shop([("a", "2024-01-01", 1)], "2024-01-01", "2024-01-05")).until == date(
        2024, 1, 3
    )


def test_cdnow_by_bg_nbd(by_bg):
    assert by_bg.actual == 1882
    assert by_bg.expected == pytest.approx(1653, abs=0.5)
    assert by_bg.bias == pytest.approx(-0.121, abs=5e-4)
    assert by_bg.errors.rmse == pytest.approx(1.608, abs=5e-4)
    assert by_bg.errors.mean_absolute_error == pytest.approx(0.785, abs=5e-4)
    assert by_bg.naive["zero"].rmse == pytest.approx(2.206, abs=5e-4)
    assert by_bg.naive["zero"].mean_absolute_error == pytest.approx(0.798, abs=5e-4)
    assert by_bg.beaten_by == ()


def test_cdnow_by_frequency(by_bg):
    found = by_bg.by_frequency
    assert found["frequency"].tolist() == list(range(8))
    assert found["customers"].tolist() == [1411, 439, 214, 100, 62, 38, 29, 64]
    expected = [0.2251, 0.5231, 1.0441, 1.5203, 2.1639, 2.6538, 3.5040, 6.1572]
    actual = [0.2367, 0.6970, 1.3925, 1.5600, 2.5323, 2.9474, 3.8621, 6.3594]
    assert found["expected"].to_numpy() == pytest.approx(expected, abs=2e-4)
    assert found["actual"].to_numpy() == pytest.approx(actual, abs=5e-5)
    assert (found["low"] < found["expected"]).all()
    assert (found["expected"] < found["high"]).all()


def test_cdnow_by_mbg_nbd(held, states):
    found = score(held, fit_purchases(states, kind="mbg_nbd"))
    assert found.expected == pytest.approx(1576.7, abs=0.05)
    assert found.money is None


def test_cdnow_by_pareto_nbd(held, by_pareto):
    states = held.states
    weeks = states["x"].to_numpy(), states["t_x"].to_numpy() / 7, states["T"].to_numpy() / 7
    likelihood = by_pareto.model.family.log_likelihood(PARETO, *weeks) @ states["customers"].to_numpy()
    assert likelihood == pytest.approx(-9594.976, abs=5e-4)
    assert by_pareto.expected == pytest.approx(1665.5, abs=0.05)


@pytest.mark.parametrize(
    ("which", "expected", "off", "mape"),
    [("by_bg", 4160.6, -0.041, 0.0263), ("by_pareto", 4270.0, -0.016, 0.0131)],
)
def test_cdnow_tracking(request, which, expected, off, mape):
    found = request.getfixturevalue(which)
    assert found.tracked["week"].tolist() == list(range(1, 79))
    assert found.tracked.loc[found.tracked["held_back"], "week"].tolist() == list(range(40, 79))
    last = found.tracked.iloc[-1]
    assert last["cumulative_actual"] == 4339
    assert last["cumulative_expected"] == pytest.approx(expected, abs=0.05)
    assert last["cumulative_expected"] / last["cumulative_actual"] - 1 == pytest.approx(off, abs=5e-4)
    assert found.mape == pytest.approx(mape, abs=5e-5)


def test_tracking_adds_up_customer_by_customer(held, by_bg, people):
    born = people["first_day"].to_numpy() - held.window.first.toordinal()
    for week in (1, 5, 39, 78):
        age = np.maximum(7 * week - 1 - born, 0)
        expected = predictions.expected_purchases_of_new(by_bg.model, age).sum()
        assert by_bg.tracked["cumulative_expected"][week - 1] == pytest.approx(expected)
    assert by_bg.tracked["actual"].sum() == 4339
    assert by_bg.tracked["expected"].sum() == pytest.approx(4160.6, abs=0.05)


def test_money_is_that_of_the_customers_one_by_one(by_bg, people, spend):
    worth = shops.expected_money(people, by_bg.model, spend, 273)
    assert by_bg.money.expected == pytest.approx(worth)
    whole, known = (
        Study(shops.cdnow(day)).tables.customers() for day in (shops.HOLDOUT_END, shops.CALIBRATION_END)
    )
    assert by_bg.money.actual == pytest.approx(whole["revenue"].sum() - known["revenue"].sum())
    assert by_bg.money.bias == pytest.approx(by_bg.money.expected / by_bg.money.actual - 1)


def test_online_retail(online_retail):
    held = shops.hold_back(online_retail.orders)
    assert (held.until, held.days) == (date(2011, 6, 5), 187)
    found = score(held, fit_purchases(held.states))
    assert found.bias == pytest.approx(-0.126, abs=5e-4)
    assert found.beaten_by == ()


def test_naive_forecasts_by_hand():
    # 3 purchases in 30 days and none in 10, by 2 and 4 customers; one was won on the last day
    x, age, customers = np.array([3.0, 0.0, 0.0]), np.array([30.0, 10.0, 0.0]), np.array([2.0, 4.0, 1.0])
    found = naive_forecasts(x, age, customers, 20.0)
    assert found["same_rate"].tolist() == [2.0, 0.0, 0.0]
    assert found["mean_of_all"] == pytest.approx([6 / 100 * 20] * 3)
    assert found["zero"].tolist() == [0.0, 0.0, 0.0]


def test_errors_by_hand():
    found = errors(np.array([1.0, 2.0]), np.array([1.0, 5.0]), np.array([3.0, 1.0]))
    assert found.rmse == pytest.approx(1.5)
    assert found.mean_absolute_error == pytest.approx(0.75)


def test_all_won_on_the_last_day_have_no_rate_and_no_error():
    found = naive_forecasts(np.zeros(2), np.zeros(2), np.ones(2), 20.0)
    assert all(rule.tolist() == [0.0, 0.0] for rule in found.values())


def states_of(x, weeks, customers):
    age = 7.0 * np.array(weeks)
    return (np.array(x), age, age), np.array(customers)


def test_chance_alone_is_the_negative_binomial_where_nobody_leaves():
    states, customers = states_of([0.0, 4.0], [10.0, 20.0], [900, 100])
    model = shops.purchase_model(0.8, 5.0, 1e-12, 1.0)
    low, high = purchase_intervals(model, states, customers, np.array([0, 1]), 42.0)
    for group, (shape, scale, n) in enumerate([(0.8, 15.0, 900), (4.8, 25.0, 100)]):
        exact = stats.nbinom(n * shape, scale / (scale + 6.0))
        assert low[group] == pytest.approx(exact.ppf(0.025), abs=0.4 * exact.std())
        assert high[group] == pytest.approx(exact.ppf(0.975), abs=0.4 * exact.std())
    assert low[0] + low[1] < low[2] < high[2] < high[0] + high[1]


def test_parameters_move_the_total_as_their_formula_says():
    # E = (r + x) · t / (α + T): the slopes of its logarithm are r / (r + x) and −α / (α + T)
    states, customers = states_of([2.0], [10.0], [10_000_000])
    model = shops.purchase_model(1.0, 5.0, 1e-12, 1.0, log_sd=0.05)
    low, high = purchase_intervals(model, states, customers, np.array([0]), 42.0)
    sd = 0.05 * np.hypot(1 / 3, 5 / 15)
    assert np.log(high[1] / low[1]) / (2 * 1.96) == pytest.approx(sd, rel=0.15)


def test_parameters_that_fit_nearly_as_well_move_the_ends_out():
    states, customers = states_of([2.0], [10.0], [1000])
    model = shops.purchase_model(1.0, 5.0, 1e-12, 1.0, log_sd=1e-9)
    others = shops.unsure(model, [1.0, 5.0, 1e-12, 1.0], [1.0, 10.0, 1e-12, 1.0])
    low, high = purchase_intervals(model, states, customers, np.array([0]), 42.0)
    lower, same = purchase_intervals(others, states, customers, np.array([0]), 42.0)
    assert same == pytest.approx(high)
    assert low - lower == pytest.approx(3000 * 6 / 15 - 3000 * 6 / 20, rel=1e-6)


@pytest.mark.parametrize("until", [date(2023, 12, 31), date(2024, 3, 20), date(2025, 1, 1)])
def test_a_day_outside_the_data_cannot_end_the_part_to_fit_on(small_shop, until):
    with pytest.raises(InputError) as caught:
        shops.hold_back(small_shop, until)
    assert caught.value.code == "holdout_outside_data"
    assert caught.value.details["last"] == date(2024, 3, 19)


def test_the_day_can_be_chosen(small_shop):
    held = shops.hold_back(small_shop, date(2024, 2, 29))
    assert (held.until, held.days, held.customers, held.purchases) == (date(2024, 2, 29), 20, 3, 2)
