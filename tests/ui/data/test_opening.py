"""A file is read, another sheet of it is taken, a sample is opened: what the visit then holds."""

import io
from unittest.mock import patch

import openpyxl
import streamlit as st

from retention import ingest
from retention.errors import InputError
from retention.ui.data import opening
from retention.ui.parts import upload
from retention.ui.state import loaded
from tests.ui.screens import shown

ROWS = b"customer,date,amount\na,2024-01-01,10\nb,2024-01-15,40\na,2024-02-10,20\n"


def held(part, *args, **state):
    """The visit's state after a part of the page, which asks for a new run instead of beginning one."""
    runs = []
    with patch.object(st, "rerun", lambda: runs.append(1)):
        found = shown(part, *args, state=state).app.session_state
    return found, len(runs)


def test_a_file_is_taken_and_the_picker_emptied():
    state, runs = held(upload._read, (("shop.csv", ROWS),))
    assert state["source"].raw.name == "shop.csv"
    assert (state["upload_problem"], state["uploads"], runs) == (None, 1, 1)
    assert held(upload._read, (("shop.csv", ROWS),), uploads=4)[0]["uploads"] == 5


def test_a_file_that_cannot_be_read_leaves_the_one_before():
    def twice():
        loaded.take(ingest.read(ROWS, "before.csv"))
        upload._read((("empty.csv", b""),))

    state, runs = held(twice)
    assert isinstance(state["upload_problem"], InputError)
    assert state["source"].raw.name == "before.csv"
    assert (state["uploads"], runs) == (1, 1)


def test_a_sample_is_opened_and_the_trouble_before_is_gone():
    state, _ = held(upload.open_sample, "shop", upload_problem=InputError("nothing_loaded"))
    assert state["source"].sample == "shop"
    assert state["upload_problem"] is None


def workbook():
    book = openpyxl.Workbook()
    for sheet, customer in ((book.active, "a"), (book.create_sheet("second"), "b")):
        for row in (
            ["customer", "date", "amount"],
            [customer, "2024-01-01", 10],
            [customer, "2024-02-01", 20],
        ):
            sheet.append(row)
    book.active.title = "first"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _sheets(content):
    if loaded.source() is None:
        upload.trouble((("book.xlsx", content),), None)
    opening.sheet()


def test_another_sheet_of_the_workbook_can_be_chosen():
    screen = shown(_sheets, workbook())
    assert screen.lines == [f"selectbox data.sheet: data.sheet.together, first, second = {opening._TOGETHER}"]
    screen.set("sheet", "second")
    assert screen.app.session_state["source"].raw.sheet == "second"
    assert screen.app.session_state["upload_problem"] is None
    assert screen.lines == ["selectbox data.sheet: data.sheet.together, first, second = second"]
    screen.set("sheet", opening._TOGETHER)
    assert screen.app.session_state["source"].raw.together


def test_of_a_file_without_sheets_there_is_none_to_choose():
    state, _ = held(opening._other_sheet, sheet="x")
    assert "upload_problem" not in state
    assert shown(opening.sheet).lines == []
    assert shown(_sheet_of_csv).lines == []


def _sheet_of_csv():
    loaded.take(ingest.read(ROWS, "shop.csv"), files=(("shop.csv", ROWS),))
    opening.sheet()
