"""A meeting by the keys of a keyboard: on, back, a rise moved, out; and on a telephone nothing is cut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from retention.story import SECTIONS
from retention.text import LANGUAGES
from tests.browser.length import DRAWN
from tests.browser.test_narrow_screen import TOO_WIDE
from tests.browser.visitor import PHONE, visiting

pytestmark = pytest.mark.browser
COUNT = len(SECTIONS)
_SCROLLS = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  return [main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth];
}"""
# How wide the chart is drawn, and how wide the place for it
_PICTURES = """() => [...document.querySelectorAll('[class*=st-key-meeting_picture]')].map(place =>
  [place.querySelector('svg.marks').getBoundingClientRect().width, place.getBoundingClientRect().width])"""


def begun(visitor, language="en"):
    visitor.open("report", lang=language, sample="shop")
    visitor.widget("begin_meeting").get_by_role("button").click()
    return visitor.arrived("meeting")


def pressed(visitor, key, place):
    """Press a key, and wait for the message at a place to be there."""
    visitor.tab.keyboard.press(key)
    expect(visitor.tab.get_by_test_id("stProgress")).to_contain_text(f"{place} / {COUNT}")
    return visitor.rested()


def test_arrow_keys_lead_through_and_escape_leads_out(visitor):
    begun(visitor)
    expect(visitor.sidebar).to_be_hidden()
    first = visitor.headline.inner_text()
    pressed(visitor, "ArrowRight", 2)
    expect(visitor.headline).not_to_have_text(first)
    expect(visitor.tab.get_by_role("alert")).to_have_text(visitor.headline.inner_text())
    pressed(visitor, "ArrowLeft", 1)
    expect(visitor.headline).to_have_text(first)
    pressed(visitor, "ArrowLeft", 1)
    visitor.tab.keyboard.press("Escape")
    visitor.arrived("report")
    expect(visitor.sidebar).to_be_visible()


def test_the_button_that_was_pressed_keeps_the_focus_to_the_end(visitor):
    begun(visitor)
    forth = visitor.widget("meeting_on").get_by_role("button")
    forth.focus()
    for place in range(2, COUNT + 1):
        pressed(visitor, "Enter", place)
        expect(forth).to_be_focused()
    pressed(visitor, "Enter", COUNT)
    expect(forth).to_be_focused()


def test_a_clicker_and_the_further_keys_lead_through(visitor):
    begun(visitor)
    for key, place in (("PageDown", 2), ("Space", 3), ("PageUp", 2), ("End", COUNT), ("Home", 1)):
        pressed(visitor, key, place)
    visitor.widget("meeting_on").get_by_role("button").focus()
    pressed(visitor, "Space", 2)
    visitor.widget("meeting_back").get_by_role("button").focus()
    pressed(visitor, "Space", 1)


def test_a_reload_finds_the_message_and_those_that_were_ticked(visitor):
    visitor.open("meeting", lang="en", sample="shop", slides="2-4-11")
    expect(visitor.tab.get_by_test_id("stProgress")).to_contain_text("1 / 3")
    visitor.tab.keyboard.press("PageDown")
    visitor.tab.wait_for_url("**slide=4**")
    visitor.rested()
    said = visitor.headline.inner_text()
    visitor.tab.reload()
    visitor.arrived("meeting")
    expect(visitor.headline).to_have_text(said)
    expect(visitor.tab.get_by_test_id("stProgress")).to_contain_text("2 / 3")
    visitor.tab.keyboard.press("Escape")
    visitor.arrived("report")
    assert "slide" not in visitor.tab.url


@pytest.mark.parametrize("screen", [(1280, 800), (1920, 1080)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_fits_its_screen_and_its_picture_takes_what_is_left(browser, server, language, screen):
    width, height = screen
    with visiting(browser, server, language, screen={"width": width, "height": height}) as walker:
        begun(walker, language)
        for place in range(1, COUNT + 1):
            walker.tab.wait_for_function(DRAWN)
            assert walker.tab.evaluate(_SCROLLS) == [0, 0], SECTIONS[place - 1]
            for drawn, room in walker.tab.evaluate(_PICTURES):
                assert drawn == pytest.approx(room, abs=8), SECTIONS[place - 1]
            pressed(walker, "ArrowRight", min(place + 1, COUNT))


def test_a_rise_moved_by_keys_changes_the_message_and_not_the_place(visitor):
    begun(visitor)
    place = SECTIONS.index("simulator") + 1
    for step in range(2, place + 1):
        pressed(visitor, "ArrowRight", step)
    said = visitor.headline.inner_text()
    slider = visitor.widget("uplift").get_by_role("slider")
    slider.focus()
    for _ in range(4):
        slider.press("ArrowRight")
    expect(visitor.headline).not_to_have_text(said)
    visitor.rested()
    expect(slider).to_have_value("7")
    expect(slider).to_be_focused()
    moved = visitor.headline.inner_text()
    slider.blur()
    pressed(visitor, "ArrowRight", place + 1)
    visitor.tab.keyboard.press("Escape")
    visitor.arrived("report").go("simulator")
    expect(visitor.headline).to_have_text(moved)
    expect(visitor.widget("uplift").locator("input")).to_have_value("7")


def test_no_message_is_wider_than_a_telephone(browser, server):
    with visiting(browser, server, "it", screen=PHONE) as walker:
        begun(walker, "it")
        for place in range(1, COUNT + 1):
            if walker.main.get_by_test_id("stVegaLiteChart").count():
                walker.drawn()
            assert walker.tab.evaluate(TOO_WIDE) == [False, False, []], SECTIONS[place - 1]
            pressed(walker, "ArrowRight", min(place + 1, COUNT))
