"""What each control of the Cohorts page changes, and the customers behind a cell."""

import pytest

from tests.pages.visit import ROWS, Visit, csv

HOSTILE = "=HYPERLINK(1)[x](https://evil.example)"


@pytest.fixture(scope="module")
def visit():
    """Somebody with two channels, the second of which has a hostile name, and a hostile customer."""
    rows = [(HOSTILE if who == "a" else who, day, value, "web") for who, day, value in ROWS]
    rows = [(*row[:3], HOSTILE) if row[0] == "b" else row for row in rows]
    somebody = Visit("en").upload("sales.csv", csv(rows, ("customer", "date", "amount", "channel")))
    return somebody.set("map_segment", "channel").open("cohorts")


def test_a_cell_is_chosen_without_a_mouse(visit):
    visit.set("cell_row", 0).set("cell_age", 1)  # won in January: a, b, d; a and d buy in February
    assert visit.failures == visit.errors == []
    assert visit.says("cohorts.behind.customers", n=2, shown=2)
    customers = next(f for f in visit.frames if visit.words.heading("orders_in_all") in f)
    assert set(customers[visit.words.heading("customer_id")]) == {HOSTILE, "d"}
    visit.set("cell_row", None)
    assert not any(visit.words.heading("orders_in_all") in frame for frame in visit.frames)


def test_segments_are_rows_and_stand_side_by_side(visit):
    visit.set("rows", "segment")
    assert visit.failures == visit.errors == []
    visit.set("rows", "period").set("compare_one", "web").set("compare_other", HOSTILE)
    assert visit.failures == visit.errors == []
    assert len(visit.charts) == 6  # heatmap, curves, revenue; two heatmaps and their difference
    visit.set("compare_other", "web")
    assert visit.says("cohorts.compare.same")


def test_the_first_cohort_can_be_left_out(visit):
    assert " 75 " in visit.headline  # a, d of a, b, d and c of c
    visit.set("leave_out", 1)
    assert " 100 " in visit.headline
    assert visit.says("cohorts.left_out", n=1, rate=0.75)
    visit.set("leave_out", 0)


def test_every_measure_is_drawn_and_money_is_never_on_or_after(visit):
    for measure in ("orders", "revenue", "revenue_per_customer", "average_order_value", "cumulative_revenue"):
        visit.set("measure", measure)
        assert visit.failures == visit.errors == []
        assert not [group for group in visit.app.get("button_group") if group.key == "activity"]
    visit.set("measure", "share").set("activity", "on_or_after")
    assert visit.failures == visit.errors == []


def test_customers_who_may_be_older_than_the_file_are_told_of_once():
    regulars = [(f"r{n}", f"2024-0{month}-{n % 25 + 1:02}", 10) for n in range(60) for month in range(1, 7)]
    won = [(f"n{month}{n}", f"2024-0{month}-{n % 25 + 1:02}", 10) for n in range(60) for month in range(2, 7)]
    visit = Visit("en").upload("sales.csv", csv([*regulars, *won])).open("cohorts")
    # June is not complete: of four cohorts 60 of 60 come back, then 0 of 180, Wilson's z²/(n + z²)
    assert visit.says("cohorts.without_first", cohort="Jan 2024", size=60, rate=0.0, low=0.0, high=0.0209)
    assert not visit.app.warning
    visit.set("leave_out", 1)
    assert visit.says("cohorts.left_out", n=1, rate=0.25)
    assert not visit.app.warning


def test_a_table_is_made_once_it_is_open():
    visit = Visit("en").upload("a.csv", csv(ROWS)).open("cohorts")
    opened = len(visit.frames)
    visit.app.session_state["table_cohorts"] = False
    assert len(visit.run().frames) == opened - 1
    visit.app.session_state["table_cohorts"] = True
    assert len(visit.run().frames) == opened
