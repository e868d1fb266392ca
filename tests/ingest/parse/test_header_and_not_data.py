"""Where the table stands in its sheet, and which of its rows are no data; every case worked by hand."""

from datetime import datetime

import pytest
from hypothesis import given, settings, strategies as st

from retention.errors import InputError
from retention.ingest import Limits, read
from retention.ingest.parse.child import parse
from tests.ingest.parse.making import xlsx

at = datetime.fromisoformat

ORDERS = ["C1;01/02/2023;10,00;A1", "C2;02/02/2023;20,00;A2", "C3;03/02/2023;5,00;A3"]
HEADING = "Cliente;Data;Importo;Ordine"


def found(*lines):
    return read("\n".join(lines).encode(), "a.csv")


def kinds(raw):
    return list(zip(raw.not_data_rows["row"], raw.not_data_rows["kind"], strict=True))


def test_titles_above_the_headings():
    raw = found("Elenco ordini", "Stampato il 31/12/2023", "", HEADING, *ORDERS)
    assert list(raw.table.columns) == ["Cliente", "Data", "Importo", "Ordine"]
    assert raw.row_numbers.tolist() == [5, 6, 7]
    assert kinds(raw) == [(1, "title"), (2, "title"), (4, "heading")]
    assert raw.not_data == {"title": 2, "heading": 1}


def test_a_title_with_the_dates_of_its_period():
    raw = found("Periodo;01/01/2023;31/12/2023", HEADING, *ORDERS)
    assert kinds(raw) == [(1, "title"), (2, "heading")]


def test_a_heading_on_two_lines():
    raw = found(
        "N.;Data;;Codice", "ordine;ordine;Importo;cliente", "1;02/01/2023;5,00;C1", "2;02/01/2023;6,00;C2"
    )
    assert list(raw.table.columns) == ["N. ordine", "Data ordine", "Importo", "Codice cliente"]
    assert raw.row_numbers.tolist() == [3, 4]


def test_a_first_row_of_data_without_numbers_is_no_second_heading():
    raw = found(HEADING, "Rossi;n/d;n/d;Milano", *ORDERS)
    assert raw.row_numbers.tolist() == [2, 3, 4, 5]


def test_headings_repeated_on_every_page():
    raw = found("Elenco", HEADING, ORDERS[0], "Elenco", HEADING, ORDERS[1], "Pagina 2 di 2", ORDERS[2])
    assert raw.row_numbers.tolist() == [3, 6, 8]
    assert kinds(raw)[2:] == [(4, "title"), (5, "heading"), (7, "note")]


@pytest.mark.parametrize(
    "word", ["Totale", "TOTALE:", "Total", "Grand Total", "Totale complessivo", "Sum", "Subtotale"]
)
def test_a_total_below(word):
    raw = found(HEADING, *ORDERS, f"{word};;35,00;")
    assert raw.row_numbers.tolist() == [2, 3, 4]
    assert kinds(raw)[-1] == (5, "total")


def test_subtotals_between():
    raw = found(HEADING, *ORDERS[:2], "Totale febbraio;;30,00;", ORDERS[2], "Totale C3;;5,00;", ";;35,00;")
    assert raw.row_numbers.tolist() == [2, 3, 5]
    assert raw.not_data == {"heading": 1, "total": 3}


@pytest.mark.parametrize(
    "row",
    [
        "Totale Srl;04/02/2023;7,00;A4",  # a customer of that name
        "Totale;04/02/2023;7,00;",  # a date is what a sale has
        "Totale Srl;;7,00;",  # the sum is another
        ";;7,00;",  # a sale nobody knows of
        "Rossi;;7,00;",
        "Rossi Mario;;;",
    ],
)
def test_rows_that_could_be_sales_stay(row):
    raw = found(HEADING, *ORDERS, row, *ORDERS)
    assert raw.row_numbers.tolist() == [2, 3, 4, 5, 6, 7, 8]
    assert found(HEADING, *ORDERS, row).row_numbers.tolist() == [2, 3, 4, 5]


def test_footnotes_below():
    raw = found(HEADING, *ORDERS, "", "* IVA inclusa", "Fonte;gestionale", "Gli importi sono in euro")
    assert raw.row_numbers.tolist() == [2, 3, 4]
    assert [kind for _, kind in kinds(raw)[1:]] == ["note"] * 3


def test_a_table_without_headings_keeps_its_first_row():
    raw = found(*ORDERS)
    assert (raw.headed, raw.row_numbers.tolist()) == (False, [1, 2, 3])


def test_merged_headings_and_keys():
    def merge(sheet):
        for cells in ("A1:B1", "C1:D1", "C3:C4", "D3:D4"):
            sheet.merge_cells(cells)

    rows = [["Ordine", None, "Cliente"], ["numero", "data", "codice", "importo"]]
    rows += [["1", at("2023-01-02"), "C1", 5.0], ["2", at("2023-01-02")]]
    raw = read(xlsx(("A", rows), change=merge), "a.xlsx")
    assert list(raw.table.columns) == ["Ordine numero", "Ordine data", "Cliente codice", "Cliente importo"]
    assert raw.table["Cliente codice"].tolist() == ["C1", "C1"]
    assert raw.table["Cliente importo"].notna().tolist() == [True, False]  # an amount counts once


def test_blank_rows_and_columns_around():
    rows = [[], [None, None, "Cliente", None, "Data", "Importo"], []]
    rows += [[None, None, f"C{i}", None, at("2023-01-02"), 1.0 * i] for i in range(3)]
    raw = read(xlsx(("A", rows)), "a.xlsx")
    assert list(raw.table.columns) == ["Cliente", "Data", "Importo"]
    assert raw.row_numbers.tolist() == [4, 5, 6]


def test_columns_are_typed_by_their_data_alone():
    page = [["Cliente", "Data", "Importo"], ["C1", at("2023-01-02"), 1.0], ["C2", at("2023-01-03"), 2.0]]
    raw = read(xlsx(("A", [["Elenco"], *page, *page, ["Totale", None, 6.0]])), "a.xlsx")
    assert raw.table["Importo"].tolist() == [1.0, 2.0, 1.0, 2.0]
    assert raw.table["Data"].dt.day.tolist() == [2, 3, 2, 3]
    assert raw.typed == {}


def test_the_sheet_of_data_is_chosen_by_content():
    help_text = [["Come compilare"], *[[f"passo {i}"] for i in range(300)]]
    summary = [["Mese", "Ordini", "Importo"], *[[at(f"2023-{m:02}-01"), m, 10.0 * m] for m in range(1, 13)]]
    data = [["Cliente", "Data", "Importo"], *[[f"C{i}", at("2023-01-02"), 1.0] for i in range(40)]]
    book = xlsx(("Istruzioni", help_text), ("Riepilogo", summary), ("Dati", data))
    assert read(book, "a.xlsx").sheet == "Dati"
    assert read(book, "a.xlsx", sheet="Riepilogo").row_numbers.tolist() == list(range(2, 14))


CELL = st.sampled_from(
    ["", " ", "Totale", "Cliente", "Data", "C1", "5,00", "01/02/2023", "Pagina 1", "a b c", "x"]
)


@settings(deadline=None, max_examples=500)
@given(st.lists(st.lists(CELL, max_size=5), min_size=1, max_size=25))
def test_every_row_that_is_not_blank_is_data_or_listed_once(rows):
    content = "\n".join(";".join(row) for row in rows).encode()
    try:
        parsed = parse(content, "a.csv", None, Limits())
    except InputError:
        return
    listed = [*parsed.rows.tolist(), *(row for row, _, _ in parsed.not_data)]
    cut = [line.split(parsed.delimiter) for line in content.decode().split("\n")]
    filled = [i for i, row in enumerate(cut, start=1) if any(cell.strip() for cell in row)]
    assert sorted(set(listed)) == sorted(listed)
    assert set(filled) <= set(listed)


def test_a_total_whose_minus_stands_before_the_currency():
    lines = ["Data;Importo;Codice cliente", "20230101;3,39 €;007", "20230101;3,59- €;007", "Totale;0,20- €;"]
    raw = read("\n".join(lines).encode(), "a.csv")
    assert (len(raw.table), raw.not_data) == (2, {"heading": 1, "total": 1})
