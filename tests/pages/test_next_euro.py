"""Where the next euro should go: the sentences, from spend of both kinds and the visitor's assumptions."""

import numpy as np
import pandas as pd
import pytest

from retention.acquisition import through_two_points
from retention.study import Study
from tests.pages.visit import ROWS, Visit, csv, unescaped

COLUMNS = ("month", "channel", "amount", "purpose")
# ROWS wins three customers in January and one in February; two are kept in February and two in March
SPEND = [
    ("2024-01", "Ads", 30, "acquisition"),
    ("2024-02", "Ads", 50, "acquisition"),
    ("2024-02", "Mail", 30, "retention"),
    ("2024-03", "Mail", 50, "retention"),
]


@pytest.fixture
def visit():
    return Visit("en").upload("sales.csv", csv(ROWS)).open("acquisition")


def test_with_one_kind_of_spend_alone_nothing_is_compared(visit):
    visit.upload("spend.csv", csv(SPEND[:2], COLUMNS))
    assert visit.failures == visit.errors == []
    assert visit.says("next_euro.needs_both")


def test_without_a_customers_worth_there_is_nothing_to_weigh(visit):
    visit.upload("spend.csv", csv(SPEND, COLUMNS))
    assert visit.failures == visit.errors == []
    assert visit.says("next_euro.no_value")


def split(visit):
    """The table behind the curves: today's spend and the best, on winning and on keeping."""
    heading = visit.words.heading("return_of_next")
    return next(frame for frame in visit.frames if heading in frame)


@pytest.fixture(scope="module", params=["en", "it"])
def shop(request):
    return Visit(request.param, sample="shop").open("acquisition")


def returns(visit):
    """Margin the next euro brings today, on winning and on keeping."""
    return tuple(split(visit)[visit.words.heading("return_of_next")].iloc[:2])


def said(visit, key, **values):
    """Whether a sentence was said, up to the first value that is not given."""
    start = visit.words.say(key, **{**dict.fromkeys(_VALUES, float("nan")), **values}).split("–")[0]
    return any(start.replace("**", "") in unescaped(text).replace("**", "") for text in visit.formatted)


_VALUES = ("won", "kept", "gain", "moved", "share", "month", "retention", "next_won", "next_kept")
_VALUES += ("spend", "customers", "other", "side", "reason")


def test_the_sample_shops_next_euro_goes_where_it_brings_more(shop):
    assert shop.failures == shop.errors == []
    told, rows = shop.words, split(shop)
    today, best = rows.iloc[:2], rows.iloc[2:4]
    won, kept = returns(shop)
    assert kept > won
    assert said(shop, "next_euro.headline.unsure", won=won, kept=kept)  # a month alone says otherwise
    assert best[told.heading("spent")].sum() <= today[told.heading("spent")].sum() * (1 + 1e-9)
    profit = told.heading("profit_month")
    assert best[profit].iloc[0] > today[profit].iloc[0]


def test_a_customer_kept_counts_for_as_long_as_one_won_and_one_month_is_told_beside(shop, samples):
    study = Study(samples["shop"][1].orders)
    rate = study.shop.retention("month").textbook.rate.value
    month = 0.3 * study.what_if.base("month").revenue_per_active
    year = month * sum(rate**i for i in range(12))
    sentence = shop.words.say("next_euro.worth", won=float("nan"), kept=year, month=month, retention=rate)
    assert any(sentence.split(". ")[1] in unescaped(text) for text in shop.formatted)
    won, kept = returns(shop)
    alone = kept * month / year
    assert alone < won < kept  # so that the advice hangs on it
    assert shop.says("next_euro.one_month.turns", month=month, next_won=won, next_kept=alone)


def test_both_directions_are_told(shop):
    assert said(shop, "next_euro.moved.to_winning.costs")
    assert said(shop, "next_euro.moved.to_keeping.adds")


def test_months_that_show_no_curve_are_refused():
    visit = Visit("en", sample="shop").open("acquisition").set("response_from", "history")
    assert sum(visit.words.say("response.no_bend") in text for text in visit.texts) == 2
    visit.set("response_from", "assumed").set("margin", 0.0)
    assert visit.failures == visit.errors == []
    assert visit.says("next_euro.no_value")


def test_a_second_month_starts_as_assumed_and_takes_what_is_typed():
    visit = Visit("en", sample="shop").open("acquisition").set("most_kept", 130)
    assumed = split(visit)
    visit.set("response_from", "points")
    assert visit.failures == visit.errors == []
    pd.testing.assert_frame_equal(split(visit), assumed, rtol=1e-6)
    spend = assumed[visit.words.heading("spent")].iloc[1]
    kept = assumed[visit.words.heading("customers_month")].iloc[1]
    visit.set("second_spend_kept", 2 * spend).set("second_customers_kept", kept + 5)
    curve = through_two_points((spend, kept), (2 * spend, kept + 5), floor=0.8 * kept)
    cost = split(visit)[visit.words.heading("marginal_cost")]
    assert cost.iloc[1] == pytest.approx(curve.marginal_cost(spend))
    assert cost.iloc[0] == pytest.approx(assumed[visit.words.heading("marginal_cost")].iloc[0])
    assert (visit.link["response_from"], float(visit.link["second_customers_kept"])) == ("points", kept + 5)
    asked = {name: text for name, text in visit.link.items() if name != "lang"}
    pd.testing.assert_frame_equal(split(Visit("en", **asked).open("acquisition")), split(visit))


def test_a_second_month_no_curve_passes_is_refused_and_nothing_else_is_lost():
    visit = Visit("it", sample="shop").open("acquisition").set("response_from", "points")
    before, controls = len(visit.charts), {"unasked_won", "second_spend_won", "second_spend_kept"}
    spend, won = (split(visit)[visit.words.heading(name)].iloc[0] for name in ("spent", "customers_month"))
    for typed, many, reason in (
        (2 * spend, won - 1, "fewer_for_more"),
        (2 * spend, 3 * won, "does_not_bend"),
        (0.0, won, "no_spend"),
    ):
        visit.set("second_spend_won", typed).set("second_customers_won", many)
        assert visit.failures == []
        assert len(visit.errors) == 1
        assert visit.words.say(f"response.{reason}") in visit.errors[0]
        assert visit.words.say("next_euro.side.won") in visit.errors[0]
        assert len(visit.charts) == before - 1
        assert all(visit.app.get_by_key(name) for name in controls)
        assert visit.words.say("definition.show") in visit.texts
    visit.set("second_customers_won", None).set("second_spend_won", None)
    assert visit.errors == []
    assert len(visit.charts) == before


def test_where_retention_cannot_be_measured_a_month_alone_counts_and_says_so():
    # one complete month: nobody can be followed from one to the next, the purchase model sees enough
    chance, day = np.random.default_rng(2), pd.Timestamp("2023-12-10")
    rows = [
        (f"c{n}", (day + pd.Timedelta(days=int(at))).strftime("%Y-%m-%d"), round(chance.gamma(3.0, 10.0), 2))
        for n in range(150)
        for at in np.unique(chance.integers(0, 63, chance.integers(1, 6)))
    ]
    spend = [("2024-01", "Ads", 500, "acquisition"), ("2024-01", "Mail", 100, "retention")]
    visit = Visit("en").upload("sales.csv", csv(rows)).open("acquisition")
    visit.upload("spend.csv", csv(spend, COLUMNS))
    assert visit.failures == visit.errors == []
    assert said(visit, "next_euro.worth.one_month")
    assert any("cannot be measured on this data" in text for text in visit.formatted)
    assert not any("one month alone (" in text for text in visit.formatted)
