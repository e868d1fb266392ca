"""The messages full screen: in the report's order, by buttons with keys, live where What if is told."""

import pytest

from retention.story import MAKE, SECTIONS, Message
from retention.text import LANGUAGES
from retention.text.marked import plain
from retention.ui.report import asked
from tests.pages.visit import ROWS, Visit, csv, unescaped

KEYS = {"meeting_back": "left", "meeting_on": "right", "meeting_leave": "escape"}
COUNT = len(SECTIONS)


def meeting(language="en", **settings):
    """A visit that has begun one."""
    return begun(Visit(language, sample="shop", **settings))


def begun(page):
    """The same visit after the button on Report; AppTest goes where the app leads for one run only."""
    page.open("report").press("meeting.begin")
    assert page.failures == []
    assert page.offers("meeting.on")
    return page.open("meeting")


def at(page):
    """Which message of how many is shown, by what stands beside the keys."""
    (bar,) = page.app.get("progress")
    return bar.proto.text.split(" · ")[0]


def walked(page, key, steps):
    for _ in range(steps):
        page.press(key)
        assert page.failures == []
    return page


@pytest.fixture
def computed(monkeypatch):
    """Names of the messages that were told, in order."""
    told = []

    def counting(name, make):
        def counted(telling):
            told.append(name)
            return make(telling)

        return counted

    for name, make in MAKE.items():
        monkeypatch.setitem(MAKE, name, counting(name, make))
    return told


@pytest.fixture
def telling(monkeypatch):
    """The last one that was told of."""
    found, make = [], asked.telling
    monkeypatch.setattr(asked, "telling", lambda *given: found.append(make(*given)) or found[-1])
    return lambda: found[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_shown_in_its_turn_and_computed_then(language, computed, telling):
    page = meeting(language)
    for place, name in enumerate(SECTIONS, start=1):
        assert at(page) == f"{place} / {COUNT}"
        assert set(computed) == {name}
        message = MAKE[name](telling())
        assert isinstance(message, Message)
        assert page.headline == plain(message.title)
        shown = {unescaped(label): value for label, value in page.metrics.items()}
        assert shown == {figure.label: figure.written for figure in message.figures}
        assert [chart.alt for chart in page.charts] == ([message.reading] if message.drawing else [])
        read = [unescaped(text).replace("**", "") for text in page.formatted]
        assert all(plain(line) in read for line in message.lines)
        tables = [len(table.value) for table in page.app.table]
        assert tables == ([] if message.drawing or not message.table else [len(message.table.frame)])
        if message.forecast:
            assert page.says("report.verdict", forecast=message.forecast)
        assert page.says("meeting.keys") == (place == 1)
        computed.clear()
        walked(page, "meeting.on", 1)


def test_it_goes_back_and_stays_at_either_end():
    page = meeting()
    walked(page, "meeting.back", 1)
    assert at(page) == f"1 / {COUNT}"
    walked(page, "meeting.on", COUNT + 1)
    assert at(page) == f"{COUNT} / {COUNT}"
    walked(page, "meeting.back", 1)
    assert at(page) == f"{COUNT - 1} / {COUNT}"
    buttons = [page.app.get_by_key(key) for key in KEYS]
    assert not any(button.disabled for button in buttons)
    assert [button.proto.shortcut for button in buttons] == list(KEYS.values())


def test_the_address_names_the_message_by_its_place_among_all():
    page = meeting()
    assert page.link["slide"] == "1"
    assert "slides" not in page.link
    walked(page, "meeting.on", 2)
    assert page.link["slide"] == "3"
    again = Visit("en", **{name: page.link[name] for name in ("sample", "slide")}).open("meeting")
    assert at(again) == f"3 / {COUNT}"


def test_the_address_names_those_ticked_where_some_are_not():
    page = begun(Visit("en", sample="shop").open("report").set("report_sections", ["data", "simulator"]))
    walked(page, "meeting.on", 1)
    assert (page.link["slide"], page.link["slides"]) == ("11", "4-11")
    again = Visit("en", sample="shop", slide="11", slides="4-11").open("meeting")
    assert at(again) == "2 / 2"
    assert again.open("report").app.session_state["report_sections"] == ["simulator", "data"]
    assert not {"slide", "slides"} & set(again.link)


@pytest.mark.parametrize("slides", ["", "0", "99", "x", "4--", "²"])
def test_an_address_that_names_no_message_shows_all_that_are(slides):
    page = Visit("en", sample="shop", slide=slides, slides=slides).open("meeting")
    assert page.failures == []
    assert at(page).endswith(f"/ {1 if slides == '4--' else COUNT}")


def test_what_is_ticked_on_report_is_what_is_shown():
    page = begun(Visit("en", sample="shop").open("report").set("report_sections", ["data", "simulator"]))
    assert at(page) == "1 / 2"
    assert page.says("meeting.slider")
    walked(page, "meeting.on", 1)
    assert at(page) == "2 / 2"


def test_leaving_leads_to_report_and_a_new_one_begins_at_the_start():
    page = walked(meeting(), "meeting.on", 3).press("meeting.leave")
    assert page.says("report.question")
    assert page.offers("report.make")
    assert at(begun(page)) == f"1 / {COUNT}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slider_changes_the_message_and_what_if(language):
    page = walked(meeting(language, uplift="3", margin="45"), "meeting.on", SECTIONS.index("simulator"))
    before, slider = page.headline, page.app.get_by_key("uplift")
    assert (slider.value, slider.max) == (3.0, 20.0)
    page.set("uplift", 8.0)
    assert page.failures == []
    assert page.headline != before
    assert page.settings["uplift"] == 8.0
    said = page.headline
    walked(page, "meeting.on", 1)
    walked(page, "meeting.back", 1)
    assert page.headline == said
    page.press("meeting.leave").open("simulator")
    assert page.headline == said
    page.set("uplift", 4.0)
    walked(begun(page), "meeting.on", SECTIONS.index("simulator"))
    assert page.app.get_by_key("uplift").value == 4.0
    assert page.headline not in {said, before}


def test_a_rise_beyond_the_usual_ones_is_kept():
    page = walked(meeting(uplift="45"), "meeting.on", SECTIONS.index("simulator"))
    assert page.app.get_by_key("uplift").value == 45.0
    assert page.settings["uplift"] == 45.0


def test_what_cannot_be_said_is_told_with_why_and_counts():
    page = begun(Visit("en").upload("sales.csv", csv(ROWS)))
    walked(page, "meeting.on", SECTIONS.index("acquisition"))
    assert page.failures == []
    assert at(page) == f"{SECTIONS.index('acquisition') + 1} / {COUNT}"
    assert page.headline == page.words.say("report.no_spend")
    assert not page.charts
    assert not page.metrics
    walked(page, "meeting.on", COUNT)
    assert at(page) == f"{COUNT} / {COUNT}"


def test_a_screen_reader_is_told_each_message():
    page = meeting()
    for _ in range(2):
        (said,) = [each.proto.body for each in page.app.get("html") if "alert" in each.proto.body]
        assert unescaped(page.headline) in said.replace("&#x27;", "'")
        walked(page, "meeting.on", 1)


def test_it_is_not_in_the_navigation_nor_among_the_pages_on_data():
    page = Visit("en", sample="shop")
    assert "meeting" not in page.links
    assert not page.says("meeting.question")
