"""On a telephone no page is wider than the screen, charts shrink to it, and none shows an error."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from retention.text import LANGUAGES
from tests.browser.visitor import PAGES, PHONE, visiting

pytestmark = pytest.mark.browser
TOO_WIDE = """() => {
  const scrolls = e => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX);
  const within = e => e.dataset.testid !== 'stMain' && e.parentElement
    && (scrolls(e) && e.getBoundingClientRect().right <= innerWidth + 1 || within(e.parentElement));
  const main = document.querySelector('[data-testid=stMain]');
  const out = [...main.querySelectorAll('svg, canvas, button, p, h1, h2, h3, h4, input, [data-testid]')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !within(e.parentElement))
    .map(e => `${e.tagName} ${e.dataset.testid ?? ''} ${e.textContent.slice(0, 40)}`);
  const page = document.documentElement;
  return [page.scrollWidth > innerWidth, main.scrollWidth > main.clientWidth, out];
}"""


WITHOUT_A_CHART = {"data", "customers", "subscriptions", "report"}


@pytest.mark.parametrize(
    "language", ["it", pytest.param("en", marks=pytest.mark.slow)]
)  # its words are longer
def test_no_page_is_wider_than_the_screen(browser, server, language):
    with visiting(browser, server, language, screen=PHONE) as walker:
        walker.open(lang=language, sample="shop")
        for page in (*PAGES[1:], PAGES[0]):
            walker.go(page)
            if page not in WITHOUT_A_CHART:
                walker.drawn()
            assert walker.tab.evaluate(TOO_WIDE) == [False, False, []], page
            expect(walker.errors).to_have_count(0)


def test_the_menu_goes_out_of_the_way_once_a_page_was_chosen(browser, server):
    with visiting(browser, server, screen=PHONE) as walker:
        walker.open(lang="en", sample="shop").go("cohorts")
        expect(walker.tab.get_by_test_id("stExpandSidebarButton")).to_be_visible()
        walker.go("audit")
        expect(walker.tab.get_by_test_id("stExpandSidebarButton")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nor_is_it_before_anything_is_loaded(browser, server, language):
    with visiting(browser, server, language, screen=PHONE) as walker:
        walker.open(lang=language)
        assert walker.tab.evaluate(TOO_WIDE) == [False, False, []]
