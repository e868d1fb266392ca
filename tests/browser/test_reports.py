"""The document in a browser whose network is off: it draws, asks for nothing, and prints on A4."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from retention.report.brand import Brand
from retention.report.document import document
from retention.text import LANGUAGES

pytestmark = pytest.mark.browser
DRAWN = """() => document.querySelectorAll('.chart').length ===
  document.querySelectorAll('.chart[data-drawn] svg').length"""


@pytest.fixture(scope="module", params=["shop_decks", "retail_decks"])
def decks(request):
    return request.getfixturevalue(request.param)


class Opened:
    """A document opened from a file, and what was heard and asked meanwhile."""

    def __init__(self, context, path):
        self.page = context.new_page()
        self.errors, self.asked = [], []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())
        self.page.wait_for_function(DRAWN)

    def _heard(self, message):
        if message.type == "error":
            self.errors.append(message.text)


@pytest.fixture(params=LANGUAGES)
def opened(request, decks, browser, tmp_path):
    path = tmp_path / "report.html"
    path.write_bytes(document(decks[request.param], Brand()))
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    yield Opened(context, path)
    context.close()


def test_every_chart_is_drawn_and_nothing_is_asked(opened):
    assert opened.errors == []
    assert [address for address in opened.asked if not address.startswith(("file:", "data:"))] == []
    assert len(opened.asked) == 1
    assert opened.page.locator(".chart svg text").count() > 50


def test_a_chart_answers_to_the_pointer(opened):
    opened.page.locator("#cohorts-chart svg").scroll_into_view_if_needed()
    points = opened.page.locator("#cohorts-chart .mark-symbol path")
    points.nth(5).hover(force=True)
    opened.page.locator("#vg-tooltip-element.visible").wait_for()


def test_nobody_is_shut_out(opened):
    found = Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()


def test_it_fits_a_telephone(opened):
    opened.page.set_viewport_size({"width": 390, "height": 844})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_it_prints_on_a4(opened):
    printed = opened.page.pdf(prefer_css_page_size=True, print_background=True)
    boxes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([^\]]+)\]", printed)}
    width, height = 210 / 25.4 * 72, 297 / 25.4 * 72
    assert all(box[2:] == pytest.approx((width, height), abs=1.5) for box in boxes)
    assert len(re.findall(rb"/Type /Page\b", printed)) >= 5
