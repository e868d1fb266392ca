"""A saved mapping is taken over where it fits the file, and told why where it does not."""

from types import SimpleNamespace as Some

import streamlit as st

from retention import ingest
from retention.errors import InputError
from retention.ui.data import saved
from retention.ui.state import loaded
from tests.ui.screens import shown

ROWS = b"customer,other,date,amount\na,x,2024-01-01,10\nb,y,2024-01-15,40\na,x,2024-02-10,20\n"
OTHER = ingest.dump(ingest.Mapping("other", "date", amount="amount")).encode()
ELSEWHERE = ingest.dump(ingest.Mapping("nobody", "date", amount="amount")).encode()


def _loads(content):
    loaded.take(ingest.read(ROWS, "shop.csv"))
    st.session_state["mapping_problem"] = "the one before"
    st.session_state["mapping_file"] = None if content is None else Some(getvalue=lambda: content)
    saved._load(loaded.source())


def after(content):
    state = shown(_loads, content).app.session_state
    return state["map_customer"], state["mapping_problem"]


def test_a_mapping_that_fits_is_taken_over():
    assert after(OTHER) == ("other", None)


def test_one_that_does_not_fit_leaves_the_choices_and_is_told():
    for content in (ELSEWHERE, b"\xff no json"):
        customer, problem = after(content)
        assert customer == "customer"
        assert isinstance(problem, InputError)


def test_a_file_taken_away_leaves_everything():
    assert after(None) == ("customer", None)
