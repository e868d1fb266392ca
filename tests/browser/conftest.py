"""One browser, one server and one tab for all tests that need no others."""

from __future__ import annotations

import pytest
from playwright.sync_api import sync_playwright

from retention.text import Words
from tests.browser import chromium
from tests.browser.servers import Server
from tests.browser.visitor import visiting


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright, chromium.launched(playwright) as found:
        yield found


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("server") / "log.txt") as running:
        yield running


@pytest.fixture(scope="session")
def tab(browser, server):
    """Somebody at an English desktop browser."""
    with visiting(browser, server) as somebody:
        yield somebody


@pytest.fixture
def visitor(tab):
    """Somebody about to type an address, which begins a visit that knows of none before it."""
    tab.words = Words("en")
    tab.faults.clear()
    yield tab
    tab.unharmed()
