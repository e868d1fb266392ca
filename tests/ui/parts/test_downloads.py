"""A table as a file a spreadsheet opens: signs, formulas, headings."""

from datetime import date

import pandas as pd
import pytest

from retention.text import Words
from retention.ui.parts import downloads
from tests.keyed import Keyed

ENGLISH, ITALIAN = Keyed("en"), Keyed("it")


def rows(frame, words=ENGLISH):
    text = downloads.csv(frame, words).decode("utf-8-sig")
    assert text.endswith("\r\n")
    return text.split("\r\n")[:-1]


def test_a_file_says_how_it_is_written():
    assert downloads.csv(pd.DataFrame({"x": [1]}), ENGLISH).startswith(b"\xef\xbb\xbf")


def test_signs_are_those_of_the_readers_spreadsheet():
    frame = pd.DataFrame({"a": [0.5, None], "b": ["web", "shop"]})
    assert rows(frame)[1:] == ["0.5,web", ",shop"]
    assert rows(frame, ITALIAN)[1:] == ["0,5;web", ";shop"]


def test_numbers_among_texts_are_written_alike():
    frame = pd.DataFrame({"a": [0.5, "web", None, 7, float("nan")]}, dtype=object).assign(b=1)
    assert rows(frame)[1:] == ["0.5,1", "web,1", ",1", "7,1", ",1"]
    assert rows(frame, ITALIAN)[1:] == ["0,5;1", "web;1", ";1", "7;1", ";1"]


@pytest.mark.parametrize("text", ["=1+1", "+39", "-x", "@sum"])
def test_a_text_a_spreadsheet_would_run_is_led_by_an_apostrophe(text):
    assert rows(pd.DataFrame({text: [text, "a" + text]})) == [f"'{text}", f"'{text}", f"a{text}"]


def test_a_number_below_nothing_and_a_day_are_no_formula():
    frame = pd.DataFrame({"a": [-1.5], "b": [-2], "c": pd.to_datetime(["2024-01-31"])})
    assert rows(frame)[1:] == ["-1.5,-2,2024-01-31"]
    assert rows(pd.DataFrame({"a": [date(2024, 1, 31)]}))[1:] == ["2024-01-31"]


def test_a_return_within_a_cell_begins_no_row():
    assert rows(pd.DataFrame({"a": ["x\ry"], "b": [1]}))[1:] == ['"x\ry",1']


def test_our_headings_are_the_readers_and_the_files_own_stay():
    assert rows(pd.DataFrame({"customer_id": ["a"], "Größe": ["b"]}))[0] == (
        f"{ENGLISH.heading('customer_id')},Größe"
    )


def test_headings_of_money_say_the_currency_and_others_do_not():
    frame = pd.DataFrame({"customers": [3], "revenue": [12.5], "share": [0.5], "amount": ["text"]})
    euros = Words("it", "EUR")
    assert rows(frame, euros)[0] == "Clienti;Ricavo netto (€);Quota della spesa di acquisizione;Importo"
    assert rows(frame, Words("it"))[0] == "Clienti;Ricavo netto;Quota della spesa di acquisizione;Importo"


def test_columns_that_say_when_are_of_what_stands_in_them():
    frame = pd.DataFrame({"customers": [3], "Age 1": [12.5]})

    def head(cells):
        return downloads.csv(frame, Words("en", "USD"), cells).decode("utf-8-sig").split("\r\n")[0]

    assert (head("revenue"), head("orders")) == ("Customers,Age 1 ($)", "Customers,Age 1")
