"""Every setting of the Win or keep page that changes what is computed: the figures are the study's."""

import pytest

from retention import ingest
from retention.acquisition import USUAL_KEPT, USUAL_WON, Assumed
from retention.lifetime_value import Wanted
from retention.statistics import value_of
from retention.study import Study
from retention.text import Words
from tests.pages.visit import Visit

CASES = (
    {},
    {"margin": "50"},
    {"discount": "25"},
    {"purchase_kind": "bg_nbd"},
    {"old_customers": "leave_out"},
    {"horizon": "36", "time_unit": "day"},  # of another page: nothing here is by them
    {"unasked_won": "20", "most_won": "300"},
    {"unasked_kept": "60", "most_kept": "150"},
)


@pytest.fixture(scope="module")
def study(samples):
    return Study(samples["shop"][1].orders)


def given(settings, name, usual):
    return float(settings.get(name, usual)) / 100


def asked(study, settings):
    """Spend, what it says of money, and of the next euro, as these settings ask."""
    margin, left_out = (
        given(settings, "margin", 30),
        {"leave_out_left_truncated": "old_customers" in settings},
    )
    value = study.value(Wanted(settings.get("purchase_kind")), discount_rate=given(settings, "discount", 10))
    spent = study.acquisition(ingest.read_spend(ingest.sample_spend()).table)
    curves = (
        spent.assumed_response(
            side,
            Assumed(
                given(settings, f"unasked_{side}", 100 * usual.unasked),
                given(settings, f"most_{side}", 100 * usual.most),
            ),
            **left_out,
        )
        for side, usual in (("won", USUAL_WON), ("kept", USUAL_KEPT))
    )
    euro = spent.next_euro(*curves, *spent.values(value, margin, **left_out), **left_out)
    return spent.winning(**left_out), spent.worth(value, margin, **left_out), euro


@pytest.mark.parametrize("settings", CASES)
def test_each_setting_moves_the_figures_it_should(study, settings):
    visit, say = Visit("en", sample="shop", **settings).open("acquisition"), Words("en", "EUR").say
    assert visit.failures == visit.errors == []
    found, worth, weighed = asked(study, settings)
    euro = weighed.found
    paid = worth.everybody.months
    assert {key: visit.metric(f"acquisition.{key}").strip("€ ") for key in ("cac", "payback_month")} == {
        "cac": say("value.money", value=found.costs.cac.value).strip("€ "),
        "payback_month": say("value.months", n=paid) if paid else say("value.not_yet"),
    }
    for key in ("realised", "expected"):
        told = say("value.ratio", value=value_of(getattr(worth, f"{key}_multiple")))
        assert visit.metric(f"acquisition.ltv_{key}") == told
    heading = visit.words.heading("return_of_next")
    rows = next(frame for frame in visit.frames if heading in frame)
    splits = [split for split in (euro.today, euro.best, euro.unlimited) for _ in range(2)]
    uses = [use for split in splits[::2] for use in (split.winning, split.keeping)]
    assert rows[heading].tolist() == pytest.approx([use.return_of_next for use in uses])
    assert rows[visit.words.heading("spent")].tolist() == pytest.approx([use.spend for use in uses])
    profits = rows[visit.words.heading("profit_month")].tolist()
    assert profits == pytest.approx([split.profit for split in splits])


@pytest.mark.parametrize(("settings", "readings"), [({}, "disagree"), ({"unasked_kept": "99"}, "agree")])
def test_the_headline_tells_the_move_that_earns_most_where_both_readings_agree_on_one(
    study, settings, readings
):
    visit = Visit("en", sample="shop", **settings).open("acquisition")
    _, _, weighed = asked(study, settings)
    euro, month = weighed.found, weighed.one_month.today
    assert (weighed.if_one_month == "holds") is (readings == "agree")
    move = euro.move_to(euro.best_move)
    told = {"won": euro.today.winning.return_of_next, "kept": euro.today.keeping.return_of_next}
    told |= {"next_won": month.winning.return_of_next, "next_kept": month.keeping.return_of_next}
    told |= {"gain": move.gain, "moved": move.moved, "share": move.share}
    kind = euro.advice if readings == "agree" else "unsure"
    assert visit.says(f"next_euro.headline.{kind}", **told)


def test_what_a_tenth_moved_either_way_would_do_is_told_too(study):
    visit = Visit("en", sample="shop").open("acquisition")
    euro = asked(study, {})[2].found
    adds = euro.move_to(euro.to_keeping)
    assert visit.says("next_euro.moved.to_keeping.adds", moved=adds.moved, gain=adds.gain)
    costs = euro.move_to(euro.to_winning)
    assert visit.says("next_euro.moved.to_winning.costs", moved=costs.moved, gain=-costs.gain)


@pytest.mark.parametrize("way", ["cohort", "channel"])
def test_how_many_groups_have_paid_back_is_counted(study, way):
    visit = Visit("en", sample="shop", payback_by=way).open("acquisition")
    _, worth, _ = asked(study, {})
    groups = worth.cohorts if way == "cohort" else worth.channels
    paid = [one for one in groups.values() if one.months is not None]
    kind = "all" if len(paid) == len(groups) else "some"
    assert visit.says(f"acquisition.payback.{way}.{kind}", n=len(groups), paid=len(paid))
