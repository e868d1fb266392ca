import pytest
from hypothesis import given, settings

from retention import aggregate
from retention.audit import whole_base
from retention.flows import flows
from tests.conftest import shop
from tests.test_aggregate import rows

JANUARY = 12 * 2024


def of(orders, number, period="month"):
    cells, table = aggregate.cells(orders, period), flows(orders, period).table
    lately = cells[cells["period"] == number]
    net = table.loc[table["period"] == number, "revenue"].sum()
    rest = net - (lately["revenue"] + lately["refunds"]).sum()
    return whole_base(cells, aggregate.recency(orders, period, number), rest, period, orders.window, number)


def test_a_base_by_hand(small_shop):
    # End of February: a (last on the 10th, 3 orders) and b (15 January, once) of January, c (the 20th, once)
    found = of(small_shop, JANUARY + 1)
    assert (found.customers, found.active, found.once) == (3, 2, 2)
    assert (found.net, found.unassigned) == (88.0, -7.0)  # d has but the refund
    columns = ["cohort", "customers", "active", "once", "net", "days_since"]
    assert found.table[columns].to_numpy().tolist() == [
        [JANUARY, 2, 1, 1, 25.0, (19 + 45) / 2],
        [JANUARY + 1, 1, 1, 1, 70.0, 9.0],
    ]
    assert found.table["share_of_revenue"].tolist() == pytest.approx([25 / 95, 70 / 95])
    assert found.new["net"] == 70.0


def test_what_comes_later_is_not_known_yet(small_shop):
    found = of(small_shop, JANUARY)
    assert found.customers == 2
    assert found.once == 1  # a bought twice in January, b once
    assert found.new["share_of_revenue"] == 1.0


def test_nobody_had_bought_yet():
    orders = shop([("a", "2024-02-05", 5)], "2024-01-01", "2024-02-29")
    assert of(orders, JANUARY) is None


@settings(max_examples=6)
@given(rows)
def test_generations_make_up_the_period(history):
    orders = shop(history, "2024-01-01", "2024-06-30")
    table = flows(orders, "month").table.set_index("period")
    for month in (JANUARY + 1, JANUARY + 4):
        found = of(orders, month)
        if found is None:
            continue
        assert found.table["net"].sum() + found.unassigned == pytest.approx(table["revenue"][month])
        assert found.active == table["active"][month]
        assert found.customers == table.loc[:month, "new"].sum()


def test_online_retail(online_retail):
    orders = online_retail.orders
    found = of(orders, orders.window.complete("quarter")[-1], "quarter")
    assert found.table["customers"].iloc[0] == 885  # the quarter of December 2010
    assert found.table["share_of_revenue"].sum() == pytest.approx(1)
