"""The charts of the overview: flows around zero, claims on a scale of their own, the three signs."""

from types import SimpleNamespace

import pandas as pd
import pytest

from retention import claims
from retention.charts import overview, style
from retention.charts.overview import reality
from retention.charts.waterfall import GAIN, LOSS
from retention.claims import CLAIMS, Claim, Finding
from retention.reconciled import Reconciled, Step
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


def finding(low, high, figure, verdict="above", code="best_20_future", unit="share"):
    claim = Claim(code, unit, low, high)
    return Finding(claim, figure, verdict, None)


def drawn(*found):
    """The rows of a chart, headings among them."""
    return rows(overview.ranges(claims.tested(found), ENGLISH), 0)


def test_every_claim_stands_at_the_same_place_and_a_figure_where_it_falls_beside_it():
    # 0 to .4 is the left half, .4 to .5 the band, and above it the scale is that of below unless that is not
    # enough: .4 / .5 a unit of width, so that the right fifth would end at .66, but the interval ends at .8
    heading, row = drawn(finding(0.4, 0.5, Estimate(0.6, 0.55, 0.8, "wilson")))
    assert heading["row"] == "claims.side.too_little n=1"
    claim = "claims.short.best_20_future"
    assert row == {
        "row": claim,
        "band_from": pytest.approx(0.5),
        "band_to": pytest.approx(0.8),
        "low": pytest.approx(0.8 + 0.2 * 0.05 / 0.3),
        "value": pytest.approx(0.8 + 0.2 * 0.1 / 0.3),
        "high": pytest.approx(1.0),
        "before": True,  # there is no room for its label at the right
        "label": "claims.unit.share value=0.6",
        "sentence": (
            f"chart.reality claim={claim} own=claims.unit.share value=0.6 "
            "low=claims.unit.share value=0.55 high=claims.unit.share value=0.8 "
            "claimed=claims.unit.share value=0.4 – claims.unit.share value=0.5"
        ),
    }
    _, within = drawn(finding(0.4, 0.5, Estimate(0.45, 0.42, 0.47), "within"))
    assert (within["low"], within["value"], within["high"]) == pytest.approx((0.56, 0.65, 0.71))
    assert within["before"] is False
    _, below = drawn(finding(0.4, 0.5, Estimate(0.32, 0.28, 0.36), "below"))
    assert (below["low"], below["value"], below["high"]) == pytest.approx((0.35, 0.4, 0.45))
    assert below["before"] is True  # its label would lie on the band


def test_the_scale_begins_below_zero_where_the_figure_does_and_one_number_claimed_is_a_thin_band():
    _, row = drawn(finding(3.0, 3.0, Estimate(0.0, -1.0, 1.0, "wilson"), "does_not_hold"))
    assert (row["low"], row["value"], row["high"]) == pytest.approx((0, 0.65 / 4, 0.65 / 2))
    assert (row["band_from"], row["band_to"]) == pytest.approx((0.644, 0.656))
    assert row["sentence"].endswith("claimed=claims.unit.share value=3")
    assert row["before"] is False  # left of it there is no room


def test_claims_stand_below_the_heading_of_their_side():
    one = finding(0.4, 0.5, Estimate(0.6, 0.55, 0.8), "above", "best_20_past")
    two = finding(0.4, 0.5, Estimate(0.45), "within", "sell_to_existing")
    assert [row["row"] for row in drawn(one, two)] == [
        "claims.side.true n=1",
        "claims.short.sell_to_existing",
        "claims.side.too_little n=1",
        "claims.short.best_20_past",
    ]


def test_claims_are_rows_of_bands_and_points():
    found = claims.tested([finding(0.4, 0.5, Estimate(0.6))])
    y = "y=row:N(axis=None sort[claims.side.too_little n=1, claims.short.best_20_future])"
    places = (
        'datum.value < 0.5 ? ["chart.reality.less"] : '
        'datum.value < 0.8 ? ["chart.reality.same"] : ["chart.reality.more"]'
    )
    told, only = "tooltip=sentence:N", "[datum.label]"
    below = "yOffset(expr=bandwidth('y') * 0.22)"
    band, line, point, after, before, name, heading = layers(overview.ranges(found, ENGLISH))
    assert band == f"bar {only} color=band {below} {told} x=band_from:Q x2=band_to {y}"
    assert line == f"rule {only} color=accent {below} {told} x=low:Q x2=high {y}"
    assert point.startswith(f"point {only} color=accent filled=True {below} {told} x=value:Q(axis(")
    assert places in point
    assert point.endswith(f"scale(domain[0, 1] nice=False)) {y}")
    assert after == f"text {only} [!datum.before] align=left text=label:N {told} x=high:Q {y}"
    assert before == f"text {only} [datum.before] align=right text=label:N {told} x=low:Q {y}"
    assert name == f"text {only} align=left text=row:N {told} x=(value=0) {y}"
    assert heading == f"text [!datum.label] align=left text=row:N x=(value=0) {y}"


def test_a_finding_without_a_figure_cannot_be_drawn():
    with pytest.raises(ValueError, match="with a figure"):
        overview.ranges(claims.tested([finding(0.4, 0.5, None)]), ENGLISH)


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


def test_from_the_others_revenue_to_ours():
    found = Reconciled(
        "revenue_net", (Step("sales", 1100.0), Step("refunds", 1000.0), Step("orders", 1050.0))
    )
    drawing = overview.reconciled(found, ENGLISH)
    assert rows(drawing, 0, "what", "colour", "label", "from_value", "to_value", "right") == [
        ("reconciled.step.sales", style.ACCENT, "reconciled.value.money value=1100", 0, 1100, 1100),
        ("reconciled.step.refunds", LOSS, "reconciled.change.money value=-100", 1100, 1000, 1100),
        ("reconciled.step.orders", GAIN, "reconciled.change.money value=50", 1000, 1050, 1050),
        ("reconciled.step.ours", style.ACCENT, "reconciled.value.money value=1050", 0, 1050, 1050),
    ]
    assert rows(drawing, 0, "sentence")[1:3] == [
        "chart.reconciled.step.money what=reconciled.step.refunds value=-100",
        "chart.reconciled.step.money what=reconciled.step.orders value=50",
    ]
    names = ", ".join(f"reconciled.step.{code}" for code in ("sales", "refunds", "orders", "ours"))
    y = f"y=what:N(axis(domain=False ticks=False) sort[{names}])"
    assert layers(drawing) == [
        (
            f"bar color=colour:N(scale=None) tooltip=sentence:N "
            "x=from_value:Q(axis(labelExpr=short_money) title=setting.reconciled.revenue_net) "
            f"x2=to_value {y}"
        ),
        f"text align=left text=label:N tooltip=sentence:N x=right:Q {y}",
    ]


@pytest.mark.parametrize(
    ("figure", "codes", "axis"),
    [
        ("customers", ("as_written", "joined"), "short"),
        ("cohort_retention", ("unweighted", "weighted"), "as a share"),
    ],
)
def test_steps_of_counts_and_of_shares(figure, codes, axis):
    found = Reconciled(figure, (Step(codes[0], 9.0), Step(codes[1], 8.0)))
    drawing, unit = overview.reconciled(found, ENGLISH), found.unit
    assert rows(drawing, 0, "label") == [
        f"reconciled.value.{unit} value=9",
        f"reconciled.change.{unit} value=-1",
        f"reconciled.value.{unit} value=8",
    ]
    assert f"x=from_value:Q(axis(labelExpr={axis}) title=setting.reconciled.{figure})" in layers(drawing)[0]
    assert rows(drawing, 0, "sentence")[0].startswith(f"chart.reconciled.whole.{unit} ")
