"""The charts of winning and keeping: two costs, their trend, payback, the response to money."""

from types import SimpleNamespace

import pandas as pd
import pytest

from retention.charts import acquisition
from retention.statistics import Estimate
from tests.charts.reading import layers, rows
from tests.keyed import ENGLISH

NAN = float("nan")
WIN, KEEP = "chart.win", "chart.keep"


def test_both_costs_with_their_intervals_and_the_quoted_range_behind():
    found = SimpleNamespace(cac=Estimate(90.0, 80.0, 110.0, "resampled"), retention_cost=Estimate(10.0))
    drawing = acquisition.costs(found, ENGLISH)
    assert rows(drawing, 0, "what", "from", "to", "label") == [(WIN, 50, 250, "chart.quoted_ratio")]
    assert rows(drawing, 2, "what", "cost", "zero", "low", "high", "label") == [
        (WIN, 90, 0, 80, 110, "90.00"),
        (KEEP, 10, 0, 10, 10, "10.00"),
    ]
    assert rows(drawing, 2, "sentence")[0] == "chart.cost what=chart.win cost=90 low=80 high=110"
    y = f"y=what:N(axis(ticks=False) sort[{WIN}, {KEEP}])"
    assert layers(drawing) == [
        f"bar color=band tooltip=label:N x=from:Q x2=to {y}",
        f"text align=right color=comparison text=label:N x=to:Q {y}",
        (
            f"bar color=what:N(legend=None scale(domain[{WIN}, {KEEP}] range[comparison, accent])) "
            f"tooltip=sentence:N "
            f"x=cost:Q(axis(labelExpr=short_money) scale(zero=True) title=chart.cost_axis) {y}"
        ),
        f"rule color=rule tooltip=sentence:N x=low:Q x2=high {y}",
        f"text align=left text=label:N tooltip=sentence:N x=zero:Q {y}",
    ]


@pytest.mark.parametrize(
    ("cac", "cost", "named"), [(None, 10.0, [KEEP]), (90.0, None, [WIN]), (None, None, [])]
)
def test_a_cost_that_is_not_known_is_not_drawn_nor_compared(cac, cost, named):
    found = SimpleNamespace(cac=cac and Estimate(cac), retention_cost=cost and Estimate(cost))
    drawing = acquisition.costs(found, ENGLISH)
    assert len(layers(drawing)) == 3
    assert rows(drawing, 0, "what") == named


def curve(months, low):
    return pd.DataFrame(
        {
            "months": months,
            "balance": [n - 5.0 for n in months],
            "low": [low] * len(months),
            "high": 3.0,
            "customers": 8,
            "most": [n < 2 for n in months],
        }
    )


def payback(months, low=NAN, length=4):
    return SimpleNamespace(months=months, curve=curve(range(length), low))


def names(drawing):
    return {name: [row["what"] for row in found] for name, found in drawing.to_dict()["datasets"].items()}


def data(drawing, name, *columns):
    return [tuple(row[each] for each in columns) for row in drawing.to_dict()["datasets"][name]]


def test_the_chosen_group_stands_before_the_others():
    groups = {"a": payback(2, low=-9.0), "b": payback(None)}
    drawing = acquisition.paid_back(groups, "a", ENGLISH)
    assert data(drawing, "band", "what", "months") == [("a", n) for n in range(4)]
    assert data(drawing, "mine_seen", "what", "months") == [("a", 0), ("a", 1)]
    assert data(drawing, "mine_beyond", "what", "months") == [("a", 1), ("a", 2), ("a", 3)]
    assert data(drawing, "others_seen", "what", "months") == [("b", 0), ("b", 1)]
    assert data(drawing, "mine_named", "what", "months") == [("a", 3)]
    assert data(drawing, "others_named", "what", "months") == [("b", 3)]
    assert data(drawing, "mine_seen", "sentence")[0] == (
        "chart.balance what=a n=0 balance=-5 low=-9 high=3 customers=8",
    )


@pytest.mark.parametrize(("months", "late"), [(1, False), (2, True)])
def test_the_month_it_is_paid_back_in_is_marked_with_its_label_where_there_is_room(months, late):
    drawing = acquisition.paid_back({"a": payback(months)}, "a", ENGLISH)
    assert data(drawing, "reached", "months", "label", "late") == [
        (months, f"chart.paid_back n={months}", late)
    ]


def test_in_the_middle_the_label_still_has_room_at_the_right():
    drawing = acquisition.paid_back({"a": payback(2, length=5)}, "a", ENGLISH)
    assert data(drawing, "reached", "late") == [(False,)]


def test_what_is_not_paid_back_has_no_mark_and_a_single_group_no_name():
    drawing = acquisition.paid_back({"a": payback(None)}, "a", ENGLISH)
    assert data(drawing, "reached", "months") == []
    assert data(drawing, "mine_named", "what") == data(drawing, "band", "what") == []


@pytest.mark.parametrize(("number", "named"), [(5, 4), (6, 0)])
def test_of_many_groups_only_the_chosen_one_is_named(number, named):
    groups = {f"g{n}": payback(None) for n in range(number)}
    drawing = acquisition.paid_back(groups, "g0", ENGLISH)
    assert len(data(drawing, "others_named", "what")) == named
    assert data(drawing, "mine_named", "what") == [("g0",)]


def test_the_payback_chart_reads():
    x = "x=months:Q(axis(format=d tickMinStep=1) title=chart.months_since)"
    y = "y=balance:Q(axis(labelExpr=short_money) title=chart.balance_axis)"
    line = "detail=what:N tooltip=sentence:N"
    assert layers(acquisition.paid_back({"a": payback(2)}, "a", ENGLISH)) == [
        "rule color=rule y=zero:Q",
        f"area color=accent {x} y=low:Q y2=high",
        f"line color=comparison point(color=comparison) {line} {x} {y}",
        f"line color=comparison point(color=comparison) {line} {x} {y}",
        f"line color=accent point(color=accent) {line} {x} {y}",
        f"line color=accent point(color=accent) {line} {x} {y}",
        f"text align=right color=comparison text=what:N {x} {y}",
        f"text align=right color=accent text=what:N {x} {y}",
        f"point color=average {x} {y}",
        f"text [datum.late] align=right text=label:N {x} {y}",
        f"text [!datum.late] align=left text=label:N {x} {y}",
    ]


def test_lines_are_dashed_where_few_were_observed_and_the_chosen_name_is_bold():
    marks = [
        part["mark"]
        for part in acquisition.paid_back({"a": payback(2)}, "a", ENGLISH).to_dict()["layer"][2:8]
    ]
    assert [mark["strokeDash"] for mark in marks[:4]] == [[1, 0], [4, 3]] * 2
    assert [mark["fontWeight"] for mark in marks[4:]] == ["normal", "bold"]


def use(spend, customers, back):
    return SimpleNamespace(spend=spend, customers=customers, return_of_next=back)


def split(winning, keeping):
    return SimpleNamespace(winning=winning, keeping=keeping, spend=winning.spend + keeping.spend)


def responses():
    """Each euro wins a tenth of a customer on a floor of 2, and keeps a fifth of one on a floor of 0."""
    win = SimpleNamespace(floor=2.0, customers=lambda spend: 2 + spend / 10)
    keep = SimpleNamespace(floor=0.0, customers=lambda spend: spend / 5)
    market = SimpleNamespace(winning=win, keeping=keep, value_won=30.0, value_kept=20.0)
    found = SimpleNamespace(
        today=split(use(40.0, 6.0, 3.0), use(60.0, 12.0, 4.0)),
        best=split(use(20.0, 4.0, 3.5), use(80.0, 16.0, 3.5)),
    )
    return market, found


def test_what_spend_brings_on_either_side():
    drawing = acquisition.response(*responses(), ENGLISH)
    lines = data(drawing, "lines", "what", "spend", "margin")
    # drawn to a quarter past the largest spend of interest, 80; in steps of 100 / 80
    assert len(lines) == 2 * 81
    assert lines[1] == (WIN, 1.25, pytest.approx(3.75))
    assert lines[80] == (WIN, 100, pytest.approx(300))
    assert lines[161] == (KEEP, 100, pytest.approx(400))
    assert data(drawing, "points", "what", "which", "spend", "margin") == [
        (WIN, "chart.today", 40, 120),
        (WIN, "chart.best_split", 20, 60),
        (KEEP, "chart.today", 60, 240),
        (KEEP, "chart.best_split", 80, 320),
    ]
    assert data(drawing, "points", "sentence")[0] == (
        "chart.response what=chart.win which=chart.today spend=40 customers=6 next=3",
    )
    assert data(drawing, "even", "spend", "margin") == [(0, 0), (100, 100)]


def test_the_line_of_even_return_ends_where_the_curves_do():
    market, found = responses()
    market.value_won, market.value_kept = 1.0, 0.5
    assert data(acquisition.response(market, found, ENGLISH), "even", "spend") == [(0,), (10,)]


def test_a_split_that_leaves_most_unspent_is_drawn_to_half_of_todays_spend():
    market, found = responses()
    found.today = split(use(50.0, 7.0, 3.0), use(50.0, 10.0, 4.0))
    found.best = split(use(1.0, 2.1, 3.0), use(2.0, 0.4, 4.0))
    assert data(acquisition.response(market, found, ENGLISH), "lines", "spend")[80] == (62.5,)


def test_the_response_chart_reads():
    x = "x=spend:Q(axis(labelExpr=short_money) title=chart.spend_month)"
    y = "y=margin:Q(axis(labelExpr=short_money) title=chart.margin_month)"
    colour = f"color=what:N(legend(orient=top) scale(domain[{WIN}, {KEEP}] range[comparison, accent]))"
    shape = (
        "shape=which:N(legend(orient=bottom symbolFillColor=rule symbolStrokeColor=rule) "
        "scale(domain[chart.today, chart.best_split] range[circle, diamond]))"
    )
    assert layers(acquisition.response(*responses(), ENGLISH)) == [
        f"line color=rule {x} {y}",
        f"line {colour} {x} {y}",
        f"point filled=True {colour} {shape} tooltip=sentence:N {x} {y}",
    ]


def trend(channel, direction):
    return SimpleNamespace(
        channel=channel,
        first=24288,
        last=24290,
        per_month=Estimate(0.1, 0.05, 0.15, "delta"),
        at_first=100.0,
        at_last=121.0,
        direction=direction,
    )


def months(**more):
    columns = {"acquisition": [50.0, 0.0, 60.0], "cac": [10.0, 5.0, 20.0], "new": [5.0, 9.0, 3.0]}
    return pd.DataFrame({"month": [24288, 24289, 24290], **columns, **more})


def spent(channels=("ads",)):
    return SimpleNamespace(
        channels=list(channels),
        costs=SimpleNamespace(monthly=months(), channel_months=months(channel=["ads", "ads", "other"])),
        trends=[trend(None, "dearer"), trend("ads", "unsure"), trend("not shown", "dearer")],
    )


def test_cac_by_month_and_the_line_of_its_trend():
    drawing = acquisition.cac_by_channel(spent(), ENGLISH)
    first, second, third = (f"2024-0{n}-01T00:00:00" for n in (1, 2, 3))
    everybody = "chart.all_new"
    assert rows(drawing, 0, "when", "what", "cac") == [
        (first, everybody, 10),
        (third, everybody, 20),
        (first, "ads", 10),
    ]
    assert rows(drawing, 0, "sentence")[0] == "chart.cac_month what=chart.all_new when=2024-01-01 cac=10 n=5"
    assert rows(drawing, 1, "when", "what", "cac") == [
        (first, everybody, pytest.approx(100)),
        (second, everybody, pytest.approx(110)),
        (third, everybody, pytest.approx(121)),
    ]
    assert rows(drawing, 2, "what") == ["ads"] * 3
    assert rows(drawing, 1, "sentence")[0] == (
        "chart.cac_trend what=chart.all_new rise=0.1 low=0.05 high=0.15 at_first=100 at_last=121"
    )
    told = (
        f"color=what:N(legend(columns=3 orient=top) scale(domain[{everybody}, ads] "
        "range[accent, average, #21918c, #9467bd, #c2566b, comparison])) tooltip=sentence:N "
        "x=when:T(axis(format=%b %Y labelOverlap=True)) "
        "y=cac:Q(axis(labelExpr=short_money) title=chart.cac_axis)"
    )
    assert layers(drawing) == [f"point filled=True {told}", f"line {told}", f"line {told}"]
    dashes = [part["mark"]["strokeDash"] for part in drawing.to_dict()["layer"][1:]]
    assert dashes == [[1, 0], [5, 4]]


def test_only_as_many_channels_as_there_are_colours():
    drawing = acquisition.cac_by_channel(spent([f"c{n}" for n in range(7)]), ENGLISH)
    domain = drawing.to_dict()["layer"][0]["encoding"]["color"]["scale"]["domain"]
    assert domain == ["chart.all_new", *(f"c{n}" for n in range(5))]
