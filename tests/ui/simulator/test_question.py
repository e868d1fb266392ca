"""What the page asks is answered, or the page ends with a sentence."""

from types import SimpleNamespace as Some

import pytest
import streamlit as st

from retention.errors import InputError
from retention.ui.simulator import question
from retention.ui.state import scenarios
from tests.ui.screens import read


def page(monkeypatch, start, year=None):
    monkeypatch.setattr(question, "start", start)

    def asked():
        st.text(f"found {question.asked('the study', year)}")

    return read(asked)


def test_an_answer_or_a_sentence(monkeypatch):
    assert page(monkeypatch, lambda study, _: f"for {study}") == ["found for the study"]
    assert page(monkeypatch, lambda *_: None) == ["info simulator.not_measurable"]

    def fails(*_):
        raise InputError("nothing_loaded")

    assert page(monkeypatch, fails) == ["error error.nothing_loaded"]

    def none_holds(*_):
        raise InputError("no_footing_holds")

    monkeypatch.setattr(question.tried_ones, "show", lambda year: st.text(f"how {year} was missed"))
    assert page(monkeypatch, none_holds, "2024") == [
        "how 2024 was missed",
        "info simulator.last_year.no_answer",
    ]


def test_the_page_is_asked_with_its_settings(monkeypatch):
    given = []
    page(monkeypatch, lambda _, values: given.append(values) or "")
    assert list(given[0]) == list(scenarios.ASKED)
    assert (given[0]["margin"], given[0]["years"]) == (30, 3)


@pytest.mark.parametrize(("footing", "looks"), [("purchases", 1), ("cohorts", 0), ("best", 1)])
def test_the_purchase_model_alone_has_to_look_far(footing, looks):
    class Of:
        asked = 0

        def start(self, asked):
            return Some(question=asked, footing=Some(code=asked.footing or "purchases"))

        def look_far(self, asked):
            self.asked += 1

    of = Of()
    study = type("Study", (), {"what_if": of})()
    got = []

    def visit():
        got.append(question.start(study, question.on_page() | {"footing": footing}))

    read(visit)
    assert [found.question.footing for found in got] == [None if footing == "best" else footing]
    assert of.asked == looks
