"""The Subscriptions page, and what other pages say where a shop lives on them."""

import pytest

from retention.study import Study
from retention.text import LANGUAGES
from tests.pages.sentences import foreign
from tests.pages.visit import Visit, csv
from tests.subscribing import buyers, orders, subscribers


@pytest.fixture(scope="module")
def sold():
    return orders(subscribers(1, 300, pauses=0.3) + buyers(2, 40, k=1))


@pytest.fixture(scope="module")
def file(sold):
    table = sold.table
    return csv(zip(table["customer_id"], table["date"].dt.date, table["value"], strict=True))


@pytest.fixture(scope="module")
def found(sold):
    return Study(sold).subscriptions.found()


def visit(file, language="en", page="subscriptions"):
    return Visit(language).upload("orders.csv", file).open(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_the_library_finds(file, found, language):
    page = visit(file, language)
    assert page.failures == page.errors == []
    rate = found.renewals.rate
    told = {"rate": rate.value, "low": rate.low, "high": rate.high}
    assert page.headline == page.words.say("subscriptions.headline", **told).replace("**", "")
    assert page.metric("subscriptions.active") == page.words.count(found.renewals.active)
    assert page.metric("subscriptions.now") == page.words.money(found.recurring.now)
    assert page.metric("subscriptions.net") == page.words.percent(found.recurring.net.value)
    assert page.says("subscriptions.stopped", n=found.renewals.cancelled)
    assert page.says("subscriptions.paused", n=found.renewals.paused, days=found.renewals.back_after)
    assert len(page.charts) == 2
    assert foreign(page.texts, language, ()) == []


def test_every_month_adds_up_in_the_table(file):
    page = visit(file)
    names = ("start", "new", "more", "back", "less", "lost", "end")
    heads = {name: page.words.heading(f"mrr_{name}") for name in names}
    table = next(frame for frame in page.frames if set(heads.values()) <= set(frame.columns))
    of = {name: table[head].to_numpy() for name, head in heads.items()}
    assert of["end"] == pytest.approx(
        of["start"] + of["new"] + of["more"] + of["back"] - of["less"] - of["lost"]
    )


def test_without_subscriptions_one_sentence_says_what_was_looked_for(samples):
    kept = Study(samples["shop"][1].orders).subscriptions.kept()
    page = Visit("en", sample="shop").open("subscriptions")
    assert page.says("subscriptions.none", recognised=kept.recognised, judged=kept.judged)
    assert page.charts == []


@pytest.mark.parametrize("page", ["data", "lifetime_value"])
def test_where_most_revenue_is_from_subscriptions_other_pages_say_so(file, found, page):
    assert found.share > 0.5
    shown = visit(file, page=page)
    assert shown.says("warning.mostly_subscriptions", share=found.share)
    assert "subscriptions" in shown.links


def test_where_it_is_not_they_do_not():
    shown = Visit("en", sample="shop").open("lifetime_value")
    assert "subscriptions" not in shown.links
