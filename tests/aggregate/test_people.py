from datetime import date

import pytest

from retention import aggregate
from tests.aggregate.shops import as_rows, prepared


def test_several_orders_on_a_day_are_one_purchase_day_of_their_sum():
    orders = prepared(
        [("a", "2024-01-01", 10), ("a", "2024-01-05", 1), ("a", "2024-01-05", 2), ("a", "2024-01-08", 5)],
        "2024-01-01",
        "2024-01-10",
    )
    person = aggregate.customers(orders).iloc[0]
    assert (person["orders"], person["x"], person["t_x"], person["T"]) == (4, 2, 7, 9)
    assert person["m_x"] == pytest.approx((3 + 5) / 2)
    assert person["first_value"] == 10
    assert aggregate.gaps(orders, unit="day").query("followed")["days"].tolist() == [4, 3]


def test_states_and_spend_count_customers():
    orders = prepared(
        [("a", "2024-01-01", 10), ("a", "2024-01-03", 4), ("b", "2024-01-01", 7), ("b", "2024-01-03", 4)],
        "2024-01-01",
        "2024-01-05",
    )
    people = aggregate.customers(orders)
    assert as_rows(aggregate.states(people)) == [(1, 2, 4, 2)]
    assert as_rows(aggregate.spend(people)) == [(1, 4.0, 2)]


def test_at_one_instant_the_larger_purchase_is_the_first():
    orders = prepared([("a", "2024-01-01", 10), ("a", "2024-01-01", 25)], "2024-01-01", "2024-01-05")
    assert aggregate.customers(orders)["first_value"].tolist() == [25.0]


def test_where_nobody_bought_there_are_no_customers_alike():
    taken_back = prepared([("a", "2024-01-10", -3)], "2024-01-01", "2024-02-29")
    found = aggregate.alike(aggregate.people(taken_back), 7, date(2024, 2, 29))
    assert found.empty
    assert {"x", "last_day", "T", "customers"} <= set(found)
