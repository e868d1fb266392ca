"""Numbers that begin again: each day, each year, in each shop."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from retention import ingest
from tests.ingest.wild.outcome import csv, outcome, wild


def test_receipts_that_begin_again_each_day():
    found = wild("n09_receipts.csv")
    assert (found.customers, found.orders, found.total) == (2, 4, 100.50)
    assert "order_numbers_repeat" in found.said


def test_invoices_that_begin_again_each_year_in_a_file_a_year():
    found = wild("n08_restart.zip")
    assert (found.customers, found.orders, found.total) == (3, 4, 100.50)
    assert found.last == date(2024, 2, 20)
    assert "order_numbers_repeat" in found.said


HEADINGS = "Order,Customer,Date,Total"


def test_two_shops_in_one_upload_both_count():
    lines = ["1,a,2024-01-05,10.5", "2,b,2024-01-06,20", "3,c,2024-01-07,30"]
    others = ["1,d,2024-01-05,11", "2,e,2024-01-06,21", "3,c,2024-01-07,31"]
    raw = ingest.read_many([("one.csv", csv(HEADINGS, *lines)), ("two.csv", csv(HEADINGS, *others))])
    found = ingest.to_orders(raw, ingest.guess(raw).mapping)
    assert found.account.overlap == 0
    assert len(found.orders.table) == 6
    assert found.orders.table["value"].sum() == pytest.approx(123.5)
    assert "orders_differ_across_files" in [warning.code for warning in found.warnings]


def with_status(*files):
    heading = f"{HEADINGS},Status"
    raw = ingest.read_many([(f"{i}.csv", csv(heading, *lines)) for i, lines in enumerate(files)])
    found = ingest.to_orders(raw, ingest.guess(raw).mapping)
    return found, [(warning.code, warning.details) for warning in found.warnings]


PENDING, PAID, CANCELLED = (f"3,a,2024-01-31,30,{word}" for word in ("Pending payment", "Paid", "Cancelled"))
JANUARY = ["1,a,2024-01-05,10.5,Paid", "2,b,2024-01-17,20,Paid"]
FEBRUARY = ["4,c,2024-02-20,40,Paid"]
SAID = [("orders_changed_across_files", {"orders": 1})]


def test_an_order_paid_after_the_first_file_was_made_counts():
    found, said = with_status([*JANUARY, PENDING], [PAID, *FEBRUARY])
    assert (found.account.purchases, found.worth["purchase"], said) == (4, 100.5, SAID)
    assert (found.account.cancelled, found.account.overlap) == (1, 0)


@pytest.mark.parametrize("turned", [False, True])
def test_an_order_cancelled_after_the_first_file_was_made_does_not(turned):
    files = [[*JANUARY, PAID], [CANCELLED, *FEBRUARY]]
    found, said = with_status(*(files[::-1] if turned else files))
    assert (found.account.purchases, found.worth["purchase"], said) == (3, 70.5, SAID)
    assert found.account.cancelled == 2


def test_an_order_cancelled_in_both_files_is_nothing_to_say():
    found, said = with_status([*JANUARY, CANCELLED], [CANCELLED, *FEBRUARY])
    assert (found.account.purchases, said) == (3, [])


def test_lines_around_midnight_are_one_order():
    found = outcome(
        csv(
            HEADINGS,
            *("1,a,2024-01-05 23:58,10.5", "1,a,2024-01-06 00:01,20", "2,b,2024-01-07 10:00,30"),
            *("1,b,2024-01-09 10:00,1.5", "2,a,2024-01-09 11:00,2.5"),
        ),
        "orders.csv",
    )
    assert (found.orders, found.total) == (4, 64.5)


@st.composite
def registers(draw):
    """Receipts of a till whose numbers begin again every day, week or month: day, number, customer, lines."""
    every = draw(st.sampled_from([1, 7, 30]))
    sales = draw(
        st.lists(
            st.tuples(
                st.integers(0, 120),
                st.sampled_from("abcd"),
                st.lists(st.integers(100, 9_999), min_size=1, max_size=3),
            ),
            min_size=2,
            max_size=25,
        )
    )
    numbers, found = {}, []
    for day, customer, cents in sorted(sales, key=lambda sale: sale[0]):
        numbers[day // every] = numbers.get(day // every, 0) + 1
        found.append((date(2023, 1, 1) + timedelta(days=day), numbers[day // every], customer, cents))
    return found


def check(sales):
    lines = [
        f"{number},{customer},{day},{cents / 100:.2f}"
        for day, number, customer, line in sales
        for cents in line
    ]
    found = outcome(csv(HEADINGS, *lines), "receipts.csv")
    told = {(day, number, customer) for day, number, customer, _ in sales}
    right = (len(told), round(sum(sum(line) for *_, line in sales) / 100, 2))
    about = {"order_numbers_repeat", "orders_over_days"}
    warned = set() if found.refused else {warning.code for warning in found.intake.warnings}
    assert (found.orders, found.total) == right or found.refused or warned & about


@settings(max_examples=15, deadline=None)
@given(registers())
def test_receipts_of_any_till_are_told_apart_or_spoken_of(sales):
    check(sales)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(registers())
def test_receipts_of_many_tills_are_told_apart_or_spoken_of(sales):
    check(sales)


@pytest.mark.parametrize("heading", ["Receipt total", "Totale scontrino", "Ticket total", "Invoice Total"])
def test_a_receipts_total_on_each_of_its_lines_counts_once_though_numbers_begin_again(heading):
    lines = ["1,Ann,2024-01-05,tea,30.5", "1,Ann,2024-01-05,cup,30.5", "2,Bob,2024-01-05,tea,10"]
    lines += ["1,Cid,2024-01-06,tea,20", "1,Cid,2024-01-06,jam,20", "2,Dan,2024-01-06,tea,5"]
    found = outcome(csv(f"Receipt,Customer,Date,Item,{heading}", *lines), "till.csv")
    assert (found.orders, found.total) == (4, 65.50)


def test_the_cash_desks_receipts_are_not_those_of_the_customer_above():
    lines = ["1,Ann,2024-01-05,tea,30.5", "1,Ann,2024-01-05,cup,30.5", "2,Bob,2024-01-05,tea,10"]
    lines += ["1,Cid,2024-01-06,tea,20", "2,Cassa,2024-01-06,tea,5", "2,Cassa,2024-01-06,jam,5"]
    found = outcome(csv("Receipt,Customer,Date,Item,Receipt total", *lines), "till.csv")
    assert (found.customers, found.orders, found.total) == (3, 3, 60.50)
    assert "orders_over_days" not in found.said


def check_totals(sales, heading):
    lines = [
        f"{number},{customer},{day},item {place},{sum(line) / 100:.2f}"
        for day, number, customer, line in sales
        for place, _ in enumerate(line)
    ]
    found = outcome(csv(f"Receipt,Customer,Date,Item,{heading}", *lines), "till.csv")
    right = round(sum(sum(line) for *_, line in sales) / 100, 2)
    asked = {"orders_over_days", "amount_once"} & {*found.said}
    assert found.total == right or asked or found.refused == "missing amount"


HEADED = st.sampled_from(["Receipt total", "Totale scontrino", "Total", "Totale"])


@settings(max_examples=15, deadline=None)
@given(registers(), HEADED)
def test_totals_on_the_lines_of_any_till_count_once_or_are_asked_about(sales, heading):
    check_totals(sales, heading)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(registers(), HEADED)
def test_totals_on_the_lines_of_many_tills_count_once_or_are_asked_about(sales, heading):
    check_totals(sales, heading)


def check_blank_parents(orders, heading):
    """As Odoo exports orders: what is the order's stands on its first line alone."""
    lines = []
    for number, (day, customer, cents) in enumerate(orders, 1):
        of = f"S{number:05},{customer},{date(2023, 1, 1) + timedelta(day)}"
        lines += [f"{of if place == 0 else ',,'},Thing {n},{n / 100:.2f}" for place, n in enumerate(cents)]
    found = outcome(csv(f"Order Reference,Customer,Order Date,Product,{heading}", *lines), "odoo.csv")
    total = round(sum(sum(cents) for *_, cents in orders) / 100, 2)
    assert (found.orders, found.total) == (len(orders), total)


PARENTS = {
    "orders": st.lists(
        st.tuples(
            st.integers(0, 300),
            st.sampled_from("abc"),
            st.lists(st.integers(101, 9_999), min_size=1, max_size=4),
        ),
        min_size=3,
        max_size=12,
    ).filter(lambda orders: len({len(cents) for *_, cents in orders}) > 1),
    "heading": st.sampled_from(["Subtotal", "Line total", "Amount"]),
}


@settings(max_examples=15, deadline=None)
@given(**PARENTS)
def test_lines_below_orders_are_theirs(orders, heading):
    check_blank_parents(orders, heading)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(**PARENTS)
def test_lines_below_many_orders_are_theirs(orders, heading):
    check_blank_parents(orders, heading)


def test_lines_below_an_order_belong_to_it_where_only_its_first_names_it():
    lines = ["S1,Anna,2023-01-05,Pen,10.5", ",,,Ink,20", "S2,Bruno,2023-02-05,Pen,30", ",,,Cap,1.5", ",,,,7"]
    found = outcome(csv("Order,Customer,Date,Product,Subtotal", *lines), "odoo.csv")
    assert (found.customers, found.orders, found.total) == (2, 2, 62.0)
    assert "lines_without_order" in found.said
