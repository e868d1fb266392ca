"""What only a browser does: it holds the settings in its address, and asks before a reload loses the file."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import visiting

pytestmark = pytest.mark.browser
SALES = b"customer,date,amount\n" + b"".join(
    b"c%d,2024-%02d-%02d,%d\n" % (n % 40, 1 + n % 12, 1 + n % 28, 10 + n % 7) for n in range(400)
)


def asked(visitor):
    """What the address bar holds."""
    return {name: value for name, (value,) in parse_qs(urlsplit(visitor.tab.url).query).items()}


def test_the_address_bar_holds_the_settings_on_every_page(visitor):
    visitor.open("cohorts", lang="en", sample="shop").choose(
        "period", visitor.words.say("setting.period.quarter")
    )
    visitor.tab.wait_for_url("**period=quarter")
    assert asked(visitor) == {"lang": "en", "sample": "shop", "period": "quarter"}
    visitor.go("overview").choose("every", visitor.words.say("setting.every.year"))
    visitor.tab.wait_for_url("**every=year")
    assert asked(visitor) == {"lang": "en", "sample": "shop", "period": "quarter", "every": "year"}
    visitor.unfold("calculator.title").fill("rate_new", 7).rested()  # drawn by itself
    visitor.tab.wait_for_url("**rate_new=7")
    assert urlsplit(visitor.tab.url).path == "/overview"


@pytest.mark.parametrize("asked", [{}, {"margin": "45"}])
def test_the_first_page_of_a_visit_hands_its_settings_to_the_next(visitor, asked):
    visitor.open("simulator", lang="en", sample="shop", **asked).go("lifetime_value")
    expect(visitor.widget("margin").locator("input")).to_have_value(asked.get("margin", "30"))
    assert visitor.metric("lifetime_value.total").inner_text() not in {"€0", "–"}


def test_going_back_leaves_the_page_in_one_step(visitor):
    visitor.open("cohorts", lang="en", sample="shop").go("overview")
    for every in ("quarter", "year"):
        visitor.choose("every", visitor.words.say(f"setting.every.{every}"))
        visitor.tab.wait_for_url(f"**every={every}")
    visitor.tab.go_back()
    visitor.arrived("cohorts")


def test_a_colleague_is_asked_for_the_file_and_sees_the_same(browser, server, visitor):
    visitor.open(lang="en").upload("only-mine.csv", SALES).sees("only-mine.csv", where=visitor.sidebar)
    visitor.go("cohorts").choose("period", visitor.words.say("setting.period.quarter"))
    visitor.tab.wait_for_url("**period=quarter*")
    visitor.rested()
    link, headline = visitor.tab.url, visitor.headline.inner_text()
    assert "only" not in link
    with visiting(browser, server) as colleague:
        colleague.tab.goto(link)
        colleague.arrived("cohorts").sees(colleague.words.say("setting.period.quarter"))
        colleague.upload("theirs.csv", SALES)
        expect(colleague.headline).to_have_text(headline)


def test_a_reload_that_would_lose_a_file_is_asked_about_and_one_that_loses_nothing_is_not(browser, server):
    """The file of a visit that is not kept would be lost; test_kept.py has those that are."""
    with visiting(browser, server) as owner:
        heard = []
        owner.tab.on("dialog", lambda dialog: (heard.append(dialog.type), dialog.accept()))
        owner.open(lang="en", sample="shop")
        owner.tab.reload()
        owner.arrived("data")
        assert heard == []
        owner.open(lang="en", keep="no").upload("only-mine.csv", SALES).sees(
            "only-mine.csv", where=owner.sidebar
        ).rested()
        owner.go("cohorts").downloaded("cohorts")
        assert heard == []
        owner.tab.reload()
        owner.arrived("cohorts")
        assert heard == ["beforeunload"]
        owner.tab.reload()  # of which nothing is left
        owner.arrived("cohorts")
        assert heard == ["beforeunload"]
