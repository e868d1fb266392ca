"""What single cells hold, and columns of them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from retention.ingest.parse import cells
from retention.ingest.parse.cells import (
    BLANK,
    DATE,
    NUMBER,
    WORDS,
    amount_in,
    array_of,
    as_text,
    blank_rows,
    cells_of,
    filled_cells,
    folded,
    is_filled,
    kind_of,
    plain_array,
)

at = datetime.fromisoformat


@pytest.mark.parametrize(
    ("kind", "examples"),
    [
        (BLANK, [None, "", "  ", "-", "N/A", "n.d.", "null", "?"]),
        (
            NUMBER,
            [7, 7.5, "7", " 1.234,50 ", "€ 12", "12 EUR", "(12)", "-3", "3-", "12%", ".5", "1'000", "+4"],
        ),
        (DATE, [date(2024, 1, 2), at("2024-01-02 10:00"), "2024-01-02", "1/2/24", "01.02.2024 10:30"]),
        (DATE, ["3 mar 2023", "3-gen-24", "3° marzo 2023", "March 3rd, 2023", "ven. 3 marzo 2023"]),
        (WORDS, ["Rossi", "A-17", "12 rossi", "1/2-2024", True, False, "3 foo 2023", "12 3 mar", "x" * 65]),
        (WORDS, [time(10, 30), timedelta(hours=3)]),
    ],
)
def test_kinds_of_cells(kind, examples):
    assert [kind_of(example) for example in examples] == [kind] * len(examples)


def test_a_number_or_date_has_64_signs_at_most():
    assert (kind_of("1" * 64), kind_of("1" * 65)) == (NUMBER, WORDS)


def test_what_is_filled():
    filled = [None, "", " ", "x", 0, 0.0, False]
    assert [is_filled(cell) for cell in filled] == [False, False, False, True, True, True, True]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("", ""),
        (" x ", " x "),
        (True, "true"),
        (7, "7"),
        (7.0, "7"),
        (-2.5, "-2.5"),
        (1e-7, "0.0000001"),
        (1e16, "10000000000000000"),
        (date(2024, 2, 1), "2024-02-01"),
    ],
)
def test_the_neutral_text_of_a_cell(cell, text):
    assert as_text(cell) == text


def test_texts_are_compared_without_capitals_and_blanks():
    assert folded("  Data\n ORDINE ") == "data ordine"
    assert folded(7.0) == "7"


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1.234,50 €", 1234.5),
        ("1,234.50", 1234.5),
        ("1.234", 1234.0),
        ("1,234", 1234.0),
        ("1.234.567,891", 1234567.891),
        ("12,5", 12.5),
        ("12,34", 12.34),
        ("0.1234", 0.1234),
        (",5", 0.5),
        ("12", 12.0),
        ("(12)", -12.0),
        ("-12", -12.0),
        ("€ -12", -12.0),
        ("0,20- €", -0.2),
        ("12-", -12.0),
        (3, 3.0),
        (-3.5, -3.5),
        (True, None),
        ("x", None),
        (None, None),
        ("3 mar 2023", None),
    ],
)
def test_the_amount_of_a_cell(cell, amount):
    assert amount_in(cell) == amount


@pytest.mark.parametrize(
    ("given", "kind", "values"),
    [
        (["a", "", None, " "], pa.string(), ["a", None, None, " "]),
        ([None, None], pa.string(), [None, None]),
        ([True, None, " "], pa.bool_(), [True, None, None]),
        ([1, 2.5, None, ""], pa.float64(), [1.0, 2.5, None, None]),
        ([1 << 53, 1], pa.float64(), [float(1 << 53), 1.0]),
        (
            [date(2024, 1, 2), at("2024-01-02 10:00"), None],
            pa.timestamp("us"),
            [at("2024-01-02"), at("2024-01-02 10:00"), None],
        ),
    ],
)
def test_cells_of_one_kind_make_a_column_of_it(given, kind, values):
    array, typed = array_of(given)
    assert (array.type, array.to_pylist(), typed) == (kind, values, None)


@pytest.mark.parametrize(
    ("given", "texts", "typed"),
    [
        (["a", 7, 2.5, None], ["a", "7", "2.5", None], [False, True, True, False]),
        ([True, 7], ["true", "7"], [False, True]),
        (["a", date(2024, 1, 2)], ["a", "2024-01-02"], [False, True]),
        ([(1 << 53) + 1, 1], ["9007199254740993", "1"], [True, True]),
        ([-(1 << 53) - 1, 1.5], ["-9007199254740993", "1.5"], [True, True]),
        ([1, at("2024-01-02")], ["1", "2024-01-02 00:00:00"], [True, True]),
    ],
)
def test_cells_of_several_kinds_make_texts_and_say_which_were_none(given, texts, typed):
    array, found = array_of(given)
    assert (array.to_pylist(), found.tolist()) == (texts, typed)


def test_texts_beside_truth_values_stand_for_no_numbers():
    array, typed = array_of(["a", True])
    assert (array.to_pylist(), typed) == (["a", "true"], None)


@pytest.mark.parametrize(
    ("array", "kind", "values"),
    [
        (pa.array(["a", "b", "a"]).dictionary_encode(), pa.string(), ["a", "b", "a"]),
        (pa.array([True, None]), pa.bool_(), [True, None]),
        (pa.array([1, 2], pa.int16()), pa.int16(), [1, 2]),
        (pa.array([1.5], pa.float32()), pa.float64(), [1.5]),
        (pa.array([Decimal("1.25")]), pa.float64(), [1.25]),
        (pa.array([date(2024, 1, 2)]), pa.timestamp("us"), [at("2024-01-02")]),
        (
            pa.array([at("2024-01-02 10:00")], pa.timestamp("ms")),
            pa.timestamp("ms"),
            [at("2024-01-02 10:00")],
        ),
        (pa.array([b"ab"]), pa.string(), ["ab"]),
        (pa.array([[1, 2], None]), pa.string(), ["[1, 2]", None]),
        (pa.array([b"\xff"]), pa.string(), ["b'\\xff'"]),
    ],
)
def test_columns_of_other_types_become_plain(array, kind, values):
    found = plain_array(pa.chunked_array([array]))
    assert (found.type, found.to_pylist()) == (kind, values)


TABLE = pa.table({"0": ["a", None, "c", None], "1": [1.0, 2.0, None, None]})


@pytest.mark.parametrize("few", [0, 1_000])
def test_rows_are_picked_one_by_one_or_all_at_once(monkeypatch, few):
    monkeypatch.setattr(cells, "_FEW", few)
    assert cells_of(TABLE, np.array([2, 0])) == [["c", None], ["a", 1.0]]
    assert cells_of(TABLE, np.array([], dtype=int)) == []


def test_cells_with_something_in_them_are_counted():
    assert filled_cells(TABLE).tolist() == [2, 1, 1, 0]
    assert blank_rows(TABLE).tolist() == [3]
