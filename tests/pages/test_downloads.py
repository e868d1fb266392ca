"""Tables that leave: no cell is a formula, numbers stay numbers, each language's spreadsheet opens them."""

import csv
import io
import re

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from retention.orders import Orders
from retention.study import Study
from retention.text import LANGUAGES, Words
from retention.ui.cohorts import tables
from retention.ui.parts import downloads

ENGLISH, ITALIAN = Words("en"), Words("it")
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("https://evil.example")', "-", "="]


def cells(frame, words):
    """The rows of a download as a spreadsheet splits them."""
    text = downloads.csv(frame, words).decode("utf-8-sig")
    signs = LANGUAGES[words.language]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=signs.delimiter))


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("words", [ENGLISH, ITALIAN], ids=["en", "it"])
def test_no_cell_begins_as_a_formula(text, words):
    rows = cells(pd.DataFrame({"note": [text], text: ["x"]}), words)
    assert rows[1][0] == f"'{text}"
    assert rows[0][1] == f"'{text}"


@pytest.mark.parametrize("text", ["\r=1", "note\r=1"])
def test_a_carriage_return_begins_no_new_row(text):
    rows = cells(pd.DataFrame({"note": [text], "amount": [1]}), ENGLISH)
    assert len(rows) == 2
    assert rows[1][0].lstrip("'") == text


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r")), min_size=1))
def test_whatever_the_text_no_cell_begins_as_a_formula(texts):
    for row in cells(pd.DataFrame({"note": pd.Series(texts, dtype="object")}), ENGLISH)[1:]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_other_text_leaves_as_it_is():
    texts = ["Rossi, Anna", 'a "b" c', "1-2", "a=b", "è ü 漢", "line\nbreak", "line\r\n=1", "'quoted"]
    assert [row[0] for row in cells(pd.DataFrame({"note": texts}), ENGLISH)[1:]] == texts


def test_numbers_stay_numbers_also_below_zero():
    frame = pd.DataFrame({"amount": [-12.5, 1234567.25], "count": [-3, 1200]})
    assert cells(frame, ENGLISH)[1:] == [["-12.5", "-3"], ["1234567.25", "1200"]]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (ENGLISH, "-12.5"),
        (ITALIAN, "-12,5"),
    ],
    ids=["en", "it"],
)
def test_numbers_of_a_column_that_also_holds_text_stay_numbers(words, number):
    frame = pd.DataFrame({"amount": pd.Series([-12.5, "unknown", "-12.5"], dtype="object")})
    assert [row[0] for row in cells(frame, words)[1:]] == [number, "unknown", "'-12.5"]


def test_italian_spreadsheets_want_semicolons_and_decimal_commas():
    frame = pd.DataFrame({"cohort": ["a;b"], "amount": [-1234.5]})
    text = downloads.csv(frame, ITALIAN).decode("utf-8-sig")
    assert text.splitlines() == [f"{ITALIAN.heading('cohort')};{ITALIAN.heading('amount')}", '"a;b";-1234,5']


@pytest.mark.parametrize("words", [ENGLISH, ITALIAN], ids=["en", "it"])
def test_a_byte_order_mark_tells_the_spreadsheet_the_encoding(words):
    content = downloads.csv(pd.DataFrame({"note": ["perché"]}), words)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[1] == "perché"


def test_headings_are_the_readers_and_a_files_own_stay():
    frame = pd.DataFrame({"customer_id": ["a"], "Codice strano": ["b"]})
    assert cells(frame, ITALIAN)[0] == [ITALIAN.heading("customer_id"), "Codice strano"]


def test_columns_with_the_same_heading_all_leave():
    frame = pd.DataFrame({"size": [1], "customers": [2], "note": ["=1"]})
    assert ENGLISH.heading("size") == ENGLISH.heading("customers")
    assert cells(frame, ENGLISH)[1] == ["1", "2", "'=1"]


def test_the_table_given_is_not_changed():
    frame = pd.DataFrame({"=a": ["=1"]})
    before = frame.copy()
    downloads.csv(frame, ITALIAN)
    pd.testing.assert_frame_equal(frame, before)


def test_a_table_on_screen_is_written_in_the_readers_way():
    frame = pd.DataFrame({"rate": [0.3661, None], "amount": [8911407.9, None], "orders": [18532, 1]})
    shown = downloads.readable(frame.assign(rise=[0.2, -0.1]), ITALIAN).to_html()
    for text in ("36,6%", "8.911.408", "18.532", ITALIAN.change(0.2), ITALIAN.change(-0.1), "–"):
        assert f">{text}<" in shown


def test_columns_that_say_when_are_written_as_what_stands_in_them():
    frame = pd.DataFrame({"size": [885], "Age 1": [0.366]})
    assert ">36,6%<" in downloads.readable(frame, ITALIAN, "share").to_html()
    assert ">885<" in downloads.readable(frame, ITALIAN, "share").to_html()
    assert b"0,366" in downloads.csv(frame, ITALIAN)


def test_two_segments_shares_are_percents_and_their_difference_is_points(small_shop):
    channel = ["shop", "web", "web", "web", "web", "shop", None, "shop", "web"]
    orders = Orders(small_shop.table.assign(segment=channel), small_shop.window, headings={"segment": "Via"})
    asked = ("shop", "web", "month", "on", "segment", 0)
    found = Study(orders).cohorts.compared(*asked, "share")
    table = tables.comparison(found, ITALIAN)
    row = table[table["age"] == 1].iloc[0]
    assert (row["one"], row["other"], row["difference_points"]) == (1.0, 0.0, 100.0)
    assert row["points_low"] < 100
    html = downloads.readable(table, ITALIAN, tables.compared(found)).to_html()
    assert {"100%", "0%", "+100,0"} <= set(re.findall(r">([^<>]+)</td>", html))

    revenue = Study(orders).cohorts.compared(*asked, "revenue")
    html = downloads.readable(
        tables.comparison(revenue, ITALIAN), ITALIAN, tables.compared(revenue)
    ).to_html()
    assert ITALIAN.money(revenue.cells["one"].iloc[0]) in re.findall(r">([^<>]+)</td>", html)
