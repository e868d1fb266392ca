from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from retention.charts import cohorts, style
from retention.charts.cohorts import rows as of
from retention.cohorts import MEASURES
from retention.periods import PERIODS, Window
from retention.study import Study
from retention.text import LANGUAGES, Words
from tests.charts.reading import heat_of, ink_of, layers, rows
from tests.conftest import shop
from tests.keyed import ENGLISH as KEYED

ENGLISH = Words("en")


def rows_of(chart):
    """All rows of all data sets a chart carries."""
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def cell(chart, row, age):
    (found,) = [r for r in rows_of(chart) if r.get("row") == row and r.get("age") == age]
    return found


def test_the_cells_say_what_the_table_holds(small_shop):
    chart = cohorts.heatmap(Study(small_shop).cohorts.table("month"), "share", ENGLISH)
    february = cell(chart, "Jan 2024 *", 1)
    assert february["label"] == "50.0%"
    assert february["sentence"].startswith("Of 2 customers won in Jan 2024, 1 bought in Feb 2024: 50.0%")


def test_incomplete_cells_are_told_apart_and_say_so(small_shop):
    chart = cohorts.heatmap(Study(small_shop).cohorts.table("month"), "share", ENGLISH)
    march = cell(chart, "Jan 2024 *", 2)
    assert march["state"] == "open"
    assert march["sentence"].endswith(ENGLISH.say("chart.incomplete"))


def test_the_average_is_the_first_row_and_weak_where_few_cohorts_stand_behind_it(small_shop):
    chart = cohorts.heatmap(Study(small_shop).cohorts.table("month"), "share", ENGLISH)
    average = cell(chart, ENGLISH.say("chart.average"), 1)
    assert average["label"] == "50.0%"
    assert average["state"] == "few"


def test_numbers_of_customers_have_no_average(small_shop):
    chart = cohorts.heatmap(Study(small_shop).cohorts.table("month"), "customers", ENGLISH)
    assert ENGLISH.say("chart.average") not in {row.get("row") for row in rows_of(chart)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("period", PERIODS[1:])
def test_every_measure_and_period_draws_in_both_languages(small_shop, period, measure, language):
    table = Study(small_shop).cohorts.table(period)
    assert cohorts.heatmap(table, measure, Words(language)).to_dict()["layer"]
    assert cohorts.curves(table, measure, Words(language)).to_dict()["layer"]


def test_a_single_cohort_without_a_later_period_still_draws():
    table = Study(shop([("a", "2024-01-10", 5)], "2024-01-10", "2024-01-10")).cohorts.table("month")
    for measure in MEASURES:
        assert cohorts.heatmap(table, measure, ENGLISH).to_dict()["layer"]


def test_many_weeks_are_cut_to_what_a_screen_holds():
    orders = [
        (f"c{week}", str(day.date()), 1)
        for week, day in enumerate(pd.date_range("2024-01-01", periods=40, freq="7D"))
    ]
    table = Study(shop(orders, "2024-01-01", "2024-10-06")).cohorts.table("week")
    assert cohorts.is_cut(table)
    drawn = [row for row in rows_of(cohorts.heatmap(table, "customers", ENGLISH)) if "age" in row]
    assert len({row["row"] for row in drawn}) == cohorts.MOST
    assert max(row["age"] for row in drawn) < cohorts.MOST


JANUARY = 12 * 2024
NAN = float("nan")


def made(cohorts=(JANUARY, JANUARY + 1), ages=2, rows="period", activity="on", **columns):
    """A table of so many cohorts and ages: 40 customers each, of whom 20 buy; the last age is open."""
    cells = pd.DataFrame(
        [
            {
                "cohort": cohort,
                "age": age,
                "complete": age < ages,
                "size": 40,
                "customers": 20,
                "share": 0.5 / (age + 1),
                "low": 0.1,
                "high": 0.9,
                "orders": 30,
                "revenue": 100.0,
                "revenue_per_customer": 2.5,
                "cumulative_revenue": 5.0,
                "average_order_value": 4.0,
                "net_order_value": 3.0,
            }
            for cohort in cohorts
            for age in range(ages + 1)
        ]
    ).assign(**columns)
    averages = pd.DataFrame(
        {
            "age": range(ages + 1),
            "rate": [1.0, 0.25, 0.2, *[0.1] * ages][: ages + 1],
            "low": 0.2,
            "high": 0.3,
            "cohorts": [3, 3, 2, *[1] * ages][: ages + 1],
            "customers": 80,
            "revenue_per_customer": 2.5,
            "cumulative_revenue": 5.0,
            "average_order_value": 4.0,
            "net_order_value": 3.0,
        }
    )
    window = Window(date(2024, 1, 1), date(2025, 2, 28))
    return SimpleNamespace(
        period="month", window=window, cells=cells, averages=averages, activity=activity, rows=rows
    )


MANY = range(JANUARY, JANUARY + 25)


@pytest.mark.parametrize(
    ("table", "cut"),
    [
        (made(MANY[:24], 1), False),
        (made(MANY, 1), True),
        (made(MANY[:1], 24), False),
        (made(MANY[:1], 25), True),
    ],
)
def test_a_table_is_cut_where_it_is_more_than_a_screen_holds(table, cut):
    assert cohorts.is_cut(table) is cut


def test_the_first_cohort_is_explained_where_it_is_drawn():
    assert cohorts.shows_first(made(MANY[:24], 1))
    assert not cohorts.shows_first(made(MANY, 1))
    assert not cohorts.shows_first(made(["web"], 1, rows="segment"))


def test_of_many_rows_the_latest_cohorts_or_the_largest_segments_are_drawn():
    drawn = of.drawn_rows(made(MANY, 1))
    assert (drawn["cohort"].min(), drawn["code"].min(), drawn["code"].max()) == (JANUARY + 1, 1, 24)
    named = of.drawn_rows(made([f"s{n:02}" for n in range(25)], 1, rows="segment"))
    assert (named["cohort"].max(), named["code"].max()) == ("s23", 23)


def test_segments_stand_by_the_share_that_comes_back_those_of_few_customers_last():
    # At age 1: a 0.2, b 0.6, c 0.9 of 29 customers
    shares, sizes = [1.0, 0.2, 0.1, 1.0, 0.6, 0.5, 1.0, 0.9, 0.8], [40] * 6 + [29] * 3
    table = made(["a", "b", "c"], rows="segment", share=shares, size=sizes)
    assert cohorts.order(table) == ["b", "a", "c"]
    drawn = of.drawn_rows(table)
    assert drawn[["cohort", "code", "age"]].to_numpy().tolist()[:4] == [
        ["b", 1, 0],
        ["b", 1, 1],
        ["b", 1, 2],
        ["a", 0, 0],
    ]
    y = cohorts.heatmap(table, "share", KEYED).to_dict()["layer"][0]["encoding"]["y"]
    assert y["sort"] == ["chart.average", "b", "a", "c"]


def test_a_heatmap_takes_room_for_its_figures():
    few, many = (cohorts.least_width(made(ages=ages), "share") for ages in (3, 23))
    assert (many - few) / 20 == pytest.approx(23, abs=0.5)  # pixels a value needs, and two more
    assert cohorts.least_width(made(ages=40), "share") == cohorts.least_width(made(ages=24), "share")


def test_rows_by_their_names_no_two_alike():
    assert cohorts.row_names(made(), KEYED) == ["Jan 2024 *", "Feb 2024"]
    assert cohorts.row_names(made([], 1).__class__(cells=made().cells.head(0), rows="period"), KEYED) == []
    table = made(["", "web", "chart.average", "chart.no_segment"], rows="segment")
    assert cohorts.row_names(table, KEYED) == [
        "chart.no_segment",
        "web",
        "“chart.average”",
        "“chart.no_segment”",
    ]


def test_the_strongest_colour_is_the_largest_value_after_the_first_period():
    assert cohorts.top(made(share=[0.9, 0.3, 0.1, 0.9, 0.4, 0.2]), "share") == 0.4
    assert cohorts.top(made(revenue=0.0), "revenue") == 1
    assert cohorts.top(made(revenue=-2.0), "revenue") == 1
    first_only = made()
    first_only.cells = first_only.cells[first_only.cells["age"] == 0]
    assert cohorts.top(first_only, "revenue") == 100


@pytest.mark.parametrize(
    ("measure", "last_age", "value", "written"),
    [
        ("share", 14, 0.256, "25.6%"),
        ("share", 15, 0.256, "26%"),
        ("revenue", 1, 12345.0, "12k"),
        ("share", 1, NAN, ""),
        ("revenue", 1, NAN, ""),
    ],
)
def test_what_is_printed_in_a_cell(measure, last_age, value, written):
    assert of.label(measure, last_age, ENGLISH)(value) == written


def test_shares_begin_after_the_first_period():
    assert (of.first_age("share"), of.first_age("customers")) == (1, 0)


def said(table, measure="share"):
    return of.cell_sentences(table.cells, measure, table, KEYED)


def test_a_cell_says_when_and_how_many_and_what_speaks_against_it():
    first, second, third = said(made())[:3]
    assert first.startswith("chart.cell.share cohort=Jan 2024 age=0 complete=True size=40 customers=20")
    assert first.endswith("when=Jan 2024")
    assert second.endswith("when=Feb 2024")
    assert third.endswith("when=Mar 2024 chart.incomplete")
    assert said(made(size=29))[1].endswith(" chart.few least=30")
    assert said(made(size=30))[1].endswith("when=Feb 2024")


def test_a_cell_of_later_purchases_and_one_of_a_segment_say_so():
    later = made(activity="on_or_after")
    assert said(later)[2].startswith("chart.cell_later.share ")
    assert said(later)[2].endswith(" chart.unsettled")
    assert said(later, "revenue")[0].startswith("chart.cell.revenue ")
    segments = made(["web", ""], rows="segment")
    assert said(segments)[0].startswith("chart.segment.share cohort=web ")
    assert said(segments)[-1].endswith(
        "segment=chart.no_segment since=chart.since.month n=2 chart.incomplete"
    )
    assert "since=chart.since.none" in said(segments)[0]
    assert "when=" not in said(segments)[0]


def test_the_example_is_the_latest_cohort_or_the_largest_segment_that_can_be_leaned_on():
    sizes = [40, 40, 40, 30, 30, 30, 29, 29, 29]
    table = made(MANY[:3], size=sizes)
    assert cohorts.example(table, "share", KEYED).startswith("chart.cell.share cohort=Feb 2024 age=1 ")
    few = made(MANY[:2], size=5)
    assert cohorts.example(few, "share", KEYED).startswith("chart.cell.share cohort=Feb 2024 age=1 ")
    alone = made(MANY[:2], ages=0)
    assert cohorts.example(alone, "share", KEYED).startswith("chart.cell.share cohort=Feb 2024 age=0 ")
    segments = made(["large", "small"], rows="segment")
    assert cohorts.example(segments, "share", KEYED).startswith("chart.segment.share cohort=large age=1 ")


def test_the_averages_say_how_many_cohorts_stand_behind_them():
    first, second = cohorts.average_sentences(made(), "share", KEYED)
    assert first.startswith(
        "chart.pooled.share n=3 since=chart.since.month n=1 age=1 rate=0.25 low=0.2 high=0.3 cohorts=3 "
        "customers=80"
    )
    assert second.startswith("chart.pooled.share n=2 since=chart.since.month n=2 age=2 rate=0.2")
    later = cohorts.average_sentences(made(activity="on_or_after"), "share", KEYED)
    assert later[0].startswith("chart.pooled_later.share ")
    assert cohorts.average_sentences(made(activity="on_or_after"), "average_order_value", KEYED)[
        0
    ].startswith("chart.pooled.average_order_value ")
    assert cohorts.average_sentences(made(), "revenue", KEYED) == []


def test_how_far_a_cell_is_to_be_leaned_on():
    cells = pd.DataFrame({"complete": [True, True, False], "size": [30, 29, 99]})
    assert of.state(cells) == ["whole", "few", "open"]


def test_the_heatmap_has_the_average_on_top_and_a_bar_for_each_size():
    table = made(size=[40] * 3 + [20] * 3)
    drawing = cohorts.heatmap(table, "share", KEYED)
    cells = rows(drawing, 0, "row", "age", "state", "code", "label", "left", "right", "middle")
    assert cells == [
        ("chart.average", 1, "whole", -1, "25.0%", 1, 2, 1.5),
        ("chart.average", 2, "few", -1, "20.0%", 2, 3, 2.5),
        ("Jan 2024 *", 1, "whole", 0, "25.0%", 1, 2, 1.5),
        ("Jan 2024 *", 2, "open", 0, "16.7%", 2, 3, 2.5),
        ("Feb 2024", 1, "few", 1, "25.0%", 1, 2, 1.5),
        ("Feb 2024", 2, "open", 1, "16.7%", 2, 3, 2.5),
    ]
    assert rows(drawing, 0, "value") == pytest.approx([0.25, 0.2, 0.25, 0.5 / 3, 0.25, 0.5 / 3])
    bars = rows(drawing, 5, "row", "start", "end", "label", "sentence")
    start, width = bars[0][1], bars[0][2] - bars[0][1]
    assert bars[0] == ("Jan 2024 *", start, start + width, "40", "chart.size.sentence n=40 cohort=Jan 2024 *")
    assert bars[1][1:4] == (start, pytest.approx(start + width / 2), "20")
    assert start + width == pytest.approx(0.7)  # a bar ends a little before the first age, which begins at 1


def test_the_heatmap_reads():
    drawing = cohorts.heatmap(made(), "share", KEYED)
    start = rows(drawing, 5, "start")[0]
    axis = (
        "axis(domain=False grid=False labelExpr=format(datum.value - 0.5, 'd') labelOverlap=True orient=top "
        "ticks=False title=chart.age.month titleAnchor=start values[1.5, 2.5])"
    )
    x = f"x=left:Q({axis} scale(domain[{start}, 3] nice=False zero=False)) x2=right"
    names = "[chart.average, Jan 2024 *, Feb 2024]"
    y = (
        "y=row:N(axis(domain=False labelFlush=False labelOverlap=False ticks=False) "
        f"scale(domain{names}) sort{names})"
    )
    fill, told = heat_of("value", "setting.measure.share", "domain[0, 0.25]"), "tooltip=sentence:N"
    span = 2 + 1 - start
    tight = f"opacity=(condition(test=width / {span} < 21 value=0) value=1)"
    firm, faded = "[datum.state == 'whole']", "[datum.state != 'whole']"
    open_ = "stroke=(condition(test=datum.state == 'open' value=comparison) value=transparent)"
    figure = f"{tight} text=label:N {told} x=middle:Q({axis}) {y}"
    assert layers(drawing) == [
        f"rect {firm} {fill} {told} {x} {y}",
        f"rect {faded} fillOpacity=0.35 {fill} {open_} {told} {x} {y}",
        f"text {firm} {ink_of('value')} {figure}",
        f"text {faded} {figure}",
        f"rect [{{'param': 'cell', 'empty': False}}] filled=False stroke=average {told} {x} {y}",
        f"bar color=band {told} x=start:Q x2=end {y}",
        f"text align=left text=label:N {told} x=start:Q {y}",
    ]
    (chosen,) = drawing.to_dict()["params"]
    assert chosen["select"] == {"type": "point", "fields": ["code", "age"], "toggle": False}


def test_a_heatmap_on_anothers_scale_and_one_without_an_average():
    drawing = cohorts.heatmap(made(), "share", KEYED, scale_top=0.5)
    assert heat_of("value", "setting.measure.share", "domain[0, 0.5]") in layers(drawing)[0]
    money = cohorts.heatmap(made(), "revenue", KEYED)
    assert money.to_dict()["layer"][0]["encoding"]["y"]["sort"] == ["Jan 2024 *", "Feb 2024"]
    assert rows(money, 0, "age")[0] == 0
    worth = heat_of("value", "setting.measure.revenue", "domain[0, 100]", written="short_money")
    assert worth in layers(money)[0]
    counted = cohorts.heatmap(made(), "customers", KEYED)
    assert (
        heat_of("value", "setting.measure.customers", "domain[0, 20]", written="short") in layers(counted)[0]
    )


def test_only_as_many_ages_as_a_screen_holds():
    for measure, last in (("share", 24), ("customers", 23)):
        assert max(rows(cohorts.heatmap(made(ages=30), measure, KEYED), 0, "age")) == last


def test_the_curves_read():
    drawing = cohorts.curves(made(), "share", KEYED)
    assert rows(drawing, 0, "code", "age", "value") == [(0, 1, 0.25), (1, 1, 0.25)]
    assert rows(drawing, 1, "age", "value", "cohorts") == [(1, 0.25, 3), (2, 0.2, 2)]
    assert rows(drawing, 2, "age") == [1]  # with three cohorts behind it the average is firm
    x = "x=age:Q(axis(format=d tickMinStep=1) title=chart.age.month)"
    y = "y=value:Q(axis(format=.0%) title=setting.measure.share)"
    colour = (
        "color=which:N(legend(columns=3 orient=top) "
        "scale(domain[chart.latest_year, chart.older, chart.average] range[accent, band, average]))"
    )
    told = f"{colour} tooltip=sentence:N {x} {y}"
    assert layers(drawing) == [
        f"line point() {colour} detail=code:N tooltip=sentence:N {x} {y}",
        f"line {told}",
        f"line point() {told}",
    ]


def test_the_latest_year_of_cohorts_is_in_the_accent():
    # The data ends in February 2025: cohorts after February 2024 are of its last year.
    which = rows(cohorts.curves(made(MANY[1:3]), "share", KEYED), 0, "code", "which")
    assert which == [(0, "chart.older"), (1, "chart.latest_year")]


def coloured(drawing):
    return drawing.to_dict()["layer"][0]["encoding"]["color"]["scale"]


def test_curves_of_segments_name_the_five_largest_each_in_its_colour():
    drawing = cohorts.curves(made([f"s{n}" for n in range(6)], 3, rows="segment"), "customers", KEYED)
    assert set(rows(drawing, 0, "code", "which")) == {
        *((n, f"s{n}") for n in range(5)),
        (5, "chart.other_segments"),
    }
    scale = coloured(drawing)
    assert scale["domain"] == [*(f"s{n}" for n in range(5)), "chart.other_segments"]
    assert scale["range"][-1] == style.BAND
    assert len(set(scale["range"])) == 6
    few = coloured(cohorts.curves(made(["web", "shop"], 3, rows="segment"), "share", KEYED))
    assert few["domain"] == ["web", "shop", "chart.average"]
    assert few["range"][-1] == style.AVERAGE
    spec = drawing.to_dict()["layer"]
    assert spec[0]["encoding"]["y"]["axis"]["format"] == ",~f"
    paid = cohorts.curves(made([24288, 24289], 2), "revenue", KEYED).to_dict()["layer"]
    assert paid[0]["encoding"]["y"]["axis"]["format"] == "$,~f"


def sides(measure="share", **columns):
    """February differs by +10 points, January by −20; the first age is the cohort's own period."""
    cells = pd.DataFrame(
        {
            "cohort": [JANUARY, JANUARY, JANUARY + 1, JANUARY + 1],
            "age": [0, 1, 0, 1],
            "complete": True,
            "few": False,
            "one": [1.0, 0.3, 1.0, 0.4],
            "other": [1.0, 0.5, 1.0, 0.3],
            "difference": [0.0, -0.2, 0.0, 0.1],
            "low": [0.0, -0.3, 0.0, -0.1],
            "high": [0.0, -0.1, 0.0, 0.3],
        }
    ).assign(**columns)
    averages = cells.tail(2).assign(difference=[0.0, -0.05])
    return SimpleNamespace(one=made(), other=made(), measure=measure, cells=cells, averages=averages)


NAMES = ("web", "shop")
POINTS = "datum.value ? format(100 * datum.value, '+.0f') : '0'"


def compared(most, key, written):
    """How a layer reads that is coloured by a difference of so much at most."""
    ends = f"[-{most}, 0, {most}]"
    return heat_of("value", key, f"domain{ends}", written=written, colours="diverging", marked=ends)


def test_the_difference_of_two_segments():
    drawing = cohorts.difference(sides(), NAMES, KEYED)
    assert rows(drawing, 0, "row", "age", "label", "state", "value", "code") == [
        ("chart.average", 1, "−5.0", "whole", -0.05, -1),
        ("Jan 2024", 1, "−20.0", "whole", -0.2, -1),
        ("Feb 2024", 1, "+10.0", "whole", 0.1, -1),
    ]
    assert compared(0.2, "chart.difference.key", POINTS) in layers(drawing)[0]
    assert rows(drawing, 0, "sentence")[1:] == [
        (
            "chart.difference.real one=0.3 other=0.5 difference=−20.0 low=−30.0 high=−10.0 "
            "row=Jan 2024 since=chart.since.month n=1 one_name=web other_name=shop"
        ),
        (
            "chart.difference.chance one=0.4 other=0.3 difference=+10.0 low=−10.0 high=+30.0 "
            "row=Feb 2024 since=chart.since.month n=1 one_name=web other_name=shop"
        ),
    ]
    spec = drawing.to_dict()["layer"][0]["encoding"]
    assert spec["y"]["sort"] == ["chart.average", "Jan 2024", "Feb 2024"]
    assert spec["x"]["scale"]["domain"] == [1, 2]


def test_cells_not_to_be_leaned_on_are_pale_and_set_no_scale():
    found = sides(few=[False, True, False, False], complete=[True, True, True, False])
    found.averages = found.averages.head(0)
    drawing = cohorts.difference(found, NAMES, KEYED)
    assert rows(drawing, 0, "state", "value") == [("few", -0.2), ("open", 0.1)]
    assert compared(1, "chart.difference.key", POINTS) in layers(drawing)[0]
    assert drawing.to_dict()["layer"][0]["encoding"]["y"]["sort"] == ["Jan 2024", "Feb 2024"]


def test_money_is_told_apart_by_its_sign():
    found = sides("revenue", difference=[0.0, -2000.0, 0.0, 30.0], one=[1.0, NAN, 1.0, 40.0])
    found.averages = found.averages.assign(difference=[0.0, -5.0])
    drawing = cohorts.difference(found, NAMES, KEYED)
    assert dict(rows(drawing, 0, "row", "label")) == {
        "chart.average": "−5",
        "Jan 2024": "−2k",
        "Feb 2024": "+30",
    }
    assert compared(2000, "setting.measure.revenue", "short_money") in layers(drawing)[0]
    said = rows(drawing, 0, "row", "age", "sentence")
    assert {each[:2]: each[2] for each in said}["Jan 2024", 1] == (
        "chart.difference.value one=– other=0.50 row=Jan 2024 since=chart.since.month n=1 "
        "one_name=web other_name=shop"
    )


def test_numbers_of_customers_are_counted():
    found = sides("customers", one=[3.0, 2.0, 3.0, 4.0], other=1.0)
    assert rows(cohorts.difference(found, NAMES, KEYED), 0, "sentence")[0].startswith(
        "chart.difference.value one=3 other=1 "
    )


def test_the_largest_difference_that_can_be_leaned_on_is_told():
    def row(**columns):
        said = cohorts.largest_difference(sides(**columns), NAMES, KEYED)
        return said[said.index("row=") + 4 :].split(" since")[0]

    assert row() == "Jan 2024"
    assert row(few=[False, True, False, False]) == "Feb 2024"
    assert row(complete=[True, False, True, True]) == "Feb 2024"
    assert row(few=True) == "Jan 2024"


def test_both_segments_share_a_scale():
    one, other = made(), made(share=0.125)
    found = SimpleNamespace(one=one, other=other, measure="share")
    drawn = cohorts.both(found, KEYED)
    for drawing in drawn:
        assert heat_of("value", "setting.measure.share", "domain[0, 0.25]") in layers(drawing)[0]
    # Side by side there is no room for decimals
    written = [set(rows(drawing, 0, "label")) for drawing in drawn]
    assert written == [{"25%", "20%", "17%"}, {"25%", "20%", "12%"}]
    assert "16.7%" in rows(cohorts.heatmap(one, "share", KEYED), 0, "label")


def sources(number=2):
    """Each period's revenue, half of its own cohort and half of the first; the last period is open."""
    periods = range(JANUARY, JANUARY + number)
    return pd.DataFrame(
        [
            {
                "period": period,
                "cohort": cohort,
                "age": period - cohort,
                "revenue": 10.0,
                "share": 0.5,
                "complete": period < periods[-1],
            }
            for period in periods
            for cohort in sorted({JANUARY, period})
        ]
    )


WON_IN = heat_of(
    "older",
    "chart.revenue.key",
    "domain[0, 2]",
    written="datum.value == 0 ? 'Mar 2024' : 'Jan 2024'",
    marked="[0, 2]",
)


def test_whose_revenue_it_is():
    drawing = cohorts.revenue(sources(3), "month", "share", KEYED)
    assert rows(drawing, 0, "at", "cohort", "value", "older", "whole") == [
        ("Jan 2024", JANUARY, 0.5, 2, True),
        ("Feb 2024", JANUARY, 0.5, 2, True),
        ("Feb 2024", JANUARY + 1, 0.5, 1, True),
        ("Mar 2024", JANUARY, 0.5, 2, False),
        ("Mar 2024", JANUARY + 2, 0.5, 0, False),
    ]
    said = rows(drawing, 0, "sentence")
    assert said[1] == "chart.revenue.sentence cohort=Jan 2024 when=Feb 2024 share=0.5 revenue=10"
    assert said[4].endswith(" chart.incomplete")
    assert layers(drawing) == [
        (
            f"bar {WON_IN} opacity=(condition(test=datum.whole value=1) value=0.45) "
            "order=cohort:Q(sort=ascending) tooltip=sentence:N "
            "x=at:O(axis(labelOverlap=True) sort[Jan 2024, Feb 2024, Mar 2024]) "
            "y=value:Q(axis(format=.0%) stack=zero title=chart.revenue.share)"
        )
    ]


def test_revenue_as_money_of_the_latest_periods():
    drawing = cohorts.revenue(sources(25), "month", "money", KEYED)
    assert rows(drawing, 0, "at", "value")[0] == ("Feb 2024", 10)
    assert layers(drawing)[0].endswith(
        "y=value:Q(axis(labelExpr=short_money) stack=zero title=chart.revenue.revenue)"
    )
    alone = cohorts.revenue(sources(1), "month", "share", KEYED)
    assert rows(alone, 0, "older") == [0]
    assert "domain[0, 1]" in layers(alone)[0]
    assert "values[0]" in layers(alone)[0]
