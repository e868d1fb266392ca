"""Groups and lists of the sample shop, and campaigns on it whose effect is known."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from retention import ingest, lifetime_value
from retention.campaigns import HOLD_BACK, assign
from retention.errors import InputError
from retention.lifetime_value import OPEN, Variant, Wanted
from retention.lists import OCCASIONS
from retention.segments import GROUPINGS
from retention.study import Study

MODEL = Variant("mbg_nbd", season=True)
DAYS = 90


@pytest.fixture(scope="module")
def study():
    raw = ingest.open_sample("shop")
    intake = ingest.to_orders(raw, ingest.guess(raw).mapping)
    return Study(intake.orders, intake.lines)


@pytest.fixture(scope="module")
def customers(study):
    return study.customers(study.value(Wanted.exactly(MODEL), margin=0.4))


def test_people_hold_what_the_pages_say_of_each(study, customers):
    people, value = customers.people(), customers.value
    assert people["customer_id"].tolist() == study.tables.customers()["customer_id"].tolist()
    assert people["clv"].sum() == pytest.approx(value.customers.total)
    assert people["value_at_risk"].sum() == pytest.approx(value.at_risk.total.value)
    assert (people["waited"] == study.window.last.toordinal() - people["last_day"]).all()
    x, t_x, age = (people[name] for name in ("x", "t_x", "T"))
    assert people["usual"].tolist() == lifetime_value.usual_days(value.purchases, x, t_x, age).tolist()
    before = study.until(study.window.last - timedelta(days=30)).tables.customers()
    known = before.set_index("customer_id")["revenue"].reindex(people["customer_id"], fill_value=0.0)
    assert people["revenue_before"].to_numpy() == pytest.approx(known.to_numpy(), abs=1e-6)


def test_who_is_asked_for_feedback_is_who_drop_off_names(study, customers):
    named = set(study.dropoff.to_ask()["customer_id"])
    assert named == set(customers.called("feedback").table["customer_id"])


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_every_occasion_finds_somebody_here(customers, occasion):
    table = customers.called(occasion).table
    assert 0 < len(table) < 1000
    assert (table["stake"].diff().dropna() <= 0).all()
    assert table["customer_id"].is_unique
    assert (table["overdue"] >= 0).all()


def test_groups_hold_everybody_once(customers):
    people = customers.people()
    for by, names in GROUPINGS.items():
        found = customers.profile(by)
        assert found["group"].tolist() == list(names)
        assert found["customers"].sum() == len(people)
        assert found["clv"].sum() == pytest.approx(people["clv"].sum())
        assert found["share_of_revenue"].sum() == pytest.approx(1.0)


@pytest.mark.parametrize("by", GROUPINGS)
def test_who_is_in_a_group_is_who_it_counts(customers, by):
    found = customers.profile(by).set_index("group")
    for group in GROUPINGS[by]:
        members = customers.members(by, group)
        assert len(members) == found.loc[group, "customers"]
        assert members["clv"].sum() == pytest.approx(found.loc[group, "clv"])
        assert members["clv"].is_monotonic_decreasing
    pairs, _ = customers.won(by)
    assert pairs.groupby("group")["customers"].sum().to_dict() == found["customers"].to_dict()


def test_squares_come_to_what_their_groups_do(customers):
    added = customers.squares().groupby("group")[["customers", "clv"]].sum()
    profile = customers.profile("rfm").set_index("group")[["customers", "clv"]]
    pd.testing.assert_frame_equal(added, profile.sort_index(), check_dtype=False)


def test_other_thresholds_make_other_groups(customers):
    measured = customers.rfm().thresholds
    halved = replace(measured, recency=tuple(edge / 2 for edge in measured.recency))
    found = customers.profile("rfm", halved).set_index("group")["customers"]
    assert found["champions"] < customers.profile("rfm").set_index("group")["customers"]["champions"]
    assert found.sum() == len(customers.people())


def test_customers_move_between_groups(study, customers):
    day = study.window.last - timedelta(days=180)
    found = customers.migration(day)
    then = int((study.tables.customers()["first_day"] <= day.toordinal()).sum())
    known = found[found["before"] != "won_since"]["customers"].sum()
    assert (known, found["customers"].sum()) == (then, len(customers.people()))


def test_a_rhythm_is_told_of_who_bought_on_three_days(customers):
    counts, people = customers.loyalty().counts, customers.people()
    assert counts["unknown"] == (people["x"] < 2).sum()
    assert counts["loyal"] > 0 < counts["habit"]


@pytest.fixture(scope="module")
def sent(study):
    """A list written three months before the data ends, a third of it held back."""
    day = study.window.last - timedelta(days=DAYS)
    then = study.until(day)
    table = then.customers(then.value(Wanted.exactly(MODEL))).called("loyalty").table
    group = assign(table["expected_purchases"], 1 / 3, seed=4)
    return table[["customer_id"]].assign(held_back=group == HOLD_BACK, day=day.toordinal())


def bought_more(study, sent, share, seed=1):
    """The shop, had so many more of those written to bought once within the days."""
    contacted = sent[~sent["held_back"]]
    more = contacted.sample(frac=share, random_state=seed)
    table = study.orders.table
    day = pd.Timestamp.fromordinal(int(sent["day"].iloc[0])) + pd.Timedelta(days=40)
    added = pd.DataFrame({"customer_id": more["customer_id"], "date": day, "value": 20.0, "kind": "purchase"})
    added["order_id"] = [f"more {k}" for k in range(len(added))]
    whole = pd.concat([table, added.astype(table.dtypes[added.columns].to_dict())], ignore_index=True)
    return Study(replace(study.orders, table=whole))


def test_a_campaign_that_did_nothing_shows_nothing(study, sent):
    found = study.campaigns(Wanted.exactly(MODEL)).judged(sent, DAYS)
    assert (found.people, found.unknown, found.days) == (len(sent), 0, DAYS)
    assert found.purchases.contacted + found.purchases.control == len(sent)
    assert found.purchases.works is None
    assert found.without_control is None
    came = study.tables.bought_between(int(sent["day"].iloc[0]) + 1, int(sent["day"].iloc[0]) + DAYS)
    bought = sent.merge(came, on="customer_id", how="left").fillna({"purchases": 0})
    by_hand = bought.groupby("held_back")["purchases"].mean()
    assert found.purchases.mean_contacted == pytest.approx(by_hand[False])
    assert found.purchases.mean_control == pytest.approx(by_hand[True])
    width = np.diff([found.purchases.adjusted.ends, found.purchases.plain.ends], axis=1)
    assert width[0] < width[1]
    assert found.alike


def test_a_control_group_chosen_by_hand_is_told_from_one_drawn_by_chance(study, sent):
    by_hand = sent.assign(held_back=np.arange(len(sent)) >= 2 * len(sent) // 3)  # the least valuable
    assert not study.campaigns(Wanted.exactly(MODEL)).judged(by_hand, DAYS).alike


def test_the_model_is_chosen_by_what_was_known_before_the_campaign(study):
    """Of the first year alone no season can be told, though later sales show one."""
    day = study.window.first + timedelta(days=200)
    assert study.models.chosen(OPEN).season
    assert not study.until(day).models.chosen(OPEN).season
    known = study.until(day).tables.customers()["customer_id"]
    early = pd.DataFrame({"customer_id": known, "held_back": False, "day": day.toordinal()})
    plain, open_ = (study.campaigns(wanted).judged(early, 60) for wanted in (Wanted(season=False), OPEN))
    assert open_.without_control.after == plain.without_control.after


def test_an_effect_is_found(study, sent):
    found = bought_more(study, sent, 0.6).campaigns(Wanted.exactly(MODEL)).judged(sent, DAYS)
    assert found.purchases.works
    assert found.purchases.told.low < 0.6 < found.purchases.told.high
    assert found.returning.works
    assert found.revenue.told.low < 20 * 0.6 < found.revenue.told.high


def test_without_a_control_the_model_stands_in(study, sent):
    alone = sent.assign(held_back=False)
    found = study.campaigns(Wanted.exactly(MODEL)).judged(alone, DAYS)
    assert found.purchases is None
    assert found.without_control.after.people == len(sent)
    assert (
        found.without_control.before.people
        == (study.tables.customers()["first_day"] <= int(sent["day"].iloc[0]) - DAYS).sum()
    )
    more = bought_more(study, alone, 0.9).campaigns(Wanted.exactly(MODEL)).judged(alone, DAYS)
    assert more.without_control.after.made > found.without_control.after.made + 0.85 * len(sent)


def test_contacts_on_several_days_are_followed_from_their_own(study, sent):
    later = sent.assign(day=sent["day"] - np.arange(len(sent)) % 3)
    found = study.campaigns(Wanted.exactly(MODEL)).judged(later, 30)
    assert (found.last - found.first).days == 2
    made = [
        study.tables.bought_between(day + 1, day + 30).merge(rows, on="customer_id")["purchases"].sum()
        for day, rows in later.groupby("day")
    ]
    effect = found.purchases
    total = effect.mean_contacted * effect.contacted + effect.mean_control * effect.control
    assert total == pytest.approx(sum(made))


def test_strangers_are_counted_and_twice_named_counted_once(study, sent):
    stranger = pd.DataFrame({"customer_id": ["nobody"], "held_back": False, "day": sent["day"].iloc[:1]})
    found = study.campaigns(Wanted.exactly(MODEL)).judged(pd.concat([sent, sent.iloc[:5], stranger]), DAYS)
    assert (found.people, found.unknown) == (len(sent), 1)
    with pytest.raises(InputError, match="campaign_of_strangers"):
        study.campaigns(Wanted.exactly(MODEL)).judged(stranger, DAYS)


@pytest.mark.parametrize(
    ("moved", "code"),
    [(-4000, "campaign_outside_data"), (200, "campaign_outside_data"), (85, "campaign_too_recent")],
)
def test_what_cannot_be_followed_is_refused(study, sent, moved, code):
    with pytest.raises(InputError, match=code):
        study.campaigns(Wanted.exactly(MODEL)).judged(sent.assign(day=sent["day"] + moved), DAYS)


def test_too_many_days_are_no_campaign(study, sent):
    moved = sent.assign(day=sent["day"] - np.arange(len(sent)) % 32)
    with pytest.raises(InputError, match="campaign_too_many_days"):
        study.campaigns(Wanted.exactly(MODEL)).judged(moved, 7)


def test_a_day_so_many_months_ago_is_inside_the_data_or_none(study, customers):
    assert customers.months_ago(6) == study.window.last - timedelta(days=183)
    assert customers.months_ago(36) is None  # the first day itself knows nobody's groups
