import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention.audit import TENTHS, one_period, tenth
from retention.statistics import concentration
from retention.study import Study
from tests.conftest import shop

FEBRUARY = 12 * 2024 + 1
BIG = st.lists(st.integers(1, 1000), min_size=1, max_size=60)


def kinds(values, customers=None):
    count = customers or [1] * len(values)
    return pd.DataFrame(
        {"orders": 1, "revenue": [float(value) for value in values], "refunds": 0.0, "customers": count}
    )


def test_tenths_of_ten_different_customers_hold_one_each():
    assert tenth([30, 100, 70, 10, 90, 20, 80, 60, 50, 40], [1] * 10).tolist() == [
        8,
        1,
        4,
        10,
        2,
        9,
        3,
        5,
        6,
        7,
    ]


def test_customers_of_equal_value_share_a_tenth_and_those_without_value_have_none():
    # four customers: the first stands at 1/8 of the places, the two equal ones at the middle of 1/4 … 3/4
    assert tenth([9, 5, 2, 0], [1, 2, 1, 7]).tolist() == [2, 6, 9, 0]


@given(BIG)
def test_tenths_fall_with_value(values):
    place = tenth(values, [1] * len(values))
    assert ((place >= 1) & (place <= TENTHS)).all()
    best_first = np.argsort(-np.array(values), kind="stable")
    assert (np.diff(place[best_first]) >= 0).all()


def test_a_period_by_hand(small_study):
    # February: a pays 30, b only gets 5 back, c pays 70, d gets 7 back
    found = small_study.audit.one_period("month", FEBRUARY)
    assert (found.customers, found.orders, found.once) == (2, 2, 2)
    assert (found.revenue, found.refunds) == (100.0, -12.0)
    assert (found.mean, found.median) == (50.0, 50.0)
    assert found.best.value == pytest.approx(0.2 / 0.5 * 0.7)  # on the way to the better half's 70 %
    table = found.deciles[["decile", "customers", "revenue", "average_order", "share_of_revenue"]]
    assert table.to_numpy().tolist() == [[3, 1, 70.0, 70.0, 0.7], [8, 1, 30.0, 30.0, 0.3]]


def test_an_order_twice_as_often_is_one_customer():
    orders = shop(
        [("a", "2024-02-01", 10), ("a", "2024-02-02", 10), ("b", "2024-02-03", 20)],
        "2024-01-01",
        "2024-02-29",
    )
    found = Study(orders).audit.one_period("month", FEBRUARY)
    assert (found.customers, found.orders, found.once) == (2, 3, 1)
    assert found.deciles["average_order"].tolist() == [pytest.approx(40 / 3)]


def test_bins_have_round_edges_and_hold_everybody():
    values = [12, 15, 25, 25, 60, 120, 210, 700]
    bins = one_period(kinds(values)).bins
    assert bins["from_value"].tolist() == [0, 20, 50, 100, 200, 500]
    assert bins["customers"].tolist() == [2, 2, 1, 1, 1, 1]
    assert bins["revenue"].sum() == sum(values)


def test_a_value_on_an_edge_belongs_to_the_bin_above():
    bins = one_period(kinds([10, 20, 20, 50, 100])).bins
    assert bins.loc[bins["from_value"] == 20, "customers"].tolist() == [2]


@given(BIG)
def test_bins_and_tenths_add_up(values):
    found = one_period(kinds(values))
    for table in (found.bins, found.deciles):
        assert table["customers"].sum() == len(values)
        assert table["revenue"].sum() == pytest.approx(sum(values))
        assert table["share"].sum() == pytest.approx(1)


@given(BIG)
@settings(max_examples=20)
def test_the_share_of_the_best_is_that_of_the_lorenz_curve(values):
    found = one_period(kinds(values))
    assert found.best.value == pytest.approx(concentration(values).share_of_best(0.2))
    assert found.best.low <= found.best.high


def test_nobody_bought():
    orders = shop([("a", "2024-01-05", 5), ("a", "2024-02-05", -5)], "2024-01-01", "2024-02-29")
    assert Study(orders).audit.one_period("month", FEBRUARY) is None


def test_online_retail(retail_study):
    orders = retail_study.orders
    quarter = orders.window.complete("quarter")[-1]
    found = retail_study.audit.one_period("quarter", quarter)
    own = orders.table[
        (orders.table["kind"] == "purchase")
        & (orders.table["date"] >= "2011-07-01")
        & (orders.table["date"] < "2011-10-01")
    ]
    per_customer = own.groupby("customer_id")["value"].agg(["sum", "size"])
    assert found.customers == len(per_customer)
    assert found.once == (per_customer["size"] == 1).sum()
    assert found.revenue == pytest.approx(per_customer["sum"].sum())
    assert found.median == pytest.approx(per_customer["sum"].median())


def test_values_that_span_too_few_round_edges_lie_between_even_ones():
    # from 101 to 180 there are but 100 and 200; steps of ten instead, or of a tenth where all are near
    bins = one_period(kinds([101, 118, 135, 150, 171, 180])).bins
    assert np.diff(bins["from_value"].iloc[1:]).tolist() == pytest.approx([10.0] * (len(bins) - 2))
    near = one_period(kinds([100.0, 100.5, 101.0])).bins
    assert near["from_value"].iloc[-1] % 10 == 0
    nearer = one_period(kinds([93.0, 94.0, 95.0])).bins
    assert np.diff(nearer["from_value"].iloc[1:]).tolist() == pytest.approx([1.0] * (len(nearer) - 2))


def test_everybody_has_a_bin_where_an_edge_is_rounded_to_just_above_all_values():
    bins = one_period(kinds([0.35] * 3)).bins  # 35 steps of 0.01 are a little more
    assert bins["customers"].tolist() == [3]


def test_the_least_value_may_be_an_edge():
    bins = one_period(kinds([10, 20, 50, 100, 200], [100] * 5)).bins  # so many that the tails are these
    assert bins["from_value"].tolist() == [10, 20, 50, 100, 200]
    assert bins["to_value"].tolist()[:-1] == [20, 50, 100, 200]
    assert np.isnan(bins["to_value"].iloc[-1])
