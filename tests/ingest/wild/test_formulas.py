"""Workbooks whose formulas nobody computed: the cells have no values, the column is not absent."""

from datetime import datetime

import pytest
from hypothesis import given, settings, strategies as st

from retention import ingest
from retention.errors import DataWarning, InputError
from retention.ingest import Limits
from retention.ingest.parse.large_workbook import read_large
from retention.ingest.parse.workbook import read_sheets
from tests.ingest.parse.making import xlsx
from tests.ingest.wild.outcome import outcome

SALES = [("ada", datetime(2024, 1, 5), 2, 10.5), ("bea", datetime(2024, 2, 6), 1, 4.25)]  # noqa: DTZ001
HEADINGS = ["Cliente", "Data", "Quantità", "Prezzo unitario"]


def book(headings, formula, *, parts=True, head=()):
    kept = slice(None) if parts else slice(2)
    first = len(head) + 2
    rows = [[*sale[kept], formula.format(row=i)] for i, sale in enumerate(SALES, first)]
    return xlsx(("Vendite", [*head, [*HEADINGS[kept], *headings], *rows]))


def test_the_only_amount_is_refused_by_its_name():
    raw = ingest.read(book(["Totale"], "=C{row}*2", parts=False), "vendite.xlsx")
    assert (raw.formulas, list(raw.table)) == (("Totale",), ["Cliente", "Data", "Totale"])
    error = ingest.guess(raw).refusal()
    assert (error.code, error.details) == ("formulas_without_values", {"column": "Totale"})
    with pytest.raises(InputError) as raised:
        ingest.to_orders(raw, ingest.Mapping("Cliente", "Data", amount="Totale"))
    assert (raised.value.code, raised.value.details) == (error.code, error.details)


def test_other_columns_of_money_are_read_and_the_formulas_are_named():
    found = outcome(book(["Totale"], "=C{row}*D{row}"), "vendite.xlsx")
    assert (found.orders, found.total) == (2, 25.25)
    warning = DataWarning("formulas_without_values", {"columns": ["Totale"]})
    assert warning in found.intake.warnings


def test_a_date_of_formulas_is_refused_likewise():
    rows = [["ada", "=TODAY()-7", 10.5], ["bea", "=TODAY()", 4.25]]
    raw = ingest.read(xlsx(("Vendite", [["Cliente", "Data ordine", "Totale"], *rows])), "vendite.xlsx")
    assert ingest.guess(raw).refusal().details == {"column": "Data ordine"}


def test_a_column_with_nothing_at_all_is_only_empty():
    rows = [[*sale[:2], None] for sale in SALES]
    raw = ingest.read(xlsx(("Vendite", [["Cliente", "Data", "Totale"], *rows])), "vendite.xlsx")
    assert raw.formulas == ()
    assert ingest.guess(raw).refusal().code == "no_usable_column"


def test_titles_above_the_table_and_sheets_beside_it_do_not_hide_the_formulas():
    content = book(["Totale"], "=C{row}*2", parts=False, head=[["Vendite 2024"], []])
    assert ingest.read(content, "vendite.xlsx").formulas == ("Totale",)
    sheets = [
        (name, [["Cliente", "Data", "Totale"], ["ada", SALES[0][1], "=1+1"]]) for name in ("2023", "2024")
    ]
    assert ingest.read(xlsx(*sheets), "vendite.xlsx").formulas == ("Totale",)


def test_a_sheet_of_values_beside_one_of_formulas_leaves_rows_without_an_amount():
    headings = ["Cliente", "Data", "Totale"]
    sheets = [
        ("2023", [headings, ["ada", SALES[0][1], "=1+1"]]),
        ("2024", [headings, ["bea", SALES[1][1], 7.5]]),
    ]
    found = outcome(xlsx(*sheets), "vendite.xlsx")
    assert (found.orders, found.total) == (1, 7.5)
    assert found.intake.account.set_aside["missing_amount"][0] == 1
    assert "much_set_aside" in found.said


def test_the_quick_reader_of_large_sheets_tells_them_too(monkeypatch):
    content = book(["Totale"], "=C{row}*D{row}")
    assert read_large(content, None, Limits()) is not None
    monkeypatch.setattr("retention.ingest.parse.workbook._LARGE", 0)
    ((_, parsed),) = read_sheets(content, "xlsx", None, Limits())
    assert [parsed.headings[i] for i in parsed.formulas] == ["Totale"]


COLUMNS = st.lists(st.sampled_from(["values", "formulas", "nothing"]), min_size=1, max_size=5)


def check_columns(kinds):
    cells = {"values": 3.5, "formulas": "=1+1", "nothing": None}
    headings = [f"Colonna {i}" for i in range(len(kinds))]
    rows = [["ada", SALES[0][1], *(cells[kind] for kind in kinds)] for _ in range(4)]
    raw = ingest.read(xlsx(("Vendite", [["Cliente", "Data", *headings], *rows])), "vendite.xlsx")
    assert raw.formulas == tuple(h for h, kind in zip(headings, kinds, strict=True) if kind == "formulas")


@settings(max_examples=5, deadline=None)
@given(COLUMNS)
def test_each_column_is_told_by_itself(kinds):
    check_columns(kinds)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(COLUMNS)
def test_each_column_is_told_by_itself_in_many_files(kinds):
    check_columns(kinds)
