"""The charts of lifetime value: groups, the spread, habits, one customer, the forecast on what followed."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from retention.charts import lifetime_value
from retention.lifetime_value import MOST_FREQUENT
from tests.charts.reading import heat_of, layers, rows
from tests.keyed import ENGLISH

NAN = float("nan")


def values(values, highs):
    count = len(values)
    return pd.DataFrame(
        {
            "group": [f"g{n}" for n in range(count)],
            "customers": [10] * count,
            "active_expected": 4.0,
            "clv": values,
            "low": [value and value / 2 for value in values],
            "high": highs,
            "mean": [2.0] * count,
        }
    )


def test_value_by_group_with_its_interval_and_its_mean():
    drawing = lifetime_value.groups(values([100.0, 80.0], [120.0, NAN]), ENGLISH)
    assert rows(drawing, 0, "group", "value", "low", "high", "far") == [
        ("g0", 100, 50, 120, True),
        ("g1", 80, 40, 80, True),  # 80 are more than 55 % of 120
    ]
    said = rows(drawing, 0, "label", "sentence")[0]
    assert said[0] == "chart.value_group.mean mean=2"
    assert said[1].startswith("chart.value_group group=g0 customers=10 active_expected=4 clv=100 low=50")
    y = "y=group:N(axis(domain=False ticks=False) sort[g0, g1])"
    scale = "scale(domain[0, 120])"
    assert layers(drawing) == [
        (
            f"bar color=accent tooltip=sentence:N "
            f"x=value:Q(axis(labelExpr=short_money) {scale} title=chart.value_group.axis) {y}"
        ),
        f"rule color=rule tooltip=sentence:N x=low:Q x2=high {y}",
        f"text [!datum.far] align=left text=label:N tooltip=sentence:N x=high:Q {y}",
        f"text [datum.far] align=left color=#ffffff text=label:N tooltip=sentence:N x=(datum=0) {y}",
    ]


def test_labels_stand_beyond_the_bars_where_a_short_bar_has_a_long_interval():
    # 40 of 100 is too short a bar to hold a label, its end of 60 too far right to have one beside it.
    drawing = lifetime_value.groups(values([90.0, 40.0], [100.0, 60.0]), ENGLISH)
    assert rows(drawing, 0, "far") == [False, False]
    x = drawing.to_dict()["layer"][0]["encoding"]["x"]
    assert x["scale"]["domain"] == [0, pytest.approx(100 / 0.55)]


@pytest.mark.parametrize(("high", "far"), [(55.0, False), (56.0, True)])
def test_a_label_stands_in_a_bar_that_reaches_over_the_middle(high, far):
    drawing = lifetime_value.groups(values([90.0, 50.0], [100.0, high]), ENGLISH)
    assert rows(drawing, 0, "far") == [True, far]


def test_groups_worth_nothing_still_draw():
    drawing = lifetime_value.groups(values([0.0], [0.0]), ENGLISH)
    assert drawing.to_dict()["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 1e-9]


def test_value_at_risk_says_how_many_are_likely_gone():
    risk = pd.DataFrame(
        {
            "group": ["a"],
            "customers": [10],
            "lost": [7.0],
            "value_at_risk": [100.0],
            "share": [0.5],
            "low": [50.0],
            "high": [150.0],
            "if_active": [300.0],
        }
    )
    drawing = lifetime_value.at_risk(risk, ENGLISH)
    (row,) = rows(drawing, 0, "value", "label")
    assert row == (100, "chart.risk_group.gone gone=7 customers=10")
    assert rows(drawing, 0, "sentence")[0].startswith("chart.risk_group group=a customers=10 lost=7")
    assert "title=chart.risk_group.axis" in layers(drawing)[0]


def test_the_spread_has_a_colour_for_each_curve_there_is():
    curves = pd.DataFrame(
        {
            "which": ["past", "past", "realised"],
            "share_of_customers": [0.0, 1.0, 0.2],
            "share_of_value": [0.0, 1.0, 0.8],
        }
    )
    drawing = lifetime_value.spread(curves, ENGLISH)
    assert rows(drawing, 1, "customers", "share", "which")[2] == (0.2, 0.8, "chart.realised")
    assert rows(drawing, 1, "sentence")[2] == "chart.lorenz which=chart.realised customers=0.2 share=0.8"
    x = "x=customers:Q(axis(format=.0%) title=chart.best_customers)"
    y = "y=share:Q(axis(format=.0%) title=chart.share_of_value)"
    assert layers(drawing) == [
        f"line color=band {x} {y}",
        (
            "line color=which:N(legend(columns=1 orient=top) "
            f"scale(domain[chart.past, chart.realised] range[comparison, accent])) tooltip=sentence:N {x} {y}"
        ),
    ]
    assert rows(drawing, 0, "customers", "share") == [(0, 0), (1, 1)]


def cells():
    """Two purchases and more cannot lie within less than as many days; x 0 never bought again."""
    return pd.DataFrame(
        {
            "x": [0, 1, 2, 2, 3],
            "t_x": [0, 1, 1, 2, 9],
            "days_since_last": [20, 19, 19, 18, 11],
            "value": [0.9, 0.2, 0.9, 0.4, 0.5],
            "customers": [99, 5, 50, 6, 6],
        }
    )


def test_the_matrix_holds_what_can_be():
    drawing = lifetime_value.matrix(cells(), "p_alive", ENGLISH)
    assert rows(drawing, 0, "x", "days_since_last", "value") == [(1, 19, 0.2), (2, 18, 0.4), (3, 11, 0.5)]
    assert rows(drawing, 0, "sentence")[1] == "chart.matrix.p_alive n=2 days=18 value=0.4 customers=6"
    (cell,) = layers(drawing)
    assert cell == (
        f"rect {heat_of('value', 'setting.matrix.p_alive', 'domain[0, 1]')} tooltip=sentence:N "
        "x=days_since_last:O(axis(format=d labelOverlap=True) sort=descending title=chart.recency) "
        "y=x:O(axis(labelOverlap=True) sort=descending title=chart.frequency)"
    )


def test_expected_purchases_are_no_percentages():
    (cell,) = layers(lifetime_value.matrix(cells(), "expected_purchases", ENGLISH))
    assert heat_of("value", "setting.matrix.expected_purchases", written="short") in cell


def test_the_cell_of_most_customers_is_told_of_two_alike_the_rarer_first():
    said = lifetime_value.cell_sentence(cells(), "p_alive", ENGLISH)
    assert said == "chart.matrix.p_alive n=2 days=18 value=0.4 customers=6"
    assert lifetime_value.cell_sentence(cells().head(1), "p_alive", ENGLISH) == ""


FIRST = date(2024, 1, 1).toordinal()


def test_the_story_of_a_customer():
    path = pd.DataFrame({"day": [FIRST, FIRST + 1.6], "p_alive": [1.0, 0.7], "ahead": [False, True]})
    bought = pd.DataFrame({"day": [FIRST], "orders": [2], "value": [30.0]})
    drawing = lifetime_value.story(path, bought, date(2024, 1, 2), ENGLISH)
    assert rows(drawing, 0, "date", "label") == [("2024-01-02T00:00:00", "chart.story.end")]
    assert rows(drawing, 2, "date", "p_alive", "ahead", "sentence") == [
        ("2024-01-01T00:00:00", 1.0, False, "chart.story.then day=2024-01-01 p_alive=1"),
        ("2024-01-03T00:00:00", 0.7, True, "chart.story.ahead day=2024-01-03 p_alive=0.7"),
    ]
    assert rows(drawing, 5, "date", "p_alive", "sentence") == [
        ("2024-01-01T00:00:00", 0.0, "chart.story.bought n=2 day=2024-01-01 value=30"),
    ]
    x = "x=date:T(axis(format=%b %Y labelOverlap=True))"
    y = (
        "y=p_alive:Q(axis(format=.0% values[0, 0.25, 0.5, 0.75, 1]) "
        "scale(domain[0, 1.05] nice=False) title=column.p_alive)"
    )
    told = f"tooltip=sentence:N {x} {y}"
    assert layers(drawing) == [
        "rule color=rule x=date:T",
        "text align=right text=label:N x=date:T y=(value=0)",
        f"line [!datum.ahead] color=accent {told}",
        f"line [datum.ahead] color=accent {told}",
        f"point {told}",
        f"tick color=average orient=vertical yOffset=-9 {told}",
    ]


def test_the_chances_of_so_many_purchases():
    table = pd.DataFrame(
        {"purchases": [0, 1, 4, 8], "up_to": [0, 3, 7, 99], "chance": [0.5, 0.25, 0.15, 0.1]}
    )
    drawing = lifetime_value.chances(table, ENGLISH)
    assert rows(drawing, 0, "name", "label") == [
        ("0", "50%"),
        ("1–3", "25%"),
        ("4–7", "15%"),
        ("chart.chances.more n=8", "10%"),
    ]
    assert rows(drawing, 0, "sentence")[1] == "chart.chances purchases=1–3 chance=0.25"
    x = "x=name:N(axis(labelOverlap=True) sort[0, 1–3, 4–7, chart.chances.more n=8] title=chart.chances.axis)"
    y = "y=chance:Q(axis(format=.0%) title=chart.chances.chance)"
    tight = "opacity=(condition(test=width / 4 < 30 value=0) value=1)"
    assert layers(drawing) == [
        f"bar color=accent tooltip=sentence:N {x} {y}",
        f"text {tight} text=label:N tooltip=sentence:N {x} {y}",
    ]


def holdout():
    errors = SimpleNamespace(rmse=0.5, mean_absolute_error=0.3)
    return SimpleNamespace(
        model=SimpleNamespace(kind="bg_nbd", k=1, season=None),
        until=date(2024, 1, 9),
        tracked=pd.DataFrame(
            {
                "week": [1, 2],
                "ends": [FIRST + 6, FIRST + 13],
                "actual": [3, 2],
                "expected": [2.5, 2.25],
                "cumulative_actual": [3, 5],
                "cumulative_expected": [2.5, 4.75],
            }
        ),
        by_frequency=pd.DataFrame(
            {
                "frequency": [0, MOST_FREQUENT],
                "customers": [10, 4],
                "expected": [0.2, 3.0],
                "actual": [0.1, 3.5],
                "low": [0.0, 2.0],
                "high": [0.4, 4.0],
            }
        ),
        errors=errors,
        naive={"zero": SimpleNamespace(rmse=0.75, mean_absolute_error=0.25)},
    )


SIDES = "domain[chart.actual, chart.expected]"
COLOUR = (
    "color=which:N(legend(orient=top symbolSize=300 symbolStrokeWidth=2.5 symbolType=stroke) "
    f"scale({SIDES} range[accent, comparison]))"
)
DASHES = f"strokeDash=which:N(scale({SIDES} range[[1, 0], [6, 4]]))"


@pytest.mark.parametrize(
    ("what", "made", "expected"),
    [("weekly", (3, 2), (2.5, 2.25)), ("cumulative", (3, 5), (2.5, 4.75))],
)
def test_the_forecast_over_what_happened_week_by_week(what, made, expected):
    drawing = getattr(lifetime_value.holdout, what)(holdout(), ENGLISH)
    first, second = "2024-01-07T00:00:00", "2024-01-14T00:00:00"
    assert rows(drawing, 3, "when", "purchases", "which") == [
        (first, made[0], "chart.actual"),
        (second, made[1], "chart.actual"),
        (first, expected[0], "chart.expected"),
        (second, expected[1], "chart.expected"),
    ]
    assert rows(drawing, 3, "sentence")[0] == (
        f"chart.holdout.{what}.sentence week=1 when=2024-01-07T00:00:00 actual=3 expected=2.5"
    )
    assert rows(drawing, 0, "from", "to", "name") == [("2024-01-09T00:00:00", second, "chart.held_back")]
    told = (
        "tooltip=sentence:N x=when:T(axis(format=%b %Y grid=False labelOverlap=True)) "
        f"y=purchases:Q(axis() title=chart.holdout.{what}.axis)"
    )
    assert layers(drawing) == [
        "rect color=band x=from:T x2=to",
        "rule color=rule x=from:T",
        "text align=left text=name:N x=from:T y=(value=0)",
        f"line {COLOUR} {DASHES} {told}",
        f"point {COLOUR} {told}",
    ]


def test_without_a_week_there_is_no_band():
    found = holdout()
    found.tracked = found.tracked.head(0)
    assert [layer.split()[0] for layer in layers(lifetime_value.holdout.weekly(found, ENGLISH))] == [
        "line",
        "point",
    ]


def test_the_forecast_by_how_often_customers_had_bought():
    drawing = lifetime_value.holdout.by_frequency(holdout(), ENGLISH)
    more = f"chart.holdout.or_more number={MOST_FREQUENT}"
    assert rows(drawing, 0, "name", "expected", "actual") == [("0", 0.2, 0.1), (more, 3, 3.5)]
    assert rows(drawing, 0, "sentence")[0] == (
        "chart.holdout.frequency name=0 customers=10 expected=0.2 actual=0.1 low=0 high=0.4"
    )
    x = f"x=name:N(axis(grid=False) sort[0, {more}] title=chart.holdout.before)"
    y = "(axis() title=chart.holdout.mean)"
    assert layers(drawing) == [
        f"area color=band tooltip=sentence:N {x} y=low:Q{y} y2=high",
        f"line {COLOUR} {DASHES} tooltip=sentence:N {x} y=expected:Q{y}",
        f"point filled=True {COLOUR} tooltip=sentence:N {x} y=actual:Q{y}",
    ]


def test_the_errors_of_the_model_and_of_guesses():
    drawing = lifetime_value.holdout.errors(holdout(), ENGLISH)
    model, naive = "setting.purchase_kind.bg_nbd", "naive.zero"
    assert rows(drawing, 0, "name", "error", "absolute", "ours", "label") == [
        (model, 0.5, 0.3, True, "0.50"),
        (naive, 0.75, 0.25, False, "0.75"),
    ]
    assert rows(drawing, 0, "sentence")[1] == "chart.holdout.error name=naive.zero rmse=0.75 absolute=0.25"
    x = "x=error:Q(axis() scale(domain[0, 0.84] nice=False) title=chart.holdout.rmse)"
    y = f"y=name:N(axis(domain=False ticks=False) sort[{model}, {naive}])"
    ours = "color=(condition(test=datum.ours value=accent) value=comparison)"
    assert layers(drawing) == [
        f"bar {ours} tooltip=sentence:N {x} {y}",
        f"text align=left text=label:N tooltip=sentence:N {x} {y}",
    ]
