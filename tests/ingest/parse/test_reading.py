import hashlib
from datetime import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention.errors import InputError
from retention.ingest import Limits, RawTable, read
from retention.ingest.parse.child import parse

at = datetime.fromisoformat

CELLS = [["1", "01/02/2020", "1,5"], ["2", "02/02/2020", "2,5"]]


def cells(raw):
    return raw.table.astype(object).where(raw.table.notna(), None).to_numpy().tolist()


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiter_is_found_beside_decimal_commas(delimiter):
    lines = [delimiter.join(line) for line in [["cliente", "data", "importo"], *CELLS]]
    raw = read("\n".join(lines).encode(), "a.txt")
    assert raw.delimiter == delimiter
    assert list(raw.table.columns) == ["cliente", "data", "importo"]
    assert cells(raw) == CELLS


def test_commas_delimit_where_nothing_else_does():
    raw = read(b'id,name\n1,"Rossi, Mario"\n2,"a ""b"" c"\n', "a.csv")
    assert cells(raw) == [["1", "Rossi, Mario"], ["2", 'a "b" c']]


def test_runs_of_blanks_delimit_a_file_without_headings():
    raw = read(b" 00004 0001 19970101  2   29.33\r\n 00021 0002 19970101  3   63.34\r\n", "cdnow.txt")
    assert (raw.delimiter, raw.headed, raw.first_row) == (" ", False, 1)
    assert list(raw.table.columns) == ["A", "B", "C", "D", "E"]
    assert cells(raw)[1] == ["00021", "0002", "19970101", "3", "63.34"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding, newline):
    text = newline.join(["cliente;quantità", "Niccolò;3 €", "Zoë;4 €"])
    raw = read(text.encode(encoding), "a.csv")
    assert list(raw.table.columns) == ["cliente", "quantità"]
    assert cells(raw) == [["Niccolò", "3 €"], ["Zoë", "4 €"]]


def test_headings_are_unique_and_never_empty():
    raw = read(b" id ;;total;total\n1;2;3;4\n", "a.csv")
    assert list(raw.table.columns) == ["id", "B", "total", "total (2)"]


def test_rows_of_unequal_length_lose_nothing():
    raw = read(b"a;b\n1\n2;3;4\n", "a.csv")
    assert list(raw.table.columns) == ["a", "b", "C"]
    assert cells(raw) == [["1", None, None], ["2", "3", "4"]]


def test_blank_lines_leave_but_rows_keep_their_numbers():
    raw = read(b"\n\na;b\n1;2\n\n;\n3;4\n\n", "a.csv")
    assert cells(raw) == [["1", "2"], ["3", "4"]]
    assert (raw.table.index + raw.first_row).tolist() == [4, 7]


def test_the_headings_are_the_first_row_with_something_in_it():
    raw = read(b" ;\n;;\n\t\na;b\n1;2\n", "a.csv")
    assert list(raw.table.columns) == ["a", "b"]
    assert (cells(raw), raw.first_row) == ([["1", "2"]], 5)


def test_an_odd_quote_is_an_inch_mark():
    raw = read(b'id;what\n1;screen 15"\n2;pen\n', "a.csv")
    assert cells(raw) == [["1", 'screen 15"'], ["2", "pen"]]


def test_a_cell_may_hold_lines():
    assert cells(read(b'id;note\n1;"two\nlines"\n2;one\n', "a.csv")) == [["1", "two\nlines"], ["2", "one"]]


def test_a_workbook_keeps_its_types(workbook):
    moment = at("2020-01-02 03:04")
    rows = [
        ["id", "date", "amount", "mixed", "empty"],
        ["a", moment, 1.5, 7, None],
        ["b", moment, 2, "C7", None],
    ]
    raw = read(workbook(rows), "a.xlsx")
    assert raw.table["date"].tolist() == [pd.Timestamp(moment)] * 2
    assert raw.table["amount"].tolist() == [1.5, 2.0]
    assert raw.table["mixed"].tolist() == ["7", "C7"]
    assert raw.table["empty"].isna().all()


def test_a_type_that_changes_late_is_not_lost(workbook):
    rows = [["id", "amount"], *([i, i] for i in range(1_500)), ["C7", "x"]]
    raw = read(workbook(rows), "a.xlsx")
    assert raw.table["id"].tolist()[-2:] == ["1499", "C7"]
    assert raw.table["amount"].notna().all()


def test_blank_rows_of_a_workbook_leave_but_rows_keep_their_numbers(workbook):
    raw = read(workbook([["a", "b"], [1, 2], [None, None], [3, 4]], start=4), "a.xlsx")
    assert raw.table["a"].tolist() == [1, 3]
    assert (raw.table.index + raw.first_row).tolist() == [5, 7]


def test_a_workbook_without_headings(workbook):
    raw = read(workbook([[1, at("2020-01-02"), 2.5], [2, at("2020-01-03"), 3.5]]), "a.xlsx")
    assert list(raw.table.columns) == ["A", "B", "C"]
    assert raw.table["C"].tolist() == [2.5, 3.5]
    assert raw.first_row == 1


def test_the_first_sheet_with_rows_is_read_unless_one_is_named(workbook):
    book = workbook([], [["a", "b"], [1, 2]], [["c", "d"], [3, 4]])
    first, named = read(book, "a.xlsx"), read(book, "a.xlsx", sheet="Sheet3")
    assert first.sheets == named.sheets == ("Sheet1", "Sheet2", "Sheet3")
    assert (first.sheet, list(first.table.columns)) == ("Sheet2", ["a", "b"])
    assert (named.sheet, list(named.table.columns)) == ("Sheet3", ["c", "d"])


def test_a_sheet_that_is_not_there(workbook):
    with pytest.raises(InputError) as caught:
        read(workbook([["a", "b"], [1, 2]]), "a.xlsx", sheet="Orders")
    assert caught.value.code == "no_such_sheet"
    assert caught.value.details == {"name": "a.xlsx", "sheet": "Orders", "sheets": ["Sheet1"]}


def test_the_format_is_told_from_content_not_from_the_ending(workbook):
    assert read(workbook([["a", "b"], [1, 2]]), "a.csv").table["b"].tolist() == [2]


def test_the_hash_names_the_bytes():
    content = b"a;b\n1;2\n"
    assert read(content, "a.csv").content_hash == hashlib.sha256(content).hexdigest()


def test_many_rows_through_several_blocks():
    body = "".join(f"{i};{'x' * 60};{i},5\n" for i in range(200_000))
    raw = read(("id;text;amount\n" + body).encode(), "a.csv")
    assert len(raw.table) == 200_000
    assert raw.table["id"].iloc[[0, 150_000, -1]].tolist() == ["0", "150000", "199999"]


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400).map(str.encode),
        st.text('a1,;|\t"\n\r ').map(str.encode),
    )
)
def test_any_bytes_are_a_table_or_an_input_error(content):
    try:
        parsed = parse(content, "a.csv", None, Limits())
    except InputError:
        return
    assert parsed.table.num_rows > 0
    assert len(parsed.headings) == parsed.table.num_columns


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.text("ab1 ,;\n\"'", min_size=1).filter(lambda t: t.strip() == t), min_size=3, max_size=3),
        min_size=1,
    )
)
def test_what_a_spreadsheet_writes_is_what_is_read(rows):
    quoted = [["one", "two", "three"], *rows]
    text = "\n".join(";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in quoted)
    table = parse(text.encode(), "a.csv", None, Limits()).table
    assert [list(row.values()) for row in table.to_pylist()] == rows


def test_a_table_without_a_file_is_numbered_and_one_of_a_file_keeps_its_numbers():
    made = RawTable(pd.DataFrame({"a": [1, 2]}, index=[0, 3]), "a.csv", "0" * 64, first_row=5)
    assert (made.row_numbers.tolist(), made.file.tolist(), made.files) == ([5, 8], [0, 0], ("a.csv",))
    numbers, places = np.array([7, 9]), np.array([1, 0])
    given_ = RawTable(made.table, "a.csv", "0" * 64, files=("x", "y"), file=places, row_numbers=numbers)
    assert (given_.row_numbers.tolist(), given_.file.tolist(), given_.files) == ([7, 9], [1, 0], ("x", "y"))
