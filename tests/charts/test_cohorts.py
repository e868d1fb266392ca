import pandas as pd
import pytest

from retention.charts import cohorts, style
from retention.cohorts import MEASURES
from retention.periods import PERIODS
from retention.study import Study
from retention.text import LANGUAGES, Words
from tests.conftest import shop

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
    rows = [
        (f"c{week}", str(day.date()), 1)
        for week, day in enumerate(pd.date_range("2024-01-01", periods=40, freq="7D"))
    ]
    table = Study(shop(rows, "2024-01-01", "2024-10-06")).cohorts.table("week")
    assert cohorts.is_cut(table)
    drawn = [row for row in rows_of(cohorts.heatmap(table, "customers", ENGLISH)) if "age" in row]
    assert len({row["row"] for row in drawn}) == cohorts.MOST
    assert max(row["age"] for row in drawn) < cohorts.MOST


@pytest.mark.parametrize("share", [i / 20 for i in range(21)])
@pytest.mark.parametrize("made", [lambda colour: colour, style.paler])
def test_ink_can_be_read_on_every_cell(share, made):
    colour = made(style.sequential([share])[0])
    assert contrast(colour, style.ink_on(colour)) >= 4.5  # WCAG 2 AA


def luminance(colour):
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
