"""No page keeps anybody out: axe-core finds nothing serious that is ours, in either language and theme."""

from __future__ import annotations

import pytest

from retention.text import LANGUAGES
from tests.browser.length import length
from tests.browser.visitor import EVERY, visiting

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
pytestmark = pytest.mark.browser
SEVERE = {"serious", "critical"}

# What Streamlit draws by itself, by rule and by where it stands
STREAMLITS = {
    # the navigation's groups stand between its list and the entries
    "list": "stSidebarNavItems",
    "listitem": "stSidebarNav",
    # the course in a card has no reading and cannot be given one; the card holds its figure
    "svg-img-alt": "metric_chart_",
    # the letters on a primary button are white in both themes, and on the dark one its colour must be light
    "color-contrast": "stBaseButton-primary",
}
_AROUND = """selector => {
  const names = [];
  for (let at = document.querySelector(selector); at; at = at.parentElement)
    names.push(at.dataset?.testid ?? "", at.getAttribute("class") ?? "");
  return names.join(" ");
}"""


def ours(tab):
    """Severe findings in places that are not Streamlit's own."""
    found = axe.Axe().run(tab).response["violations"]
    return [
        (finding["id"], node["html"][:200], node.get("failureSummary"))
        for finding in found
        if finding["impact"] in SEVERE
        for node in finding["nodes"]
        if STREAMLITS.get(finding["id"], "\0") not in tab.evaluate(_AROUND, node["target"][0])
    ]


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", EVERY)
def test_no_page_has_a_severe_finding(browser, server, page, language, theme):
    with visiting(browser, server, language) as visitor:
        visitor.tab.emulate_media(color_scheme=theme)
        length(visitor.open(page, lang=language, sample="shop"))  # once all is drawn
        assert ours(visitor.tab) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nor_has_the_first_page_before_anything_is_loaded(browser, server, language):
    with visiting(browser, server, language) as visitor:
        length(visitor.open(lang=language))
        assert ours(visitor.tab) == []


def test_the_focus_can_be_seen_in_the_sidebar(visitor):
    visitor.open(lang="en", sample="shop")
    link = visitor.sidebar.get_by_test_id("stSidebarNavLink").nth(2)
    outline = "link => getComputedStyle(link).outlineStyle"
    assert link.evaluate(outline) == "none"
    for _ in range(10):
        visitor.tab.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    assert link.evaluate(outline) == "solid"
