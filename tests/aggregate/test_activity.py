from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention import aggregate
from tests.aggregate.shops import as_rows, prepared, rows

JANUARY = 12 * 2024


def test_cells_by_hand(small):
    cells = aggregate.cells(small, "month")
    assert as_rows(cells) == [
        (JANUARY, JANUARY, 2, 3, 80.0, 0.0),
        (JANUARY, JANUARY + 1, 1, 1, 30.0, -5.0),
        (JANUARY, JANUARY + 2, 2, 2, 100.0, 0.0),
        (JANUARY + 1, JANUARY + 1, 1, 1, 70.0, 0.0),
    ]


def test_a_refund_before_the_first_purchase_is_booked_at_age_0():
    orders = prepared([("a", "2024-01-10", -3), ("a", "2024-02-10", 20)], "2024-01-01", "2024-02-29")
    assert as_rows(aggregate.cells(orders, "month")) == [(JANUARY + 1, JANUARY + 1, 1, 1, 20.0, -3.0)]


def test_flows_by_hand(small):
    flows = aggregate.flows(small, "month")
    columns = ["active", "new", "retained", "reactivated", "orders", "revenue", "refunds"]
    assert as_rows(flows[["period", *columns]]) == [
        (JANUARY, 2, 2, 0, 0, 3, 80.0, 0.0),
        (JANUARY + 1, 2, 1, 1, 0, 2, 100.0, -12.0),
        (JANUARY + 2, 2, 0, 1, 1, 2, 100.0, 0.0),
    ]


def test_steadiness_by_hand(small):
    # January to March: a is at risk in two periods and retained in both; b at risk once, returns in March;
    # c at risk in February
    assert as_rows(aggregate.steadiness(small, "month", JANUARY, JANUARY + 2)) == [
        (1, 0, 0, 1),
        (1, 0, 1, 1),
        (2, 2, 2, 1),
    ]


def test_last_periods_by_hand(small):
    assert as_rows(aggregate.last_periods(small, "month")) == [
        (JANUARY, JANUARY + 2, 2),
        (JANUARY + 1, JANUARY + 1, 1),
    ]


@settings(max_examples=30)
@given(rows, st.randoms())
def test_nothing_depends_on_row_order_or_names(rows, random):
    orders = prepared(rows, "2024-01-01", "2024-06-30")
    shuffled = rows.copy()
    random.shuffle(shuffled)
    renamed = prepared(
        [(f"x{customer}", when, value) for customer, when, value in shuffled], "2024-01-01", "2024-06-30"
    )
    by_month = (aggregate.cells, aggregate.flows, aggregate.last_periods, aggregate.gaps_by_cohort)
    for table in by_month:
        pd.testing.assert_frame_equal(table(orders, "month"), table(renamed, "month"))
    for table in (aggregate.gaps, aggregate.value_by_age):
        pd.testing.assert_frame_equal(table(orders), table(renamed))


@settings(max_examples=50)
@given(rows)
def test_money_and_customers_add_up(rows):
    orders = prepared(rows, "2024-01-01", "2024-06-30")
    cells, flows = aggregate.cells(orders, "month"), aggregate.flows(orders, "month")
    buyers = {customer for customer, _, value in rows if value > 0}
    assert cells.query("cohort == period")["customers"].sum() == len(buyers) == flows["new"].sum()
    assert cells["revenue"].sum() == flows["revenue"].sum() == sum(value for _, _, value in rows if value > 0)
    assert flows["refunds"].sum() == sum(value for _, _, value in rows if value < 0)
    assert (flows["active"] == flows["new"] + flows["retained"] + flows["reactivated"]).all()
    assert aggregate.gaps(orders)["count"].sum() == flows["orders"].sum()


def test_online_retail_refunds_before_the_cohort(retail_study):
    orders, tables = retail_study.orders, retail_study.tables
    people = tables.customers()
    assert len(people) == 4338
    in_cohorts = tables.cells("month")["refunds"].sum()
    outside = tables.flows("month")["refunds"].sum() - in_cohorts
    only_refunds = orders.table[~orders.table["customer_id"].isin(people["customer_id"])]
    assert outside == pytest.approx(only_refunds["value"].sum())


def test_patterns_by_hand(small):
    # a buys at ages 0, 1, 2 and b at 0 and 2 of January's; c at 0 of February's
    assert as_rows(aggregate.patterns(small, "month")) == [
        (JANUARY, 0b101, 0, 1),
        (JANUARY, 0b111, 0, 1),
        (JANUARY + 1, 0b1, 0, 1),
    ]


def test_patterns_look_at_ninety_six_periods():
    start = pd.Timestamp("2010-01-15")
    months = [0, 47, 48, 95, 96]
    rows = [("a", str((start + pd.DateOffset(months=m)).date()), 5) for m in months]
    found = aggregate.patterns(prepared(rows, "2010-01-01", "2018-12-31"), "month")
    assert as_rows(found) == [(12 * 2010, 1 + 2**47, 1 + 2**47, 1)]


@settings(max_examples=25)
@given(rows)
def test_patterns_hold_every_cell_of_purchases(data):
    orders = prepared(data, "2024-01-01", "2024-06-30")
    patterns, cells = aggregate.patterns(orders, "month"), aggregate.cells(orders, "month")
    bought = cells[cells["customers"] > 0]
    found = {
        (row.cohort, row.cohort + age): 0
        for row in patterns.itertuples()
        for age in range(6)
        if row.early >> age & 1
    }
    for row in patterns.itertuples():
        for age in range(6):
            if row.early >> age & 1:
                found[row.cohort, row.cohort + age] += row.customers
    assert found == {(row.cohort, row.period): row.customers for row in bought.itertuples()}


def test_a_measure_of_orders_is_summed_wherever_their_value_is(small_shop, monkeypatch):
    monkeypatch.setattr("retention.orders.MEASURES", ("items",))
    items = [1, 2, 3, 4, 5, 99, 6, 7, 99]  # the refunds' are those of no purchase
    orders = replace(small_shop, table=small_shop.table.assign(items=items))
    found = aggregate.flows(aggregate.prepare(orders), "month")
    assert found["items"].tolist() == [1 + 2 + 5, 3 + 7, 4 + 6]
