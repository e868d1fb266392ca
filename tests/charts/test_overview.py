"""The charts of the overview: flows around zero, claims on a scale of their own, the three signs."""

from types import SimpleNamespace

import pandas as pd
import pytest

from retention.charts import overview
from retention.charts.overview import reality
from retention.claims import CLAIMS
from retention.statistics import Estimate
from retention.text import Words
from tests.charts.reading import layers, rows
from tests.keyed import ENGLISH

NAN = float("nan")


def flows(**changed):
    table = pd.DataFrame(
        {
            "period": [24289, 24288],
            "new": [3, 5],
            "retained": [2, NAN],
            "reactivated": [1, NAN],
            "lost": [4, NAN],
        }
    )
    return SimpleNamespace(period="month", table=table.assign(**changed), firm=pd.Series([False, True]))


def test_lost_customers_are_drawn_below_zero_and_periods_stand_in_their_order():
    drawing = overview.flows(flows(), ENGLISH)
    assert rows(drawing, 0, "name", "kind", "drawn", "customers", "whole") == [
        ("Jan 2024", "new", 5, 5, True),
        ("Feb 2024", "new", 3, 3, False),
        ("Feb 2024", "reactivated", 1, 1, False),
        ("Feb 2024", "lost", -4, 4, False),
        ("Feb 2024", "retained", 2, 2, False),
    ]
    assert rows(drawing, 0, "label", "sentence")[3] == (
        "flow.lost",
        "chart.flow period=Feb 2024 kind=lost customers=4",
    )


def test_flows_are_bars_and_those_who_stayed_a_line():
    told = (
        "color=label:N(legend(columns=2 orient=top symbolOpacity=1 symbolStrokeWidth=0) "
        "scale(domain[flow.new, flow.reactivated, flow.lost, flow.retained] "
        "range[accent, second, comparison, average])) tooltip=sentence:N "
        "x=name:N(axis(labelOverlap=greedy) sort[Jan 2024, Feb 2024]) "
        "y=drawn:Q(axis() title=chart.customers)"
    )
    whole, partial, zero, line = layers(overview.flows(flows(), ENGLISH))
    assert whole == f"bar [datum.kind != 'retained'] [datum.whole] {told}"
    assert partial == f"bar [datum.kind != 'retained'] [!datum.whole] stroke=comparison {told}"
    assert zero == "rule color=rule y=drawn:Q"
    assert line == f"line [datum.kind == 'retained'] point() {told}"
    assert rows(overview.flows(flows(), ENGLISH), 2, "drawn") == [0]


def finding(low, high, figure, code="best_20_future", unit="share"):
    claim = SimpleNamespace(code=code, low=low, high=high, unit=unit)
    return SimpleNamespace(claim=claim, figure=figure)


def test_a_figure_stands_on_a_scale_from_zero_to_the_highest_end():
    found = finding(0.4, 0.5, Estimate(0.6, 0.55, 0.8, "wilson"))
    (row,) = rows(overview.ranges([found], ENGLISH), 0)
    claim = "claims.short.best_20_future"
    assert row == {
        "claim": claim,
        "band_from": pytest.approx(0.5),
        "band_to": pytest.approx(0.625),
        "middle": pytest.approx(0.5625),
        "low": pytest.approx(0.6875),
        "value": pytest.approx(0.75),
        "high": pytest.approx(1.0),
        "zero": 0.0,
        "label": "claims.unit.share value=0.6",
        "claimed": "claims.unit.share value=0.4 – claims.unit.share value=0.5",
        "sentence": (
            f"chart.reality claim={claim} own=claims.unit.share value=0.6 "
            "low=claims.unit.share value=0.55 high=claims.unit.share value=0.8 "
            "claimed=claims.unit.share value=0.4 – claims.unit.share value=0.5"
        ),
    }


def test_the_scale_begins_below_zero_where_the_figure_does_and_one_number_claimed_is_a_thin_band():
    found = finding(3.0, 3.0, Estimate(0.0, -1.0, 1.0, "wilson"))
    (row,) = rows(overview.ranges([found], ENGLISH), 0)
    assert (row["low"], row["zero"], row["high"]) == pytest.approx((0, 0.25, 0.5))
    assert (row["band_from"], row["band_to"]) == pytest.approx((0.994, 1.006))
    assert row["sentence"].endswith("claimed=claims.unit.share value=3")


def test_claims_are_rows_of_bands_and_points():
    found = finding(0.4, 0.5, Estimate(0.6))
    y = "y=claim:N(axis(domain=False ticks=False) sort[claims.short.best_20_future])"
    x = "x=band_from:Q(axis=None scale(domain[0, 1.06] nice=False))"
    assert layers(overview.ranges([found], ENGLISH)) == [
        f"bar color=band tooltip=sentence:N {x} x2=band_to {y}",
        f"tick color=rule tooltip=sentence:N x=zero:Q {y}",
        f"rule color=accent tooltip=sentence:N x=low:Q x2=high {y}",
        f"point color=accent filled=True tooltip=sentence:N x=value:Q {y}",
        f"text text=label:N tooltip=sentence:N x=value:Q {y}",
        f"text color=rule text=claimed:N tooltip=sentence:N x=middle:Q {y}",
    ]


def test_a_finding_without_a_figure_cannot_be_drawn():
    with pytest.raises(ValueError, match="with a figure"):
        overview.ranges([finding(0.4, 0.5, None)], ENGLISH)


def test_a_range_claimed_has_two_ends_and_one_number_has_one():
    assert reality.claimed(finding(1, 2, None), ENGLISH) == (
        "claims.unit.share value=1 – claims.unit.share value=2"
    )
    assert reality.claimed(finding(2, 2, None), ENGLISH) == "claims.unit.share value=2"


def test_money_claimed_stays_in_the_dollars_it_was_quoted_in():
    lost = next(claim for claim in CLAIMS if claim.unit == "money")
    assert reality.claimed(SimpleNamespace(claim=lost), Words("en", "EUR")) == "$243"


def sign(line, name="average_order", values=(10.0, 19.0, 12.0, 99.0), verdict="noise"):
    table = pd.DataFrame(
        {
            "period": [24288, 24289, 24290, 24291],
            "status": ["known", "known", "left_out", "incomplete"],
            "value": values,
            "low": 5.0,
            "high": 15.0,
            "customers": 7,
        }
    )
    return SimpleNamespace(
        name=name,
        period="month",
        table=table,
        line=line,
        known=table[table["status"] == "known"],
        verdict=verdict,
    )


LINE = SimpleNamespace(start=11.0, end=18.0)


def test_a_sign_is_a_point_a_month_with_its_interval():
    drawing = overview.sign(sign(None), ENGLISH)
    assert rows(drawing, 0, "when", "value", "used") == [
        ("2024-01-01", 10, True),
        ("2024-02-01", 19, True),
        ("2024-03-01", 12, False),
    ]
    said = rows(drawing, 0, "sentence")[0]
    assert said.startswith("chart.sign.average_order period=Jan 2024 status=known value=10 low=5 high=15")
    paler = "opacity=(condition(test=datum.used value=1) value=0.3)"
    x = "x=when:T(axis(format=%b %y labelOverlap=True))"
    y = "y=value:Q(axis(format=$,.1f) scale(zero=False) title=chart.sign_axis.average_order)"
    assert layers(drawing) == [
        f"rule color=band {paler} tooltip=sentence:N {x} y=low:Q y2=high",
        f"circle color=accent {paler} tooltip=sentence:N {x} {y}",
    ]


@pytest.mark.parametrize(
    ("name", "values", "written"),
    [
        ("average_order", (1.0, 19.9, 1.0, 99.0), "$,.1f"),
        ("average_order", (1.0, 20.0, 1.0, 1.0), "$,.0f"),
        ("gap", (0.1, 0.2, 0.3, 0.4), ".0%"),
    ],
)
def test_decimals_of_an_axis_where_they_say_something(name, values, written):
    spec = overview.sign(sign(None, name, values), ENGLISH).to_dict()
    assert spec["layer"][1]["encoding"]["y"]["axis"]["format"] == written


@pytest.mark.parametrize(("verdict", "dash"), [("noise", [5, 4]), ("yes", [1, 0])])
def test_the_line_goes_over_the_months_it_was_fitted_on_and_is_dashed_where_it_is_noise(verdict, dash):
    drawing = overview.sign(sign(LINE, verdict=verdict), ENGLISH)
    assert rows(drawing, 2, "when", "value") == [("2024-01-01", 11), ("2024-02-01", 18)]
    assert layers(drawing)[2] == "line color=average x=when:T y=value:Q"
    assert drawing.to_dict()["layer"][2]["mark"]["strokeDash"] == dash
