"""One study, and those of some of its customers."""

from unittest.mock import patch

import pandas as pd
import pytest

from retention import aggregate
from retention.orders import Orders
from retention.study import Study
from tests.conftest import shop

ROWS = [
    *[(f"old{n}", day, 10) for n in range(3) for day in ("2024-01-02", "2024-01-20", "2024-03-05")],
    *[(f"web{n}", day, 20) for n in range(4) for day in ("2024-04-10", "2024-05-15")],
    *[(f"shop{n}", "2024-05-20", 30) for n in range(2)],
    ("shop0", "2024-06-01", -5),
    ("nobody", "2024-06-02", -1),
]
SEGMENTS = {"old": "web", "web": "web", "shop": "shop"}


@pytest.fixture
def orders():
    found = shop(ROWS, "2024-01-01", "2024-06-30")
    found.table["segment"] = found.table["customer_id"].str.rstrip("0123456789").map(SEGMENTS)
    return found


@pytest.fixture
def study(orders):
    return Study(orders)


def only(orders, *kinds):
    """The study of these customers' orders alone."""
    kept = orders.table["customer_id"].str.rstrip("0123456789").isin(kinds)
    return Study(Orders(orders.table[kept].reset_index(drop=True), orders.window))


def assert_alike(found, expected):
    for table in ("customers", "gaps", "value_by_age"):
        pd.testing.assert_frame_equal(getattr(found.tables, table)(), getattr(expected.tables, table)())
    pd.testing.assert_frame_equal(found.shop.flows("month").table, expected.shop.flows("month").table)
    pd.testing.assert_frame_equal(found.cohorts.table("month").cells, expected.cohorts.table("month").cells)


def test_a_segments_study_is_that_of_its_customers_alone(study, orders):
    assert_alike(study.of_segment("segment", "shop"), only(orders, "shop"))
    assert_alike(study.of_segment("segment", "web"), only(orders, "old", "web"))
    assert_alike(study.of_segment("segment", "shop", others=True), only(orders, "old", "web", "nobody"))


def test_left_truncated_customers_are_left_out(study, orders):
    assert study.shop.left_truncated() == 3
    assert_alike(study.without_left_truncated, only(orders, "web", "shop"))
    assert study.counted(leave_out_left_truncated=False) is study
    assert study.counted(leave_out_left_truncated=True) is study.without_left_truncated


def test_a_segment_of_the_others_is_both(study, orders):
    assert_alike(study.without_left_truncated.of_segment("segment", "web"), only(orders, "web"))


def test_studies_of_some_share_the_memo_and_no_result(study):
    part = study.of_segment("segment", "shop")
    assert part.memo is study.memo
    assert part.whole is study
    assert len(part.tables.customers()) == 2
    assert len(study.tables.customers()) == 9
    assert study.of_segment("segment", "shop").tables.customers() is part.tables.customers()
    assert part.tables.customers() is not study.of_segment("segment", "shop", others=True).tables.customers()


def test_the_orders_are_sorted_once_for_all_of_them(orders):
    with patch.object(aggregate, "prepare", wraps=aggregate.prepare) as prepare:
        study = Study(orders)
        assert prepare.call_count == 0
        for part in (study, study.without_left_truncated, study.of_segment("segment", "web")):
            part.cohorts.table("month")
            part.shop.metrics("month")
        study.of_segment("segment", "web").dropoff.steps()
    assert prepare.call_count == 1
    assert set(study.memo.computed.values()) == {1}
