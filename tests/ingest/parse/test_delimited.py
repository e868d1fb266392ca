"""Delimited text to columns of texts, whichever reader takes the rows."""

from dataclasses import replace

import pytest

from retention.errors import InputError
from retention.ingest import Limits
from retention.ingest.parse import delimited
from retention.ingest.parse.delimited import read_delimited

HEADING = "cliente;data;importo"
ROW = "C1;01/02/2023;10,00"


def parsed(*lines, **limits):
    return read_delimited("\n".join(lines).encode(), replace(Limits(), **limits))


def rows(found):
    return [list(row.values()) for row in found.table.to_pylist()]


def test_cells_are_texts_and_empty_ones_nothing():
    found = parsed(HEADING, "C1;01/02/2023;", ROW)
    assert rows(found) == [["C1", "01/02/2023", None], ["C1", "01/02/2023", "10,00"]]
    assert (found.headings, found.places) == (("cliente", "data", "importo"), (0, 1, 2))
    assert (found.headed, found.delimiter, found.first_row, found.rows.tolist()) == (True, ";", 2, [2, 3])


def test_rows_keep_their_numbers_behind_blank_lines_and_titles():
    found = parsed("", " ;", "Elenco", "", HEADING, ROW, "", ROW, "", "")
    assert (found.first_row, found.rows.tolist()) == (6, [6, 8])
    assert [row for row, _, _ in found.not_data] == [3, 5]


@pytest.mark.parametrize("end", ["\n", "\n\n\n", "\x1a", "\x1a\n", ""])
def test_what_stands_behind_the_last_row_is_nothing(end):
    found = read_delimited(f"{HEADING}\n{ROW}\n{ROW}{end}".encode(), Limits())
    assert found.rows.tolist() == [2, 3]
    assert rows(found)[-1] == ROW.split(";")


@pytest.mark.parametrize("content", ["", "\n", " ;\n;;\n", HEADING, "sep=;\n"])
def test_without_a_row_there_is_nothing_to_read(content):
    with pytest.raises(InputError) as raised:
        read_delimited(content.encode(), Limits())
    assert raised.value.code == "no_rows"


def test_an_announced_delimiter_is_obeyed_and_its_line_is_a_title():
    found = parsed("sep=|", "a;b|c", "1;2|3", "4;5|6")
    assert (found.delimiter, rows(found)) == ("|", [["1;2", "3"], ["4;5", "6"]])
    assert found.headings == ("a;b", "c")
    assert found.not_data[0][:2] == (1, "title")


def test_runs_of_blanks_delimit_once_and_not_at_the_ends():
    found = parsed(" 1  19970101   2.50 ", "22 19970102 3.50", "333   19970103  4.50")
    assert found.delimiter == " "
    assert rows(found)[0] == ["1", "19970101", "2.50"]
    assert rows(found)[2] == ["333", "19970103", "4.50"]


def test_ragged_rows_stand_where_they_stood():
    found = parsed(HEADING, ROW, "C2;x", ROW, "C3;x;1;2;3", "", ROW)
    assert rows(found) == [
        ["C1", "01/02/2023", "10,00", None, None],
        ["C2", "x", None, None, None],
        ["C1", "01/02/2023", "10,00", None, None],
        ["C3", "x", "1", "2", "3"],
        ["C1", "01/02/2023", "10,00", None, None],
    ]
    assert found.rows.tolist() == [2, 3, 4, 5, 7]
    assert found.headings == ("cliente", "data", "importo", "", "")


def test_headings_may_be_wider_than_every_row():
    found = parsed(HEADING + ";nota;altro", ROW, ROW)
    assert found.headings == ("cliente", "data", "importo", "nota", "altro")
    assert rows(found)[0] == [*ROW.split(";"), None, None]


def test_rows_of_more_than_one_chunk_of_unequal_ones(monkeypatch):
    monkeypatch.setattr(delimited, "_CHUNK", 2)
    found = parsed(HEADING, ROW, 'C2;"x\ny"', ROW, "C3;x;1;2;3", ROW)
    assert [row[0] for row in rows(found)] == ["C1", "C2", "C1", "C3", "C1"]
    assert rows(found)[1] == ["C2", "x\ny", None, None, None]


def test_a_cell_may_hold_ends_of_lines_across_what_is_read_at_a_time(monkeypatch):
    monkeypatch.setattr(delimited, "_BLOCK", 1_000)
    lines = [f'C{i};"first\nsecond\nthird {i}";{i},00' for i in range(200)]
    found = parsed(HEADING, *lines)
    assert [row[1] for row in rows(found)] == [f"first\nsecond\nthird {i}" for i in range(200)]


def test_an_odd_quote_is_an_inch_mark_unless_it_opens_a_cell():
    found = parsed(HEADING, 'TV 40";01/02/2023;10,00', ROW)
    assert rows(found)[0][0] == 'TV 40"'
    for line in ('"C1;01/02/2023;10,00', 'C1;"01/02/2023;10,00'):
        with pytest.raises(InputError) as raised:
            parsed(HEADING, line, ROW)
        assert raised.value.code == "broken_quotes"


def test_an_even_number_of_inch_marks_stays_in_its_cells():
    assert [row[0] for row in rows(parsed(HEADING, 'TV 40";1;2', 'TV 50";1;2'))] == ['TV 40"', 'TV 50"']


@pytest.mark.parametrize(
    ("limits", "code", "details"),
    [
        ({"rows": 2}, "too_many_rows", {"rows": 3, "limit": 2}),
        ({"columns": 2}, "too_many_columns", {"columns": 3, "limit": 2}),
        ({"line_bytes": 19}, "line_too_long", {"limit": 19}),
    ],
)
def test_beyond_its_limits_a_text_is_refused(limits, code, details):
    with pytest.raises(InputError) as raised:
        parsed(HEADING, ROW, ROW, ROW + "0", **limits)
    assert (raised.value.code, raised.value.details) == (code, details)


def test_at_its_limits_it_is_read():
    found = parsed(HEADING, ROW, ROW, ROW + "0", rows=3, columns=3, line_bytes=20)
    assert len(rows(found)) == 3


def test_of_quoted_rows_so_many_are_counted_as_there_are():
    lines = [f'C{i};"one\ntwo";1' for i in range(3)]
    assert len(rows(parsed(HEADING, *lines, rows=3))) == 3
    with pytest.raises(InputError) as raised:
        parsed(HEADING, *lines, rows=2)
    assert (raised.value.code, raised.value.details["rows"]) == ("too_many_rows", 3)


def test_a_row_below_the_first_may_have_too_many_columns():
    lines = [ROW] * 300 + [ROW + ";1;2;3"]
    with pytest.raises(InputError) as raised:
        parsed(HEADING, *lines, columns=5)
    assert (raised.value.code, raised.value.details) == ("too_many_columns", {"columns": 6, "limit": 5})
    assert parsed(HEADING, *lines, columns=6).table.num_columns == 6
