"""Where a table begins, cell by cell."""

from collections import Counter
from datetime import date

import pytest

from retention.ingest.parse.cells import DATE, NUMBER
from retention.ingest.parse.header import Head, find_header, usual_width

HEADING = ["Cliente", "Data", "Importo", "Ordine"]
ROWS = [[f"C{i}", f"0{i}/02/2023", f"{i},50", f"A{i}"] for i in range(1, 6)]


def found(*rows, spans=None):
    return find_header(Head(list(rows), spans))


def test_headings_stand_above_the_data():
    header = found(HEADING, *ROWS)
    assert (header.titles, header.lines, header.first, header.headed) == ((), (0,), 1, True)
    assert header.names == tuple(HEADING)
    assert (header.dates, header.numbers) == ((1,), (2,))


def test_lines_of_titles_stand_above_the_headings():
    header = found(["Elenco ordini"], [], ["Stampato il", "31/12/2023"], HEADING, *ROWS)
    assert (header.titles, header.lines, header.first) == ((0, 2), (3,), 4)


def test_data_alone_has_no_headings():
    header = found(["Elenco"], *ROWS)
    assert (header.titles, header.lines, header.first, header.headed) == ((0,), (), 1, False)
    assert header.names == ("",) * 4


def test_words_alone_begin_with_the_first_row_wide_enough():
    header = found(["a@b.it"], ["c@d.it", "x", "y"], ["e@f.it", "x", "y"])
    assert (header.titles, header.lines, header.first) == ((0,), (), 1)


def test_nothing_at_all_begins_at_once():
    assert found([]).first == 0
    assert found([None], [""]).names == ("",)


@pytest.mark.parametrize(
    ("row", "names"),
    [
        (["Cliente", "2022", "2023"], False),  # two of three are numbers
        (["Cliente", "Data", "2023"], True),
        (["Cliente", "2023"], False),
        (["Cliente", "01/02/2023"], False),
        (["Cliente", date(2023, 2, 1)], False),
        (["Cliente", "a@b.it"], False),
        (["", None], False),
        (["Cliente"], True),
    ],
)
def test_which_rows_could_name_columns(row, names):
    assert Head([row]).names_columns(0) is names


def test_the_share_of_words_that_headings_have():
    head = Head([["Cliente", "Data ordine", "xyz", None], [], ["foo", "bar"]])
    assert [head.known(i) for i in range(3)] == [pytest.approx(2 / 3), 0.0, 0.0]


def test_a_row_promises_by_its_width_and_its_words_the_earlier_the_better():
    head = Head([["Cliente", "Data", "foo", "bar"], ["foo"], *[["a", "b", "c", "d"]] * 3, ["a"] * 6])
    assert head.usual == 4
    assert head.promise(0) == (1.0 + 2 * 0.5, 0)
    assert head.promise(1) == (0.25, -1)
    assert head.promise(5) == (1.0, -5)  # wider than usual is no wider
    assert Head([[]]).promise(0) == (0.0, 0)


def test_the_usual_width_is_that_of_most_cells_together():
    assert usual_width(Counter({1: 5, 3: 2})) == 3  # six cells against five
    assert usual_width(Counter({1: 7, 3: 2})) == 1
    assert usual_width(Counter({2: 3, 3: 2})) == 3  # as many: the wider
    assert usual_width(Counter()) == 0


def test_columns_are_told_by_what_half_of_their_cells_hold():
    rows = [
        ["h"] * 5,
        ["1", "x", "1/2/2023", "x", ""],
        ["2", "3", "4", "y", ""],
        ["z", "w", "5/2/2023", "", ""],
    ]
    columns = Head(rows).columns
    assert columns == {0: NUMBER, 2: DATE}
    even = Head([["h"], ["1"], ["1/2/2023"]]).columns
    assert even == {0: NUMBER}
    assert Head([["h", "h"], ["1", "1"], ["x", "x"], ["2"]]).columns == {0: NUMBER, 1: NUMBER}


def test_rows_at_least_half_as_wide_as_usual_tell_what_columns_hold():
    head = Head([HEADING, ["x"], ["C1", "1/2/2023"], *ROWS[:2], []])
    assert head.likely == [2, 3, 4]
    assert Head([["a", "b"]]).likely == [0]
    assert Head([[]]).likely == []


def test_the_first_row_of_data_has_half_of_the_numbers_and_dates():
    wide = [["a", "b", "c", "d"], ["x", "1/2/2023", "n/a", "9"], ["x", "2/2/2023", "3", "9"]]
    assert Head(wide).first_data == 1
    assert Head([["a", "b", "c", "d"], ["x", "y", "z", "9"], *wide[2:] * 3]).first_data == 2
    assert Head([["a", "b", "c"], ["x", "y", "3"], *[["x", "2/2/2023", "3"]] * 3]).first_data == 1
    assert Head([["a", "b"], ["x", "y"]]).first_data is None
    assert Head([["9", "a"], *ROWS]).first_data == 1  # the first has a number where the others have none


def test_a_row_of_data_fills_half_of_the_usual_cells():
    assert Head([["a"] * 4, [None, "1/2/2023"], *ROWS]).first_data == 2
    assert Head([["a"] * 4, ["x", "1/2/2023"], *ROWS]).first_data == 1
    assert Head([["a"] * 4, ["x", None, None, "y"], *ROWS]).first_data == 2  # neither number nor date


def test_headings_fill_half_of_the_usual_cells():
    assert found(["Cliente", "Data"], *ROWS).lines == (0,)
    assert found(["Cliente"], *ROWS).lines == ()
    assert found(["Cliente"], ["C1"], ["C2"]).lines == (0,)
    assert found(["Cliente"], ["C1", "1,00"], ["C2", "2,00"]).lines == ()


def test_of_rows_that_could_be_headings_the_one_that_promises_most():
    assert found(["foo", "bar", "baz", "qux"], HEADING, *ROWS).lines == (1,)
    assert found(HEADING, ["foo", "bar", "baz", "qux"], *ROWS).lines == (0,)


def test_headings_below_titles_that_look_like_data():
    title = ["Periodo", "01/01/2023", "31/12/2023"]
    assert found(title, HEADING, *ROWS).lines == (1,)
    # four cells are as wide as the headings, and words nobody knows are none
    assert found([*title, "x"], HEADING, *ROWS).lines == ()
    assert found(title, ["foo", "bar", "baz", "qux"], *ROWS).lines == ()


def test_headings_of_two_lines():
    header = found(["N.", "Data", None, "Codice"], ["ordine", "ordine", "Importo", "cliente"], *ROWS)
    assert (header.lines, header.first) == ((0, 1), 2)
    assert header.names == ("N. ordine", "Data ordine", "Importo", "Codice cliente")


def test_a_second_line_says_words_of_headings_alone():
    assert found(HEADING, ["foo", "bar", "baz", "qux"], *ROWS).lines == (0,)
    assert found(HEADING, ["ordine", "data", "2023", "cliente"], *ROWS).lines == (0,)
    assert found(HEADING, ["ordine", "data", "n/d", "cliente"], *ROWS).lines == (0,)
    assert found(HEADING, ["ordine", "foo", None, "cliente"], *ROWS).lines == (0, 1)
    assert found(HEADING, ["ordine", "foo", None, None], *ROWS).lines == (0,)  # half is not most


def test_a_merged_line_above_names_groups_of_columns():
    above, spans = ["foo", None, "bar", None], {0: [(0, 1), (2, 3)]}
    header = found(above, HEADING, *ROWS, spans=spans)
    assert (header.lines, header.first) == ((0, 1), 2)
    assert header.names == ("foo Cliente", "foo Data", "bar Importo", "bar Ordine")
    assert found(above, HEADING, *ROWS).lines == (1,)


@pytest.mark.parametrize("above", [["Elenco: ordini", "x"], ["Anno 2023", "x"], ["foo", "bar"], ["Ordine"]])
def test_a_line_above_that_speaks_of_the_whole_table_is_a_title(above):
    header = found(above, HEADING, *ROWS)
    assert (header.titles, header.lines) == ((0,), (1,))


def test_a_line_above_may_be_two_cells_wider_than_the_headings():
    wide = ["Cliente", "Data", "Importo", "Ordine", "Totale", "Valuta", "Stato"]
    rows = [[*row, "x", "y", "z"] for row in ROWS]
    named = ["xx", "data", "importo", "ordine", "totale"]
    spans = {0: [(0, 0)]}
    assert found(wide, named, *rows, spans=spans).lines == (0, 1)


def test_names_of_cells_that_are_missing_are_empty():
    assert found(["Cliente", "Data"], *ROWS).names == ("Cliente", "Data", "", "")
    assert found([" Cliente ", "Data", 2023, "Ordine"], *ROWS).names == ("Cliente", "Data", "2023", "Ordine")


def test_merged_cells_of_one_line_or_of_the_lower_one_name_their_first_column_alone():
    spans = {0: [(0, 1)]}
    assert found(["Cliente", None, "Importo", "Ordine"], *ROWS, spans=spans).names[:2] == ("Cliente", "")
    lower = ["Codice", None, "Importo", "numero"]
    header = found(["Cliente", "Data", "foo", "Ordine"], lower, *ROWS, spans={1: [(0, 1)]})
    assert header.lines == (0, 1)
    assert header.names == ("Cliente Codice", "Data", "foo Importo", "Ordine numero")
