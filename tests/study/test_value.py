"""The value of a shop's customers, each answer against the models asked directly."""

import numpy as np
import pandas as pd
import pytest

from retention import ingest, lifetime_value
from retention.lifetime_value import OPEN, Terms, Variant, Wanted
from retention.statistics import Estimate
from retention.study import Study

MONTH = 30.4375
BG = Variant("bg_nbd")
PLAIN_BG = Wanted.exactly(BG)


@pytest.fixture(scope="module")
def study():
    raw = ingest.open_sample("cdnow")
    return Study(ingest.to_orders(raw, ingest.guess(raw).mapping).orders)


@pytest.fixture(scope="module")
def value(study):
    return study.value(PLAIN_BG, horizon_months=6, discount_rate=0.2, margin=0.4)


@pytest.fixture(scope="module")
def ranked(value):
    return value.ranked()


def test_customers_are_valued_on_the_terms_asked(study, value):
    direct = lifetime_value.customer_values(
        study.tables.customers(),
        study.models.purchases(BG),
        study.models.spend(),
        horizon_months=6,
        discount_rate=0.2,
        margin=0.4,
        net_share=study.shop.net_share(),
        interval=False,
    )
    assert value.customers.total == pytest.approx(direct.total)
    assert value.customers.undiscounted_total == pytest.approx(direct.undiscounted_total)
    assert value.customers.table["clv"].to_numpy() == pytest.approx(direct.table["clv"].to_numpy())
    assert value.customers.low < value.customers.total < value.customers.high
    assert value.terms == Terms(6, 0.2, 0.4, study.shop.net_share())


def test_one_model_values_customers_and_says_who_is_still_one(study, value):
    assert value.variant == BG
    assert value.purchases is study.models.purchases(BG)
    assert study.value(Wanted("pareto_nbd")).purchases is study.models.purchases(Variant("pareto_nbd"))


def test_what_nobody_asks_for_the_data_decides(study):
    assert study.value().variant == study.models.chosen(OPEN)
    assert study.value(Wanted("bg_nbd")).variant == study.models.chosen(Wanted("bg_nbd"))


def test_customers_are_ranked_by_value_with_what_is_listed(study, value, ranked):
    assert ranked["clv"].is_monotonic_decreasing
    assert ranked["clv"].sum() == pytest.approx(value.customers.total)
    row = ranked.iloc[10]
    person = study.tables.customers().set_index("customer_id").loc[row["customer_id"]]
    alive = lifetime_value.probability_alive(value.purchases, person["x"], person["t_x"], person["T"])
    assert row["p_alive"] == pytest.approx(float(alive))
    assert row["revenue_net"] == person["revenue"] + person["refunds"]
    assert ranked["value_at_risk"].sum() == pytest.approx(value.at_risk.table["value_at_risk"].sum())
    alike = ranked.groupby(["clv", "revenue", "first_value"], sort=False)["customer_id"]
    assert alike.apply(lambda ids: ids.is_monotonic_increasing).all()


def test_money_is_in_proportion_to_the_margin_and_nothing_else_is(study, ranked):
    whole = study.value(PLAIN_BG, horizon_months=6, discount_rate=0.2, margin=1.0).ranked()
    for column in ("clv", "value_at_risk"):
        assert ranked[column].to_numpy() == pytest.approx(0.4 * whole[column].to_numpy())
    for column in ("p_alive", "revenue", "expected_purchases", "expected_spend"):
        assert ranked[column].equals(whole[column])


def test_groups_add_up_to_the_whole(value):
    by_cohort = value.by_group("cohort")
    assert by_cohort["clv"].sum() == pytest.approx(value.customers.total)
    assert value.cohort_period("quarter") == "quarter"
    at_risk = value.risk_by_group("p_alive")["value_at_risk"]
    assert at_risk.sum() == pytest.approx(value.at_risk.table["value_at_risk"].sum())


def test_intervals_are_those_of_the_customers_asked_for(value, ranked, monkeypatch):
    some = ranked.iloc[[3, 0]]
    found = value.intervals(some)
    assert len(found) == 2
    clv = ranked.loc[found.index, "clv"]
    assert (found["clv_low"] <= clv).all()
    assert (found["clv_high"] >= clv).all()
    monkeypatch.setattr(lifetime_value, "MOST_WITH_INTERVAL", 2)
    assert value.intervals(some) is not None
    assert value.intervals(ranked.iloc[:3]) is None


@pytest.fixture(scope="module")
def told(value, ranked):
    """One of the best customers, who has bought several times."""
    return value.story(ranked["customer_id"].iloc[2])


def test_a_story_is_that_of_its_customer(study, ranked, told):
    row = ranked.iloc[2]
    assert told.person["customer_id"] == row["customer_id"]
    assert told.person["clv"] == pytest.approx(row["clv"])
    assert told.person["p_alive"] == pytest.approx(row["p_alive"])
    assert told.person["clv_low"] < told.person["clv"] < told.person["clv_high"]
    assert told.purchases == len(told.bought) == int(row["x"]) + 1
    assert told.bought["value"].sum() == pytest.approx(row["revenue"])
    whole = study.value(PLAIN_BG, horizon_months=6, discount_rate=0.2, margin=1.0)
    of_revenue = whole.story(row["customer_id"]).person
    for money in ("clv", "clv_low", "clv_high"):
        assert told.person[money] == pytest.approx(0.4 * of_revenue[money])
    assert told.person["revenue"] == of_revenue["revenue"]


def test_a_story_goes_from_the_first_purchase_to_the_horizon(told):
    first = int(told.bought["day"].iloc[0])
    assert told.path["day"].iloc[0] == first
    assert (told.path["day"] - told.path["age"] == first).all()
    assert told.path["age"].iloc[-1] == pytest.approx(told.person["T"] + 6 * MONTH)
    today = told.path.loc[told.path["age"] == told.person["T"], "p_alive"]
    assert today.iloc[0] == pytest.approx(told.person["p_alive"])
    assert told.p_alive_later == told.path["p_alive"].iloc[-1] < told.person["p_alive"]


def test_a_story_tells_the_chances_of_buying_again(value, told):
    state = ([told.person["x"]], [told.person["t_x"]], [told.person["T"]])
    assert told.chances["chance"].sum() == pytest.approx(1.0)
    horizon = lifetime_value.chance_of_purchase(value.purchases, *state, (6 * MONTH,))[0, 0]
    assert told.none == pytest.approx(1.0 - horizon)
    within = lifetime_value.chance_of_purchase(value.purchases, *state, (30.0, 90.0))[0]
    assert told.soon == pytest.approx(tuple(within))
    # half of such customers have bought by the median, and sooner if they are still customers
    half = lifetime_value.chance_of_purchase(value.purchases, *state, (told.median,))[0, 0]
    assert half == pytest.approx(0.5, abs=1e-4)
    assert told.median_of_active < told.median


def test_who_hardly_comes_back_has_no_median(value, ranked):
    lost = value.story(ranked["customer_id"].iloc[-1])
    assert lost.none > 0.5
    assert lost.median is None
    assert lost.median_of_active is not None


def test_the_spread_of_value_holds_the_past_share_of_the_best(study, value):
    revenue = np.sort(study.tables.customers()["revenue"])[::-1]
    best = len(revenue) // 5
    assert value.past_share_of_best() == pytest.approx(revenue[:best].sum() / revenue.sum(), abs=2e-3)


def test_the_matrix_reaches_as_far_as_all_but_a_hundredth_buy(study, value):
    people = study.tables.customers()
    usual = people[people["x"] <= people["x"].quantile(0.99)]
    for quantity in ("p_alive", "expected_purchases"):
        direct = lifetime_value.frequency_recency(value.purchases, usual, quantity, 6 * MONTH)
        pd.testing.assert_frame_equal(value.matrix(quantity), direct)


def test_a_new_customer_is_worth_the_margin_of_what_is_expected(study, value):
    whole = study.value(PLAIN_BG, horizon_months=6, discount_rate=0.2, margin=1.0).new_customer()
    assert value.new_customer().value == pytest.approx(0.4 * whole.value)


def test_replacing_a_lost_customer_costs_the_acquisition_less_what_the_new_one_brings(study, value):
    first = study.tables.customers()["first_value"].mean()
    found = value.replacement(30.0)
    direct = lifetime_value.new_customer_value(
        value.purchases,
        value.spend,
        first,
        horizon_months=6,
        discount_rate=0.2,
        margin=0.4,
        net_share=study.shop.net_share(),
    )
    assert (found.cac, found.new_customer_value) == (30.0, pytest.approx(direct))
    lost = value.at_risk.each
    assert isinstance(lost, Estimate)
    assert found.net.value == pytest.approx(lost.value + 30.0 - direct)
