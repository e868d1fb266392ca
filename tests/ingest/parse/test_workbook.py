"""One sheet of a workbook, cell by cell."""

from dataclasses import replace
from datetime import datetime

import pytest

from retention.errors import InputError
from retention.ingest import Limits
from retention.ingest.parse.workbook import read_workbook
from tests.ingest.parse.making import xlsx

at = datetime.fromisoformat

HEADING = ["Cliente", "Data", "Importo"]
ORDERS = [["C1", at("2023-01-02"), 5.0], ["C2", at("2023-01-03"), 6.5]]


def parsed(*sheets, sheet=None, change=None, **limits):
    content = xlsx(*sheets, change=change)
    return read_workbook(content, "xlsx", sheet, replace(Limits(), **limits))


def rows(found):
    return [list(row.values()) for row in found.table.to_pylist()]


def refused(*sheets, **given):
    with pytest.raises(InputError) as raised:
        parsed(*sheets, **given)
    return raised.value.code, raised.value.details


def test_cells_have_the_type_the_file_gives_them():
    found = parsed(("Ordini", [HEADING, *ORDERS]))
    assert rows(found) == ORDERS
    assert (found.headings, found.places, found.headed) == (tuple(HEADING), (0, 1, 2), True)
    assert (found.first_row, found.rows.tolist(), found.typed) == (2, [2, 3], {})
    assert (found.sheets, found.sheet, found.delimiter) == (("Ordini",), "Ordini", None)


def test_blank_rows_and_columns_around_keep_every_place():
    lines = [[], [None, *HEADING[:2], None, HEADING[2]], *[[None, *row[:2], None, row[2]] for row in ORDERS]]
    found = parsed(("A", lines))
    assert rows(found) == ORDERS
    assert (found.places, found.first_row, found.rows.tolist()) == ((1, 2, 4), 3, [3, 4])


def test_a_column_of_words_and_numbers_says_which_were_stored_as_numbers():
    lines = [
        HEADING,
        *ORDERS,
        ["C3", at("2023-01-04"), "12"],
        ["Totale", None, 11.5],
        ["C4", at("2023-01-05"), 7],
    ]
    found = parsed(("A", lines))
    assert [row[2] for row in rows(found)] == ["5", "6.5", "12", "7"]
    assert {place: mask.tolist() for place, mask in found.typed.items()} == {2: [True, True, False, True]}


def test_words_of_rows_that_are_no_data_leave_a_column_its_type():
    found = parsed(("A", [HEADING, *ORDERS, [], ["Gli importi sono in euro"], *[["Totale", None, "11,5"]]]))
    assert rows(found) == ORDERS
    assert found.typed == {}
    assert [kind for _, kind, _ in found.not_data] == ["heading", "note", "total"]


def test_words_and_dates_merged_downwards_stand_in_every_row_and_amounts_in_one():
    lines = [HEADING, ["C1", at("2023-01-02"), 5.0], [], [], ["C2", at("2023-01-03"), 6.5], [None, None, 1.0]]

    def merge(sheet):
        for cells in ("A2:A4", "B2:B4", "C2:C4", "A5:A6", "B5:B6"):
            sheet.merge_cells(cells)

    found = parsed(("A", lines), change=merge)
    assert [row[0] for row in rows(found)] == ["C1", "C1", "C1", "C2", "C2"]
    assert [row[1].day for row in rows(found)] == [2, 2, 2, 3, 3]
    assert [row[2] for row in rows(found)] == [5.0, None, None, 6.5, 1.0]


def test_merged_headings_name_what_they_cover():
    lines = [["foo", None, "bar"], HEADING, *ORDERS]
    found = parsed(("A", lines), change=lambda sheet: sheet.merge_cells("A1:B1"))
    assert found.headings == ("foo Cliente", "foo Data", "bar Importo")


def test_the_sheet_asked_for_is_read():
    sheets = ("A", [HEADING, *ORDERS]), ("B", [HEADING, ORDERS[1]])
    assert parsed(*sheets, sheet="B").rows.tolist() == [2]
    assert parsed(*sheets).sheet == "A"
    assert refused(*sheets, sheet="C") == ("no_such_sheet", {"sheet": "C", "sheets": ["A", "B"]})
    assert refused(("A", [HEADING]), sheets[1], sheet="A") == ("no_rows", {"sheets": ["A", "B"]})


def test_of_several_sheets_the_one_that_promises_most_of_a_table():
    few, many = [HEADING, *ORDERS], [HEADING, *ORDERS * 20]
    notes = [["Note"], *[[f"riga {i}"] for i in range(150)]]
    unknown = [["foo", "bar", "baz"], *ORDERS * 2]
    assert parsed(("few", few), ("many", many)).sheet == "many"
    assert parsed(("notes", notes), ("few", few)).sheet == "few"
    assert parsed(("unknown", unknown), ("few", few)).sheet == "few"
    assert parsed(("first", few), ("second", few)).sheet == "first"


def test_a_hidden_sheet_is_read_where_no_other_has_rows():
    def hide(sheet):
        sheet.sheet_state = "hidden" if sheet.title == "hidden" else "visible"

    few, many = [HEADING, *ORDERS], [HEADING, *ORDERS * 20]
    assert parsed(("hidden", many), ("seen", few), change=hide).sheet == "seen"
    assert parsed(("hidden", many), ("seen", [HEADING]), change=hide).sheet == "hidden"


def test_a_workbook_without_rows_names_its_sheets():
    assert refused(("A", []), ("B", [HEADING])) == ("no_rows", {"sheets": ["A", "B"]})


@pytest.mark.parametrize(
    ("limits", "code", "details"),
    [
        ({"rows": 2}, "too_many_rows", {"rows": 3, "limit": 2}),
        ({"columns": 2}, "too_many_columns", {"columns": 3, "limit": 2}),
    ],
)
def test_beyond_its_limits_a_sheet_is_refused(limits, code, details):
    assert refused(("A", [HEADING, *ORDERS]), **limits) == (code, details)
    assert len(rows(parsed(("A", [HEADING, *ORDERS]), rows=3, columns=3))) == 2


def test_days_may_be_counted_from_1904():
    for since_1904 in (False, True):
        content = xlsx(("A", [HEADING, *ORDERS]), since_1904=since_1904)
        found = read_workbook(content, "xlsx", None, Limits())
        assert found.date_system_1904 is since_1904
        assert rows(found) == ORDERS


def test_a_broken_workbook_is_one():
    content = xlsx(("A", [HEADING, *ORDERS]))
    with pytest.raises(InputError) as raised:
        read_workbook(content[: len(content) // 2], "xlsx", None, Limits())
    assert raised.value.code == "broken_file"
