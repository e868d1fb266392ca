"""How a file is written, as the visit holds it: found, open, or asked again."""

import pytest
import streamlit as st

from retention import ingest
from retention.ui.state import mapped
from tests.ui.screens import shown

PLAIN = b"customer,date,amount\na,2024-01-01,10\nb,2024-01-15,40\na,2024-02-10,20\n"
OPEN = b"customer,date,amount\na,03/02/2024,10\nb,04/05/2024,40\na,05/06/2024,20\n"
FOUND = ingest.guess(ingest.read(PLAIN, "shop.csv"))


def begun(content):
    raw = ingest.read(content, "shop.csv")
    state = shown(lambda: mapped.begin(raw, ingest.guess(raw))).app.session_state
    return state["map_dates"], state["map_decimal"], state["map_once"]


def test_what_the_file_tells_is_taken_and_what_it_leaves_open_is_left_to_be_answered():
    assert begun(PLAIN) == ("auto", "auto", "rows")
    assert begun(OPEN) == (None, "auto", "rows")


@pytest.mark.parametrize("role", ["order", "customer", "date", "amount"])
@pytest.mark.parametrize(("found", "code"), [("rows", "rows"), ("once", "order"), ("open", None)])
def test_other_columns_ask_anew_whose_an_amount_is(monkeypatch, found, code, role):
    asked = []
    monkeypatch.setattr(ingest, "lines_of", lambda *of: asked.append(of) or found)
    state = {"map_customer": "c", "map_order": "o", "map_date": "d", "map_amount": "a", "map_once": "order"}
    assert (
        shown(mapped.chosen_anew, "the file", FOUND, role, state=state).app.session_state["map_once"] == code
    )
    assert asked == [("the file", ingest.Mapping("c", "d", order="o", amount="a", once_per_order=True))]


@pytest.mark.parametrize(("role", "kept"), [("segment", "order"), ("order", "rows")])
def test_nothing_is_asked_of_other_columns_nor_while_one_is_missing(role, kept):
    state = {"map_order": "o", "map_amount": "a", "map_once": "order"}
    assert (
        shown(mapped.chosen_anew, "the file", FOUND, role, state=state).app.session_state["map_once"] == kept
    )


@pytest.mark.parametrize(("amount", "code"), [("total_cents", "cents"), ("total", None), (None, None)])
def test_another_amount_is_asked_of_cents_and_the_one_found_is_as_it_was(amount, code):
    content = b"customer,date,total_cents,total\na,2024-01-01,1050,10.50\nb,2024-01-15,4001,40.01\n"
    found = ingest.guess(ingest.read(content, "shop.csv"), amount="total_cents")
    state = {"map_amount": amount, "map_cents": "before"}
    assert (
        shown(mapped.chosen_anew, "the file", found, "price", state=state).app.session_state["map_cents"]
        == code
    )


def test_a_mapping_is_remembered_for_files_of_the_same_headings_alone():
    mapping = ingest.Mapping("date", "date", amount="amount")
    same, other = (ingest.read(content, "next.csv") for content in (OPEN, PLAIN.replace(b"amount", b"paid")))

    def taken(raw):
        mapped.remember(ingest.read(PLAIN, "shop.csv"), mapping)
        mapped.begin(raw, ingest.guess(raw))
        st.session_state["got"] = st.session_state["map_customer"], st.session_state["mapping_remembered"]

    assert shown(taken, same).app.session_state["got"] == ("date", True)
    assert shown(taken, other).app.session_state["got"] == ("customer", False)
