"""Rows that are no data, told row by row: an empty string is data."""

import numpy as np
import pyarrow as pa
import pytest

from retention.ingest.parse import not_data
from retention.ingest.parse.header import Head, find_header
from retention.ingest.parse.not_data import KINDS, kinds_of_rows

HEADING = ["Cliente", "Data", "Importo", "Ordine"]
ORDERS = [
    ["C1", "01/02/2023", "10,00", "A1"],
    ["C2", "02/02/2023", "20,00", "A2"],
    ["C3", "03/02/2023", "5,00", "A3"],
]


def kinds(rows, heads=(HEADING,), width=4):
    """What every row below the headings is."""
    rows = [[*row, *[None] * (width - len(row))] for row in rows]
    header = find_header(Head([*heads, *rows]))
    table = pa.table({str(i): pa.array([row[i] for row in rows], pa.string()) for i in range(width)})
    return [KINDS[kind] for kind in kinds_of_rows(table, header, [list(head) for head in heads])]


def last(row, heads=(HEADING,), rows=ORDERS, width=4):
    return kinds([*rows, row], heads, width)[-1]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ([], "blank"),
        (HEADING, "heading"),
        ([" CLIENTE", "data", "importo ", "Ordine"], "data"),  # not the same texts
        (["Totale", None, "35,00"], "total"),
        (["Totale", None, "99,00"], "total"),  # the word alone says it
        (["Totale Srl", None, "99,00"], "data"),
        (["Totale Srl", None, "35,00"], "total"),  # and more, but the sum is right
        (["Totale", "04/02/2023", "35,00"], "data"),
        (["Totale", None, "35,00", "A4"], "data"),
        ([None, None, "35,00"], "total"),
        ([None, None, "34,00"], "data"),
        ([None, None, "35,00", "7"], "total"),
        (["Pagina 2 di 3"], "note"),
        (["pag. 2"], "note"),
        (["Pagina 2", "x"], "data"),
        (["* IVA inclusa"], "note"),
        (["Fonte", "gestionale"], "note"),
        (["Fonte", "gestionale", "x"], "data"),
        (["Gli importi sono in euro"], "note"),
        (["Due parole"], "data"),
        (["Due parole", "e poi ancora"], "data"),
        (["1234"], "data"),
    ],
)
def test_a_row_below_the_data(row, kind):
    assert last(row) == kind


@pytest.mark.parametrize("many", [0, 20_000])
def test_of_very_many_narrow_rows_those_that_promise_something_are_looked_at(monkeypatch, many):
    monkeypatch.setattr(not_data, "_MANY", many)
    rows = [*ORDERS, ["Totale", None, "35,00"], ["Pagina 2"], ["Elenco ordini"], HEADING, *ORDERS]
    found = kinds(rows, [["Elenco ordini"], HEADING])
    assert found == [*["data"] * 3, "total", "note", "title", "heading", *["data"] * 3]


def test_of_very_many_narrow_rows_sums_without_a_word_are_not_looked_for(monkeypatch):
    monkeypatch.setattr(not_data, "_MANY", 0)
    assert last([None, None, "35,00"]) == "data"
    assert last(["Totale", None, "35,00"]) == "total"
    assert last([]) == "blank"


def test_a_title_comes_again_where_it_fills_half_of_the_usual_cells_at_most():
    heads = [["Elenco", "ordini"], HEADING]
    assert last(["ELENCO", None, "Ordini"], heads) == "title"
    heads = [["Elenco", "ordini", "2023"], HEADING]
    assert last(["Elenco", "ordini", "2023"], heads) == "data"


def test_lines_of_words_below_are_notes_where_a_blank_row_sets_them_apart():
    assert kinds([*ORDERS, [], ["Due parole"]])[-2:] == ["blank", "note"]
    assert kinds([*ORDERS, [], ["Due parole"], ["E altre tre parole"]])[-3:] == ["blank", "note", "note"]
    assert kinds([*ORDERS, ["Totale", None, "35,00"], ["Due parole"]])[-2:] == ["total", "note"]
    assert kinds([*ORDERS, [], ["Una"]])[-2:] == ["blank", "data"]
    assert kinds([*ORDERS, [], ["Due parole"], ORDERS[0]])[-2:] == ["data", "data"]


def test_a_note_below_a_single_order():
    assert kinds([ORDERS[0], ["Gli importi sono in euro"]]) == ["data", "note"]


def test_a_table_of_two_columns_has_no_footnotes():
    rows = [["C1", "10,00"], ["C2", "20,00"], ["Gli importi sono in euro"]]
    assert kinds(rows, [["Cliente", "Importo"]], 2)[-1] == "data"


def test_subtotals_are_sums_since_the_last_or_of_all():
    rows = [
        *ORDERS[:2],
        ["Totale C", None, "30,00"],
        ORDERS[2],
        ["Totale D", None, "5,00"],
        ["Totale E", None, "35,00"],
    ]
    assert kinds(rows) == ["data", "data", "total", "data", "total", "total"]
    rows[-1] = ["Totale E", None, "65,00"]  # the subtotal is no sale
    assert kinds(rows)[-1] == "data"


def test_far_down_sums_are_taken_since_the_last_total_alone(monkeypatch):
    monkeypatch.setattr(not_data, "_LONG", 4)
    rows = [*ORDERS[:2], ["Totale C", None, "30,00"], ORDERS[2], ["Totale D", None, "5,00"]]
    assert kinds(rows)[-1] == "total"
    rows[-1] = ["Totale D", None, "35,00"]
    assert kinds(rows)[-1] == "data"
    monkeypatch.setattr(not_data, "_LONG", 5)
    assert kinds(rows)[-1] == "total"


def test_one_number_is_the_sum_of_its_column_where_a_word_says_so():
    assert last(["Totale C", None, "10,00"], rows=ORDERS[:1]) == "total"
    assert last([None, None, "10,00"], rows=ORDERS[:1]) == "data"  # twice the same


def test_a_sum_without_a_word_stands_below_all_data():
    rows = [*ORDERS[:2], [None, None, "30,00"], ORDERS[2]]
    assert kinds(rows)[2] == "data"


def test_without_dates_a_total_fills_half_of_the_cells():
    heading = ["Cliente", "Articolo", "Importo", "Pezzi"]
    rows = [["C1", "x", "10,00", "1"], ["C2", "y", "20,00", "2"]]
    assert last(["Totale", None, "99,00"], [heading], rows) == "total"
    assert last(["Totale", None, "99,00", "7"], [heading], rows) == "data"
    assert last(["Totale", None, "30,00", "3"], [heading], rows) == "data"  # every number is there
    assert last(["Totale e altro", None, "30,00"], [heading], rows) == "total"


@pytest.mark.parametrize(
    "word",
    [
        "Totale",
        "TOTALI:",
        "Subtotale",
        "sub-total",
        "Grand total",
        "Somma",
        "Totale generale (EUR)",
        "Tot.",
        "Total 2023",
        "Totale gennaio",
        "a riportare",
    ],
)
def test_words_for_a_sum(word):
    assert last([word, None, "99,00"]) == "total"


@pytest.mark.parametrize("word", ["Totalenergies", "Tote Bag", "Summer", "Total Rossi", "xTotale"])
def test_words_that_only_look_like_one(word):
    assert last([word, None, "99,00"]) == "data"


def test_a_line_of_headings_in_a_column_of_numbers_cannot_come_again():
    table = pa.table({"0": ["Cliente", "C1"], "1": [1.0, 2.0]})
    header = find_header(Head([["Cliente", "Importo"], ["C1", 2.0]]))
    found = kinds_of_rows(table, header, [["Cliente", "Importo"]])
    np.testing.assert_array_equal(found, [0, 0])


def test_one_name_of_several_columns_coming_again_is_no_heading():
    assert kinds([["C1"], ["C2"], ["Cliente"], ["C3"], ["C4", "x"]], [["Cliente"]], 2)[2] == "data"
    assert kinds([["C1"], ["Cliente"], ["C2"]], [["Cliente"]], 1) == ["data", "heading", "data"]
