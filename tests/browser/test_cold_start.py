"""The first visitor of a server just started, at any address, finds frame and page, and loses no choice."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from retention.text import Words
from tests.browser.servers import Server
from tests.browser.visitor import PAGES, visiting

pytestmark = pytest.mark.browser


@pytest.fixture
def cold(tmp_path):
    with Server(tmp_path / "log.txt") as running:
        yield running


# The way to all pages but the first is one; "simulator" is the page of the other test.
@pytest.mark.parametrize(
    "page", [*PAGES[:2], *(pytest.param(page, marks=pytest.mark.slow) for page in PAGES[2:])]
)
def test_the_first_request_shows_frame_and_page(browser, cold, page):
    with visiting(browser, cold) as first:
        first.open(page)
        expect(first.errors).to_have_count(0)
        expect(first.sidebar.get_by_test_id("stSidebarNavLink")).to_have_count(len(PAGES))
        first.sees(first.words.say("frame.nothing_loaded"), where=first.sidebar)
        expect(first.tab).to_have_title(f"{first.words.say(f'{page}.page')} · Ritorno")
        first.choose("language", "Italiano")
        first.sees(Words("it").say("frame.kept", n=30), where=first.sidebar).rested()
        expect(first.button("language", "Italiano")).to_be_checked()


def test_the_first_change_of_a_setting_is_kept(browser, cold):
    with visiting(browser, cold) as first:
        first.open("simulator", sample="shop")
        headline = first.headline.inner_text()
        first.fill("uplift", 7)
        expect(first.headline).not_to_have_text(headline)
        first.rested()
        expect(first.widget("uplift").locator("input")).to_have_value("7")
        first.go("cohorts").go("simulator")
        expect(first.widget("uplift").locator("input")).to_have_value("7")
