"""Rows to orders: which belong together, what an order is worth, and which was taken back. By hand."""

from datetime import datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from retention.ingest.columns.texts import Coded
from retention.ingest.orders.forming import form_orders, kinds, reversed_orders
from retention.ingest.orders.rows import Rows

at = datetime.fromisoformat


def coded(texts):
    names = sorted({text for text in texts if text is not None}, reverse=True)  # in no order that helps
    return Coded(
        np.array([-1 if text is None else names.index(text) for text in texts]), pa.array(names, pa.string())
    )


def rows_of(*told, ids=True, refunded=None, apart=None, segments=()):
    """Rows of (customer, order, date, amount)."""
    customer, order, date, amount = zip(*told, strict=True)
    return Rows(
        customer=coded(customer),
        order=coded(order) if ids else None,
        segments={"segment": coded(segments)} if segments else {},
        date=np.array(date, dtype="datetime64[us]"),
        amount=np.array(amount, dtype=float),
        refunded=None if refunded is None else np.array(refunded, dtype=float),
        apart=None if apart is None else np.array(apart),
        outcome=np.zeros(len(told), dtype=np.int8),
    )


def told(formed):
    table = formed.table
    return [
        (
            row.customer_id,
            None if pd.isna(row.order_id) else row.order_id,
            row.date.to_pydatetime(),
            row.value,
            row.kind,
        )
        for row in table.itertuples()
    ]


ROWS = (
    ("b", "2", "2024-01-05T10:00", 5.0),
    ("a", "9", "2024-01-03T12:00", 7.0),
    ("b", "2", "2024-01-05T09:00", 2.5),
    ("a", "1", "2024-01-04T12:00", -3.0),
    ("b", "1", "2024-01-05T09:00", 0.0),
    ("a", "2", "2024-01-03T12:00", 4.0),
)


def test_rows_of_one_customer_and_order_are_one_order_dated_by_its_first():
    assert told(form_orders(rows_of(*ROWS), "leave-out")) == [
        ("a", "1", at("2024-01-04T12:00"), -3.0, "refund"),
        ("a", "2", at("2024-01-03T12:00"), 4.0, "purchase"),
        ("a", "9", at("2024-01-03T12:00"), 7.0, "purchase"),
        ("b", "1", at("2024-01-05T09:00"), 0.0, "zero"),
        ("b", "2", at("2024-01-05T09:00"), 7.5, "purchase"),
    ]


def test_without_order_ids_a_customers_day_is_an_order():
    assert [
        (who, when.day, value)
        for who, _, when, value, _ in told(form_orders(rows_of(*ROWS, ids=False), "leave-out"))
    ] == [
        ("a", 3, 11.0),
        ("a", 4, -3.0),
        ("b", 5, 7.5),
    ]


def test_days_stand_in_where_a_row_has_no_order_id():
    some = (
        ("a", "5", "2024-01-03", 1.0),
        ("a", None, "2024-01-03", 2.0),
        ("a", None, "2024-01-04", 4.0),
        ("a", None, "2024-01-03", 8.0),
        ("b", None, "2024-01-03", 16.0),
        ("a", "7", "2024-01-03", 32.0),
    )
    found = told(form_orders(rows_of(*some), "leave-out"))
    assert [(who, order, value) for who, order, _, value, _ in found] == [
        ("a", "5", 1.0),
        ("a", "7", 32.0),
        ("a", None, 10.0),
        ("a", None, 4.0),
        ("b", None, 16.0),
    ]


def test_rows_that_are_refunds_are_orders_of_their_own():
    # order 1 of a has a refund apart, and order 2 next to it is none of it
    some = (
        ("a", "1", "2024-01-03", 10.0),
        ("a", "1", "2024-01-06", -4.0),
        ("a", "2", "2024-01-05", 20.0),
        ("a", "3", "2024-01-05", -1.0),
        ("a", "1", "2024-01-07", -2.0),
    )
    found = told(form_orders(rows_of(*some, apart=[False, True, False, False, True]), "leave-out"))
    assert [(order, when.day, value, kind) for _, order, when, value, kind in found] == [
        ("1", 3, 10.0, "purchase"),
        ("1", 6, -6.0, "refund"),
        ("2", 5, 20.0, "purchase"),
        ("3", 5, -1.0, "refund"),
    ]


def test_what_went_back_of_a_row_is_a_refund_on_its_date():
    some = (("a", "1", "2024-01-03", 10.0), ("a", "2", "2024-01-05", 20.0), ("a", "2", "2024-01-05", 5.0))
    formed = form_orders(rows_of(*some, refunded=[4.0, 0.0, 5.0]), "leave-out")
    assert [(order, when.day, value, kind) for _, order, when, value, kind in told(formed)] == [
        ("1", 3, 10.0, "purchase"),
        ("1", 3, -4.0, "refund"),
        ("2", 5, 25.0, "purchase"),
        ("2", 5, -5.0, "refund"),
    ]
    assert formed.row_of.tolist() == [0, 1, 2, 0, 2]
    nothing = form_orders(rows_of(*some, refunded=[0.0, 0.0, 0.0]), "leave-out")
    assert len(nothing.table) == 2


def test_both_kinds_of_refund_of_an_order_are_one():
    some = (("a", "1", "2024-01-03", 10.0), ("a", "1", "2024-01-06", -2.0))
    found = told(form_orders(rows_of(*some, refunded=[4.0, 0.0], apart=[False, True]), "leave-out"))
    assert [(when.day, value) for _, _, when, value, _ in found] == [(3, 10.0), (3, -6.0)]


def test_an_order_has_the_segment_of_its_largest_row_that_has_one():
    some = (
        ("a", "1", "2024-01-03", 10.0),
        ("a", "1", "2024-01-03", 30.0),
        ("a", "1", "2024-01-03", 20.0),
        ("a", "2", "2024-01-03", 5.0),
        ("a", "2", "2024-01-03", 5.0),
        ("a", "3", "2024-01-03", 1.0),
    )
    formed = form_orders(rows_of(*some, segments=["web", None, "shop", "web", "shop", None]), "leave-out")
    assert formed.table["segment"].fillna("").tolist() == ["shop", "shop", ""]


def test_values_are_rounded_to_millionths_and_zero_has_no_sign():
    some = (("a", "1", "2024-01-03", 0.1), ("a", "1", "2024-01-03", 0.2), ("a", "1", "2024-01-03", -0.3))
    (found,) = told(form_orders(rows_of(*some), "leave-out"))
    assert (found[3], np.signbit(found[3]), found[4]) == (0.0, False, "zero")
    (kept,) = told(form_orders(rows_of(("a", "1", "2024-01-03", 1.23456789)), "keep"))
    assert kept[3] == 1.234568


def test_zero_orders_are_kept_as_purchases_or_left_out():
    value = np.array([1.0, -1.0, 0.0])
    assert kinds(value, "keep").tolist() == ["purchase", "refund", "purchase"]
    assert kinds(value, "leave-out").tolist() == ["purchase", "refund", "zero"]


def test_orders_taken_out_leave_their_rows():
    formed = form_orders(rows_of(*ROWS), "leave-out")
    table, left = formed.without(np.array([True, False, False, False, True]))
    assert table["order_id"].tolist() == ["2", "9", "1"]
    assert left.tolist() == [True, False, True, True, False, False]


def table(*orders):
    customer, day, value = zip(*orders, strict=True)
    return pd.DataFrame({"customer_id": customer, "date": pd.to_datetime(list(day)), "value": value})


@pytest.mark.parametrize(
    ("orders", "marked"),
    [
        ([("a", "2024-01-01", 5.0), ("a", "2024-01-02", -5.0)], [True, True]),
        ([("a", "2024-01-02", 5.0), ("a", "2024-01-02", -5.0)], [True, True]),
        ([("a", "2024-01-02", -5.0), ("a", "2024-01-02", 5.0)], [True, True]),  # at once: the purchase first
        ([("a", "2024-01-01", -5.0), ("a", "2024-01-02", 5.0)], [False, False]),
        ([("a", "2024-01-01", 5.0), ("b", "2024-01-02", -5.0)], [False, False]),
        ([("a", "2024-01-01", 5.0), ("a", "2024-01-02", -4.0)], [False, False]),
        ([("a", "2024-01-01", 0.0), ("a", "2024-01-02", -5.0)], [False, False]),
        ([("a", "2024-01-01", 5.0), ("a", "2024-01-02", 5.0)], [False, False]),
        # the latest purchase answers, then the one before it, then nobody
        (
            [("a", f"2024-01-0{day}", 5.0) for day in (1, 2)]
            + [("a", f"2024-01-0{day}", -5.0) for day in (3, 4, 5)],
            [True, True, True, True, False],
        ),
        (
            [("a", f"2024-01-0{day}", 5.0) for day in (1, 2)] + [("a", "2024-01-03", -5.0)],
            [False, True, True],
        ),
    ],
)
def test_a_refund_answers_for_the_latest_purchase_of_its_amount(orders, marked):
    assert reversed_orders(table(*orders)).tolist() == marked
