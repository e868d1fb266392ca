"""One customer's story: told of whoever is chosen, of nobody where nobody is."""

from types import SimpleNamespace as Some

import pytest
import streamlit as st

from retention.ui.lifetime_value import story
from tests.ui.screens import read


@pytest.mark.parametrize(("chosen", "told"), [("c7", ["past c7", "future c7"]), (None, [])])
def test_past_and_future_of_the_one_chosen(monkeypatch, chosen, told):
    monkeypatch.setattr(story, "_chosen", lambda _: chosen)
    monkeypatch.setattr(story, "_past", lambda who, _: st.text(f"past {who}"))
    monkeypatch.setattr(story, "_future", lambda who, _: st.text(f"future {who}"))
    one_by_one = Some(tables=Some(one_by_one=lambda: True))
    assert read(story.section, Some(study=one_by_one, story=lambda who: who)) == told
