"""Cohorts by every measure, on or after a period, by segment, side by side; who is behind a cell."""

from datetime import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention import aggregate, ingest
from retention.cohorts import (
    OnOrAfter,
    behind,
    cohort_table,
    compare,
    only,
    plain_cohorts,
    revenue_by_cohort,
    table_by_segment,
    table_of,
    without_first,
)
from retention.metrics import active_days
from retention.orders import Orders
from retention.report.plain import records
from tests.conftest import shop

JANUARY, DECEMBER = 12 * 2024, 12 * 2010 + 11


def cell(table, cohort, age):
    cells = table.cells
    return cells[(cells["cohort"] == cohort) & (cells["age"] == age)].iloc[0]


def on_or_after(orders, period, settled_after, **more):
    later = OnOrAfter(aggregate.last_periods(orders, period), settled_after)
    return table_of(aggregate.cells(orders, period), period, orders.window, later=later, **more)


def by_segment(orders, by, **more):
    return table_by_segment(aggregate.cells(orders, "month", by=by), "month", orders.window, **more)


@pytest.fixture
def channels(small_shop):
    """The small shop with a channel on every order; b came over the web, whatever it used later."""
    channel = ["shop", "web", "web", "web", "web", "shop", None, "shop", "web"]
    return Orders(small_shop.table.assign(channel=channel), small_shop.window)


def test_every_measure_of_a_cell_by_hand(small_shop):
    # January: a buys 10 and 20, b 50; February: a buys 30, b is given 5 back
    first, second = (cell(cohort_table(small_shop, "month"), JANUARY, age) for age in (0, 1))
    assert (first["customers"], first["orders"], first["revenue"], first["revenue_per_customer"]) == (
        2,
        3,
        80,
        40,
    )
    assert first["average_order_value"] == first["net_order_value"] == pytest.approx(80 / 3)
    assert (second["customers"], second["share"], second["orders"]) == (1, 0.5, 1)
    assert (second["gross"], second["revenue"], second["revenue_per_customer"]) == (30, 25, 12.5)
    assert (second["average_order_value"], second["net_order_value"]) == (30, 25)
    assert second["cumulative_revenue"] == pytest.approx((80 + 25) / 2)


def test_a_cell_without_an_order_has_no_average_order(small_shop):
    nothing = cell(cohort_table(small_shop, "month"), JANUARY + 1, 1)
    assert (nothing["customers"], nothing["revenue_per_customer"]) == (0, 0)
    assert np.isnan(nothing["average_order_value"])


def test_on_or_after_by_hand():
    rows = [
        *[("a", f"2024-0{month}-10", 1) for month in (1, 4)],  # skips February and March
        *[("b", f"2024-0{month}-10", 1) for month in (1, 2)],
        ("c", "2024-01-20", 1),
    ]
    orders = shop(rows, "2024-01-01", "2024-05-31")
    on = cohort_table(orders, "month").wide("customers").iloc[0].tolist()
    later = on_or_after(orders, "month", 31).wide("customers").iloc[0].tolist()
    assert on == [3, 1, 0, 1, 0]
    assert later == [3, 2, 1, 1, 0]


def test_a_cell_on_or_after_is_final_once_the_usual_wait_is_observed():
    orders = shop([("a", "2024-01-10", 1)], "2024-01-01", "2024-05-31")
    # April ends 31 days before the data does, March 61
    for settled, final in ((31, 4), (32, 3), (61, 3), (62, 2)):
        assert on_or_after(orders, "month", settled).cells["complete"].sum() == final
    assert not on_or_after(orders, "month", None).cells["complete"].any()
    assert on_or_after(orders, "month", None).pooled.empty


def test_rows_of_segments_count_from_each_customers_own_first_period(channels):
    table = by_segment(channels, "channel")
    # won over the web: b in January; in the shop: a; c's first purchase names the shop in February
    assert table.cells["cohort"].unique().tolist() == ["shop", "web"]
    assert [cell(table, "shop", age)["size"] for age in (0, 1)] == [2, 1]  # c's March is not complete
    assert [cell(table, "shop", age)["customers"] for age in (0, 1)] == [2, 1]
    assert [cell(table, "web", age)["customers"] for age in (0, 1)] == [1, 0]
    assert cell(table, "shop", 0)["revenue"] == 10 + 20 + 70
    assert table.cells["age"].max() == 1  # nobody's second month after the first is complete
    assert table.pooled["rate"].tolist() == cohort_table(channels, "month").pooled["rate"].tolist()


def test_segments_sum_to_the_whole(online_retail):
    orders = online_retail.orders
    half = orders.table.assign(half=np.where(orders.table["value"] > 300, "large", "small"))
    split = aggregate.cells(Orders(half, orders.window), "month", by="half")
    whole = aggregate.cells(orders, "month")
    sums = split.groupby(["cohort", "period"], as_index=False)[["customers", "orders", "revenue"]].sum()
    pd.testing.assert_frame_equal(sums, whole[sums.columns])


def test_the_difference_of_two_segments_by_hand(channels):
    seen = aggregate.cells(channels, "month", by="channel")
    one, other = (table_of(only(seen, name), "month", channels.window) for name in ("shop", "web"))
    found = compare(one, other, "share")
    january = found.cells[(found.cells["cohort"] == JANUARY) & (found.cells["age"] == 1)].iloc[0]
    assert (january["one"], january["other"], january["difference"]) == (1, 0, 1)
    assert january["low"] < 1
    assert january["few"]
    assert set(found.cells["cohort"]) == {JANUARY}  # the web won nobody in February
    assert compare(one, one, "revenue").cells["difference"].eq(0).all()


def test_whose_revenue_it_is_by_hand(small_shop):
    found = revenue_by_cohort(cohort_table(small_shop, "month")).set_index(["period", "cohort"])
    # February: 25 net of January's customers, 70 of its own
    assert found.loc[(JANUARY + 1, JANUARY), "share"] == pytest.approx(25 / 95)
    assert found.loc[(JANUARY + 1, JANUARY + 1), "share"] == pytest.approx(70 / 95)
    assert found.groupby("period")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    assert not found.loc[(JANUARY + 2, JANUARY), "complete"]


def test_a_period_without_net_revenue_has_no_shares():
    orders = shop([("a", "2024-01-10", 5), ("a", "2024-02-10", -9)], "2024-01-01", "2024-02-29")
    assert revenue_by_cohort(cohort_table(orders, "month"))["share"].isna().tolist() == [False, True]


def test_the_first_cohort_is_told_where_it_bends_the_average(online_retail):
    table = cohort_table(online_retail.orders, "month")
    first = without_first(table)
    assert (first.cohort, first.size, first.bends) == (DECEMBER, 885, True)
    assert first.rate == pytest.approx(940 / 3974)
    assert first.without == pytest.approx(616 / 3089)  # 19.9 %
    seen = aggregate.cells(online_retail.orders, "month")
    left_out = table_of(seen, "month", online_retail.orders.window, leave_out=1)
    assert left_out.pooled["rate"].iloc[0] == pytest.approx(0.199, abs=0.0005)
    assert (left_out.pooled["cohorts"].iloc[0], len(left_out.cells)) == (10, len(table.cells))


def test_without_another_cohort_there_is_nothing_to_compare(small_shop):
    assert without_first(cohort_table(small_shop, "month")) is None


def test_online_retail_on_or_after(online_retail):
    orders = online_retail.orders
    table = on_or_after(orders, "month", active_days(orders))
    on = cohort_table(orders, "month")
    assert active_days(orders) == 110
    assert cell(table, DECEMBER, 0)["customers"] == 885
    for _, rows in table.cells.groupby("cohort"):
        assert rows["customers"].is_monotonic_decreasing
    assert (table.cells["customers"] >= on.cells["customers"]).all()
    # July ends 131 days before the data does, August 100
    assert [cell(table, DECEMBER, age)["complete"] for age in (7, 8)] == [True, False]
    bought = orders.table[orders.table["kind"] == "purchase"]
    month = bought["date"].dt.year * 12 + bought["date"].dt.month - 1
    spans = month.groupby(bought["customer_id"]).agg(["min", "max"])
    kept = spans[spans["min"] == DECEMBER]
    assert cell(table, DECEMBER, 3)["customers"] == (kept["max"] >= DECEMBER + 3).sum()


def test_who_is_behind_a_cell(small_shop):
    table = cohort_table(small_shop, "month")
    found = aggregate.customers_of_cell(small_shop, "month", behind(table, JANUARY, 1))
    assert found["customer_id"].tolist() == ["a"]
    assert found.iloc[0][["orders", "revenue", "orders_in_all", "revenue_in_all"]].tolist() == [1, 30, 4, 100]
    booked = aggregate.orders_of_cell(small_shop, "month", behind(table, JANUARY, 1))
    assert booked["value"].tolist() == [-5, 30]  # b's refund is in the cell's money, b is not in its count
    assert booked["value"].sum() == cell(table, JANUARY, 1)["revenue"]


def test_who_is_behind_the_average_and_a_segment(channels):
    table = cohort_table(channels, "month")
    everyone = aggregate.customers_of_cell(channels, "month", behind(table, None, 0))
    assert everyone["customer_id"].tolist() == ["c", "b", "a"]  # by what they brought: 70, 50, 30
    rows = by_segment(channels, "channel")
    won = aggregate.customers_of_cell(channels, "month", behind(rows, "shop", 0, "channel"))
    assert won["customer_id"].tolist() == ["c", "a"]
    assert behind(rows, "radio", 0, "channel") is None
    assert behind(table, JANUARY + 7, 0) is None
    assert behind(table, None, 9) is None


@pytest.mark.parametrize("activity", ["on", "on_or_after"])
def test_every_cell_has_as_many_customers_as_it_says(online_retail, activity):
    orders = online_retail.orders
    table = cohort_table(orders, "quarter") if activity == "on" else on_or_after(orders, "quarter", 110)
    for row in table.cells.to_dict("records"):
        found = aggregate.customers_of_cell(orders, "quarter", behind(table, row["cohort"], row["age"]))
        assert len(found) == row["customers"]
        if activity == "on":
            booked = aggregate.orders_of_cell(orders, "quarter", behind(table, row["cohort"], row["age"]))
            assert booked["value"].sum() == pytest.approx(row["revenue"])
            assert (booked["kind"] == "purchase").sum() == row["orders"]


def test_online_retail_first_cell_has_its_324_customers(online_retail):
    table = cohort_table(online_retail.orders, "month")
    found = aggregate.customers_of_cell(online_retail.orders, "month", behind(table, DECEMBER, 1))
    assert len(found) == 324
    assert (found["first_bought"].dt.to_period("M") == pd.Period("2010-12")).all()


bought = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.dates(
            min_value=pd.Timestamp("2024-01-01").date(), max_value=pd.Timestamp("2024-06-20").date()
        ).map(str),
        st.integers(-30, 100).filter(bool),
        st.sampled_from(["web", "shop", None]),
    ),
    min_size=1,
    max_size=30,
)


def segmented(rows):
    orders = shop([row[:3] for row in rows], "2024-01-01", "2024-06-20")
    return ByChannel(orders.table.assign(channel=[row[3] for row in rows]), orders.window)


class ByChannel(Orders):
    @property
    def segments(self):
        return {"channel": "channel"}


def everything(orders):
    return plain_cohorts(orders, cohort_table(orders, "month"), cohort_table(orders, "month"), 30)


@settings(max_examples=10)
@given(bought, st.randoms())
def test_nothing_depends_on_row_order_or_names(rows, chance):
    channels = {row[:3]: row[3] for row in rows}  # purchases alike in all else would be a tie
    rows = [(*bought, channels[bought]) for bought in (row[:3] for row in rows)]
    shuffled = [(f"x{ord('z') - ord(who)}", when, value, channel) for who, when, value, channel in rows]
    chance.shuffle(shuffled)
    assert everything(segmented(rows)) == everything(segmented(shuffled))


@settings(max_examples=25)
@given(bought)
def test_segments_and_cells_hold_every_customer_once(rows):
    orders = segmented(rows)
    split = aggregate.cells(orders, "month", by="channel")
    buyers = {who for who, _, value, _ in rows if value > 0}
    assert split.query("cohort == period")["customers"].sum() == len(buyers)
    last = aggregate.last_periods(orders, "month", by="channel")
    assert last["customers"].sum() == len(buyers)


def test_an_incomplete_last_week_cut_into_two_files_changes_nothing():
    days = pd.date_range("2024-01-01", "2024-03-27")  # ends on a Wednesday
    rows = [(f"c{n * 7 % 40}", str(days[n * 11 % len(days)].date()), 1 + n % 9) for n in range(300)]
    rows += [("c1", "2024-01-01", 5), ("c2", "2024-03-27", 5)]
    head = "order,customer,date,amount\n"
    lines = [f"o{n},{who},{when},{value}\n" for n, (who, when, value) in enumerate(rows)]
    early = [line for line in lines if line.split(",")[2] < "2024-03-26"]
    late = [line for line in lines if line.split(",")[2] >= "2024-03-26"]
    one = [("all.csv", (head + "".join(lines)).encode())]
    two = [("b.csv", (head + "".join(late)).encode()), ("a.csv", (head + "".join(early)).encode())]
    assert late
    found = [weekly(ingest.read_many(files)) for files in (one, two)]
    assert found[0] == found[1]
    assert not found[0][-1]["complete"]


def weekly(raw):
    intake = ingest.to_orders(raw, ingest.guess(raw).mapping, now=datetime(2025, 1, 1))  # noqa: DTZ001  local
    table = on_or_after(intake.orders, "week", 21)
    return records(table.cells) + records(cohort_table(intake.orders, "week").cells)
