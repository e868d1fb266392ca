"""The parts of a screen: what is told to those who cannot see it, what waits until it is asked for."""

import altair as alt
import pandas as pd
import streamlit as st

from retention.charts import style
from retention.text import Words
from retention.ui.parts import offered, screen
from tests.keyed import ENGLISH
from tests.ui.screens import shown

FRAME = pd.DataFrame({"customers": [1, 2], "share": [0.5, 0.25]})
DRAWING = style.finish(alt.Chart(pd.DataFrame({"x": [1]})).mark_point().encode(x="x:Q"), Words("en"))


def told(monkeypatch, element, part, *args, of=st, **named):
    """What a part tells Streamlit, or another part: the values and options of its one call of an element."""
    calls = []
    monkeypatch.setattr(of, element, lambda *values, **options: calls.append((values, options)))
    shown(part, *args, **named)
    ((values, options),) = calls
    return values, options


def test_a_chart_is_read_to_those_who_cannot_see_it(monkeypatch):
    values = {"name": "gap", "verdict": "yes"}
    (inked,), options = told(monkeypatch, "altair_chart", screen.chart, DRAWING, "sign.alt", **values)
    assert inked.drawing is DRAWING
    assert (options["width"], options["alt"]) == ("stretch", "sign.alt name=gap verdict=yes")


def test_a_click_on_a_chart_is_kept_under_its_key(monkeypatch):
    clicked = screen.link_to_data
    given = (DRAWING, "cell", clicked, "flows.none")
    (inked,), options = told(monkeypatch, "altair_chart", screen.clickable, *given)
    assert inked.drawing is DRAWING
    assert (options["key"], options["on_select"], options["alt"]) == ("cell", clicked, "flows.none")


def test_a_table_leaves_as_a_file_named_in_words_and_made_when_asked_for(monkeypatch):
    made = []

    def make():
        made.append(1)
        return FRAME

    (label, content, name, _), _ = told(monkeypatch, "file", screen.download, make, "flows", of=offered)
    assert (label, name) == ("table.download", "file.flows.csv")
    assert made == []
    assert content().decode("utf-8-sig").split("\r\n")[1:3] == ["1,0.5", "2,0.25"]
    assert made == [1]
    (label, content, *_), _ = told(
        monkeypatch, "file", screen.download, FRAME, "flows", "flows.none", of=offered
    )
    assert label == "flows.none"
    assert content().decode("utf-8-sig").startswith(ENGLISH.heading("customers"))


def test_details_are_computed_once_they_are_open():
    assert shown(screen.details, "flows.title", screen.text, "flows.none").lines == ["expander flows.title"]
    opened = {"details_flows.title": True}
    assert shown(screen.details, "flows.title", screen.text, "flows.none", state=opened).lines == [
        "expander flows.title open",
        "caption flows.none",
    ]


def test_a_place_is_filled_later_and_stands_first():
    def both():
        first = screen.place()
        st.text("inputs")
        first.text("results")

    assert shown(both).lines == ["results", "inputs"]


def test_what_takes_long_is_waited_for_under_the_title_not_where_it_is_needed():
    def page(titled):
        if titled:
            screen.title("overview")
        st.text("above")
        with screen.progress("fit"):
            st.text("computed")

    assert shown(page, True).lines == [
        "title overview.title",
        "caption overview.question",
        "computed",
        "above",
    ]
    assert shown(page, False).lines == ["above", "computed"]


def test_words_are_in_the_visits_language_and_the_currency_of_its_data():
    got = []
    shown(lambda: got.append(screen.words()), state={"language": "it", "currency": "GBP"})
    shown(lambda: got.append(screen.words()))
    assert [(words.language, words.currency, words.markdown) for words in got] == [
        ("it", "GBP", False),
        ("en", None, False),
    ]
    shown(lambda: got.append(screen.markdown_words()))
    assert got[-1].markdown is True
