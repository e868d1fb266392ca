"""Mapped columns to rows, one rule at a time; every case worked by hand."""

from datetime import date, datetime

import numpy as np
import pytest

from retention.ingest import Mapping
from retention.ingest.orders.row_reader import read_rows
from retention.ingest.orders.rows import OUTCOMES

TODAY = date(2024, 6, 30)
MAPPING = {"customer": "who", "date": "when", "amount": "money"}
NAN = np.nan


@pytest.fixture
def rows(raw_table):
    """Rows of columns; those not given are usual."""

    def of(mapping=(), **columns):
        size = len(next(iter(columns.values())))
        usual = {"who": ["a"] * size, "when": ["2024-01-02"] * size, "money": ["10.5"] * size}
        return read_rows(raw_table(usual | columns), Mapping(**(MAPPING | dict(mapping))), TODAY)

    return of


def texts(column):
    names = column.names.to_pylist()
    return [None if code < 0 else names[code] for code in column.codes]


def outcomes(found):
    return [OUTCOMES[code] for code in found.outcome]


def test_a_row_is_read_as_it_stands(rows):
    found = rows({"order": "id"}, id=["1", "2"])
    assert (texts(found.customer), texts(found.order)) == (["a", "a"], ["1", "2"])
    assert found.amount.tolist() == [10.5, 10.5]
    assert found.date[0].astype(datetime) == datetime(2024, 1, 2)  # noqa: DTZ001  local
    assert (found.refunded, found.apart, found.status) == (None, None, None)
    assert outcomes(found) == ["used", "used"]
    assert found.warnings == ()


def test_the_first_reason_that_holds_is_the_outcome(rows):
    found = rows(
        who=["a", "", "", "a", "a", "a", "a", "a"],
        when=["2024-01-02", "", "2024-01-02", "", "no", "2024-01-02", "2024-06-30", "2024-07-01"],
        money=["1.5", "1.5", "1.5", "", "", "x", "1.5", "1.5"],
    )
    assert outcomes(found) == [
        "used",
        "missing_customer",
        "missing_customer",
        "missing_date",
        "unreadable_date",
        "unreadable_amount",
        "used",
        "future_date",
    ]
    assert outcomes(rows(money=["", "1.5"])) == ["missing_amount", "used"]


def test_what_was_cancelled_is_so_whatever_else_holds(rows):
    found = rows({"status": "state"}, who=["", "a", "a"], state=["cancelled", "Annullato", "paid"])
    assert outcomes(found) == ["cancelled", "cancelled", "used"]
    assert texts(found.status) == ["cancelled", "Annullato", "paid"]


def test_what_was_sent_back_takes_the_whole_amount_back(rows):
    found = rows({"status": "state"}, state=["refunded", "paid", "refunded"], money=["10.5", "10.5", "-0.5"])
    assert found.refunded.tolist() == [10.5, 0.0, 0.0]
    assert rows({"status": "state"}, state=["paid"]).refunded is None


def test_a_column_that_says_how_much_went_back_is_believed(rows):
    mapping = {"status": "state", "refunded": "back"}
    found = rows(mapping, state=["refunded", "refunded", "paid"], back=["4.5", "", "1.25"])
    assert found.refunded.tolist() == [4.5, 10.5, 1.25]
    assert found.money.tolist() == [6.0, 0.0, 9.25]


def test_partly_refunded_rows_are_told_where_nothing_says_how_much(rows):
    state = ["partially refunded", "partially_refunded", "paid"]
    (warning,) = rows({"status": "state"}, state=state).warnings
    assert (warning.code, warning.details) == ("partly_refunded_unknown", {"rows": 2})
    assert rows({"status": "state", "refunded": "back"}, state=state, back=["1", "1", "0"]).warnings == ()


@pytest.mark.parametrize(
    ("heading", "marks"), [("reso", ["si", "no", "no"]), ("tipo", ["reso", "vendita", "vendita"])]
)
def test_a_mark_of_a_refund_books_it_below_zero_and_apart(rows, heading, marks):
    found = rows({"refund": heading}, **{heading: marks}, money=["5", "10", "-2"])
    assert found.amount.tolist() == [-5.0, 10.0, -2.0]
    assert found.apart.tolist() == [True, False, False]
    turned = rows({"refund": heading}, **{heading: marks}, money=["-5", "10", "-2"])
    assert turned.amount.tolist() == [-5.0, 10.0, -2.0]


def test_somebody_without_an_account_is_nobody(rows):
    found = rows(who=["0", "Guest", "ospite", "00", "a", "Rosa Banco", "Cassandra"])
    assert outcomes(found) == ["nobody"] * 4 + ["used"] * 3
    (said,) = found.warnings
    assert (said.code, said.details["rows"]) == ("customers_nobody", 4)
    assert sorted(said.details["names"]) == ["0", "00", "Guest", "ospite"]
    mapping = {"other_customer": "mail"}
    found = rows(mapping, who=["0", "Guest", "7", None], mail=["a@b.it", None, None, None])
    assert texts(found.customer) == ["a@b.it", None, "7", None]
    assert outcomes(found) == ["used", "nobody", "used", "missing_customer"]


def test_who_left_out_the_first_name_once_is_still_who_they_are(rows):
    mapping = {"other_customer": "mail"}
    found = rows(
        mapping,
        who=["7", None, "8", "9", None, None],
        mail=["a@b.it", "a@b.it", "c@d.it", "c@d.it", "c@d.it", "e@f.it"],
    )
    # a@b.it is 7; c@d.it was both 8 and 9 and stays an address; e@f.it is known by nothing else
    assert texts(found.customer) == ["7", "7", "8", "9", "c@d.it", "e@f.it"]


def test_an_orders_amount_counts_once_and_its_lines_share_what_one_of_them_says(rows):
    mapping = {"order": "id", "once_per_order": True, "refunded": "back", "status": "state"}
    found = rows(
        mapping,
        id=["1", "1", "2"],
        who=["a", "", "b"],
        when=["", "2024-01-05", "2024-01-06"],
        money=["10.5", "10.5", "3.5"],
        back=["2.5", "2.5", "0"],
        state=["", "paid", "cancelled"],
    )
    assert texts(found.customer) == ["a", "a", "b"]
    assert found.amount.tolist() == [10.5, 0.0, 3.5]
    assert found.refunded.tolist() == [2.5, 0.0, 0.0]
    assert [moment.astype("datetime64[D]").item().day for moment in found.date] == [5, 5, 6]
    assert outcomes(found) == ["used", "used", "cancelled"]
    each = rows(
        mapping | {"once_per_order": False},
        id=["1", "1"],
        money=["10.5", "10.5"],
        back=["0", "0"],
        state=["", ""],
    )
    assert each.amount.tolist() == [10.5, 10.5]


def test_what_had_to_be_assumed_is_told(rows):
    found = {w.code: w.details for w in rows(when=["03/02/2024"], money=["1.234"]).warnings}
    assert found["date_order_assumed"] == {"column": "when", "day_first": False}
    assert found["decimal_assumed"] == {"column": "money", "decimal": "."}
    assert rows(when=["13/02/2024"], money=["1.5"]).warnings == ()


@pytest.mark.parametrize(
    ("heading", "cells", "told"),
    [
        ("when", ["2024-01-02T10:00:00Z"], True),
        ("Created (UTC)", ["2024-01-02"], True),
        ("when", ["2024-01-02 10:00"], False),
        ("butch", ["2024-01-02"], False),
    ],
)
def test_times_that_are_universal_are_told(rows, heading, cells, told):
    found = rows({"date": heading}, **{heading: cells})
    assert [w.code for w in found.warnings] == (["times_in_utc"] if told else [])


def test_segments_are_read_as_labels(raw_table):
    raw = raw_table(
        {"who": ["a", "b"], "when": ["2024-01-02"] * 2, "money": ["1.5"] * 2, "channel": [" web ", ""]}
    )
    found = read_rows(raw, Mapping(**MAPPING, segment="channel"), TODAY)
    assert texts(found.segments["segment"]) == ["web", None]
