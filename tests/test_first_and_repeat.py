import pandas as pd
import pytest

from retention.first_and_repeat import first_and_repeat
from retention.study import Study
from tests.conftest import shop

# a: 10, then 20 and 40 (mean 30); b: 40, then 10; c: 70 and never again
ROWS = [
    ("a", "2024-01-01", 10),
    ("a", "2024-01-05", 20),
    ("a", "2024-02-01", 40),
    ("b", "2024-01-02", 40),
    ("b", "2024-01-09", 10),
    ("c", "2024-01-03", 70),
]


def of(rows):
    return first_and_repeat(Study(shop(rows, "2024-01-01", "2024-03-01")).tables.customers())


def test_by_hand():
    found = of(ROWS)
    assert found.customers == 2
    assert (found.first, found.repeat) == (25.0, 20.0)
    assert found.paired.value == pytest.approx(20 / 25 - 1)
    assert found.geometric.value == pytest.approx((30 / 10 * 10 / 40) ** 0.5 - 1)
    assert found.pooled.value == pytest.approx((70 / 3) / (120 / 3) - 1)  # mean of three orders, of three


def test_a_shop_where_all_orders_are_alike_shows_no_difference():
    found = of([(name, f"2024-01-0{day}", 12) for name in "abc" for day in (1, 2)])
    assert found.paired.value == found.geometric.value == found.pooled.value == 0
    assert (found.paired.low, found.paired.high) == (0, 0)


def test_nobody_came_back():
    assert of([("a", "2024-01-01", 10), ("b", "2024-01-01", 10)]) is None


def test_nothing_depends_on_row_order_or_names():
    turned = of([({"a": "z", "b": "y", "c": "x"}[name], day, value) for name, day, value in reversed(ROWS)])
    assert turned == of(ROWS)


def test_a_first_order_worth_nothing_leaves_the_typical_customer_out():
    people = pd.DataFrame({"first_value": [0.0, 10.0], "revenue": [5.0, 30.0], "orders": [2, 2]})
    found = first_and_repeat(people)
    assert found.geometric is None
    assert found.paired.value == pytest.approx(12.5 / 5 - 1)


def test_online_retail(retail_study):
    found = first_and_repeat(retail_study.tables.customers())
    assert found.customers == 2845
    assert found.pooled.value == pytest.approx(0.169, abs=0.0005)
    assert found.paired.value == pytest.approx(0.008, abs=0.0005)
    assert found.geometric.value == pytest.approx(-0.094, abs=0.0005)
    assert found.paired.low < -0.10
    assert found.paired.high > 0.14  # too uncertain to speak of any difference
    assert found.geometric.high < 0
