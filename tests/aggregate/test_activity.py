import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention import aggregate
from retention.orders import Orders
from tests.conftest import shop

JANUARY = 12 * 2024

rows = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.dates(
            min_value=pd.Timestamp("2024-01-01").date(), max_value=pd.Timestamp("2024-06-30").date()
        ).map(str),
        st.integers(-30, 100).filter(bool),
    ),
    min_size=1,
    max_size=40,
)


def as_rows(table):
    return [tuple(row) for row in table.itertuples(index=False)]


def test_cells_by_hand(small_shop):
    cells = aggregate.cells(small_shop, "month")
    assert as_rows(cells) == [
        (JANUARY, JANUARY, 2, 3, 80.0, 0.0),
        (JANUARY, JANUARY + 1, 1, 1, 30.0, -5.0),
        (JANUARY, JANUARY + 2, 2, 2, 100.0, 0.0),
        (JANUARY + 1, JANUARY + 1, 1, 1, 70.0, 0.0),
    ]


def test_a_refund_before_the_first_purchase_is_booked_at_age_0():
    orders = shop([("a", "2024-01-10", -3), ("a", "2024-02-10", 20)], "2024-01-01", "2024-02-29")
    assert as_rows(aggregate.cells(orders, "month")) == [(JANUARY + 1, JANUARY + 1, 1, 1, 20.0, -3.0)]


def test_flows_by_hand(small_shop):
    flows = aggregate.flows(small_shop, "month")
    columns = ["active", "new", "retained", "reactivated", "orders", "revenue", "refunds"]
    assert as_rows(flows[["period", *columns]]) == [
        (JANUARY, 2, 2, 0, 0, 3, 80.0, 0.0),
        (JANUARY + 1, 2, 1, 1, 0, 2, 100.0, -12.0),
        (JANUARY + 2, 2, 0, 1, 1, 2, 100.0, 0.0),
    ]


def test_steadiness_by_hand(small_shop):
    # January to March: a is at risk in two periods and retained in both; b at risk once, returns in March;
    # c at risk in February
    assert as_rows(aggregate.steadiness(small_shop, "month", JANUARY, JANUARY + 2)) == [
        (1, 0, 0, 1),
        (1, 0, 1, 1),
        (2, 2, 2, 1),
    ]


def test_last_periods_by_hand(small_shop):
    assert as_rows(aggregate.last_periods(small_shop, "month")) == [
        (JANUARY, JANUARY + 2, 2),
        (JANUARY + 1, JANUARY + 1, 1),
    ]


def test_gaps_by_hand(small_shop):
    # days to the next purchase, or waited until 20 March
    assert as_rows(aggregate.gaps(small_shop, "month")) == [
        (1, JANUARY, 30, True, 1),
        (1, JANUARY, 65, True, 1),
        (1, JANUARY + 1, 29, False, 1),
        (2, JANUARY, 10, True, 1),
        (2, JANUARY + 2, 0, False, 1),
        (3, JANUARY + 1, 24, True, 1),
        (4, JANUARY + 2, 15, False, 1),
    ]


def test_several_orders_on_a_day_are_one_purchase_day_of_their_sum():
    orders = shop(
        [("a", "2024-01-01", 10), ("a", "2024-01-05", 1), ("a", "2024-01-05", 2), ("a", "2024-01-08", 5)],
        "2024-01-01",
        "2024-01-10",
    )
    person = aggregate.customers(orders).iloc[0]
    assert (person["orders"], person["x"], person["t_x"], person["T"]) == (4, 2, 7, 9)
    assert person["m_x"] == pytest.approx((3 + 5) / 2)
    assert person["first_value"] == 10
    assert aggregate.gaps(orders, "year", unit="day").query("followed")["days"].tolist() == [4, 3]


def test_states_and_spend_count_customers():
    orders = shop(
        [("a", "2024-01-01", 10), ("a", "2024-01-03", 4), ("b", "2024-01-01", 7), ("b", "2024-01-03", 4)],
        "2024-01-01",
        "2024-01-05",
    )
    people = aggregate.customers(orders)
    assert as_rows(aggregate.states(people)) == [(1, 2, 4, 2)]
    assert as_rows(aggregate.spend(people)) == [(1, 4.0, 2)]


def test_at_one_instant_the_larger_purchase_is_the_first():
    orders = shop([("a", "2024-01-01", 10), ("a", "2024-01-01", 25)], "2024-01-01", "2024-01-05")
    assert aggregate.customers(orders)["first_value"].tolist() == [25.0]


def test_value_by_age_by_hand(small_shop):
    table = aggregate.value_by_age(small_shop)
    first, second, third = (
        pd.Timestamp(day).toordinal() for day in ("2024-01-01", "2024-01-15", "2024-02-20")
    )
    assert as_rows(table) == [
        (first, 0, 30.0, 0.0),  # ages 0 and 30 days lie in the first 30.4375
        (first, 1, 30.0, 0.0),
        (first, 2, 40.0, 0.0),
        (second, 0, 0.0 + 50.0, -5.0),
        (second, 2, 60.0, 0.0),
        (third, 0, 70.0, 0.0),
    ]


def test_segment_of_a_customer_is_that_of_the_first_purchase():
    orders = shop(
        [("a", "2024-01-01", 10), ("a", "2024-02-01", 10), ("b", "2024-01-01", 5)], "2024-01-01", "2024-02-29"
    )
    orders = Orders(orders.table.assign(segment=["web", "shop", "shop"]), orders.window)
    cells = aggregate.cells(orders, "month", by="segment")
    assert as_rows(cells[["cohort", "period", "segment", "customers"]]) == [
        (JANUARY, JANUARY, "shop", 1),
        (JANUARY, JANUARY, "web", 1),
        (JANUARY, JANUARY + 1, "web", 1),
    ]
    assert aggregate.customers(orders)["segment"].tolist() == ["web", "shop"]


@settings(max_examples=30)
@given(rows, st.randoms())
def test_nothing_depends_on_row_order_or_names(rows, random):
    orders = shop(rows, "2024-01-01", "2024-06-30")
    shuffled = rows.copy()
    random.shuffle(shuffled)
    renamed = shop(
        [(f"x{customer}", when, value) for customer, when, value in shuffled], "2024-01-01", "2024-06-30"
    )
    for table in (aggregate.cells, aggregate.flows, aggregate.last_periods, aggregate.gaps):
        pd.testing.assert_frame_equal(table(orders, "month"), table(renamed, "month"))
    pd.testing.assert_frame_equal(aggregate.value_by_age(orders), aggregate.value_by_age(renamed))


@settings(max_examples=50)
@given(rows)
def test_money_and_customers_add_up(rows):
    orders = shop(rows, "2024-01-01", "2024-06-30")
    cells, flows = aggregate.cells(orders, "month"), aggregate.flows(orders, "month")
    buyers = {customer for customer, _, value in rows if value > 0}
    assert cells.query("cohort == period")["customers"].sum() == len(buyers) == flows["new"].sum()
    assert cells["revenue"].sum() == flows["revenue"].sum() == sum(value for _, _, value in rows if value > 0)
    assert flows["refunds"].sum() == sum(value for _, _, value in rows if value < 0)
    assert (flows["active"] == flows["new"] + flows["retained"] + flows["reactivated"]).all()
    assert aggregate.gaps(orders, "month")["count"].sum() == flows["orders"].sum()


def test_online_retail_refunds_before_the_cohort(online_retail):
    orders = online_retail.orders
    people = aggregate.customers(orders)
    assert len(people) == 4338
    in_cohorts = aggregate.cells(orders, "month")["refunds"].sum()
    outside = aggregate.flows(orders, "month")["refunds"].sum() - in_cohorts
    only_refunds = orders.table[~orders.table["customer_id"].isin(people["customer_id"])]
    assert outside == pytest.approx(only_refunds["value"].sum())


def test_patterns_by_hand(small_shop):
    # a buys at ages 0, 1, 2 and b at 0 and 2 of January's; c at 0 of February's
    assert as_rows(aggregate.patterns(small_shop, "month")) == [
        (JANUARY, 0b101, 0, 1),
        (JANUARY, 0b111, 0, 1),
        (JANUARY + 1, 0b1, 0, 1),
    ]


def test_patterns_look_at_ninety_six_periods():
    start = pd.Timestamp("2010-01-15")
    months = [0, 47, 48, 95, 96]
    rows = [("a", str((start + pd.DateOffset(months=m)).date()), 5) for m in months]
    found = aggregate.patterns(shop(rows, "2010-01-01", "2018-12-31"), "month")
    assert as_rows(found) == [(12 * 2010, 1 + 2**47, 1 + 2**47, 1)]


@settings(max_examples=25)
@given(rows)
def test_patterns_hold_every_cell_of_purchases(data):
    orders = shop(data, "2024-01-01", "2024-06-30")
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


def test_a_shop_is_split_by_the_segment_of_the_first_purchase(small_shop):
    segments = {"a": "ads", "b": "post", "c": None, "d": "ads"}
    table = small_shop.table.assign(segment=[segments[c] for c in small_shop.table["customer_id"]])
    table.loc[table["customer_id"].eq("a") & table["date"].ge("2024-02-01"), "segment"] = "post"
    orders = Orders(table, small_shop.window)
    one, others = aggregate.split(orders, "segment", "ads")
    assert set(one.table["customer_id"]) == {"a"}
    assert set(others.table["customer_id"]) == {"b", "c", "d"}
    assert len(one.table) + len(others.table) == len(table)
    assert one.window == orders.window
    assert set(aggregate.split(orders, "segment", "")[0].table["customer_id"]) == {"c"}
