"""What each control of the Cohorts page changes, and the customers behind a cell."""

import pytest

from retention.text import LANGUAGES
from tests.pages.visit import ROWS, Visit, csv

HOSTILE = "=HYPERLINK(1)[x](https://evil.example)"
TIMES = 30  # a shop of enough customers to be drawn: each customer of the small one so often


def several(rows):
    """Every customer several times, the first under the same name."""
    return [(f"{who}{n or ''}", *rest) for who, *rest in rows for n in range(TIMES)]


@pytest.fixture(scope="module")
def visit():
    """Somebody with two channels, the second of which has a hostile name, and a hostile customer."""
    rows = [(who, day, value, HOSTILE if who.startswith("b") else "web") for who, day, value in several(ROWS)]
    rows = [(HOSTILE if row[0] == "a" else row[0], *row[1:]) for row in rows]
    somebody = Visit("en").upload("sales.csv", csv(rows, ("customer", "date", "amount", "channel")))
    return somebody.set("map_segment", "channel").open("cohorts")


def test_a_cell_is_chosen_without_a_mouse(visit):
    visit.set("cell_row", 0).set("cell_age", 1)  # won in January: a, b, d; a and d buy in February
    assert visit.failures == visit.errors == []
    assert visit.says("cohorts.behind.customers", n=2 * TIMES, shown=2 * TIMES)
    customers = next(f for f in visit.frames if visit.words.heading("orders_in_all") in f)
    expected = {HOSTILE, "d", *(f"{who}{n}" for who in "ad" for n in range(1, TIMES))}
    assert set(customers[visit.words.heading("customer_id")]) == expected
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


def test_who_comes_back_more_is_named_once_it_is_beyond_chance():
    # Won in January 30 by web, all back in February, and 30 by shop, nobody back
    back = [(f"w{n}", day, 5, "web") for n in range(30) for day in ("2024-01-05", "2024-02-05")]
    gone = [(f"s{n}", "2024-01-06", 5, "shop") for n in range(30)]
    end = [("z", "2024-03-31", 5, "web")]
    columns = ("customer", "date", "amount", "channel")

    def opened(rows):
        visit = Visit("en").upload("sales.csv", csv(rows, columns)).set("map_segment", "channel")
        return visit.open("cohorts")

    visit = opened([*back, *gone, *end])
    assert "Customers from **web** buy again more than the others: **100**" in " ".join(visit.formatted)
    visit.set("rows", "segment")
    assert visit.failures == visit.errors == []
    table = next(frame for frame in visit.frames if visit.words.heading("segment") in frame)
    assert table[visit.words.heading("segment")].tolist() == ["web", "shop"]
    alike = [(*row[:3], "web" if n % 2 else "shop") for n, row in enumerate(gone)]
    assert opened([*back, *alike, *end]).headline.startswith("Of 100 new customers")


SMALL = {
    "one_week": [(f"c{n}", f"2024-01-{8 + n % 5:02}", 10) for n in range(60)],
    "one_customer": [("c", f"2024-{month:02}-10", 10) for month in range(1, 13)],
    "fifty_rows": [
        *((f"c{n}", f"2024-{month:02}-10", 10) for n in range(24) for month in (1, 2)),
        *((f"late{day}", f"2024-03-{day}", 10) for day in (30, 31)),
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SMALL)
def test_a_shop_too_small_for_a_picture_gets_a_sentence(name, language):
    visit = Visit(language).upload("small.csv", csv(SMALL[name])).open("cohorts")
    assert visit.failures == visit.errors == []
    assert visit.charts == []
    assert visit.headline
    few = {"one_customer": 1, "fifty_rows": 24}
    if name in few:
        assert visit.says("cohorts.few", n=few[name])
    else:
        assert visit.says("cohorts.none_followed")
    assert len(visit.frames) == 1  # every figure there is


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
