import numpy as np
import pandas as pd
import pytest
from scipy.special import hyp2f1

from retention.lifetime_value import (
    Terms,
    alive_path,
    customer_values,
    expected_spend,
    lost_customer,
    probability_alive,
    realised_concentration,
    spread_curves,
    value_at_risk,
    value_by_group,
)
from retention.lifetime_value.value import groups, predictive_intervals
from retention.lifetime_value.value.predictive_intervals import predictive_interval
from retention.multiples import with_value_to_come
from retention.study import Study
from tests.conftest import shop
from tests.lifetime_value import shops
from tests.lifetime_value.value.test_purchase_distribution import MODELS

MONEY = shops.spend_model(6.25, 3.74, 15.44)


@pytest.fixture(scope="module")
def valued(people, purchases, spend):
    return customer_values(people, purchases, spend)


def test_groups_add_up_to_the_base(valued, purchases, spend):
    group = pd.Series(np.where(valued.table["T"] > 230, "early", "late"), index=valued.table.index)
    found = value_by_group(valued.table, group, purchases, spend, Terms())
    assert found["group"].tolist() == ["early", "late"]
    assert found["customers"].sum() == len(valued.table)
    assert found["clv"].sum() == pytest.approx(valued.total)
    assert found["clv"].tolist() == pytest.approx((found["mean"] * found["customers"]).tolist())
    assert ((found["low"] < found["clv"]) & (found["clv"] < found["high"])).all()


def test_a_group_has_the_interval_it_would_have_alone(valued, purchases, spend, monkeypatch):
    monkeypatch.setattr(groups, "_DRAWS", predictive_intervals.DRAWS)
    group = pd.Series(np.where(valued.table["T"] > 230, "early", "late"), index=valued.table.index)
    found = value_by_group(valued.table, group, purchases, spend, Terms())
    for row in found.to_dict("records"):
        low, high, _ = predictive_interval(valued.table[group == row["group"]], purchases, spend, Terms())
        # Of 500 futures each: the ends of either are known to a thirtieth of the width.
        assert [row["low"], row["high"]] == pytest.approx([low, high], abs=0.1 * (high - low))


def test_another_margin_is_a_multiplication(valued, people, purchases, spend):
    third, anew = valued.at_margin(0.3), customer_values(people, purchases, spend, margin=0.3)
    assert third.table["clv"].tolist() == pytest.approx(anew.table["clv"].tolist())
    assert third.undiscounted_total == pytest.approx(anew.undiscounted_total)
    ends = [(found.total, found.low, found.high, found.top_20_percent_share) for found in (third, anew)]
    assert ends[0] == pytest.approx(ends[1])
    nothing = valued.at_margin(0.0)
    assert (nothing.total, nothing.low, nothing.high, nothing.top_20_percent_share) == (0, 0, 0, None)


def test_customers_without_a_group_are_one_and_only_the_largest_have_intervals(
    valued, purchases, spend, monkeypatch
):
    monkeypatch.setattr(groups, "MOST", 2)
    some = valued.table.head(9)
    group = pd.Series([None] * 4 + ["b"] * 3 + ["a"] * 2, index=some.index, dtype=object)
    found = value_by_group(some, group, purchases, spend, Terms())
    assert found["customers"].tolist() == [2, 3, 4]
    assert found["group"].tolist()[:2] == ["a", "b"]
    assert found["low"].notna().tolist() == [False, True, True]


def test_what_is_realised_is_as_concentrated_as_the_holdout_was(valued, purchases, spend):
    # CDNOW's 39 weeks after the calibration: the best 20 % brought 94.3 %, by expected values 71.6 %.
    days = 39 * 7
    found = realised_concentration(valued.table, purchases, spend, days)
    assert found.low < found.best_20_percent < found.high
    assert found.best_20_percent == pytest.approx(0.943, abs=0.03)
    assert valued.top_20_percent_share < found.low


def test_the_curves_rise_from_nothing_to_everything(valued, purchases, spend):
    curves = spread_curves(valued.table, realised_concentration(valued.table, purchases, spend, 365.25))
    for _, curve in curves.groupby("which"):
        assert curve["share_of_value"].iloc[0] == 0
        assert curve["share_of_value"].iloc[-1] == pytest.approx(1)
        assert (curve["share_of_value"].diff().dropna() >= -1e-12).all()
    assert set(curves["which"]) == {"past", "future", "realised"}


def test_where_nobody_buys_there_is_nothing_to_spread(valued, purchases, spend):
    assert realised_concentration(valued.table, purchases, spend, 1e-9) is None


@pytest.mark.parametrize(("kind", "first"), [("bg_nbd", 0), ("mbg_nbd", 1)])
def test_a_lost_customer_is_worth_what_they_would_buy_by_how_they_bought_while_there(people, kind, first):
    r, alpha, a, b = MODELS[kind].parameters
    some = people[people["x"] + first > 0]
    x, t_x, age, m_x = (some[name].to_numpy(dtype=float) for name in ("x", "t_x", "T", "m_x"))
    ahead, since = 365.25 / 7, alpha + t_x / 7
    once_more, survived = a + 1, b + x - 1 + first
    beyond = (since / (since + ahead)) ** (r + x)
    cut = beyond * hyp2f1(r + x, survived, once_more + survived - 1, ahead / (since + ahead))
    bought = (once_more + survived - 1) / a * (1 - cut)
    gone = 1 - probability_alive(MODELS[kind], x, t_x, age)
    value = 0.3 * expected_spend(MONEY, x, m_x) * bought
    found = lost_customer(some, MODELS[kind], MONEY, Terms(discount_rate=0.0, margin=0.3))
    assert found.value == pytest.approx((gone * value).sum() / gone.sum(), rel=1e-9)
    assert found.low < found.value < found.high


def test_by_bg_nbd_nobody_is_lost_after_one_purchase_and_that_is_told(people, purchases):
    found = value_at_risk(people, purchases, MONEY, Terms())
    once = people["x"] == 0
    assert (found.table.loc[once, "value_at_risk"] == 0).all()
    assert (found.table.loc[~once, "value_at_risk"] > 0).all()
    assert [note.code for note in found.warnings] == ["one_time_buyers_stay"]
    by_mbg = value_at_risk(people, MODELS["mbg_nbd"], MONEY, Terms())
    assert by_mbg.warnings == ()
    assert (by_mbg.table.loc[once, "value_at_risk"] > 0).all()


def test_the_multiple_with_what_is_to_come_by_hand():
    bought = shop(
        [("a", "2024-01-01", 10), ("b", "2024-03-01", 20), ("b", "2024-03-11", 5)], "2024-01-01", "2024-04-30"
    )
    study = Study(bought)
    table = study.tables.customers().assign(expected_purchases=2.0, expected_spend=7.5)
    # a is first seen at the very start and may be older; b brought 25 and will bring 15, two first orders.
    assert with_value_to_come(table, study.shop.known_from().toordinal()).value == pytest.approx(2.0)


def test_the_path_of_a_customer_follows_what_was_known_each_day():
    model = MODELS["mbg_nbd"]
    path = alive_path(model, np.array([0, 40, 45]), 200, 90.0)
    known = path[~path["ahead"]].set_index("age")["p_alive"]
    before, after = (
        float(model.family.alive(model.parameters, np.array([x]), np.array([t / 7]), np.array([T / 7]))[0])
        for x, t, T in ((0, 0, 39), (1, 40, 40))
    )
    assert known[39] == pytest.approx(before)
    assert known[40] == pytest.approx(after)
    assert known[44] < known[40]
    ahead = path[path["ahead"]]
    assert ahead["p_alive"].iloc[0] == pytest.approx(known[200])
    assert (ahead["p_alive"].diff().dropna() < 0).all()


def test_a_customer_won_on_the_last_day_has_a_path():
    path = alive_path(MODELS["pareto_nbd"], np.array([0]), 0, 30.0)
    assert path["p_alive"].between(0, 1).all()
