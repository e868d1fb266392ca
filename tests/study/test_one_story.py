"""One model stands behind every figure, so that what has one name is one number wherever it is told."""

import pandas as pd
import pytest

from retention.lifetime_value import Wanted
from retention.orders import Orders
from retention.study import Study
from tests.lifetime_value import shops

ASKED = {
    "open": Wanted(),
    "bg_nbd": Wanted("bg_nbd", 1, season=False),
    "season": Wanted("mbg_nbd", 1, season=True),
    "pareto": Wanted("pareto_nbd"),
}


@pytest.fixture(scope="module")
def study():
    return Study(shops.cdnow(shops.HOLDOUT_END))


@pytest.fixture(params=ASKED)
def wanted(request):
    return ASKED[request.param]


def test_customers_still_there_are_as_many_wherever_they_are_counted(study, wanted):
    value = study.value(wanted)
    active = float(value.customers.table["p_alive"].sum())
    assert value.at_risk.active == pytest.approx(active)
    assert active + value.at_risk.lost == pytest.approx(len(value.customers.table))
    assert value.ranked()["p_alive"].sum() == pytest.approx(active)
    assert value.by_group("cohort")["p_alive"].sum() == pytest.approx(active)
    base, _ = study.what_if.by_purchases(wanted, "week", "month")
    assert base.active == pytest.approx(active, rel=1e-3)  # on a grid of states


def test_a_customer_is_told_alike_in_the_list_and_in_the_story(study, wanted):
    value = study.value(wanted)
    best = value.ranked().iloc[0]
    told = value.story(best["customer_id"]).person
    for name in ("p_alive", "clv", "expected_purchases"):
        assert told[name] == pytest.approx(best[name])


def test_value_to_come_and_new_customers_are_of_the_model_in_use(study, wanted):
    value = study.value(wanted)
    assert value.purchases is study.models.purchases(study.models.chosen(wanted))
    assert value.by_group("cohort")["clv"].sum() == pytest.approx(value.customers.total)
    tried = study.models.holdout(value.variant, study.models.calibration_end())
    assert (tried.model.kind, tried.model.k) == (value.variant.kind, value.variant.k)
    assert (tried.model.season is not None) == value.variant.season


@pytest.fixture(scope="module")
def by_channel():
    """CDNOW's customers, of whom those who spent much at once came, say, by other channels."""
    orders = shops.cdnow(shops.HOLDOUT_END)
    first = orders.table.sort_values("date", kind="stable").groupby("customer_id")["value"].first()
    names = first.map(lambda value: "adverts" if value < 15 else "friends" if value > 60 else None)
    channel = orders.table["customer_id"].map(names)
    return Study(Orders(orders.table.assign(segment=channel), orders.window))


def test_segments_share_out_what_all_customers_come_to(by_channel, wanted):
    value = by_channel.value(wanted)
    assert value.differ("segment")
    assert not value.differ("cohort")
    worth, risk = value.by_group("segment"), value.risk_by_group("segment")
    assert worth["group"].isna().tolist() == [False, False, True]
    for name, whole in (
        ("p_alive", value.at_risk.active),
        ("expected_purchases", value.customers.expected_purchases),
        ("clv", value.customers.total),
    ):
        assert worth[name].sum() == pytest.approx(whole)
    assert risk["value_at_risk"].sum() == pytest.approx(value.at_risk.total.value)
    assert risk["lost"].sum() == pytest.approx(value.at_risk.lost)
    assert (risk["lost"] + worth["p_alive"]).to_numpy() == pytest.approx(worth["customers"].to_numpy())
    if_active = (worth["clv"] + risk["value_at_risk"]).to_numpy()
    assert risk["clv_if_active"].to_numpy() == pytest.approx(if_active)
    assert value.shares("segment").sum() == pytest.approx(1.0)


def test_segments_that_only_chance_tells_apart_have_what_their_customers_do(study):
    orders = study.orders
    # Every customer twice, once in each: alike to the last purchase.
    again = orders.table.assign(customer_id="again" + orders.table["customer_id"])
    both = pd.concat([orders.table.assign(segment="a"), again.assign(segment="b")], ignore_index=True)
    twice = Study(Orders(both, orders.window)).value(ASKED["bg_nbd"])
    assert not twice.differ("segment")
    found, customers = twice.by_group("segment"), twice.customers.table
    by_hand = customers.groupby("segment")["clv"].sum()
    assert found["clv"].to_numpy() == pytest.approx(by_hand.to_numpy(), rel=1e-12)
    assert found["clv"][0] == pytest.approx(found["clv"][1], rel=1e-9)
