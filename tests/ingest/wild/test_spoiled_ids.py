"""Ids a spreadsheet cut short, or took the zeros from."""

import pytest
from hypothesis import given, strategies as st

from retention import ingest
from tests.ingest.wild.making import FEW, MANY, figures, sales, truth
from tests.ingest.wild.outcome import csv, outcome, wild


def test_orders_of_cut_numbers_are_a_customers_day():
    found = wild("m06_sci_order.csv")
    assert (found.customers, found.orders, found.total) == (2, 4, 100.0)
    assert "ids_cut_short" in found.said


def test_customers_of_cut_numbers_are_refused():
    assert wild("m06_sci_cust.csv").refused == "ids_cut_short"


@pytest.mark.parametrize("spoiled", ["4,05123E+14", "4.05123e+14", "1E+15", "4051230000000000"])
def test_a_few_cut_customers_are_set_aside(spoiled):
    other = "4051230000000011" if spoiled.isdigit() else "17"
    lines = [f'1,2023-01-05,10.5,"{spoiled}"', "2,2023-02-05,20,K1", '3,2023-03-05,30,"4051240000000000"']
    if spoiled.isdigit():
        assert outcome(csv("Order,Date,Total,Customer", *lines), "o.csv").intake.account.set_aside == {
            "id_cut_short": (2, 40.5)
        }
        lines[2] = f"3,2023-03-05,30,{other}"  # one that ends otherwise: they are whole
        assert outcome(csv("Order,Date,Total,Customer", *lines), "o.csv").customers == 3
        return
    found = outcome(csv("Order,Date,Total,Customer", *lines), "o.csv")
    assert (found.customers, found.intake.account.set_aside["id_cut_short"]) == (2, (1, 10.5))


def two_files(first, second):
    files = [
        (
            name,
            csv(
                "Order,Date,Total,Customer",
                *(f"{name[0]}{i},2023-0{i}-05,1{i}.5,{who}" for i, who in enumerate(ids, 1)),
            ),
        )
        for name, ids in (("a.csv", first), ("b.csv", second))
    ]
    raw = ingest.read_many(files)
    return ingest.to_orders(raw, ingest.guess(raw).mapping)


def test_zeros_lost_in_one_file_are_the_same_customers():
    found = two_files(["00123", "00456", "10789"], ["123", "456", "10789"])
    assert found.account.customers == 3
    assert [(note.code, note.details["ids"]) for note in found.warnings] == [("leading_zeros_joined", 2)]


def test_zeros_that_tell_customers_apart_in_a_file_stay():
    found = two_files(["00123", "123", "10789"], ["123", "456", "10789"])
    assert found.account.customers == 4
    assert [note.code for note in found.warnings] == ["leading_zeros_lost"]


def spoiled(number: int, how: str) -> str:
    """An id of sixteen digits as a spreadsheet leaves it."""
    if how == "whole":
        return str(number)
    return f"{number:.5E}" if how == "power" else str(number // 10 * 10)


def check(some, role, how):
    """Ids that tell customers or orders apart until they are cut."""
    of = {"anna": 4051230000000111, "bruno": 4051230000000222, "carla": 4051230000000333}
    lines = []
    for sale in some:
        order = spoiled(7_700_000_000_000_000 + sale.order, how) if role == "order" else sale.order
        customer = spoiled(of[sale.customer], how) if role == "customer" else sale.customer
        lines.append(f"{order},{customer},{sale.day},{sale.cents / 100:.2f}")
    found = outcome(csv("Order ID,Customer ID,Date,Total", *lines), "shop.csv")
    if how == "whole":
        assert figures(found) == truth(some)
    elif role == "customer":
        assert found.refused in {"ids_cut_short", "missing customer"}
    else:
        about = {"ids_cut_short", "order_numbers_repeat", "orders_over_days"}  # one number for all is said so
        assert figures(found) == truth(some) or about & {*found.said}


SHAPES = {
    "some": sales(),
    "role": st.sampled_from(("order", "customer")),
    "how": st.sampled_from(("whole", "power", "zeros")),
}


@FEW
@given(**SHAPES)
def test_cut_ids_never_join_in_silence(some, role, how):
    check(some, role, how)


@pytest.mark.slow
@MANY
@given(**SHAPES)
def test_cut_ids_never_join_in_silence_in_many_files(some, role, how):
    check(some, role, how)
