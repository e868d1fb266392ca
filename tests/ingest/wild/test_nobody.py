"""Customers who are nobody in particular, and cells that hold a spreadsheet's error."""

import pytest
from hypothesis import given, settings, strategies as st

from tests.ingest.wild.outcome import csv, outcome, wild

NAMES = ["Anna Verdi", "Cassandra", "Rosa Banco", "Marco Bar", "Guestalla Test", "Gastone", "Privatera"]
NOBODY = ["Guest", "OSPITE", "Walk-in", "cash sale", "Consumidor Final", "Laufkunde", "Barverkauf"]
NOBODY += ["Client de passage", "comptoir", "Vente au comptoir", "cliente mostrador", "0", "FALSE", "Cassa"]
NOBODY += ["banco", "Corrispettivi", "Privato", "unknown", "sconosciuto", "unbekannt", "inconnu", "n/a"]
NOBODY += ["desconocido", "test", "#N/D", "#REF!", "#VALUE!", "#NV", "#N/A", "(Guest)", "Invité", "balcão"]


@pytest.mark.parametrize(("name", "rows"), [("m16_guest.csv", 4), ("m16b_zero.csv", 3)])
def test_a_placeholder_is_set_aside_and_named(name, rows):
    found = wild(name)
    assert (found.customers, found.orders, found.total) == (1, 1, 30.0)
    assert found.intake.account.set_aside["nobody"][0] == rows
    assert "customers_nobody" in found.said


def test_errors_of_a_spreadsheet_name_no_customer():
    found = wild("m11_error_it.csv")
    assert (found.customers, found.orders, found.total) == (2, 2, 50.0)
    assert found.intake.account.rows_set_aside == 4


def test_a_number_that_is_always_nobody_by_name_is_nobody():
    lines = [
        "1,1,Walk-in customer,2023-01-05,10.5",
        "2,7,Ann,2023-01-17,20",
        "3,1,Walk-in customer,2023-02-20,30",
    ]
    found = outcome(csv("order_id,customer_id,customer_name,date,total", *lines), "orders.csv")
    assert (found.customers, found.orders, found.total) == (1, 1, 20.0)
    (said,) = [note for note in found.intake.warnings if note.code == "customers_nobody"]
    assert said.details == {"rows": 2, "names": ["Walk-in customer"]}


@pytest.mark.parametrize("heading", ["customer_id", "customer_email"])
def test_a_number_of_its_own_or_an_address_is_somebody_even_as_a_guest(heading):
    lines = ["1,a@x.uk,Guest,2023-01-05,10.5", "2,b@x.uk,Ann,2023-01-17,20", "3,a@x.uk,Guest,2023-02-20,30"]
    if heading == "customer_id":
        lines = ["1,8,Guest,2023-01-05,10.5", "2,7,Ann,2023-01-17,20", "3,9,Guest,2023-02-20,30"]
    found = outcome(csv(f"order_id,{heading},customer_name,date,total", *lines), "orders.csv")
    assert found.orders == 3


def test_the_tax_offices_number_of_consumers_is_nobody():
    lines = ["1,999999990,2023-01-05,10.5", "2,200000001,2023-01-17,20"]
    found = outcome(csv("Fatura,Contribuinte,Data,Total", *lines), "orders.csv")
    assert (found.customers, found.total) == (1, 20.0)


def check(sales):
    lines = [
        f"{i},{who},2023-{1 + i % 12:02}-{1 + i % 28:02},{cents / 100:.2f}"
        for i, (who, cents) in enumerate(sales, 1)
    ]
    found = outcome(csv("Order,Customer,Date,Total", *lines), "orders.csv")
    named = [(who, cents) for who, cents in sales if who in NAMES]
    if not named:
        assert found.refused == "no_usable_rows"
        return
    right = (len({who for who, _ in named}), len(named), round(sum(cents for _, cents in named) / 100, 2))
    assert (found.customers, found.orders, found.total) == right


SALES = st.lists(
    st.tuples(st.sampled_from([*NAMES, *NOBODY]), st.integers(101, 9_999)), min_size=3, max_size=20
).filter(lambda sales: any(who in NAMES for who, _ in sales))


@settings(max_examples=15, deadline=None)
@given(SALES)
def test_only_people_count(sales):
    check(sales)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(SALES)
def test_only_people_count_in_many_files(sales):
    check(sales)
