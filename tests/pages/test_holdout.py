"""The verdict stands beside the total it is about, before all else, and goes out with every figure."""

import re
from datetime import date

import pytest

from retention import ingest
from retention.lifetime_value import OPEN
from retention.study import Study
from retention.text.model_names import model_name
from tests.pages.visit import Visit, csv

PLAIN_BG = {"purchase_kind": "bg_nbd", "regularity": "1", "season": "off"}


@pytest.fixture(scope="module")
def found():
    raw = ingest.open_sample("cdnow")
    models = Study(ingest.to_orders(raw, ingest.guess(raw).mapping).orders).models
    return models.holdouts(models.calibration_end())


@pytest.fixture(scope="module")
def visit():
    return Visit("en", sample="cdnow", **PLAIN_BG).open("lifetime_value")


def figures(holdout):
    names = ("until", "days", "customers", "expected", "actual", "bias")
    return {name: getattr(holdout, name) for name in names}


def test_the_total_comes_first_with_its_verdict_and_the_reasons_stand_one_click_away(visit, found):
    here = found.found["bg_nbd"]
    assert visit.failures == []
    assert visit.says("holdout.told", **figures(here))
    assert here.within_chance  # as months of a shop differ; were customers' own chance all, it would not be
    assert visit.says("holdout.chance.may", low=here.low, high=here.high)
    assert visit.says("holdout.customers.better")
    shown = [text.value for text in visit.app.main.markdown]
    total, badge, tested = shown[:3]
    assert total.startswith("## ")
    assert visit.words.say("trust.good") in badge
    assert re.match(r"Tested on \d past dates, it came out \*\*\d+\.\d% too (high|low)\*\*\.", tested)
    assert visit.words.say("trust.good.use") in tested
    assert any(visit.words.say("trust.good") in text for text in shown)


def test_every_model_is_offered_and_the_data_decides_until_one_is_chosen(visit):
    words = visit.words
    for name in ("purchase_kind", "season", "regularity"):
        assert visit.app.get_by_key(name).options[0] == words.say(f"setting.{name}.best")
    kinds = visit.app.get_by_key("purchase_kind")
    assert kinds.options[1:] == ["BG/NBD", "MBG/NBD", "Pareto/NBD"]
    assert kinds.value == "bg_nbd"


def test_seasons_and_regular_buyers_are_not_asked_of_a_model_that_knows_neither():
    visit = Visit("en", sample="cdnow", **(PLAIN_BG | {"purchase_kind": "pareto_nbd"})).open("lifetime_value")
    assert visit.failures == []
    assert visit.says("setting.pareto_is_plain")
    assert not {"season", "regularity"} & {box.key for box in visit.app.selectbox}
    visit.set("purchase_kind", "mbg_nbd")
    assert not visit.says("setting.pareto_is_plain")
    assert visit.app.get_by_key("season").value == "off"  # as chosen before


def test_a_better_model_is_offered_and_holds_on_every_page_once_it_is_taken():
    visit = Visit("en", sample="cdnow", **PLAIN_BG).open("lifetime_value")
    raw = ingest.open_sample("cdnow")
    study = Study(ingest.to_orders(raw, ingest.guess(raw).mapping).orders)
    best = study.models.best(OPEN)
    assert visit.says("origins.better", model=model_name(best, visit.words))
    visit.press("origins.use")
    assert visit.failures == []
    assert not visit.says("origins.better", model=model_name(best, visit.words))
    told = {"purchase_kind": best.kind, "regularity": str(best.k), "season": "on" if best.season else "off"}
    assert {name: visit.link[name] for name in told} == told
    visit.open("overview")
    assert {name: visit.link[name] for name in told} == told


def test_every_customer_leaves_with_the_verdict(visit):
    (table,) = [frame for frame in visit.frames if visit.words.heading("forecast") in frame]
    assert set(table[visit.words.heading("forecast")]) == {visit.words.say("trust.good")}


def test_the_choice_stays_the_visitors(found):
    visit = Visit("it", sample="cdnow", **(PLAIN_BG | {"purchase_kind": "mbg_nbd"})).open("lifetime_value")
    assert visit.says("holdout.told", **figures(found.found["mbg_nbd"]))
    # three days together: 3,320 of 3,533 expected, though by the one that is drawn it is 16 % too low
    assert any(visit.words.say("trust.good") in text.value for text in visit.app.main.markdown)
    assert visit.link["purchase_kind"] == "mbg_nbd"


def test_without_a_holdout_the_reason_stands_in_its_place():
    rows = [(f"c{k}", f"2024-01-{k % 28 + 1:02d}", 10) for k in range(40)]
    late = [(f"c{k}", f"2024-12-{k + 1:02d}", 10) for k in range(12)]
    visit = Visit("en").upload("orders.csv", csv([*rows, *late])).open("lifetime_value")
    assert visit.failures == []
    assert visit.says("warning.no_holdout", reason="nobody_repeats")
    assert any(visit.words.say("trust.unknown") in text.value for text in visit.app.main.markdown)


def test_a_day_the_data_does_not_have_is_said_and_the_middle_is_taken(found):
    visit = Visit("en", sample="cdnow", holdout_until="2024-06-30", **PLAIN_BG).open("lifetime_value")
    assert visit.failures == []
    first, last = date(1997, 2, 23), date(1998, 5, 7)  # a tenth of 546 days on either side
    outside = {"until": date(2024, 6, 30), "first": first, "last": last}
    assert visit.says("holdout.until.outside", **outside)
    assert visit.says("holdout.told", **figures(found.found["bg_nbd"]))
    assert visit.app.get_by_key("holdout_until").value == date(1997, 9, 30)
    assert visit.run().says("holdout.until.outside", **outside)
    visit.set("holdout_until", last)
    assert visit.failures == []
    assert not visit.says("holdout.until.outside", **outside)


def test_one_day_of_data_has_nothing_to_hold_back_and_no_day_to_choose():
    rows = [(f"c{k}", "2024-01-01", 10) for k in range(30)]
    visit = Visit("en").upload("orders.csv", csv(rows)).open("lifetime_value")
    assert visit.failures == []


def test_the_day_of_the_cut_can_be_chosen_and_travels_in_the_link(visit):
    chooser = visit.app.get_by_key("holdout_until")
    assert chooser.value == date(1997, 9, 30)  # the middle of 546 days
    assert "holdout_until" not in visit.link
    visit.set("holdout_until", date(1998, 1, 31))
    assert visit.failures == []
    raw = ingest.open_sample("cdnow")
    models = Study(ingest.to_orders(raw, ingest.guess(raw).mapping).orders).models
    later = models.holdouts(date(1998, 1, 31)).found["bg_nbd"]
    assert visit.says("holdout.told", **figures(later))
    assert visit.link["holdout_until"] == "1998-01-31"
    assert visit.open("overview").open("lifetime_value").says("holdout.told", **figures(later))
