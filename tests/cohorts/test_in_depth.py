"""Cohorts by every measure, on or after a period, by segment, side by side; who is behind a cell."""

from datetime import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention import aggregate, ingest
from retention.cohorts import OnOrAfter, cell_of, cohort_table, compare
from retention.orders import Orders
from retention.report.cohorts import cohorts as plain_cohorts
from retention.report.plain import records
from retention.study import Study
from tests.conftest import shop

JANUARY, DECEMBER = 12 * 2024, 12 * 2010 + 11


def cell(table, cohort, age):
    cells = table.cells
    return cells[(cells["cohort"] == cohort) & (cells["age"] == age)].iloc[0]


def on_or_after(study, period, settled_after):
    later = OnOrAfter(study.tables.last_periods(period), settled_after)
    return cohort_table(study.tables.cells(period), period, study.window, later=later)


def by_channel(rows, first, last):
    """The study of a shop whose orders name a channel each."""
    orders = shop([row[:3] for row in rows], first, last)
    channel = pd.Series([row[3] for row in rows], dtype=object)
    return Study(Orders(orders.table.assign(segment=channel), orders.window, headings={"segment": "channel"}))


@pytest.fixture
def channels(small_shop):
    """The small shop with a channel on every order; b came over the web, whatever it used later."""
    channel = ["shop", "web", "web", "web", "web", "shop", None, "shop", "web"]
    return Study(Orders(small_shop.table.assign(segment=channel), small_shop.window))


def test_every_measure_of_a_cell_by_hand(small_study):
    # January: a buys 10 and 20, b 50; February: a buys 30, b is given 5 back
    first, second = (cell(small_study.cohorts.table("month"), JANUARY, age) for age in (0, 1))
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


def test_a_cell_without_an_order_has_no_average_order(small_study):
    nothing = cell(small_study.cohorts.table("month"), JANUARY + 1, 1)
    assert (nothing["customers"], nothing["revenue_per_customer"]) == (0, 0)
    assert np.isnan(nothing["average_order_value"])


def test_on_or_after_by_hand():
    rows = [
        *[("a", f"2024-0{month}-10", 1) for month in (1, 4)],  # skips February and March
        *[("b", f"2024-0{month}-10", 1) for month in (1, 2)],
        ("c", "2024-01-20", 1),
    ]
    study = Study(shop(rows, "2024-01-01", "2024-05-31"))
    on = study.cohorts.table("month").wide("customers").iloc[0].tolist()
    later = on_or_after(study, "month", 31).wide("customers").iloc[0].tolist()
    assert on == [3, 1, 0, 1, 0]
    assert later == [3, 2, 1, 1, 0]


def test_a_cell_on_or_after_is_final_once_the_usual_wait_is_observed():
    study = Study(shop([("a", "2024-01-10", 1)], "2024-01-01", "2024-05-31"))
    # April ends 31 days before the data does, March 61
    for settled, final in ((31, 4), (32, 3), (61, 3), (62, 2)):
        assert on_or_after(study, "month", settled).cells["complete"].sum() == final
    assert not on_or_after(study, "month", None).cells["complete"].any()
    assert on_or_after(study, "month", None).pooled.empty


def test_rows_of_segments_count_from_each_customers_own_first_period(channels):
    table = channels.cohorts.table("month", by="segment")
    # won over the web: b in January; in the shop: a; c's first purchase names the shop in February
    assert table.cells["cohort"].unique().tolist() == ["shop", "web"]
    assert [cell(table, "shop", age)["size"] for age in (0, 1)] == [2, 1]  # c's March is not complete
    assert [cell(table, "shop", age)["customers"] for age in (0, 1)] == [2, 1]
    assert [cell(table, "web", age)["customers"] for age in (0, 1)] == [1, 0]
    assert cell(table, "shop", 0)["revenue"] == 10 + 20 + 70
    assert table.cells["age"].max() == 1  # nobody's second month after the first is complete
    assert table.pooled["rate"].tolist() == channels.cohorts.table("month").pooled["rate"].tolist()


def test_segments_sum_to_the_whole(retail_study):
    orders = retail_study.orders
    half = orders.table.assign(segment=np.where(orders.table["value"] > 300, "large", "small"))
    split = aggregate.cells(aggregate.prepare(Orders(half, orders.window)), "month", by="segment")
    whole = retail_study.tables.cells("month")
    sums = split.groupby(["cohort", "period"], as_index=False)[["customers", "orders", "revenue"]].sum()
    pd.testing.assert_frame_equal(sums, whole[sums.columns])


def test_the_difference_of_two_segments_by_hand(channels):
    one, other = (channels.cohorts.of_segment(name, "month", "on", "segment") for name in ("shop", "web"))
    found = compare(one, other, "share")
    again = channels.cohorts.compared("shop", "web", "month", "on", "segment", 0, "share")
    pd.testing.assert_frame_equal(again.cells, found.cells)
    january = found.cells[(found.cells["cohort"] == JANUARY) & (found.cells["age"] == 1)].iloc[0]
    assert (january["one"], january["other"], january["difference"]) == (1, 0, 1)
    assert january["low"] < 1
    assert january["few"]
    assert set(found.cells["cohort"]) == {JANUARY}  # the web won nobody in February
    assert compare(one, one, "revenue").cells["difference"].eq(0).all()


def test_whose_revenue_it_is_by_hand(small_study):
    found = small_study.cohorts.revenue("month").set_index(["period", "cohort"])
    # February: 25 net of January's customers, 70 of its own
    assert found.loc[(JANUARY + 1, JANUARY), "share"] == pytest.approx(25 / 95)
    assert found.loc[(JANUARY + 1, JANUARY + 1), "share"] == pytest.approx(70 / 95)
    assert found.groupby("period")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    assert not found.loc[(JANUARY + 2, JANUARY), "complete"]


def test_a_period_without_net_revenue_has_no_shares():
    orders = shop([("a", "2024-01-10", 5), ("a", "2024-02-10", -9)], "2024-01-01", "2024-02-29")
    assert Study(orders).cohorts.revenue("month")["share"].isna().tolist() == [False, True]


def test_the_first_cohort_is_told_where_it_bends_the_average(retail_study):
    table, first = retail_study.cohorts.table("month"), retail_study.cohorts.without_first("month")
    assert (first.cohort, first.size, first.bends) == (DECEMBER, 885, True)
    assert first.rate == pytest.approx(940 / 3974)
    assert first.without.value == pytest.approx(616 / 3089)  # 19.9 %
    left_out = retail_study.cohorts.table("month", leave_out=1)
    assert left_out.pooled["rate"].iloc[0] == pytest.approx(0.199, abs=0.0005)
    assert (left_out.pooled["cohorts"].iloc[0], len(left_out.cells)) == (10, len(table.cells))


def test_without_another_cohort_there_is_nothing_to_compare(small_study):
    assert small_study.cohorts.without_first("month") is None


def test_online_retail_on_or_after(retail_study):
    orders = retail_study.orders
    table, on = retail_study.cohorts.table("month", "on_or_after"), retail_study.cohorts.table("month")
    assert retail_study.shop.active_days() == 110
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


def test_who_is_behind_a_cell(small_study):
    of_cell = cell_of(small_study.cohorts.table("month"), JANUARY, 1)
    found = small_study.tables.customers_of_cell("month", of_cell)
    assert found["customer_id"].tolist() == ["a"]
    assert found.iloc[0][["orders", "revenue", "orders_in_all", "revenue_in_all"]].tolist() == [1, 30, 4, 100]
    booked = small_study.tables.orders_of_cell("month", of_cell)
    assert booked["value"].tolist() == [-5, 30]  # b's refund is in the cell's money, b is not in its count
    assert booked["value"].sum() == cell(small_study.cohorts.table("month"), JANUARY, 1)["revenue"]


def test_who_is_behind_the_average_and_a_segment(channels):
    table, look_up = channels.cohorts.table("month"), channels.tables.customers_of_cell
    everyone = look_up("month", cell_of(table, None, 0))
    assert everyone["customer_id"].tolist() == ["c", "b", "a"]  # by what they brought: 70, 50, 30
    rows = channels.cohorts.table("month", by="segment")
    won = look_up("month", cell_of(rows, "shop", 0, "segment"))
    assert won["customer_id"].tolist() == ["c", "a"]
    assert cell_of(rows, "radio", 0, "segment") is None
    assert cell_of(table, JANUARY + 7, 0) is None
    assert cell_of(table, None, 9) is None


@pytest.mark.parametrize("activity", ["on", "on_or_after"])
def test_every_cell_has_as_many_customers_as_it_says(retail_study, activity):
    table = retail_study.cohorts.table("quarter", activity)
    for row in table.cells.to_dict("records"):
        of_cell = cell_of(table, row["cohort"], row["age"])
        assert len(retail_study.tables.customers_of_cell("quarter", of_cell)) == row["customers"]
        if activity == "on":
            booked = retail_study.tables.orders_of_cell("quarter", of_cell)
            assert booked["value"].sum() == pytest.approx(row["revenue"])
            assert (booked["kind"] == "purchase").sum() == row["orders"]


def test_online_retail_first_cell_has_its_324_customers(retail_study):
    table = retail_study.cohorts.table("month")
    found = retail_study.tables.customers_of_cell("month", cell_of(table, DECEMBER, 1))
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


def everything(rows):
    study = by_channel(rows, "2024-01-01", "2024-06-20")
    return plain_cohorts(study, "month", leave_out_left_truncated=False)


@settings(max_examples=10)
@given(bought, st.randoms())
def test_nothing_depends_on_row_order_or_names(rows, chance):
    channels = {row[:3]: row[3] for row in rows}  # purchases alike in all else would be a tie
    rows = [(*bought, channels[bought]) for bought in (row[:3] for row in rows)]
    shuffled = [(f"x{ord('z') - ord(who)}", when, value, channel) for who, when, value, channel in rows]
    chance.shuffle(shuffled)
    assert everything(rows) == everything(shuffled)


@settings(max_examples=25)
@given(bought)
def test_segments_and_cells_hold_every_customer_once(rows):
    tables = by_channel(rows, "2024-01-01", "2024-06-20").tables
    split = tables.cells("month", "segment")
    buyers = {who for who, _, value, _ in rows if value > 0}
    assert split.query("cohort == period")["customers"].sum() == len(buyers)
    last = tables.last_periods("month", "segment")
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
    study = Study(intake.orders)
    return records(on_or_after(study, "week", 21).cells) + records(study.cohorts.table("week").cells)
