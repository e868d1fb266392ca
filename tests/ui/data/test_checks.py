"""Each check of a file: what it says, what it offers, the rows it rests on."""

import streamlit as st

from retention.ingest import Check, Switch
from retention.ui.data import checks
from tests.ui.screens import read, shown

LARGEST = [{"customer": "a", "order": "7", "value": 900.0}, {"customer": "b", "order": "8", "value": 800.0}]


def check(code, switch=None, **details):
    return Check(code, details, switch)


DUPLICATES = {"rows": 4, "across_files": 1}


def repeated(*, dropped):
    return check("duplicates", Switch("duplicates", "drop"), dropped=dropped, **DUPLICATES)


def test_a_check_offers_its_answer_and_then_to_undo_it():
    said, button = read(checks._show, repeated(dropped=False), 0)
    assert said.startswith("markdown check.duplicates.found n=4 ")
    assert button.startswith("button check.duplicates.do n=4 ")
    said, button = read(checks._show, repeated(dropped=True), 0)
    assert said.startswith("markdown check.duplicates.dropped n=4 ")
    assert button.startswith("button check.duplicates.undo n=4 ")


def test_a_check_is_answered_by_pressing_it():
    screen = shown(checks._show, repeated(dropped=False), 3)
    (button,) = screen.app.button
    assert button.key == "check_duplicates_3"
    screen.press(button.label)
    assert screen.app.session_state["drop_duplicates"] is True


def test_the_largest_orders_are_there_to_be_looked_at(monkeypatch):
    monkeypatch.setattr(checks.screen, "show_table", lambda rows: st.text(" | ".join(rows.columns)))
    found = check("extreme_orders", orders=2, above=700.0, share=0.4, largest=LARGEST)
    said, *more = shown(checks._show, found, 0).lines
    assert said.startswith("markdown check.extreme_orders.found n=2 orders=2 above=700 share=0.4 ")
    assert more == ["expander check.largest", "customer_id | order_id | value"]
