"""The sample shop, walked through at an Italian browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from retention import ingest
from retention.lifetime_value import OPEN
from retention.study import Study
from retention.what_if import FOOTINGS
from tests.browser.visitor import visiting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shop():
    raw = ingest.open_sample("shop")
    return ingest.to_orders(raw, ingest.guess(raw).mapping)


@pytest.fixture(scope="module")
def study(shop):
    return Study(shop.orders)


@pytest.fixture(scope="module")
def visitor(browser, server):
    """An Italian, who asked for no language and opened the sample by its button."""
    with visiting(browser, server, "it", locale="it-IT") as somebody:
        somebody.open()
        somebody.main.get_by_role("button", name=somebody.words.say("data.sample.shop")).click()
        somebody.sees("negozio.csv", where=somebody.sidebar)
        yield somebody.rested()


def test_the_data_page(visitor, shop):
    visitor.go("data")
    for figure in (shop.account.rows, shop.account.purchases, shop.account.customers):
        visitor.sees(visitor.words.count(figure))
    expect(visitor.tab).to_have_title(f"{visitor.words.say('data.page')} · Ritorno")


def test_a_role_without_a_column_says_so_in_italian(visitor):
    visitor.go("data").unfold("data.change")
    expect(visitor.widget("map_quantity").locator("input")).to_be_visible()
    shown = visitor.widget("map_quantity").locator("input")
    texts = {shown.get_attribute("placeholder"), shown.input_value()}
    assert visitor.words.say("data.no_column") in texts
    assert "Choose an option" not in texts


def test_cohorts(visitor, study):
    visitor.go("cohorts")
    table = study.cohorts.table("month")
    expect(visitor.headline).to_contain_text(f" {visitor.words.count(100 * table.pooled['rate'].iloc[0])} ")
    texts = visitor.drawn()
    expect(texts.get_by_text("gen 2023", exact=True)).to_have_count(1)  # of the 24 cohorts a chart holds
    expect(texts.get_by_text(visitor.words.say("chart.age.month"), exact=True)).to_have_count(1)
    visitor.choose("period", visitor.words.say("setting.period.quarter"))
    quarters = study.cohorts.table("quarter").pooled
    expect(visitor.headline).to_contain_text(f" {visitor.words.count(100 * quarters['rate'].iloc[0])} ")
    visitor.choose("period", visitor.words.say("setting.period.month"))


def test_what_if(visitor, study):
    measured = study.shop.retention("month")
    back = measured.textbook.rate.value
    visitor.go("simulator")
    visitor.sees(f"dal {visitor.words.percent(back)} al {visitor.words.percent(back + 0.05)}")
    visitor.unfold("simulator.advanced")
    offered = study.what_if.last_year("month", OPEN, "week").holding
    for code in FOOTINGS:  # none that missed the last year
        named = visitor.words.say(f"setting.footing.{code}")
        expect(visitor.button("footing", named)).to_have_count(int(code in offered))
    visitor.unfold("simulator.rests").sees(visitor.words.percent(measured.textbook.rate.low))
    visitor.drawn(1)


def test_acquisition(visitor):
    visitor.go("acquisition")
    expect(visitor.metric("acquisition.cac")).to_have_text(re.compile(r"\d+,\d\d"))
    visitor.unfold("acquisition.reckoned")
    expect(visitor.main.get_by_text(visitor.words.say("chart.win"), exact=True)).to_have_count(1)


def test_lifetime_value(visitor, shop):
    visitor.go("lifetime_value")
    expect(visitor.headline).to_contain_text(visitor.words.count(shop.account.customers))
    visitor.drawn(0)
    visitor.unfold("lifetime_value.trust").drawn(1)
    expect(visitor.metric("lifetime_value.best")).to_have_text(re.compile(r"\d\d(,\d)?%"))


def test_a_download_opens_in_an_italian_spreadsheet(visitor):
    saved = visitor.go("cohorts").downloaded("cohorts")
    assert saved.suggested_filename == f"{visitor.words.say('file.cohorts')}.csv"
    content = saved.path().read_bytes().decode("utf-8-sig")
    head, first = content.splitlines()[:2]
    assert head.split(";")[0] == visitor.words.heading("cohort")
    assert first.split(";")[0] == "gen 2022"
    assert re.search(r";0,\d+;", first)
