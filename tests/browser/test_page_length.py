"""A page says its answer before anybody scrolls far: few words and little height until something is opened.

`python -m tests.browser.length PAGE` prints both for one page.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from retention.text import LANGUAGES, Words
from tests.browser.length import length
from tests.browser.visitor import EVERY

pytestmark = pytest.mark.browser
MOST_WORDS = 250  # labels of charts and tables apart
MOST_HEIGHT = 2_600  # pixels, on a screen 1280 wide

# What is still too long, and for no other reason: a page that has become short fails until its line is gone.
TOO_MANY_WORDS = ()
TOO_HIGH = ()


@pytest.fixture(scope="module")
def lengths(tab):
    """Every page's length on the sample shop, by language, looked at when first asked for."""
    found = {}

    def of(page):
        if page not in found:
            found[page] = {language: _opened(tab, page, language) for language in LANGUAGES}
        return found[page]

    return of


def _opened(tab, page, language):
    tab.words = Words(language)
    return length(tab.open(page, lang=language, sample="shop"))


def pages(too_long):
    mark = pytest.mark.xfail(raises=AssertionError, reason="still too long", strict=True)
    return [pytest.param(page, marks=mark if page in too_long else ()) for page in EVERY]


@pytest.mark.parametrize("page", pages(TOO_MANY_WORDS))
def test_a_page_has_few_words_before_anything_is_opened(lengths, page):
    words = {language: found.words for language, found in lengths(page).items()}
    assert max(words.values()) <= MOST_WORDS, words


@pytest.mark.parametrize("page", EVERY)
def test_the_headings_of_a_page_are_an_outline(lengths, page):
    for found in lengths(page).values():
        assert found.levels[:2] == (1, 2)  # what the page is about, then its answer
        assert found.levels.count(1) == 1
        assert all(below - above <= 1 for above, below in pairwise(found.levels))


@pytest.mark.parametrize("page", pages(TOO_HIGH))
def test_a_page_is_not_high_before_anything_is_opened(lengths, page):
    heights = {language: found.height for language, found in lengths(page).items()}
    assert max(heights.values()) <= MOST_HEIGHT, heights
