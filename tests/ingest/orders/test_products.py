"""Lines of products: what was bought with each order, by hand and against sums made in plain Python."""

from datetime import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention.ingest import count_products, guess, read, to_orders

NOW = datetime(2030, 1, 1)  # noqa: DTZ001  local, as the files' dates are


def csv(*lines):
    return "\n".join(lines).encode()


def lines_of(*lines):
    raw = read(csv(*lines), "sales.csv")
    intake = to_orders(raw, guess(raw).mapping, now=NOW)
    return intake, intake.lines


def told(lines):
    """Lines as (order id, product, amount, quantity), None for what is not known."""
    table = lines.table
    plain = table[["order_id", "product", "amount", "quantity"]].astype(object)
    return sorted(plain.where(plain.notna(), None).itertuples(index=False, name=None), key=repr)


def test_a_row_with_its_own_amount_is_a_line():
    _, lines = lines_of(
        "Order,Customer,Date,Product,Quantity,Line total",
        "1,ada,2024-01-05,Cup,2,8.00",
        "1,ada,2024-01-05,Plate,1,5.50",
        "2,bea,2024-02-01,Cup,1,4.00",
    )
    assert lines.amounts == "own"
    assert told(lines) == [("1", "Cup", 8.0, 2.0), ("1", "Plate", 5.5, 1.0), ("2", "Cup", 4.0, 1.0)]
    assert lines.table["customer_id"].tolist() == ["ada", "ada", "bea"]
    assert lines.table["date"].dt.strftime("%m-%d").tolist() == ["01-05", "01-05", "02-01"]
    assert isinstance(lines.table["product"].dtype, pd.CategoricalDtype)


def test_quantity_times_price_is_the_lines_amount_where_it_is_the_rows():
    _, lines = lines_of(
        "Order,Customer,Date,Product,Quantity,Unit price",
        "1,ada,2024-01-05,Cup,2,4.00",
        "1,ada,2024-01-05,Plate,3,5.50",
    )
    assert told(lines) == [("1", "Cup", 8.0, 2.0), ("1", "Plate", 16.5, 3.0)]


REPEATED = (
    "Order ID,Customer,Order date,Order total,Product",
    "1,ada,2024-01-05,20.00,Cup",
    "1,ada,2024-01-05,20.00,Plate",
    "2,bea,2024-01-06,9.00,Cup",
    "3,ada,2024-02-06,31.00,Cup",
    "3,ada,2024-02-06,31.00,Fork",
    "4,bea,2024-02-07,12.00,Fork",
    "4,bea,2024-02-07,12.00,Plate",
)


def test_totals_of_orders_alone_tell_no_line_its_amount():
    intake, lines = lines_of(*REPEATED)
    assert (lines.amounts, len(lines.table)) == ("unknown", 7)
    assert lines.table["amount"].isna().all()
    assert lines.table["quantity"].isna().all()
    assert intake.orders.table["value"].tolist() == [20.0, 31.0, 9.0, 12.0]


def test_beside_totals_of_orders_a_line_is_quantity_times_price():
    parts = ("Quantity,Unit price", "2,5.00", "1,7.00", "2,4.50", "1,5.00", "4,6.00", "2,6.00", "1,0.00")
    intake, lines = lines_of(*(",".join(line) for line in zip(REPEATED, parts, strict=True)))
    assert lines.amounts == "parts"
    assert told(lines)[:2] == [("1", "Cup", 10.0, 2.0), ("1", "Plate", 7.0, 1.0)]
    assert intake.orders.table["value"].sum() == 20 + 9 + 31 + 12  # the totals still say what was paid


def test_what_came_back_is_below_zero_and_only_rows_that_count_are_lines():
    _, lines = lines_of(
        "Order,Customer,Date,Product,Quantity,Amount,Status",
        "1,ada,2024-01-05,Cup,2,8.00,paid",
        "2,ada,2024-01-06,Plate,1,5.00,refunded",
        "3,bea,2024-01-07,Fork,1,3.00,cancelled",
        "4,,2024-01-08,Fork,1,3.00,paid",
        "5,bea,2024-01-09,,1,7.00,paid",
    )
    assert told(lines) == [
        ("1", "Cup", 8.0, 2.0),
        ("2", "Plate", -5.0, -1.0),
        ("2", "Plate", 5.0, 1.0),
        ("5", None, 7.0, 1.0),
    ]


def test_of_a_part_refunded_the_pieces_are_not_known():
    _, lines = lines_of(
        "Order,Customer,Date,Product,Quantity,Amount,Amount refunded",
        "1,ada,2024-01-05,Cup,2,8.00,3.00",
        "2,bea,2024-01-06,Cup,1,4.25,0.00",
    )
    assert told(lines) == [
        ("1", "Cup", -3.0, None),
        ("1", "Cup", 8.0, 2.0),
        ("2", "Cup", 4.25, 1.0),
    ]


def test_reversed_orders_left_out_take_their_lines_along():
    rows = (
        "Order,Customer,Date,Product,Amount",
        "1,ada,2024-01-05,Cup,8.50",
        "2,ada,2024-01-06,Cup,-8.50",
        "3,bea,2024-01-07,Fork,3.00",
    )
    raw = read(csv(*rows), "sales.csv")
    intake = to_orders(raw, guess(raw).mapping, now=NOW, drop_reversed=True)
    assert told(intake.lines) == [("3", "Fork", 3.0, None)]
    assert intake.lines.table["order"].tolist() == [0]


def test_a_file_without_products_has_no_lines():
    intake, lines = lines_of("Customer,Date,Amount", "ada,2024-01-05,8.50", "bea,2024-01-06,9.50")
    assert lines is None
    assert intake.account.rows_used == 2


def test_lines_are_read_once_somebody_asks(monkeypatch):
    def refuse(*_):
        raise AssertionError

    monkeypatch.setattr("retention.ingest.orders.products.coded_identifiers", refuse)
    _, lines = lines_of("Customer,Date,Product,Amount", "ada,2024-01-05,Cup,8.50", "bea,2024-01-06,Cup,9.50")
    with pytest.raises(AssertionError):
        _ = lines.table


def test_products_are_counted_without_blanks_around_them(raw_table):
    raw = raw_table({"Product": ["Cup", " Cup", "", None, "Plate", "12", "12.0"]})
    assert count_products(raw, "Product") == 4


PRODUCTS = ["Cup", "Plate", "Fork", "", "Spoon, large", "85123A"]
LINES = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.sampled_from(PRODUCTS),
        st.integers(-3, 9).filter(bool),
        st.integers(1, 9_999),
        st.sampled_from(["paid", "cancelled", "refunded"]),
    ),
    min_size=2,
    max_size=25,
).filter(lambda lines: any(status == "paid" and product for _, product, _, _, status in lines))


def check_sums(lines):
    """Lines add up to their orders, and by product to what plain Python makes of the rows."""
    rows = [
        f'{order},c{order % 3},2024-0{order}-11,"{product}",{quantity},{price / 100:.2f},'
        f"{quantity * price / 100:.2f},{status}"
        for order, product, quantity, price, status in lines
    ]
    head = "Order,Customer,Date,Product,Quantity,Unit price,Line total,Status"
    given_columns = {"amount": "Line total", "quantity": "Quantity", "order": "Order", "product": "Product"}
    raw = read(csv(head, *rows), "sales.csv")
    found = guess(raw, customer="Customer", date="Date", status="Status", **given_columns)
    mapping = found.mapping
    assert not mapping.once_per_order
    intake = to_orders(raw, mapping, now=NOW)
    table, orders = intake.lines.table, intake.orders.table
    summed = np.bincount(table["order"], weights=table["amount"], minlength=len(orders))
    assert summed == pytest.approx(orders["value"].to_numpy(), abs=1e-6)
    expected = {}
    for _, product, quantity, price, status in lines:
        if status != "cancelled":
            back = quantity * price if status == "refunded" and quantity > 0 else 0
            expected[product] = expected.get(product, 0) + quantity * price - back
    named = table.assign(product=table["product"].astype(object).where(table["product"].notna(), ""))
    sums = named.groupby("product")["amount"].sum()
    assert {name: round(100 * value) for name, value in sums.items()} == expected
    assert (np.sign(table["quantity"]) == np.sign(table["amount"])).all()


@settings(max_examples=20, deadline=None)
@given(LINES)
def test_lines_add_up_to_their_orders(lines):
    check_sums(lines)


@pytest.mark.slow
@settings(max_examples=250, deadline=None)
@given(LINES)
def test_lines_add_up_to_their_orders_in_many_files(lines):
    check_sums(lines)
