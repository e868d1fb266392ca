"""Value by segments that differ: what each is told to have, and how all of them share out the whole."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention import aggregate
from retention.lifetime_value import (
    Terms,
    at_risk_by_segment,
    customer_values,
    fit_purchases,
    fit_season,
    fit_segments,
    fit_spend,
    repeats_by_month,
    value_at_risk,
    value_by_group,
    value_by_segment,
)
from retention.lifetime_value.models.fit_segments import SegmentModels
from retention.lifetime_value.value import groups
from retention.lifetime_value.value.by_own_models import active_shared_out, shared_out
from tests.lifetime_value import segmented, shops

TERMS = Terms(12, 0.0)
PACE = (0.7, 1.4, 1.0)


def modelled(channels, kind="bg_nbd"):
    """The customers valued by the models of the whole, and those of the segments."""
    people = channels.people
    states = people.groupby(["x", "t_x", "T"]).size().rename("customers").reset_index()
    again = people[people["x"] > 0].groupby(["x", "m_x"]).size().rename("customers").reset_index()
    purchases, spend = fit_purchases(states, "week", kind), fit_spend(again)
    models = fit_segments(purchases, spend, channels.states, channels.spent)
    return customer_values(people, purchases, spend, discount_rate=0.0, interval=False), models


@pytest.fixture(scope="module")
def channels():
    return segmented.shop(np.random.default_rng(2), 24, pace=PACE, a_year=40_000)


@pytest.fixture(scope="module")
def valued(channels):
    return modelled(channels)


def test_the_slow_channel_is_not_credited_with_the_pace_of_the_others(channels, valued):
    found, models = valued
    whole, own = (
        value_by_group(found.table, found.table["segment"], models.purchases, models.spend, TERMS),
        value_by_segment(found.table, found.table["segment"], models, TERMS),
    )
    off = np.abs([table["clv"] / channels.brought - 1.0 for table in (whole, own)])
    assert off[1].max() < 0.04
    assert off[1, 0] < off[0, 0] / 2
    assert own["clv"][0] < whole["clv"][0]
    assert ((own["low"] < channels.brought) & (channels.brought < own["high"])).all()
    assert own["mean"].tolist() == pytest.approx((own["clv"] / own["customers"]).tolist())


def test_segments_share_out_what_all_come_to(valued):
    found, models = valued
    own = value_by_segment(found.table, found.table["segment"], models, TERMS)
    for name in ("p_alive", "expected_purchases", "clv"):
        assert own[name].sum() == pytest.approx(found.table[name].sum(), rel=1e-12)
    risk = value_at_risk(found.table, models.purchases, models.spend, TERMS)
    at_risk = at_risk_by_segment(found.table, risk, found.table["segment"], models, TERMS)
    assert at_risk["value_at_risk"].sum() == pytest.approx(risk.total.value, rel=1e-12)
    assert at_risk["clv_if_active"].sum() == pytest.approx(risk.if_active, rel=1e-12)
    assert at_risk["lost"].to_numpy() == pytest.approx(own["customers"] - own["p_alive"])
    assert (at_risk["clv_if_active"] - at_risk["value_at_risk"]).to_numpy() == pytest.approx(own["clv"])
    assert at_risk["share"].sum() == pytest.approx(1.0)
    assert ((at_risk["low"] < at_risk["value_at_risk"]) & (at_risk["value_at_risk"] < at_risk["high"])).all()


def test_by_models_that_do_not_differ_segments_have_what_their_customers_do(people, purchases, spend):
    """As if they differed, but by nothing: every figure of today's, also for customers without a segment."""
    found = customer_values(people, purchases, spend, interval=False)
    names = np.array([None, "a", "b"], dtype=object)[np.arange(len(people)) % 3]
    segment = pd.Series(names, index=people.index)
    same = SegmentModels(purchases, spend, {"": "", "a": "a", "b": "b"}, {"a": purchases}, {"b": spend})
    own = value_by_segment(found.table, segment, same, Terms())
    whole = value_by_group(found.table, segment, purchases, spend, Terms())
    assert own["group"].isna().tolist() == [False, False, True]
    figures = ["customers", "p_alive", "expected_purchases", "clv", "mean"]
    assert own[figures].to_numpy() == pytest.approx(whole[figures].to_numpy(), rel=1e-9)
    width = (whole["high"] - whole["low"]).to_numpy()  # futures are drawn anew
    for end in ("low", "high"):
        assert np.abs(own[end] - whole[end]).to_numpy() == pytest.approx(0.0, abs=0.2 * width.min())
    risk = value_at_risk(found.table, purchases, spend, Terms())
    at_risk = at_risk_by_segment(found.table, risk, segment, same, Terms())
    assert at_risk["value_at_risk"].sum() == pytest.approx(risk.total.value)
    by_hand = risk.table["value_at_risk"].groupby(segment, dropna=False).sum()
    assert at_risk["value_at_risk"].to_numpy() == pytest.approx(by_hand.to_numpy(), rel=1e-9)


def test_an_interval_knows_how_little_is_known_of_a_segment():
    people = pd.DataFrame({"x": 3, "t_x": 200, "T": 300, "m_x": 20.0, "segment": ["a"] * 5000 + ["b"] * 5000})
    money = shops.spend_model(50.0, 900.0, 400.0)
    sure, unsure = (shops.purchase_model(2.0, 12.0, 0.5, 5.0, log_sd=sd) for sd in (1e-3, 0.1))
    models = SegmentModels(sure, money, {"a": "a", "b": "b"}, {"a": sure, "b": unsure}, {})
    found = customer_values(people, sure, money, discount_rate=0.0, interval=False)
    own = value_by_segment(found.table, people["segment"], models, TERMS)
    width = np.log(own["high"] / own["low"])
    assert own["clv"][0] == pytest.approx(own["clv"][1])
    assert width[1] > 2 * width[0]


def test_only_the_largest_have_intervals(valued, monkeypatch):
    monkeypatch.setattr(groups, "MOST", 2)
    found, models = valued
    own = value_by_segment(found.table, found.table["segment"], models, TERMS)
    assert own["low"].notna().tolist() == [True, False, True]


def test_sharing_out_by_hand():
    own = pd.Series([1.0, 3.0])
    assert shared_out(own, 8.0).tolist() == [2.0, 6.0]
    assert shared_out(0.0 * own, 8.0).tolist() == [0.0, 0.0]
    customers = pd.Series([2.0, 4.0])
    assert active_shared_out(own, customers, 2.0).tolist() == [0.5, 1.5]
    # Two likely gone, one from each; of five active the one who is gone is shared evenly.
    assert active_shared_out(own, customers, 5.0).tolist() == [1.5, 3.5]
    assert active_shared_out(customers, customers, 6.0).tolist() == [2.0, 4.0]


@pytest.mark.parametrize("until", [date(2024, 3, 31), date(2024, 6, 30)])
def test_what_channels_really_bought_is_better_foreseen(two_years, until):
    """On days held back: mean error over five channels, two of which buy more slowly than the others."""
    made = aggregate.prepare(two_years)
    people, later = aggregate.customers(made.until(until)), aggregate.customers(made)
    repeats = repeats_by_month(aggregate.repeats_by_day(made, until, until), until)
    states = aggregate.states(people)
    purchases = fit_season(fit_purchases(states, "week", "mbg_nbd"), states, repeats, until)
    tables = aggregate.states(people, "segment"), aggregate.spend(people, "segment")
    models = fit_segments(purchases, fit_spend(aggregate.spend(people)), *tables)
    bought = later.set_index("customer_id")["x"].reindex(people["customer_id"]).to_numpy() - people["x"]
    terms = Terms(round((two_years.window.last - until).days / 30.4375), 0.0)
    found = customer_values(people, purchases, models.spend, interval=False, **vars(terms)).table
    off = [
        np.abs(rows["expected_purchases"] / bought.groupby(people["segment"]).sum().to_numpy() - 1.0)
        for rows in (
            value_by_group(found, found["segment"], purchases, models.spend, terms),
            value_by_segment(found, found["segment"], models, terms),
        )
    ]
    assert off[1].mean() < 0.6 * off[0].mean()
    assert off[1].max() < 0.08


def held(months, seed, **differing):
    """Whether each channel's interval holds what its customers really brought."""
    channels = segmented.shop(np.random.default_rng([months, seed]), months, **differing)
    found, models = modelled(channels, differing.get("usual", segmented.USUAL).kind)
    segment = found.table["segment"]
    own = (
        value_by_segment(found.table, segment, models, TERMS)
        if models.differ
        else value_by_group(found.table, segment, models.purchases, models.spend, TERMS)
    )
    return ((own["low"] <= channels.brought) & (channels.brought <= own["high"])).to_numpy()


@pytest.mark.slow
@pytest.mark.parametrize("months", [12, 24, 36])
def test_the_interval_of_the_slowest_channel_holds_as_often_as_it_says(months):
    inside = np.mean([held(months, seed, pace=PACE) for seed in range(120)], axis=0)
    assert 0.90 <= inside[0] <= 0.98
    assert 0.90 <= inside.mean() <= 0.98


@pytest.mark.slow
@pytest.mark.parametrize("months", [12, 24, 36])
def test_intervals_of_equal_channels_hold_as_often_as_they_say(months):
    assert 0.90 <= np.mean([held(months, seed) for seed in range(120)]) <= 0.98
