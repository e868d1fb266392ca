"""From where on customers and amounts are asked about, one threshold at a time."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention.ingest.checking.values import of_values


def found(values, customers=None):
    """What is said of purchases, by code; of several alike all."""
    count = len(values)
    bought = pd.DataFrame(
        {
            "customer_id": customers or [f"c{n}" for n in range(count)],
            "order_id": pd.Series([f"o{n}" for n in range(count)], dtype="str"),
            "date": pd.date_range("2024-01-01", periods=count, freq="h"),
            "value": np.asarray(values, dtype=float),
        }
    )
    said = {}
    for check in of_values(bought):
        said.setdefault(check.code, []).append(check.details)
    return said


def large(total, **orders):
    """Orders of those asked about, where each of the others has one."""
    names = [name for name, count in orders.items() for _ in range(count)]
    names += [f"c{n}" for n in range(total - len(names))]
    said = found([10.5] * total, names).get("large_customer", [])
    assert all(
        one["amount"] == 10.5 * one["orders"] and one["share"] == one["orders"] / total for one in said
    )
    return {one["customer"]: one["orders"] for one in said}


@pytest.mark.parametrize(
    ("total", "orders", "asked"),
    [
        (1800, {"desk": 90}, {"desk": 90}),  # a twentieth, and three times thirty
        (1801, {"desk": 90}, {}),
        (1700, {"desk": 89}, {}),
        (1800, {"desk": 120, "best": 40}, {"desk": 120}),  # three times the next
        (1800, {"desk": 120, "best": 41}, {}),
        (1000, {"desk": 300, "best": 95}, {"desk": 300}),
    ],
)
def test_a_cash_desk_has_a_twentieth_of_all_and_three_times_the_next(total, orders, asked):
    assert large(total, **orders) == asked


@pytest.mark.parametrize(
    ("total", "orders", "asked"),
    [
        (3000, {"guest": 30}, {"guest": 30}),  # a hundredth
        (3001, {"guest": 30}, {}),
        (100, {"guest": 29}, {}),
        (900, {"best": 50, "guest": 40, "cassa": 30}, {"guest": 40, "cassa": 30}),
    ],
)
def test_a_name_that_is_nobodys_needs_a_hundredth_and_thirty_orders(total, orders, asked):
    assert large(total, **orders) == asked


def rounded(values):
    return found(values).get("round_amounts")


def test_amounts_are_round_where_nearly_all_are():
    fives = [5.0 * (1 + n % 11) for n in range(100)]
    assert rounded(fives) == [{"step": 5, "share": 1.0}]
    assert rounded([*fives[:99], 7.5]) == [{"step": 5, "share": 0.99}]
    assert rounded([*fives[:98], 7.5, 7.5]) is None
    assert rounded([*fives[:98], 5.004, 9.996]) == [{"step": 5, "share": 1.0}]  # less than half a cent
    assert rounded([*fives[:98], 5.006, 9.994]) is None
    assert rounded([1000.0 * value for value in fives]) == [{"step": 1000, "share": 1.0}]


@pytest.mark.parametrize(("orders", "distinct", "asked"), [(50, 10, True), (49, 10, False), (50, 9, False)])
def test_round_amounts_are_no_chance_in_fifty_orders_of_ten_values(orders, distinct, asked):
    assert (rounded([5.0 * (1 + n % distinct) for n in range(orders)]) is not None) is asked


def extreme(values):
    (said,) = found(values).get("extreme_orders", [None])
    return said


def test_where_all_cost_the_same_six_quarters_of_a_logarithm_are_extreme():
    above = 20 * math.exp(6 * 0.25)  # 89.6
    assert extreme([20.0] * 60 + [89.0]) is None
    said = extreme([20.0] * 60 + [90.0])
    assert (said["orders"], said["amount"], said["share"]) == (1, 90.0, 90 / 1290)
    assert said["above"] == pytest.approx(above)
    assert said["largest"] == [{"customer": "c60", "order": "o60", "date": date(2024, 1, 3), "value": 90.0}]
    assert extreme([20.0] * 48 + [90.0]) is None  # 49 orders are too few
    assert extreme([20.0] * 49 + [90.0]) is not None


def test_where_they_differ_six_deviations_are():
    values = [math.exp(-1.0)] * 26 + [1.0] + [math.e] * 25  # half are a whole logarithm from the middle
    above = math.exp(6 * 1.4826)
    assert extreme([*values, 0.99 * above]) is None
    assert extreme([*values, 1.01 * above])["above"] == pytest.approx(above)


def test_the_five_largest_are_shown():
    said = extreme([20.0] * 60 + [100.0, 600.0, 300.0, 200.0, 500.0, 400.0])
    assert said["orders"] == 6
    assert [one["value"] for one in said["largest"]] == [600.0, 500.0, 400.0, 300.0, 200.0]
