"""The page Report: what it makes says what the pages say, in the words and figures of their headlines."""

import io
from unittest.mock import patch

import pytest
from openpyxl import Workbook

from retention.report.written import WRITERS
from retention.story import SECTIONS, deck
from retention.text import LANGUAGES
from retention.text.marked import plain
from retention.ui.report import making
from tests.pages.visit import Visit, unescaped

# Settings of every page that are not its usual ones
ASKED = {
    "every": "quarter",
    "within": "60",
    "period": "quarter",
    "leave_out": 1,
    "old_customers": "leave_out",
    "uplift": 3.0,
    "years": 2,
    "margin": 45.0,
    "discount": 8.0,
    "horizon": 6,
    "occasion": "save",
}
HEADED = (
    "overview",
    "cohorts",
    "dropoff",
    "simulator",
    "acquisition",
    "lifetime_value",
    "customers",
    "reality",
)


def made(language="en", **settings):
    """A visit that has made its report, and the report."""
    return pressed(Visit(language, sample="shop", **settings).open("report"))


def pressed(page):
    """The visit after its report is made, and what that holds."""
    found = []

    def kept(*given, **named):
        found.append(deck(*given, **named))
        return found[-1]

    with patch.object(making, "deck", kept):
        page.press("report.make")
    assert not page.failures
    return page, found[0]


@pytest.fixture(scope="module", params=LANGUAGES)
def asked(request):
    """A visit with settings of its own on every page, and its report."""
    return made(request.param, **ASKED)


def agrees(asked, name):
    """A message says what its page says."""
    visit, told = asked
    message = next(each for each in told.messages if each.name == name)
    assert visit.open(name).headline == plain(message.title)
    read = [unescaped(text).replace("**", "") for text in visit.formatted]
    for line in message.lines:
        assert any(plain(line) in text for text in read), line
    shown = visit.metrics
    for figure in message.figures if name not in {"cohorts", "customers"} else ():
        assert shown[figure.label] == figure.written


@pytest.mark.parametrize("name", HEADED)
def test_a_message_says_what_its_page_says(asked, name):
    agrees(asked, name)


def test_they_agree_on_who_counts_as_back():
    twice = made(returned_after=2, returned_spend=50.0, period="quarter")
    agrees(twice, "cohorts")
    agrees(twice, "dropoff")
    assert "2 purchases" in " ".join(twice[0].formatted)


def test_it_opens_without_anything_made():
    page = Visit("en", sample="shop").open("report")
    assert not page.failures
    assert page.offers("report.make")
    assert page.says("report.people")


def test_every_section_is_made_and_three_files_are_offered(asked):
    page, told = asked
    page.open("report")
    assert tuple(message.name for message in told.messages) == SECTIONS
    assert page.says("report.ready", n=len(SECTIONS), day=told.day)
    labels = [button.label for button in page.app.get("download_button")]
    assert {page.words.say(f"report.download.{ending[1:]}") for ending in WRITERS} <= set(labels)


def test_a_report_of_other_settings_is_told_from_one_of_these():
    page, _ = made()
    assert not page.says("report.changed")
    page.set("report_name", "Bottega")
    assert page.says("report.changed")


def test_parts_and_language_are_chosen():
    page = Visit("en", sample="shop").open("report")
    page.set("report_sections", ["data", "cohorts"]).set("report_language", "it")
    _, found = pressed(page)
    assert [message.name for message in found.messages] == ["cohorts", "data"]
    assert found.words.language == "it"
    assert page.language == "en"


def test_nothing_ticked_makes_nothing():
    page = Visit("en", sample="shop").open("report").set("report_sections", [])
    assert page.says("report.none")
    assert not page.offers("report.make")


def test_a_logo_that_is_none_is_refused():
    page = Visit("en", sample="shop").open("report")
    held = io.BytesIO()
    Workbook().save(held)
    page.upload("logo.png", held.getvalue())
    assert page.errors
    assert not page.offers("report.make")


def test_without_a_file_it_invites():
    page = Visit("en").open("report")
    assert page.says("invitation")
