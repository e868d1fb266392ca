"""The Cohorts page part by part: which sentence stands where, with which figures."""

from types import SimpleNamespace as Some

import pandas as pd
import pytest

from retention.charts.cohorts import AVERAGE, CELL
from retention.returned import Returned
from retention.statistics import Estimate
from retention.ui.cohorts import cells, choices, returning, revenue, segments, tables
from tests.charts.test_cohorts import made
from tests.keyed import ENGLISH
from tests.ui.screens import read, shown

JANUARY = 12 * 2024


def table(activity="on", first_age=1, **more):
    pooled = pd.DataFrame(
        {
            "age": [first_age, 2],
            "rate": [0.25, 0.2],
            "low": 0.2,
            "high": 0.3,
            "cohorts": [3, 2],
            "customers": [80, 60],
        }
    )
    found = made(activity=activity, **more)
    found.pooled = pooled
    return found


def test_how_many_come_back():
    assert read(returning.headline, table()) == [
        "markdown ## cohorts.headline.month rate=0.25 low=0.2 high=0.3",
        "caption cohorts.basis customers=80 period=month",
    ]
    later = read(returning.headline, table("on_or_after"))
    assert later[0].split()[2] == "cohorts.headline.later.month"
    nothing = table(first_age=2)
    empty = table()
    empty.pooled = empty.pooled.head(0)
    for none in (nothing, empty):
        assert read(returning.headline, none) == ["markdown ## cohorts.headline.none"]


def view(**changed):
    given = {
        "period": "month",
        "measure": "share",
        "activity": "on",
        "segments": "segment",
        "by_segment": False,
    }
    return choices.View(**(given | {"leave_out": 0} | changed))


def study(first, everybody=None):
    asked = Some(
        table=lambda period, activity: everybody or table(), without_first=lambda period, activity: first
    )
    return Some(cohorts=asked)


def test_what_customers_older_than_the_file_do_to_the_headline():
    first = Some(bends=True, cohort=JANUARY, size=40, without=Estimate(0.3, 0.2, 0.4))
    assert read(returning.old_customers, study(first), view(), ()) == [
        "caption cohorts.without_first cohort=Jan 2024 size=40 rate=0.3 low=0.2 high=0.4",
    ]
    assert read(returning.old_customers, study(first), view(leave_out=2), ()) == [
        "caption cohorts.left_out n=2 rate=0.25",
    ]
    straight = Some(bends=False)
    assert read(returning.old_customers, study(straight), view(), ()) == []
    assert read(returning.old_customers, study(None), view(), ()) == []
    none = table()
    none.pooled = none.pooled.head(0)
    left = read(returning.old_customers, study(first, none), view(leave_out=2), ())
    assert left[0].startswith("caption cohorts.without_first")


def test_the_heatmap_and_what_its_reader_must_know(monkeypatch):
    monkeypatch.setattr(returning.screen, "clickable", _clickable)
    monkeypatch.setattr(
        returning, "cached", lambda make, *of: 300 if "width" in make.__name__ else make.__name__
    )
    assert read(returning.heatmap, table(), view(), len) == [
        "grid_container",
        "clickable heatmap cohorts_month_ 14 cohorts.heatmap.alt {'rows': 2, 'ages': 2, 'sentence': 'example'}",
        "caption cohorts.heatmap.legend most=24 cohorts.heatmap.first most=24",
        "table cohorts: table.cohorts 7 rows cells=share",
    ]
    many = table(cohorts=range(JANUARY, JANUARY + 25))
    assert read(returning.heatmap, many, view(by_segment=True), len)[:3] == [
        "grid_container",
        "clickable heatmap cohorts_month_segment 21 cohorts.heatmap.alt {'rows': 25, 'ages': 2, 'sentence': 'example'}",
        "caption cohorts.heatmap.legend most=24 cohorts.heatmap.cut.period most=24",
    ]
    segments = table(cohorts=[f"s{n:02}" for n in range(25)], rows="segment")
    told = read(returning.heatmap, segments, view(by_segment=True), len)[2]
    assert told == "caption cohorts.heatmap.legend most=24 cohorts.heatmap.cut.segment most=24"


def followed(number, **more):
    found = table(**more)
    found.followed = number
    return found


def test_too_few_customers_make_no_picture():
    assert read(returning.enough, followed(30), view(), drawn=[returning]) == []
    few = read(returning.enough, followed(29), view(), drawn=[returning])
    assert few[:2] == [
        "caption cohorts.few n=29",
        "table cohorts: table.cohorts ui.cohorts.tables.cohorts cells=share",
    ]
    assert few[2].startswith("expander definition.show")
    nobody = read(returning.enough, followed(0), view(), drawn=[returning])
    assert nobody[0].startswith("caption cohorts.none_followed")
    empty = followed(0)
    empty.cells = empty.cells.head(0)
    assert read(returning.enough, empty, view()) == ["info cohorts.no_rows"]


def ranked(best=None, worst=None, compared=2):
    return Some(cohorts=Some(ranking=lambda *asked: Some(best=best, worst=worst, compared=compared)))


def test_who_comes_back_more_and_less_is_said_only_beyond_chance():
    best = Some(segment="web", share=Estimate(0.3, 0.2, 0.4, "wilson"))
    worst = Some(segment="", share=Estimate(0.1, 0.05, 0.2, "wilson"))
    first = "best=web best_rate=0.3 best_low=0.2 best_high=0.4"
    last = "worst=chart.no_segment worst_rate=0.1 worst_low=0.05 worst_high=0.2"
    for found, said in (
        (ranked(best, worst), f"markdown cohorts.segments.both {first} {last}"),
        (ranked(best), f"markdown cohorts.segments.best {first}"),
        (ranked(worst=worst), f"markdown cohorts.segments.worst {last}"),
        (ranked(), "caption cohorts.segments.none n=2"),
    ):
        assert read(segments.headline, found, view()) == [said]
    assert read(segments.headline, ranked(compared=1), view()) == []
    assert read(segments.headline, None, view(segments=None)) == []


def _clickable(drawing, key, on_click, alt_key, **values):
    returning.screen.st.text(f"clickable {drawing} {key} {on_click()} {alt_key} {values}")


def test_the_curves_are_read_by_the_averages_or_by_a_cell(monkeypatch):
    monkeypatch.setattr(returning, "cached", _said(["first", "last"]))
    assert read(returning.curves, table(), view()) == [
        "chart curves: cohorts.curves.alt rows=2 sentence=first",
        "caption cohorts.curves.reading first=first",
        "table pooled_retention: table.pooled_retention 6 rows",
    ]
    monkeypatch.setattr(returning, "cached", _said([]))
    assert read(returning.curves, table(), view())[:2] == [
        "chart curves: cohorts.curves.alt rows=2 sentence=one cell",
        "caption cohorts.reading sentence=one cell",
    ]


def _said(averages):
    by = {"average_sentences": averages, "example": "one cell"}
    return lambda make, *of: by.get(make.__name__, make.__name__)


@pytest.mark.parametrize(
    ("picked", "cell"),
    [
        ([{"code": 2, "age": 3}], (2, 3)),
        ([{"code": 1, "age": 1}, {"code": 2, "age": 3}], (2, 3)),
        ([], (None, None)),
        (None, (None, None)),
        ([{"code": "x", "age": 3}], (None, None)),
        ([{"age": 3}], (None, None)),
    ],
)
def test_a_click_chooses_a_cell(picked, cell):
    state = shown(_click, state={"h": {"selection": {CELL: picked}}}).app.session_state
    assert state["cell"] == cell


def _click():
    cells.clicked("h")


def behind(found, **state):
    asked = []

    def customers(*given):
        asked.append(given)
        return found

    study = Some(cohorts=Some(cell_customers=customers), tables=Some(one_by_one=lambda: True))
    lines = read(cells.customers, study, table(), view(), state=state)
    return asked, lines


def test_who_is_behind_a_cell():
    orders = pd.DataFrame({"customer_id": ["a"] * 201, "kind": "purchase", "order_id": None})
    cell = Some(customers=pd.DataFrame({"customer_id": ["a", "b"]}), orders=orders, revenue=9.0)
    asked, lines = behind(cell, cell=(1, 2))
    assert asked == [("month", "on", None, 0, JANUARY + 1, 2)]
    assert lines == [
        "selectbox cohorts.behind.row: chart.average, Jan 2024 *, Feb 2024 = 1",
        "selectbox cohorts.behind.age: 0, 1, 2 = 2",
        "caption cohorts.behind.customers n=2 shown=2",
        "rows 2 rows height=260",
        "download cell_customers: cohorts.behind.download_customers 2 rows",
        "caption cohorts.behind.orders n=201 revenue=9 shown=200",
        "rows 200 rows height=260",
        "download cell_orders: cohorts.behind.download_orders 201 rows",
    ]
    asked, lines = behind(None, cell=(AVERAGE, 1))
    assert asked == [("month", "on", None, 0, None, 1)]
    assert lines[-1] == "caption cohorts.behind.none"
    asked, lines = behind(cell, cell=(0, 99))
    assert asked == []
    assert lines == [
        "selectbox cohorts.behind.row: chart.average, Jan 2024 *, Feb 2024 = 0",
        "selectbox cohorts.behind.age: 0, 1, 2 = None",
    ]
    assert behind(cell, cell=(9, 1))[0] == behind(cell)[0] == []


def test_a_cell_chosen_in_the_lists_is_kept():
    one_by_one = Some(one_by_one=lambda: True)
    study = Some(cohorts=Some(cell_customers=lambda *given: None), tables=one_by_one)
    screen = shown(cells.customers, study, table(), view())
    screen.set("cell_row", 0).set("cell_age", 2)
    assert screen.app.session_state["cell"] == (0, 2)


def test_orders_are_worded_without_what_holds_nothing():
    orders = pd.DataFrame({"kind": ["purchase"], "order_id": [None], "value": [3.0]})
    assert cells._worded(orders, ENGLISH).to_dict("records") == [{"kind": "booked.purchase", "value": 3.0}]
    assert list(cells._worded(orders.head(0), ENGLISH)) == ["kind", "order_id", "value"]


def asked(segments=None, **state):
    got = []
    lines = read(lambda: got.append(choices.view(Some(segments=segments or {}))), state=state)
    return got[0], lines


def test_the_settings_of_the_page():
    got, lines = asked(activity="on_or_after")
    assert got == view(segments=None, activity="on_or_after")
    assert lines == [
        "buttons setting.period: setting.period.week, setting.period.month, setting.period.quarter, setting.period.year = month",
        "popover",
        "buttons setting.measure: setting.measure.share, setting.measure.customers, setting.measure.orders, setting.measure.revenue, setting.measure.revenue_per_customer, setting.measure.cumulative_revenue, setting.measure.average_order_value = share",
        "buttons setting.activity: setting.activity.on, setting.activity.on_or_after = on_or_after",
        "number setting.leave_out: 0",
        "number setting.returned_after: 1",
        "number setting.returned_spend: 0",
    ]
    assert asked(returned_after=3, returned_spend=20.0)[0].returned == Returned(3, 20.0)
    assert asked(measure="revenue", activity="on_or_after")[0].activity == "on"
    assert asked(rows="segment")[0].by_segment is False
    one = {"channel": "segment"}
    got, lines = asked(one, rows="segment", leave_out=2)
    assert (got.by, got.segments, got.leave_out) == ("segment", "segment", 2)
    assert not any("cohorts.compare.column" in line for line in lines)
    got, lines = asked(one | {"country": "segment_2"}, segments_of="segment_2")
    assert (got.by, got.segments) == (None, "segment_2")
    column = "selectbox cohorts.compare.column: Channel, country = segment_2"
    assert lines.index(column) > lines.index("popover")
    by_it = asked(one | {"country": "segment_2"}, segments_of="segment_2", rows="segment")[1]
    assert by_it.index(column) < by_it.index("popover")
    assert by_it.count(column) == 1
    assert "selectbox cohorts.compare.column: Channel, country = segment_2" in lines
    assert got.asked == ("month", "on", None, 0)
    assert asked(one, segments_of="segment_3")[0].segments == "segment"


def comparison(**changed):
    side = table()
    given = pd.DataFrame(
        {"cohort": [JANUARY], "age": [1], "size_one": 9, "size_other": 8, "one": 0.5, "other": 0.25}
    )
    given = given.assign(difference=0.25, low=-0.1, high=0.6).assign(**changed.pop("columns", {}))
    return Some(**({"one": side, "other": side, "measure": "share", "cells": given} | changed))


def two(found, offered=("web", "", "shop"), **state):
    asked = []

    def compared(*given):
        asked.append(given)
        return found

    found_of = Some(cohorts=Some(segments=lambda *given: offered, compared=compared))
    lines = read(segments.compare, found_of, view(), drawn=[segments], state=state)
    return asked, lines


def test_two_segments_side_by_side():
    asked, lines = two(comparison(), compare_one="web", compare_other="")
    assert asked == [("web", "", "month", "on", "segment", 0, "share")]
    assert lines == [
        "caption cohorts.compare.help",
        "selectbox cohorts.compare.one: web, chart.no_segment, shop = web",
        "selectbox cohorts.compare.other: web, chart.no_segment, shop = ",
        "markdown **web**",
        "chart charts.cohorts.difference.both: cohorts.heatmap.alt rows=2 ages=2 sentence=charts.cohorts.rows.example",
        "markdown **chart\\.no\\_segment**",
        "chart charts.cohorts.difference.both: cohorts.heatmap.alt rows=2 ages=2 sentence=charts.cohorts.rows.example",
        "markdown **cohorts.compare.difference one=web other=chart.no_segment**",
        "chart charts.cohorts.difference.difference: cohorts.compare.alt one=web other=chart.no_segment sentence=charts.cohorts.difference.largest_difference",
        "caption cohorts.reading sentence=charts.cohorts.difference.largest_difference cohorts.compare.legend",
        "table segment_difference: table.segment_difference ui.cohorts.tables.comparison cells={'one': 'share', 'other': 'share', 'difference': 'share'}",
    ]


def test_segments_that_cannot_be_compared():
    assert two(comparison(), compare_one="web")[1][-1].startswith("selectbox cohorts.compare.other: ")
    assert two(comparison(), compare_one="web", compare_other="web")[1][-1] == "caption cohorts.compare.same"
    apart = comparison()
    apart.cells = apart.cells.head(0)
    assert two(apart, compare_one="web", compare_other="shop")[1][-1] == "caption cohorts.compare.apart"
    many = tuple(f"s{n}" for n in range(101))
    assert two(comparison(), many, compare_one="s100", compare_other="s99")[0] == []
    assert two(comparison(), many, compare_one="s98", compare_other="s99")[0] != []


def test_whose_revenue_it_is():
    latest = Some(period=JANUARY, new=0.25, old=0.1)
    found = Some(cohorts=Some(revenue_sources=lambda period: latest, revenue=lambda period: 1))
    assert read(revenue.show, found, view(), drawn=[revenue]) == [
        "buttons setting.revenue_as: setting.revenue_as.share, setting.revenue_as.money = share",
        "chart charts.cohorts.revenue.revenue: cohorts.revenue.alt when=Jan 2024 new=0.25 old=0.1",
        "caption cohorts.revenue.reading when=Jan 2024 new=0.25 old=0.1",
        "table revenue_by_cohort: table.revenue_by_cohort ui.cohorts.tables.revenue most=200",
    ]
    none = Some(cohorts=Some(revenue_sources=lambda period: None))
    assert read(revenue.show, none, view())[1:] == ["caption cohorts.no_rows"]


def test_the_tables():
    found = made()
    found.wide = lambda measure: found.cells.pivot_table(index="cohort", columns="age", values=measure)
    rows = tables.cohorts(found, "share", ENGLISH)
    assert rows.round(4).to_dict("records") == [
        {
            "cohort": "Jan 2024",
            "size": 40,
            "column.age_n age=0": 0.5,
            "column.age_n age=1": 0.25,
            "column.age_n age=2": 0.1667,
        },
        {
            "cohort": "Feb 2024",
            "size": 40,
            "column.age_n age=0": 0.5,
            "column.age_n age=1": 0.25,
            "column.age_n age=2": 0.1667,
        },
    ]
    found.rows = "segment"
    found.cells = found.cells.assign(cohort=["a"] * 3 + ["b"] * 3)
    assert tables.cohorts(found, "share", ENGLISH)["segment"].tolist() == ["a", "b"]
    assert list(tables.pooled(table())) == ["age", "rate", "low", "high", "cohorts", "customers"]


def test_the_table_of_a_comparison():
    assert tables.comparison(comparison(), ENGLISH).to_dict("records") == [
        {
            "cohort": "Jan 2024",
            "age": 1,
            "size_one": 9,
            "size_other": 8,
            "one": 0.5,
            "other": 0.25,
            "difference_points": 25.0,
            "points_low": -10.0,
            "points_high": 60.0,
        },
    ]
    money = comparison(measure="revenue", columns={"low": float("nan"), "high": float("nan")})
    assert tables.comparison(money, ENGLISH).to_dict("records") == [
        {
            "cohort": "Jan 2024",
            "age": 1,
            "size_one": 9,
            "size_other": 8,
            "one": 0.5,
            "other": 0.25,
            "difference": 0.25,
        },
    ]
    assert tables.compared(money) == {"one": "revenue", "other": "revenue", "difference": "revenue"}


def test_the_table_of_revenue_has_the_latest_first():
    found = pd.DataFrame(
        {
            "period": [JANUARY, JANUARY + 1],
            "cohort": [JANUARY, JANUARY],
            "age": [0, 1],
            "revenue": [5.0, 6.0],
            "share": 1.0,
        }
    )
    assert tables.revenue(found, "month", ENGLISH).to_numpy().tolist() == [
        ["Feb 2024", "Jan 2024", 1, 6.0, 1.0],
        ["Jan 2024", "Jan 2024", 0, 5.0, 1.0],
    ]
