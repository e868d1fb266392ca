"""The check in full: where there is one; what can be chosen of it, always."""

import pytest
import streamlit as st

from retention.errors import DataWarning
from retention.lifetime_value import Holdout
from retention.ui.lifetime_value import holdout
from tests.ui.screens import read


class Tried(Holdout):
    """A holdout of which nothing is looked at."""

    def __init__(self):
        pass


@pytest.mark.parametrize(
    ("found", "more"),
    [(Tried(), ["in full"]), (DataWarning("retention_capped"), [])],
    ids=["there", "missing"],
)
def test_what_the_check_shows(monkeypatch, found, more):
    monkeypatch.setattr(holdout, "_in_full", lambda here, _: st.text("in full" if here is found else "other"))
    monkeypatch.setattr(holdout, "_cut", lambda study: st.text(f"until of {study}"))
    monkeypatch.setattr(holdout, "_purchase_kind", lambda _: st.text("model"))
    tried = holdout.Check("the study", found, None, ())
    assert read(holdout.details, tried) == [*more, "until of the study", "model"]
