"""From an ugly file to the heatmap, as a newcomer goes: nothing is asked but what the file leaves open."""

import gzip

import pytest
from playwright.sync_api import expect

from tests.browser import ugly
from tests.browser.visitor import visiting

pytestmark = pytest.mark.browser


def arrives_at_the_heatmap(visitor):
    visitor.go("cohorts")
    expect(visitor.headline).to_contain_text(" 25 ")
    assert visitor.drawn().count() > 0


@pytest.mark.parametrize("make", ugly.DECIDED, ids=lambda make: make.__name__)
def test_a_file_that_tells_is_read_without_a_question(visitor, make):
    name, content = make()
    visitor.open().upload(name, content).sees(visitor.words.count(ugly.CUSTOMERS)).rested()
    expect(visitor.errors).to_have_count(0)
    expect(visitor.main.get_by_text(visitor.words.say("question.answer"), exact=True)).to_have_count(0)
    visitor.unfold("account.title").sees(visitor.words.say("account.adds_up", read=0, used=0).split("0")[-1])
    arrives_at_the_heatmap(visitor)


def test_a_file_that_does_not_tell_asks_one_question(visitor):
    name, content = ugly.open_dates()
    visitor.open().upload(name, content)
    expect(visitor.headline).to_have_text(visitor.words.say("question.date_order", column="Date"))
    expect(visitor.main.get_by_text(visitor.words.say("question.answer"), exact=True)).to_have_count(1)
    visitor.choose("map_dates", visitor.words.say("data.map_dates.day_first")).rested()
    expect(visitor.main.get_by_text(visitor.words.say("question.answer"), exact=True)).to_have_count(0)
    arrives_at_the_heatmap(visitor)
    visitor.go("data").unfold("data.change")
    expect(visitor.button("map_dates", visitor.words.say("data.map_dates.day_first"))).to_be_checked()


def test_others_keep_working_while_a_hostile_file_is_refused(browser, server):
    with visiting(browser, server) as attacker, visiting(browser, server) as analyst:
        analyst.open(sample="shop")
        attacker.open().upload("sales.csv.gz", gzip.compress(b"a" * 300_000_000, compresslevel=1))
        analyst.go("cohorts")
        assert analyst.drawn().count() > 0
        expect(attacker.errors).to_have_count(1, timeout=60_000)
        attacker.rested().upload("sales.csv", ugly.accountant()[1])
        expect(attacker.errors).to_have_count(0)
