"""Figures an engine counts, in a browser: pages say what they wait for, and leaving one ends that there."""

import re

import duckdb
import pytest
from playwright.sync_api import expect

from tests.browser.servers import Server
from tests.browser.visitor import visiting

pytestmark = pytest.mark.browser
ROWS = 6_000_000  # counted for some ten seconds on two processors: longer than a click takes
NAME = "All shops"
KEYS = ("en", "it", "left")  # one for each visit: what one has had counted is there for all


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    duckdb.sql(f"""
COPY (SELECT 'c' || (hash(range) % 700000) AS customer,
        DATE '2022-01-01' + CAST(hash(range + 1) % 1000 AS INTEGER) AS date,
        5 + hash(range + 2) % 9000 / 100.0 AS amount FROM range({ROWS}))
TO '{folder / "sales.parquet"}'""")  # noqa: S608  ours
    told = f'path = "{folder / "sales.parquet"}"\nengine = "duckdb"\ncurrency = "EUR"\ntemporary = "{folder}"'
    named = "\n".join(f'[sources.{key}]\nname = "{NAME} {key}"\n{told}' for key in KEYS)
    (folder / "secrets.toml").write_text(named)
    environment = {"STREAMLIT_SECRETS_FILES": str(folder / "secrets.toml")}
    with Server(folder / "log.txt", environment=environment) as running:
        yield running


def opened(visitor, key):
    visitor.open(lang=visitor.words.language)
    visitor.tab.locator(f".st-key-source_{key} button:visible").first.click()
    return visitor.sees(f"{NAME} {key}", where=visitor.sidebar).rested()


def turns_to(visitor, page):
    """Choose a page in the sidebar, and wait for its title alone."""
    visitor.sidebar.locator(f"a[data-testid=stSidebarNavLink][href$='/{page}']").first.click()
    expect(visitor.title).to_have_text(visitor.words.say(f"{page}.title"))
    return visitor


def waited(visitor):
    return visitor.tab.locator("[class*=st-key-waited_]")


def told(visitor):
    """What pages say while an engine counts."""
    keys = ("waited.rows", "progress.fit", "progress.values", "progress.purchases")
    return re.compile("|".join(re.escape(visitor.words.say(key)) for key in keys))


@pytest.mark.parametrize("language", ["en", "it"])
def test_a_page_says_what_it_waits_for_and_is_called_off(browser, server, language):
    with visiting(browser, server, language) as visitor:
        turns_to(opened(visitor, language), "lifetime_value")
        expect(waited(visitor)).to_contain_text(told(visitor))
        waited(visitor).get_by_role("button", name=visitor.words.say("waited.cancel")).click()
        visitor.sees(visitor.words.say("error.figures_called_off")).rested()
        expect(waited(visitor)).to_have_count(0)
        visitor.go("cohorts")
        expect(visitor.errors).to_have_count(0)
        expect(visitor.headline).to_be_visible()
        assert visitor.faults == []


def test_a_click_elsewhere_ends_it(browser, server):
    with visiting(browser, server) as visitor:
        turns_to(opened(visitor, "left"), "lifetime_value")
        expect(waited(visitor)).to_be_visible()
        visitor.go("report")
        expect(waited(visitor)).to_have_count(0)
        expect(visitor.errors).to_have_count(0)
        assert visitor.faults == []
