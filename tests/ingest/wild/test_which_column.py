"""Which column is the order's total, the customer, the day of the sale: right, or said."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.ingest.wild.outcome import csv, outcome, wild


@pytest.mark.parametrize(
    ("name", "customers", "orders", "total"),
    [
        ("m01_adventureworks.csv", 3, 4, 176.55),
        ("m02_factsales.csv", 2, 3, 165.55),
        ("m03_psorders.csv", 2, 3, 165.55),
        ("m09_olist.csv", 2, 3, 60.50),
        ("m10_half_customer.csv", 3, 5, 310.50),
        ("m10b_xero.csv", 3, 4, 300.50),
        ("m17_name_before_mail.csv", 3, 3, 60.00),
        ("m19_discount.csv", 2, 3, 103.45),
        ("m19b_netprice.csv", 2, 3, 103.45),
        ("m20_woo_aoe.csv", 2, 3, 164.80),
        ("n03.csv", 2, 3, 60.50),
    ],
)
def test_small_files_come_to_what_they_hold(name, customers, orders, total):
    found = wild(name)
    assert (found.customers, found.orders, found.total) == (customers, orders, total)


def test_a_refund_beside_the_total_goes_back():
    assert wild("m20_woo_aoe.csv").refunded == -40.00


def test_an_order_is_of_the_day_it_was_placed():
    assert wild("m09_olist.csv").first == date(2023, 1, 5)
    assert wild("m03_psorders.csv").first == date(2023, 1, 5)


def test_german_headings_name_the_currency_and_what_was_paid():
    assert wild("m15_netto_de.csv").refused == "several_currencies"
    found = wild("m15_netto_de.csv", currency="EUR")
    assert (found.orders, found.total) == (2, 150.00)


def test_what_was_asked_for_and_what_was_paid_are_both_named():
    found = outcome(
        csv(
            "Customer,Date,Invoice,Amount due,Amount paid",
            *("Ann,2024-01-05,1,100.50,100.50", "Bob,2024-01-06,2,90,0", "Cid,2024-02-06,3,30,30"),
        ),
        "invoices.csv",
    )
    (said,) = (one for one in found.intake.warnings if one.code == "amount_rival")
    assert said.details == {
        "column": "Amount paid",
        "rival": "Amount due",
        "total": 130.50,
        "rival_total": 220.50,
    }


PIECES = "Customer,Date,Product,Qty,Price paid"


def test_a_price_beside_pieces_may_be_that_of_one():
    found = outcome(
        csv(PIECES, "Ann,2024-01-05,tea,2,8.50", "Bob,2024-01-06,cup,1,20", "Ann,2024-02-06,jam,3,4.25"),
        "till.csv",
    )
    (said,) = (one for one in found.intake.warnings if one.code == "quantity_not_used")
    assert said.details == {
        "column": "Price paid",
        "quantity": "Qty",
        "total": 32.75,
        "product_total": 49.75,
    }


def test_a_price_beside_single_pieces_leaves_nothing_open():
    found = outcome(csv(PIECES, "Ann,2024-01-05,tea,1,8.50", "Bob,2024-01-06,cup,1,20"), "till.csv")
    assert "quantity_not_used" not in found.said


def test_codes_under_a_word_of_money_lose_to_a_plain_amount():
    lines = ["Ann;05.01.2024;1000;1.250,50", "Bob;06.01.2024;1000;150,90", "Ann;06.02.2024;2000;304,00"]
    found = outcome(csv("Sold-to;Doc. Date;Sales Org.;Net Value", *lines), "sap.csv")
    assert found.total == 1705.40


# Files of these kinds, made at random: ids and codes headed like money, further columns of money, dates after
# the sale, numbers that are new with every order. Each has the truth beside it.

TOTALS = (
    "TotalDue",
    "Order Total",
    "total_paid",
    "Grand Total",
    "Totale ordine",
    "Gesamtbetrag",
    "Total TTC",
)
IDS = ("SalesOrderID", "Sales Key", "total_no", "Amount Code", "SalesTerritoryKey", "Verkaufsnummer")
LESS = ("SubTotal", "Net Amount", "Imponibile", "Netto", "Sous-total", "Importe neto", "Total excl. VAT")
OTHERS = (
    "total_discounts",
    "Total Tax",
    "Shipping amount",
    "Sconto totale",
    "Versandkosten",
    "Frais de port",
)
CUSTOMERS = ("customer_id", "Kundennummer", "Codice cliente", "customer_unique_id", "N° client")
DATES = ("order_date", "Bestelldatum", "Data ordine", "order_purchase_timestamp", "Date de la commande")
LATER = ("invoice_date", "Paid at", "delivered_at", "Shipping date", "Data consegna", "Rechnungsdatum")


@st.composite
def files(draw):
    """A file of orders and its right outcome: customers, orders, total, first day."""
    rows = draw(st.integers(6, 30))
    dice = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    people = dice.integers(1, max(2, rows // 2), rows)
    cents = dice.integers(500, 20_000, rows)
    days = [date(2023, 1, 5) + timedelta(int(day)) for day in dice.integers(0, 300, rows)]
    columns = {
        draw(st.sampled_from(("id_order", "Order number", "Bestellnummer", "N. ordine"))): np.arange(rows)
        + 1,
        draw(st.sampled_from(CUSTOMERS)): [f"c{person}" for person in people],
        draw(st.sampled_from(DATES)): days,
        draw(st.sampled_from(TOTALS)): [f"{cent / 100:.2f}" for cent in cents],
        draw(st.sampled_from(IDS)): dice.permutation(rows) + 43_659,
        draw(st.sampled_from(LESS)): [f"{cent / 122:.2f}" for cent in cents],
        draw(st.sampled_from(OTHERS)): [f"{cent / 999:.2f}" for cent in cents],
        draw(st.sampled_from(LATER)): [day + timedelta(9) for day in days],
    }
    names = draw(st.permutations(list(columns)))
    lines = zip(*(map(str, columns[name]) for name in names), strict=True)
    content = csv(",".join(names), *map(",".join, lines))
    return content, len(set(people)), rows, round(int(cents.sum()) / 100, 2), min(days)


def warned(found):
    """What is warned of; a file this small is spoken of for its size anyway."""
    return tuple(warning.code for warning in found.intake.warnings)


def never_silently_wrong(file):
    content, customers, orders, total, first = file
    found = outcome(content, "orders.csv")
    right = (found.customers, found.orders, found.total, found.first) == (customers, orders, total, first)
    assert right or found.refused or warned(found), (content.decode(), found)


@settings(max_examples=15, deadline=None)
@given(files())
def test_files_of_these_kinds_come_to_the_truth_or_are_asked_about(file):
    never_silently_wrong(file)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(files())
def test_many_files_of_these_kinds_come_to_the_truth_or_are_asked_about(file):
    never_silently_wrong(file)


MONEY = ("10.50", "20.00", "30.00", "45.90")


def of(*headings, rows):
    return outcome(csv(",".join(headings), *rows), "orders.csv")


@pytest.mark.parametrize(("first", "second"), [("Amount", "Value"), ("Umsatz", "Betrag"), ("Total", "Gross")])
def test_two_columns_of_money_that_differ_are_said(first, second):
    rows = [f"{i},c{i % 2},2023-01-0{i + 1},{cell},{i}1.00" for i, cell in enumerate(MONEY)]
    found = of("Order", "Customer", "Date", first, second, rows=rows)
    assert warned(found) == ("amount_rival",)
    (warning,) = found.intake.warnings
    assert {warning.details["total"], warning.details["rival_total"]} == {106.40, 64.00}


@pytest.mark.parametrize("second", ["Subtotal", "Net", "Total discounts", "Shipping", "Tax amount", "Total"])
def test_a_plain_total_is_not_talked_about(second):
    rows = [f"{i},c{i % 2},2023-01-0{i + 1},{cell},{i}1.00" for i, cell in enumerate(MONEY)]
    found = of("Order", "Customer", "Date", "Order total", second, rows=rows)
    assert (found.total, warned(found)) == (106.40, ())


@pytest.mark.parametrize(
    ("heading", "cells", "total", "said"),
    [
        ("Discount", ("0.25", "0", "0.1"), 103.45, ()),
        ("Discount", ("25%", "0%", "10%"), 103.45, ()),
        ("Rabatt %", ("25", "0", "10"), 103.45, ()),
        ("Sconto percentuale", ("25", "", "10"), 103.45, ()),
        ("Remise", ("25.00", "0.00", "2.05"), 103.45, ()),  # money
        ("Discount", ("25", "0", "2"), 103.50, ("discount_assumed",)),  # 25 of 100: money or percent
    ],
)
def test_a_discount_is_taken_off_the_list_price(heading, cells, total, said):
    goods = ("a,2023-01-05,10.00,10", "b,2023-01-17,5.00,2", "a,2023-02-05,20.50,1")
    rows = [f"{i},{line},{cell}" for i, (line, cell) in enumerate(zip(goods, cells, strict=True))]
    found = of("OrderID", "CustomerID", "OrderDate", "UnitPrice", "Quantity", heading, rows=rows)
    assert (found.total, warned(found)) == (total, said)


def test_a_customer_who_once_leaves_out_the_tax_code_stays_one():
    rows = [
        "1,Alfa,IT01,2023-01-05,10",
        "2,Alfa,,2023-01-06,20",
        "3,Beta,,2023-01-07,30",
        "4,Beta,,2023-01-08,5",
    ]
    found = of("Order", "Cliente", "P. IVA", "Date", "Total", rows=rows)
    assert (found.customers, found.orders, found.total) == (2, 4, 65.00)


@pytest.mark.parametrize(
    ("company", "person"),
    [("Firma", "Name"), ("Ragione sociale", "Privato"), ("Raison sociale", "Nom"), ("Empresa", "Particular")],
)
def test_companies_and_private_persons_in_two_columns_are_all_customers(company, person):
    rows = [
        "1,Alfa,,2023-01-05,10.5",
        "2,,M. Huber,2023-01-17,20",
        "3,Alfa,,2023-02-05,30",
        "4,,L. Maier,2023-02-20,5",
    ]
    found = of("Order", company, person, "Date", "Total", rows=rows)
    assert (found.customers, found.orders, found.total) == (3, 4, 65.5)


def test_a_name_on_every_row_is_no_second_customer():
    rows = [
        "1,Alfa,Pen,2023-01-05,10.5",
        "2,,Ink,2023-01-17,20",
        "3,Alfa,Ink,2023-02-05,30",
        "4,Beta,Pen,2023-02-20,5",
    ]
    found = of("Order", "Company", "Name", "Date", "Total", rows=rows)
    assert (found.customers, found.orders) == (2, 3)
    assert "much_set_aside" in warned(found)


def test_a_surname_alone_is_no_second_customer():
    rows = ["1,Alfa,,,2023-01-05,10.5", "2,,Rossi,Mario,2023-01-17,20", "3,Alfa,,,2023-02-05,30"]
    found = of(
        "Order",
        "Ragione sociale",
        "Cognome",
        "Nome",
        "Date",
        "Total",
        rows=[*rows, "4,,Rossi,Anna,2023-02-20,5"],
    )
    assert (found.customers, "much_set_aside" in warned(found)) == (1, True)


@pytest.mark.parametrize(
    ("heading", "names"), [("email", "a@x.uk,,a@x.uk,b@x.uk,"), ("customer_name", "Ann,Bob,Ann,Cat,Dan")]
)
def test_numbers_new_with_every_order_beside_what_comes_again_are_said(heading, names):
    rows = [f"{i},90{i},{name},2023-01-0{i + 1},{i}1.5" for i, name in enumerate(names.split(","))]
    found = of("order_id", "customer_id", heading, "order_date", "total", rows=rows)
    (said,) = [note for note in found.intake.warnings if note.code == "customers_new_each_order"]
    assert said.details["rival"] == heading
    assert (said.details["customers"], said.details["rival_customers"]) == (
        5,
        len({*names.split(",")} - {""}),
    )


def test_customers_who_all_came_once_are_not_talked_about():
    rows = [f"{i},90{i},Ann {i},2023-01-0{i + 1},{i}1.5" for i in range(5)]
    assert not of(
        "order_id", "customer_id", "customer_name", "order_date", "total", rows=rows
    ).intake.warnings


def test_addresses_as_mail_programs_write_them_are_the_same():
    mails = ["ann@x.uk", "Ann Lee <Ann@x.uk>", "<ann@x.uk>", "mailto:ann@x.uk", "bob@x.uk"]
    rows = [f"{i},{mail},2023-01-0{i + 1},{i}1.5" for i, mail in enumerate(mails)]
    assert of("order_id", "email", "order_date", "total", rows=rows).customers == 2


def test_an_address_new_with_each_order_is_still_a_persons():
    rows = [f"{i},m{i}@x.it,Maria Rossi,2023-01-0{i + 1},10" for i in range(5)]
    assert of("Order", "Email", "Customer name", "Date", "Total", rows=rows).customers == 5


def test_refunds_are_money_or_marks():
    money = csv("Order,Customer,Date,Total,Refund", "1,Ann,2023-01-05,10,0", "2,Bob,2023-01-16,20,5")
    assert (outcome(money, "a.csv").refunds, outcome(money, "a.csv").refunded) == (1, -5.0)
    marks = csv("Order,Customer,Date,Total,Refund", "1,Ann,2023-01-05,10,0", "2,Bob,2023-01-16,20,1")
    assert (outcome(marks, "a.csv").orders, outcome(marks, "a.csv").refunded) == (1, -20.0)


def test_months_as_whole_numbers_are_dates_below_a_heading_that_says_so():
    found = outcome(csv("Cliente;Mese;Importo", "Ann;202301;10", "Ann;202302;20", "Bob;202302;30"), "a.csv")
    assert (found.orders, str(found.first), str(found.last)) == (3, "2023-01-01", "2023-02-01")
    assert "days_not_known" in found.said
