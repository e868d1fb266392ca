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
