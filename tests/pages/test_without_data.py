"""Before anything is loaded every page says what it will show and leads to Data."""

import pytest

from retention.text import DEFAULT, LANGUAGES
from retention.ui.parts import pages
from tests.pages.visit import MAIN, PAGES, Visit

NEEDING_DATA = tuple(page for page in PAGES[1:] if page != "simulator")  # which takes typed numbers


def test_every_page_there_is_stands_in_the_navigation_or_behind_another():
    assert set(PAGES) == {page.stem for page in MAIN.parent.glob("*.py")} - {MAIN.stem}
    assert PAGES[0] == "data"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", NEEDING_DATA)
def test_a_page_without_data_leads_to_the_data_page(page, language):
    visit = Visit(language).open(page)
    assert visit.failures == []
    assert visit.says(f"{page}.question")
    assert visit.says("invitation")
    assert visit.links == [""]
    assert visit.headline is None
    assert not visit.charts


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_page_offers_two_ways_in_and_shows_what_comes_out(language):
    visit = Visit(language)
    assert visit.failures == []
    assert [uploader.label for uploader in visit.app.file_uploader] == [visit.words.say("data.upload")]
    buttons = {button.label for button in visit.app.main.button}
    assert {visit.words.say("data.sample.shop"), visit.words.say("data.sample.cdnow")} <= buttons
    assert visit.links
    assert set(visit.links) <= set(pages.PAGES[1:])


@pytest.mark.parametrize(("locale", "language"), [("it-IT", "it"), ("xx", DEFAULT), (None, DEFAULT)])
def test_the_first_language_is_the_browsers(locale, language):
    assert Visit(None, locale=locale).language == language


def test_the_language_of_the_address_comes_before_the_browsers():
    assert Visit("en", locale="it-IT").language == "en"
