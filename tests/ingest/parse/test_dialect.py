"""How a text is written, worked out from small ones."""

import pytest

from retention.ingest.parse.dialect import announced, as_utf8, delimiter_of

HEADING = ["cliente", "data", "importo"]
ROWS = [["C1", "01/02/2020", "10,50"], ["C2", "02/02/2020", "7,00"], ["C3", "03/02/2020", "1.234,00"]]


def text(delimiter, rows=(HEADING, *ROWS), end="\n"):
    return (end.join(delimiter.join(row) for row in rows) + end).encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_whatever_the_encoding_the_text_is_the_same(encoding):
    assert as_utf8("Niccolò;3 €\n".encode(encoding)) == "Niccolò;3 €\n".encode()


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_a_byte_order_mark_says_which_byte_comes_first(mark):
    order = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert as_utf8(mark + "è;1\n".encode(order)) == "è;1\n".encode()


def test_every_end_of_a_line_becomes_one_sign():
    assert as_utf8(b"a\r\nb\rc\nd\r") == b"a\nb\nc\nd\n"


@pytest.mark.parametrize(
    ("first_line", "delimiter"),
    [
        (b"sep=;\n", ";"),
        (b'"sep=|"\n', "|"),
        (b"SEP=,  \n", ","),
        (b"sep=\t\n", "\t"),
        (b"sep=;", ";"),
        (b"sep=;;\n", None),
        (b"a\nsep=;\n", None),
        (b"separator=;\n", None),
    ],
)
def test_a_first_line_may_name_the_delimiter(first_line, delimiter):
    assert announced(first_line) == delimiter


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiter_that_cuts_every_line_alike_wins_over_decimal_commas(delimiter):
    assert delimiter_of(text(delimiter)) == delimiter


def test_commas_delimit_where_every_line_has_as_many():
    assert delimiter_of(text(",", (HEADING, *[[a, b, "1.5"] for a, b, _ in ROWS]))) == ","


def test_of_two_that_fit_the_more_even_one():
    # semicolons cut three lines of four alike, the bars all of them
    lines = [b"a;b|c", b"1;2|3", b"1;2|3;4", b"1;2|3"]
    assert delimiter_of(b"\n".join(lines)) == "|"
    assert delimiter_of(b"a;b|c\n1;2|3\n") == ";"  # both alike: the more usual


@pytest.mark.parametrize("delimiter", ["^", "~", "\x1f", "¦", ":"])
def test_a_rare_delimiter_where_every_line_has_as_many(delimiter):
    assert delimiter_of(text(delimiter, [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]])) == delimiter


def test_a_colon_alone_is_that_of_a_time():
    assert delimiter_of(b"ora\n10:30\n11:45\n") == ","
    assert delimiter_of(b"10:30\n11:45\n") == ","


def test_a_rare_delimiter_that_one_line_lacks_is_none():
    assert delimiter_of(b"a^b^c\n1^2^3\n4^5\n") == ","


def test_runs_of_blanks_where_nearly_every_line_has_as_many():
    rows = [f"000{i} 1997010{i}  {i} {i}.50" for i in range(1, 10)]
    assert delimiter_of("\n".join(rows).encode()) == " "
    assert delimiter_of("\n".join([*rows, "un totale di molti ordini"]).encode()) == " "  # nine of ten
    assert delimiter_of("\n".join([*rows[:4], "un totale di molti ordini"]).encode()) == ","


def test_titles_above_the_table_do_not_hide_its_delimiter():
    titles = ["Elenco, degli ordini", "del negozio", "stampato", "il 3", "marzo", "2020", "a Milano"]
    body = "\n".join(titles).encode() + b"\n" + text(";")
    assert delimiter_of(body) == ";"


def test_a_single_column_has_no_delimiter():
    assert delimiter_of(b"cliente\nRossi\nVerdi\n") == ","


def test_a_quoted_delimiter_does_not_cut():
    assert delimiter_of(b'a|b\n"1;2"|3\n"4;5"|6\n') == "|"


def test_only_whole_lines_of_the_beginning_are_looked_at():
    # beyond the first quarter of a million bytes nothing counts, however it is cut
    line = b"C1;01/02/2020;10,50\n"
    assert delimiter_of(line * 20_000 + b"a|b|c\n" * 50_000) == ";"
