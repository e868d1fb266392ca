"""Visits keep apart, and a visit keeps what was chosen in it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from retention.text import Words
from tests.browser.visitor import visiting

pytestmark = pytest.mark.browser
SALES = (
    b"customer,date,amount\nmario,2024-01-01,10\nanna,2024-01-20,5\nmario,2024-02-28,7\nanna,2024-03-31,8\n"
)


def test_two_visitors_do_not_see_each_others_data(browser, server):
    with visiting(browser, server) as one, visiting(browser, server) as other:
        one.open().upload("only-mine.csv", SALES).sees("only-mine.csv", where=one.sidebar).rested()
        other.open()
        other.sees(other.words.say("frame.nothing_loaded"), where=other.sidebar)
        other.go("cohorts").sees(other.words.say("invitation"))
        other.open("cohorts", sample="shop").sees("4,800", where=other.sidebar)
        one.go("cohorts").sees("only-mine.csv", where=one.sidebar)
        expect(one.sidebar).not_to_contain_text("4,800")
        expect(other.sidebar).not_to_contain_text("only-mine")


def test_an_address_typed_anew_begins_without_the_file(visitor):
    visitor.open().upload("only-mine.csv", SALES).sees("only-mine.csv", where=visitor.sidebar)
    visitor.open().sees(visitor.words.say("frame.nothing_loaded"), where=visitor.sidebar)


def in_italian(visitor, page):
    """Switch the language where the visitor is."""
    visitor.choose("language", "Italiano")
    visitor.words = Words("it")
    return visitor.arrived(page)


def digits(text):
    return [sign for sign in text if sign.isdigit()]


def test_changing_the_language_changes_the_page_and_keeps_data_and_settings(visitor):
    visitor.open("simulator", sample="shop").unfold("simulator.advanced")
    visitor.choose("footing", visitor.words.say("setting.footing.cohorts"))
    visitor.sees("from 67.1% to")
    visitor.choose("uplift_kind", visitor.words.say("setting.uplift_kind.relative"))
    visitor.fill("uplift", 7).sees("to 71.8%").rested()
    figures = visitor.headline.inner_text()
    in_italian(visitor, "simulator").sees("al 71,8%")
    assert digits(visitor.headline.inner_text()) == digits(figures)
    expect(visitor.tab).to_have_title(f"{visitor.words.say('simulator.page')} · Ritorno")
    visitor.sees("4.800", where=visitor.sidebar)
    visitor.fill("uplift", 8).sees("al 72,4%")
    visitor.go("cohorts").go("simulator").sees("al 72,4%")
    expect(visitor.errors).to_have_count(0)


def test_changing_the_language_changes_the_words_of_a_choice_and_keeps_it(visitor):
    visitor.open("simulator", sample="shop", footing="constant").unfold("simulator.advanced")
    visitor.choose("kept", visitor.words.say("setting.kept.typed"))
    visitor.widget("typed_retention").wait_for()
    in_italian(visitor, "simulator").unfold("simulator.advanced")
    expect(visitor.button("kept", visitor.words.say("setting.kept.typed"))).to_be_checked()


def test_a_choice_outlives_the_language_and_the_next_change(visitor):
    visitor.open("simulator", sample="shop", footing="constant").unfold("simulator.advanced")
    visitor.choose("kept", visitor.words.say("setting.kept.typed"))
    visitor.sees("from 35.0% to")
    in_italian(visitor, "simulator").sees("dal 35,0% al")
    visitor.fill("uplift", 9).sees("al 44,0%")
    visitor.sees("dal 35,0% al")
    expect(visitor.widget("typed_retention")).to_have_count(1)


def test_how_a_file_is_read_outlives_the_language_and_the_next_change(visitor):
    visitor.open(sample="shop").unfold("data.change")
    visitor.choose("map_dates", visitor.words.say("data.map_dates.day_first")).rested()
    visitor.pick("map_segment", "Regione").rested()
    in_italian(visitor, "data").pick("map_order", "Codice cliente").rested()
    expect(visitor.widget("map_segment").locator("input")).to_have_value("Regione")
    expect(visitor.button("map_dates", visitor.words.say("data.map_dates.day_first"))).to_be_checked()


def test_the_link_opens_the_same_view_in_another_browser(browser, server, visitor):
    visitor.open("simulator", sample="shop").fill("uplift", 7).rested()
    visitor.go("cohorts").look_at("options").choose(
        "measure", visitor.words.say("setting.measure.customers")
    ).rested()
    visitor.sidebar.get_by_role("button", name=visitor.words.say("frame.link")).click()
    link = visitor.tab.get_by_test_id("stPopoverBody").get_by_test_id("stCode")
    expect(link).to_contain_text("measure=customers")
    address = urlsplit(link.inner_text().strip().replace("\n", ""))
    headline = visitor.headline.inner_text()
    with visiting(browser, server, locale="it-IT") as friend:
        friend.tab.goto(address.geturl())
        friend.arrived("cohorts")
        expect(friend.headline).to_have_text(headline)
        friend.look_at("options")
        expect(friend.button("measure", friend.words.say("setting.measure.customers"))).to_be_checked()
        friend.go("simulator")
        expect(friend.widget("uplift").locator("input")).to_have_value("7")


def test_spend_typed_into_the_table_counts_and_is_kept(visitor):
    visitor.open("acquisition", sample="shop").unfold("spend.title")
    before = visitor.metric("acquisition.cac").inner_text()
    amount = visitor.cells(0).nth(3)
    expect(amount).to_have_text("906.57")
    grid = visitor.main.get_by_test_id("stDataFrame").first.locator(".dvn-scroller")
    grid.click(position={"x": 60, "y": 52})  # the month of the first row, three columns before its amount
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "Enter"):
        visitor.tab.keyboard.press(key)
    field = visitor.tab.locator(".gdg-input")
    field.fill("100906.57")
    field.press("Enter")
    expect(visitor.metric("acquisition.cac")).not_to_have_text(before)
    after = visitor.metric("acquisition.cac").inner_text()
    cost = [float(shown.removeprefix("€")) for shown in (before, after)]
    assert cost[1] == pytest.approx(cost[0] + 100_000 / 4_800, abs=0.01)
    visitor.go("cohorts").go("acquisition")
    expect(visitor.metric("acquisition.cac")).to_have_text(after)
    in_italian(visitor, "acquisition")
    expect(visitor.metric("acquisition.cac")).to_contain_text(after.removeprefix("€").replace(".", ","))
