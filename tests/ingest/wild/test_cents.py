"""Amounts in cents: read so where the heading says it, asked where programs may have written them so."""

import pytest
from hypothesis import given, settings, strategies as st

from retention import ingest
from tests.ingest.wild.outcome import csv, outcome

SAYING = ["amount_cents", "total_cents", "amount_in_cents", "Importo (centesimi)", "importo_cent"]
SAYING += ["Betrag in Cent", "Montant en centimes", "Importe en céntimos", "Valor em centavos", "totalCents"]
SALES = [("a", "2023-01-05", 1050), ("b", "2023-01-06", 399), ("a", "2023-02-17", 2000)]


def sold(heading, sales=SALES, more=""):
    head = f"Order,Customer,Date,{heading}" + (",Currency" if more else "")
    return csv(head, *(f"{i},{who},{day},{amount}{more}" for i, (who, day, amount) in enumerate(sales, 1)))


@pytest.mark.parametrize("heading", SAYING)
def test_a_heading_that_says_cents_is_taken_at_its_word_and_that_is_said(heading):
    found = outcome(sold(heading), "shop.csv")
    assert (found.orders, found.total) == (3, 34.49)
    assert "read_as_cents" in found.said
    assert not {"maybe_cents", "cents"} & set(found.said)


def test_amounts_with_decimals_are_asked_about_though_the_heading_says_cents():
    found = outcome(
        sold("total_cents", [("a", "2023-01-05", "10.50"), ("b", "2023-01-06", "3.99")]), "shop.csv"
    )
    assert found.total == 14.49
    assert {"maybe_cents", "cents"} <= set(found.said)


def test_whole_amounts_as_programs_write_them_are_asked_about():
    found = outcome(sold("Amount", more=",eur"), "shop.csv")
    assert found.total == 3449
    assert {"maybe_cents", "cents"} <= set(found.said)
    (question,) = found.guess.questions
    assert [(option.value, option.details) for option in question.options] == [
        (False, {"total": 3449.0}),
        (True, {"total": 34.49}),
    ]


@pytest.mark.parametrize(
    ("heading", "more", "amount"),
    [
        ("Amount", ",EUR", "1050"),
        ("Amount", ",eur", "10.50"),
        ("Amount", "", "1050"),
    ],
)
def test_other_amounts_are_as_they_stand(heading, more, amount):
    found = outcome(
        sold(heading, [("a", "2023-01-05", amount), ("b", "2023-02-05", amount)], more), "shop.csv"
    )
    assert found.total == 2 * float(amount)
    assert not {"maybe_cents", "read_as_cents", "cents"} & set(found.said)


def test_a_price_as_an_interface_of_payments_names_it_is_asked_about():
    lines = ("a,2023-01-05,2,1050", "b,2023-01-06,3,99")
    found = outcome(csv("Customer,Date,Quantity,unit_amount", *lines), "shop.csv")
    assert found.total == 2397
    assert {"maybe_cents", "cents"} <= set(found.said)
    accounts = outcome(csv("Customer,Date,Quantity,UnitAmount", *lines), "shop.csv")
    assert "cents" not in accounts.said


def test_quantity_times_a_price_in_cents():
    lines = ("a,2023-01-05,2,1050", "b,2023-01-06,3,99")
    found = outcome(csv("Customer,Date,Quantity,Unit price cents", *lines), "shop.csv")
    assert (found.total, found.guess.mapping.cents) == (23.97, True)


@pytest.mark.parametrize(
    ("amount", "refunded", "back"), [("Total", "Refunded cents", -5.0), ("Total cents", "Refunded", -500.0)]
)
def test_a_column_beside_is_in_cents_where_its_own_heading_says_so(amount, refunded, back):
    paid = "1050" if "cents" in amount else "10.50"
    lines = (f"a,2023-01-05,{paid},500", f"b,2023-01-06,{paid},0")
    raw = ingest.read(csv(f"Customer,Date,{amount},{refunded}", *lines), "shop.csv")
    found = ingest.guess(raw, amount=amount, refunded=refunded)
    table = ingest.to_orders(raw, found.mapping).orders.table
    assert sorted(table["value"]) == [back, 10.5, 10.5]


AMOUNTS = st.lists(st.integers(1, 999_999), min_size=1, max_size=12)


def check_heading(heading, amounts):
    sales = [(f"c{i % 3}", f"2023-01-{1 + i:02}", amount) for i, amount in enumerate(amounts)]
    found = outcome(sold(heading, sales), "shop.csv")
    assert found.refused or found.total == round(sum(amounts) / 100, 2) or "cents" in found.said


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(SAYING), AMOUNTS)
def test_the_heading_is_taken_at_its_word(heading, amounts):
    check_heading(heading, amounts)


@pytest.mark.slow
@settings(max_examples=250, deadline=None)
@given(st.sampled_from(SAYING), AMOUNTS)
def test_the_heading_is_taken_at_its_word_in_many_files(heading, amounts):
    check_heading(heading, amounts)
