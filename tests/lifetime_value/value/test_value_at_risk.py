"""What a lost customer costs and the value at risk: identities, customers simulated one by one, limits."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention.lifetime_value import (
    Terms,
    ValueAtRisk,
    Variant,
    at_risk_by_group,
    bands,
    cohort_of,
    cohort_period,
    customer_values,
    replacement,
    value_at_risk,
)
from retention.lifetime_value.value import groups, value_at_risk as value_at_risk_module
from retention.periods import Window, number_of
from retention.report.plain import plain
from retention.statistics import Estimate
from retention.study import Study
from tests.lifetime_value import shops
from tests.lifetime_value.value.test_purchase_distribution import MODELS

MONEY = shops.spend_model(6.25, 3.74, 15.44)
MBG = MODELS["mbg_nbd"]
TERMS = Terms(margin=0.3, net_share=0.9)
PURCHASES = (0.8, 20.0, 1.2, 3.0)  # r, α (days), a, b of the simulated shop
PARETO = (0.7, 60.0)  # s, β (days), where customers leave at any moment
SPEND = (6.0, 5.0, 40.0)  # p, q, γ


def some(rows):
    return pd.DataFrame(rows, columns=["x", "t_x", "T", "m_x"]).astype(float)


FEW = some([(0, 0, 200, None), (3, 150, 200, 40.0), (6, 60, 200, 25.0), (1, 199, 200, 90.0)])


@pytest.fixture(scope="module")
def risk(people):
    return value_at_risk(people, MBG, MONEY, TERMS)


@pytest.mark.parametrize("kind", ["mbg_nbd", "pareto_nbd"])
def test_what_is_expected_and_what_is_at_risk_are_what_all_would_bring(people, kind):
    found = value_at_risk(people, MODELS[kind], MONEY, TERMS)
    worth = customer_values(people, MODELS[kind], MONEY, margin=0.3, net_share=0.9, interval=False)
    together = worth.table["clv"] + found.table["value_at_risk"]
    np.testing.assert_allclose(together, found.table["clv_if_active"], rtol=1e-9)
    assert worth.total + found.total.value == pytest.approx(found.if_active)
    assert found.lost == pytest.approx((1 - worth.table["p_alive"]).sum())
    assert found.each.value == pytest.approx(found.total.value / found.lost)
    assert found.total.low < found.total.value < found.total.high


def simulated(kind, k, customers, chance, days=500, horizon=365.25):
    """A shop lived through one by one: states, who has left, and what each would bring were they there."""
    r, alpha, _, _ = PURCHASES
    p, q, gamma = SPEND
    rows = []
    for _ in range(customers):
        rate, scale = chance.gamma(r) / alpha, chance.gamma(q) / gamma
        age = int(chance.integers(100, days))
        told = until_some_moment if kind == "pareto_nbd" else until_some_purchase(kind, k)
        times, gone, ahead = told(rate, age, horizon, chance)
        spent = chance.gamma(p, size=len(times)) / scale
        state = (len(times), times[-1] if times else 0.0, age, spent.mean() if times else np.nan)
        rows.append((*state, gone, ahead * p / scale))
    return pd.DataFrame(rows, columns=["x", "t_x", "T", "m_x", "gone", "worth"])


def until_some_purchase(kind, k):
    """Purchases of a customer, each k events after the last, whether they left, and those of the horizon."""

    def told(rate, age, horizon, chance):
        leaves = chance.beta(*PURCHASES[2:])
        gone, times = kind == "mbg_nbd" and bool(chance.random() < leaves), []
        while not gone:
            now = (times[-1] if times else 0.0) + chance.gamma(k) / rate
            if now > age:
                break
            times.append(now)
            gone = bool(chance.random() < leaves)
        made = chance.poisson(rate * horizon) // k
        return times, gone, (1.0 - (1.0 - leaves) ** made) / leaves

    return told


def until_some_moment(rate, age, horizon, chance):
    """The same of a customer who leaves at any moment."""
    s, beta = PARETO
    risk = chance.gamma(s) / beta
    life = chance.exponential() / risk
    there = min(life, age)
    times = sorted(chance.uniform(0.0, there, chance.poisson(rate * there)))
    return times, life < age, rate * -np.expm1(-risk * horizon) / risk


@pytest.mark.parametrize(
    ("kind", "k"),
    [("bg_nbd", 1), ("mbg_nbd", 1), ("pareto_nbd", 1), ("bg_nbd", 2), ("mbg_nbd", 3)],
)
def test_customers_simulated_one_by_one_are_lost_and_bring_what_is_said(kind, k):
    shop = simulated(kind, k, 12_000, np.random.default_rng(7 + k))
    drop_out = PARETO if kind == "pareto_nbd" else PURCHASES[2:]
    model = replace(shops.purchase_model(*PURCHASES[:2], *drop_out, unit="day", kind=kind), k=k)
    found = value_at_risk(shop, model, shops.spend_model(*SPEND), Terms(12, discount_rate=0.0)).table

    def near(one, other):
        off = one - other
        assert abs(off.sum()) < 4 * off.std() * len(off) ** 0.5

    near(1.0 * shop["gone"], 1 - found["p_alive"])
    for rows in (shop["x"] >= 0, shop["x"] == 1, shop["x"] > 2, shop["t_x"] < 0.5 * shop["T"]):
        near((shop["gone"] * shop["worth"])[rows], found["value_at_risk"][rows])
    if k == 1:  # a regular buyer's next purchase is nearer than k events, where they have waited already
        near(shop["worth"], found["clv_if_active"])


def test_published_cost_of_a_lost_customer(two_years):
    study = Study(two_years)
    model, terms = study.models.purchases(Variant("bg_nbd")), Terms(12, 0.0, 1.0, study.shop.net_share())
    found = value_at_risk(study.tables.customers(), model, study.models.spend(), terms)
    assert found.lost == pytest.approx(1094, abs=0.5)
    assert found.each.value == pytest.approx(195.7, abs=0.05)
    assert found.each.low < 196.0 < found.each.high  # what those who really left would have brought each


def test_by_bg_nbd_one_time_buyers_are_lost_to_nobody():
    found = value_at_risk(FEW, shops.purchase_model(0.8, 6.0, 0.9, 2.4), MONEY, TERMS)
    assert found.table["value_at_risk"][0] == 0.0
    assert found.table["value_at_risk"][1] > 0.0
    assert [note.code for note in found.warnings] == ["one_time_buyers_stay"]


def test_intervals_know_how_well_the_models_are_known(people, risk):
    unsure = replace(MBG, covariance=np.eye(4) * 0.3**2)
    wide = value_at_risk(people, unsure, MONEY, TERMS).total
    assert wide.value == risk.total.value
    assert wide.high - wide.low > 1.5 * (risk.total.high - risk.total.low)


def test_intervals_reach_out_to_other_accounts_of_the_drop_out(people, risk):
    r, alpha, _, b = MBG.parameters
    hardly = (r, alpha, 1e-4, b)
    found = value_at_risk(people, shops.unsure(MBG, hardly), MONEY, TERMS)
    other = value_at_risk(people, replace(MBG, parameters=hardly), MONEY, TERMS).total.value
    assert other < 0.2 * found.total.value  # those left who bought often, and have not for long
    reached = risk.total.low - found.total.value + other
    assert found.total.low == pytest.approx(reached, abs=0.01 * found.total.value)
    assert found.total.high == pytest.approx(risk.total.high, rel=0.2)


def test_at_a_margin_all_money_is_in_proportion(people, risk):
    found = value_at_risk(people, MBG, MONEY, replace(TERMS, margin=1.0)).at_margin(0.3)
    pd.testing.assert_frame_equal(found.table, risk.table)
    assert plain(found.each) == pytest.approx(plain(risk.each))
    assert found.if_active == pytest.approx(risk.if_active)
    assert found.at_margin(0.0).total.value == 0


def test_neither_the_order_of_the_rows_nor_ids_matter(people, risk):
    mixed = people.sample(frac=1.0, random_state=3).assign(customer_id="x")
    found = value_at_risk(mixed, MBG, MONEY, TERMS)
    assert plain(found.total) == pytest.approx(plain(risk.total))
    pd.testing.assert_frame_equal(found.table.loc[people.index], risk.table)


def test_money_added_up_in_another_order_changes_no_interval(people):
    alike = pd.concat([people.head(300)] * 4, ignore_index=True)  # four customers of every kind
    noise = 1.0 + 4e-16 * np.random.default_rng(3).integers(-1, 2, len(alike))
    before = value_at_risk(alike, MBG, MONEY, TERMS)
    after = value_at_risk(alike.assign(m_x=alike["m_x"] * noise), MBG, MONEY, TERMS)
    assert plain(after.total) == pytest.approx(plain(before.total), rel=1e-9)
    assert plain(after.each) == pytest.approx(plain(before.each), rel=1e-9)


def test_groups_add_up_and_customers_without_one_are_one(people, risk, monkeypatch):
    monkeypatch.setattr(value_at_risk_module, "MOST", 2)
    group = pd.Series(np.where(people["T"] > 230, "early", "late"), index=people.index).astype(object)
    group.iloc[:40] = None
    found = at_risk_by_group(people, risk, group, MBG, MONEY, TERMS)
    assert found["group"].tolist()[:2] == ["early", "late"]
    assert found["customers"].tolist()[2] == 40
    assert found["value_at_risk"].sum() == pytest.approx(risk.total.value)
    assert found["share"].sum() == pytest.approx(1.0)
    assert found["low"].notna().tolist() == [True, True, False]
    known = found[found["low"].notna()]
    assert ((known["low"] < known["value_at_risk"]) & (known["value_at_risk"] < known["high"])).all()


def test_bands_are_fifths_of_the_scale():
    p_alive = pd.Series([0.0, 0.19, 0.2, 0.5, 0.79, 0.8, 1.0])
    assert bands(p_alive).tolist() == [0, 0, 1, 2, 3, 4, 4]


def test_cohorts_are_of_the_shortest_period_with_a_dozen_of_them():
    assert groups.MOST == 12
    year = Window(pd.Timestamp("2024-01-01").date(), pd.Timestamp("2024-12-31").date())
    assert cohort_period(year) == "month"
    assert cohort_period(year, "week") == "month"
    assert cohort_period(year, "year") == "year"
    days = pd.Series([year.first.toordinal(), year.last.toordinal()])
    assert cohort_of(days, "quarter").diff().iloc[-1] == 3
    assert cohort_of(days, "month").iloc[0] == number_of(year.first, "month")


def test_replacing_one_costs_their_value_and_the_cac_less_what_the_new_one_brings():
    assert replacement(Estimate(100.0, 80.0, 120.0), 30.0, 50.0) == Estimate(80.0, 60.0, 100.0)
    assert replacement(Estimate(10.0), 5.0, 20.0) == Estimate(-5.0, None, None)


def test_one_customer_and_one_who_cannot_have_left():
    one = value_at_risk(FEW.head(1), MBG, MONEY, TERMS)
    assert 0 < one.total.value < one.if_active
    just_won = value_at_risk(some([(0, 0, 0, None)]), MODELS["pareto_nbd"], MONEY, TERMS)
    assert just_won.total == Estimate(0.0)
    assert just_won.each is None


def test_without_a_mean_spend_the_observed_one_stands_in():
    infinite = shops.spend_model(2.0, 0.9, 10.0, observed_mean=33.0)
    found = value_at_risk(FEW, MBG, infinite, TERMS)
    assert np.isfinite(found.table.to_numpy()).all()
    assert np.isfinite([found.total.low, found.total.high]).all()


@settings(max_examples=25)
@given(
    x=st.integers(0, 2000), t_x=st.floats(0, 1), age=st.integers(1, 10_000), mean=st.floats(0.01, 1e6),
    kind=st.sampled_from(["mbg_nbd", "pareto_nbd"]),
)  # fmt: skip
def test_at_risk_is_never_more_than_a_customer_would_bring(x, t_x, age, mean, kind):
    person = some([(x, t_x * age if x else 0, age, mean if x else None)])
    found = value_at_risk(person, MODELS[kind], MONEY, TERMS).table.iloc[0]
    assert 0 <= found["value_at_risk"] <= found["clv_if_active"] * (1 + 1e-12)
    assert np.isfinite(found["clv_if_active"])


def at_risk(p_alive, total, if_active):
    lost = sum(1 - p for p in p_alive)
    each = Estimate(total / lost) if lost else None
    return ValueAtRisk(pd.DataFrame({"p_alive": p_alive}), Estimate(total), if_active, lost, each)


def test_customers_likely_active_and_the_share_at_risk():
    found = at_risk([0.9, 0.5, 0.2], 14.0, 40.0)
    assert found.active == pytest.approx(1.6)
    assert found.share == pytest.approx(0.35)
    assert at_risk([1.0], 0.0, 0.0).share is None


@pytest.mark.parametrize(("p_alive", "hardly"), [([0.9, 0.7], True), ([0.9, 0.6], False), ([1.0], True)])
def test_nobody_to_speak_of_below_half_a_customer(p_alive, hardly):
    assert at_risk(p_alive, 1.0, 10.0).hardly_anybody is hardly
