"""A person at a browser: where they go, what they do, what they see, and what went wrong underneath."""

from __future__ import annotations

import re
from contextlib import contextmanager
from urllib.parse import urlencode

from playwright.sync_api import TimeoutError as LateError, expect

from retention.text import Words
from retention.ui.parts import pages

PAGES = pages.PAGES
EVERY = (*PAGES, *pages.BEHIND)  # those not in the navigation as well
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
_PATIENCE = 60_000  # milliseconds: all models of Online Retail, fitted while the other worker tests too
_PAUSE = 50  # milliseconds between two looks; by itself Playwright looks at every frame, and has each drawn
expect.set_options(timeout=_PATIENCE)
_RESTING = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const busy = '[data-stale=true], [data-testid=stSkeleton], [data-testid=stSpinner]';
  return app?.dataset.testScriptState === 'notRunning' && !document.querySelector(busy);
}"""
# Streamlit looks for itself beside the page before it does at the root, and is told there is nothing
_PROBES = ("_stcore/health", "_stcore/host-config")


class Visitor:
    """One tab of one browser. `faults` holds what a developer's console would show."""

    def __init__(self, context, server, language):
        self.tab = context.new_page()
        self.server = server
        self.words = Words(language)
        self.faults = []
        self._narrow = self.tab.viewport_size["width"] < 600
        self.tab.on("console", self._heard)
        self.tab.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.tab.on("request", self._asked)
        self.tab.on("response", self._answered)

    @property
    def main(self):
        return self.tab.get_by_test_id("stMain")

    @property
    def sidebar(self):
        return self.tab.get_by_test_id("stSidebar")

    @property
    def title(self):
        return self.main.locator("h1")

    @property
    def headline(self):
        return self.main.locator("h2").first

    @property
    def errors(self):
        return self.main.locator("[data-testid=stAlertContentError]")

    def open(self, page="data", **query):
        """Type an address: a new visit."""
        path = "" if page == "data" else page
        self.tab.goto(f"{self.server.url}/{path}?{urlencode(query)}")
        return self.arrived(page)

    def go(self, page):
        """Choose a page in the sidebar, which on a telephone goes out of the way."""
        if self._narrow:
            self.tab.get_by_test_id("stExpandSidebarButton").click()
        path = "" if page == "data" else page
        self.sidebar.locator(f"a[data-testid=stSidebarNavLink][href$='/{path}']").first.click()
        return self.arrived(page)

    def arrived(self, page):
        titles = ("data.title", "data.title.loaded") if page == "data" else (f"{page}.title",)
        expect(self.title).to_have_text(
            re.compile("|".join(re.escape(self.words.say(key)) for key in titles))
        )
        return self.rested()

    def rested(self):
        """Wait until the page has run to its end."""
        self.tab.wait_for_function(_RESTING, timeout=_PATIENCE, polling=_PAUSE)
        return self

    def upload(self, name, content, *, place=0):
        field = self.main.locator("[data-testid=stFileUploaderDropzoneInput]").nth(place)
        field.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})
        return self

    def sees(self, text, *, where=None):
        """Wait until a text is there to read; money, counts and dates are given as they are written."""
        expect(where or self.main).to_contain_text(text)
        return self

    def widget(self, key):
        """A widget by its key."""
        return self.tab.locator(f".st-key-{key}")

    def button(self, key, label):
        """A button of a row of buttons."""
        return self.widget(key).get_by_role("radio", name=label, exact=True)

    def choose(self, key, label):
        """Press a button of a row of buttons."""
        self.button(key, label).click()
        return self

    def fill(self, key, value):
        """A number, and Enter."""
        field = self.widget(key).locator("input")
        field.fill(str(value))
        field.press("Enter")
        return self

    def pick(self, key, label):
        """An entry of a list."""
        field = self.widget(key).locator("input")
        field.evaluate(
            "field => field.scrollIntoView({block: 'center'})"
        )  # a page that moves closes the list
        option = self.tab.get_by_role("option", name=label, exact=True)
        field.click()
        try:
            option.click(timeout=20_000)
        except LateError:  # what arrived late moved the page, which closed the list: open it again
            field.click()
            option.click()
        return self

    def metric(self, key):
        """The value of a figure by its label."""
        label = self.words.say(key)
        named = self.tab.get_by_test_id("stMetric").filter(has=self.tab.get_by_text(label, exact=True))
        return named.get_by_test_id("stMetricValue")

    def drawn(self, place=0):
        """The texts of a chart, once it is drawn."""
        chart = self.main.get_by_test_id("stVegaLiteChart").nth(place)
        chart.locator("svg text").first.wait_for()
        return chart.locator("svg text")

    def cells(self, place=-1):
        """The cells of a table, which are there once it is in sight."""
        table = self.main.get_by_test_id("stDataFrame").nth(place)
        table.scroll_into_view_if_needed()
        return table.locator("[role=gridcell]")

    def unfold(self, key):
        """Open a folded part of the page by its heading."""
        self.main.locator("summary").filter(has_text=self.words.say(key)).first.click()
        return self

    def downloaded(self, table):
        """The file of a table that is folded, asked for once all of it is drawn.

        What is folded is made when it is opened, and the button stands under it: pressed while the table is
        still growing, the button is elsewhere by the time the mouse is let go, and nothing was pressed.
        """
        self.unfold(f"table.{table}")
        self.widget(f"table_{table}").locator("canvas").first.wait_for()
        self.rested()
        with self.tab.expect_download() as started:
            self.widget(f"download_{table}").get_by_role("button").click()
        return started.value

    def look_at(self, key):
        """What can be set behind a button, by its key."""
        self.widget(key).get_by_role("button").first.click()
        return self

    def unharmed(self):
        """Whether nothing went wrong underneath until now."""
        assert self.faults == []
        assert "Traceback" not in self.server.log

    def _heard(self, message):
        if message.type == "error" and not self._is_probe(message.location["url"]):
            self.faults.append(f"console: {message.text} ({message.location['url']})")

    def _asked(self, request):
        ours = (self.server.url + "/", self.server.url.replace("http", "ws") + "/", "data:", "blob:")
        if not request.url.startswith(ours):
            self.faults.append(f"asked elsewhere: {request.url}")

    def _answered(self, response):
        if response.status >= 400 and not (response.status == 404 and self._is_probe(response.url)):
            self.faults.append(f"{response.status}: {response.url}")

    def _is_probe(self, url):
        under = "|".join(EVERY[1:])
        probes = "|".join(map(re.escape, _PROBES))
        return bool(re.fullmatch(f"{re.escape(self.server.url)}/({under})/({probes})", url))


@contextmanager
def visiting(browser, server, language="en", *, locale="en-GB", screen=DESK, theme="light"):
    """A fresh browser at a server; whatever went wrong underneath fails the test that used it."""
    context = browser.new_context(viewport=screen, locale=locale, reduced_motion="reduce", color_scheme=theme)
    context.set_default_timeout(_PATIENCE)
    visitor = Visitor(context, server, language)
    try:
        yield visitor
    finally:
        context.close()
    visitor.unharmed()
