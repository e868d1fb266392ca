"""The What if page's charts: valid, in the reader's words, from one pattern whatever the figures."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from retention.charts import simulator
from retention.statistics import Estimate
from retention.text import LANGUAGES, Words
from retention.what_if import Base, Plan, constant_retention, gain_grid, simulate
from tests.charts.reading import heat_of, ink_of, layers
from tests.keyed import ENGLISH

BASE = Base("month", active=100, won_per_period=20, revenue_per_active=50)
PLAN = Plan(0.05, "points", margin=0.3, discount_rate=0.1, years=2, form="without_first")
FOOTING = constant_retention(0.8)


def rows(drawing, name):
    return pd.DataFrame(drawing.to_dict()["datasets"][name])


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_what_vega_lite_reads(language):
    words, result = Words(language), simulate(BASE, PLAN, FOOTING)
    inputs = pd.DataFrame({"name": ["x"], "low": ["1"], "high": ["2"], "gain_low": [3.0], "gain_high": [4.0]})
    cells = gain_grid(BASE, PLAN, FOOTING, "margin")
    for drawing in (
        simulator.cumulative(result, "month", words),
        simulator.active(result, "month", words),
        simulator.claim(result, words),
        simulator.tornado(inputs, 3.5, words),
        simulator.grid(cells, "margin", (0.05, 0.3), "points", words),
    ):
        assert all(drawing.to_dict()["datasets"].values())


def test_the_cost_and_its_payback_are_drawn_where_there_is_a_cost():
    words, dear = Words("en"), replace(PLAN, fixed_cost=1000.0)
    free = simulator.cumulative(simulate(BASE, PLAN, FOOTING), "month", words)
    assert set(rows(free, "lines")["which"]) == {words.say("chart.without"), words.say("chart.raised")}
    result = simulate(BASE, dear, FOOTING)
    drawn = simulator.cumulative(result, "month", words)
    assert list(rows(drawn, "back")["period"]) == [result.payback_period]
    net = rows(drawn, "lines").query("which == @net", local_dict={"net": words.say("chart.net")})
    last = result.cumulative.iloc[-1]
    assert net["profit"].iloc[-1] == pytest.approx(last["after_present"] - last["cost_present"])


def test_other_figures_leave_the_first_drawing_as_it_was():
    words = Words("en")
    first = simulator.active(simulate(BASE, PLAN, FOOTING), "month", words)
    before = rows(first, "rows")
    other = simulator.active(simulate(replace(BASE, active=900), PLAN, FOOTING), "month", words)
    assert other.written is first.written
    assert rows(first, "rows").equals(before)
    assert rows(other, "rows")["before"].iloc[0] == 900


def test_the_cell_that_is_set_now_is_outlined():
    cells = gain_grid(BASE, PLAN, FOOTING, "retention")
    drawn = simulator.grid(cells, "retention", (0.05, 0.8), "points", Words("en"))
    (here,) = rows(drawn, "here").to_dict("records")
    assert (here["uplift"], here["retention"]) == (0.05, pytest.approx(0.8))
    assert here["relative"] == pytest.approx(simulate(BASE, PLAN, FOOTING).present.firm.relative.value)


def test_a_value_within_the_bar_of_the_other_end_is_written_before_it():
    inputs = pd.DataFrame(
        {
            "name": ["both higher", "both lower", "either side"],
            "low": ["1", "2", "3"],
            "high": ["4", "5", "6"],
            "gain_low": [120.0, 90.0, 80.0],
            "gain_high": [110.0, 70.0, 130.0],
        }
    )
    ends = rows(simulator.tornado(inputs, 100.0, Words("en")), "ends").set_index("at")
    assert ends["beside"].to_dict() == {"1": 120, "2": 100, "3": 80, "4": 100, "5": 70, "6": 130}
    assert ends["left"].to_dict() == {"1": False, "2": False, "3": True, "4": True, "5": True, "6": False}


def data(drawing, name, *columns):
    return [tuple(row[each] for each in columns) for row in drawing.to_dict()["datasets"][name]]


def outcome(**changed):
    """Two months: profit so far 10 and 30, with the rise 12 and 40, of which the programme costs 3 and 4."""
    so_far = pd.DataFrame(
        {
            "period": [1, 2],
            "before_present": [10.0, 30.0],
            "after_present": [12.0, 40.0],
            "gain_present": [2.0, 10.0],
            "gain_low_present": [1.0, None],
            "gain_high_present": [4.0, None],
            "cost_present": [3.0, 4.0],
        }
    )
    active = pd.DataFrame({"period": [0, 1], "before": [100.0, 80.0], "after": [100.0, 90.0]})
    given = {"cumulative": so_far, "active": active, "cost": 4.0, "payback_period": 2, "periods": 3}
    return SimpleNamespace(**(given | changed))


AHEAD = "x=period:Q(axis(format=d tickMinStep=1) scale(nice=False) title=chart.periods.month)"
WITHOUT, RAISED, NET = "chart.without", "chart.raised", "chart.net"


def sides(*names):
    return (
        "color=which:N(legend(columns=2 labelLimit=0 orient=top) "
        f"scale(domain[{', '.join(names)}] range[comparison, accent, average]))"
    ).replace(" labelLimit=0", "")


def test_profit_so_far_with_its_band_and_what_the_programme_leaves():
    drawing = simulator.cumulative(outcome(), "month", ENGLISH)
    assert data(drawing, "rows", "period", "low", "high", "net") == [(1, 11, 14, 9), (2, 40, 40, 36)]
    assert data(drawing, "rows", "sentence")[0] == ("chart.profit.month n=1 before=10 after=12 gain=2",)
    assert data(drawing, "lines", "which", "period", "profit") == [
        (WITHOUT, 1, 10),
        (WITHOUT, 2, 30),
        (RAISED, 1, 12),
        (RAISED, 2, 40),
        (NET, 1, 9),
        (NET, 2, 36),
    ]
    assert data(drawing, "back", "period", "late", "label") == [(2, True, "chart.pays_back")]
    colour, y = sides(WITHOUT, RAISED, NET), "y=profit:Q(axis(labelExpr=short_money) title=chart.profit)"
    assert layers(drawing) == [
        f"area color=accent tooltip=sentence:N {AHEAD} y=low:Q y2=high",
        f"line {colour} tooltip=sentence:N {AHEAD} {y}",
        f"rule color=rule {AHEAD}",
        f"text [datum.late] align=right text=label:N {AHEAD} y=(value=4)",
        f"text [!datum.late] align=left text=label:N {AHEAD} y=(value=4)",
    ]


@pytest.mark.parametrize(("period", "late"), [(1, False), (2, False), (3, True)])
def test_payback_in_the_second_half_has_its_label_at_the_left(period, late):
    drawing = simulator.cumulative(outcome(payback_period=period, periods=4), "month", ENGLISH)
    assert data(drawing, "back", "late") == [(late,)]


def test_a_programme_that_is_never_paid_back_has_no_mark_and_a_free_one_no_line():
    assert data(simulator.cumulative(outcome(payback_period=None), "month", ENGLISH), "back", "period") == []
    free = simulator.cumulative(outcome(cost=0.0), "month", ENGLISH)
    assert len(layers(free)) == 2
    assert "back" not in free.to_dict()["datasets"]
    assert layers(free)[1].startswith(f"line {sides(WITHOUT, RAISED)} ")


def test_active_customers_with_and_without_the_rise():
    drawing = simulator.active(outcome(), "month", ENGLISH)
    assert data(drawing, "lines", "which", "period", "customers")[1:3] == [(WITHOUT, 1, 80), (RAISED, 0, 100)]
    assert data(drawing, "rows", "sentence")[1] == ("chart.active.month n=1 before=80 after=90",)
    assert layers(drawing) == [
        f"area color=accent tooltip=sentence:N {AHEAD} y=before:Q y2=after",
        (
            f"line {sides(WITHOUT, RAISED)} tooltip=sentence:N {AHEAD} "
            "y=customers:Q(axis(labelExpr=short) title=chart.active)"
        ),
    ]


def claimed(**rises):
    return SimpleNamespace(
        changes={who: rise and SimpleNamespace(relative=rise) for who, rise in rises.items()}
    )


def test_rises_stand_over_the_quoted_range():
    found = claimed(customer=Estimate(0.2, 0.1, 1.5, "delta"), base=None, firm=Estimate(0.3))
    drawing = simulator.claim(found, ENGLISH)
    assert data(drawing, "rows", "who", "rise", "low", "high", "label") == [
        ("simulator.who.customer", 0.2, 0.1, 1.5, "+20.0%"),
        ("simulator.who.firm", 0.3, 0.3, 0.3, "+30.0%"),
    ]
    assert data(drawing, "rows", "sentence")[0] == (
        "chart.claim who=simulator.who.customer rise=0.2 low=0.1 high=1.5",
    )
    assert data(drawing, "quoted", "from", "to") == [(0.25, 0.95)]
    assert data(drawing, "reach", "rise") == [(0,), (pytest.approx(1.65),)]
    x = "x=rise:Q(axis(format=.0%) scale(nice=False) title=chart.rise)"
    y = "y=who:N(axis() sort=None)"
    assert layers(drawing) == [
        f"point {x}",
        "rect color=band tooltip=(value=chart.quoted) x=from:Q x2=to",
        f"rule color=accent tooltip=sentence:N x=low:Q x2=high {y}",
        f"point color=accent filled=True tooltip=sentence:N {x} {y}",
        f"text text=label:N tooltip=sentence:N x=rise:Q {y}",
    ]


def test_the_scale_reaches_at_least_to_a_doubling_and_what_has_no_base_is_left_out():
    found = SimpleNamespace(
        changes={"firm": SimpleNamespace(relative=None), "base": SimpleNamespace(relative=Estimate(0.5))}
    )
    drawing = simulator.claim(found, ENGLISH)
    assert data(drawing, "rows", "who") == [("simulator.who.base",)]
    assert data(drawing, "reach", "rise") == [(0,), (1,)]
    nothing = simulator.claim(SimpleNamespace(changes={}), ENGLISH)
    assert data(nothing, "reach", "rise") == [(0,), (1,)]


def grid(by, relative=(0.1, None, 0.475, 2.0)):
    """Gains of −5, 0, 10 and 20, over uplifts of 5 and 10 points."""
    return pd.DataFrame(
        {
            "uplift": [0.05, 0.1, 0.05, 0.1],
            by: [0.2, 0.2, 0.4, 0.4],
            "gain": [-5.0, 0.0, 10.0, 20.0],
            "relative": relative,
        }
    )


def test_a_grid_of_money_is_coloured_by_the_largest_gain():
    drawing = simulator.grid(grid("margin"), "margin", (0.1, 0.2), "points", ENGLISH)
    small, large = "chart.uplift.points uplift=0.05", "chart.uplift.points uplift=0.1"
    assert data(drawing, "cells", "across", "down", "label", "known") == [
        (small, "40.0%", "10", 10),
        (large, "40.0%", "20", 20),
        (small, "20.0%", "−5", 0),
        (large, "20.0%", "0", 0),
    ]
    assert data(drawing, "cells", "sentence")[0] == (
        "chart.grid.margin.sentence uplift=chart.uplift.points uplift=0.05 at=0.4 gain=10 rise=0.475",
    )
    assert data(drawing, "here", "uplift", "margin") == [(0.1, 0.2)]


def test_a_grid_of_rises_is_coloured_up_to_what_is_claimed_at_most():
    drawing = simulator.grid(grid("retention"), "retention", (0.3, 0.2), "points", ENGLISH)
    assert data(drawing, "cells", "label", "known")[:2] == [("48%", 0.475), ("200%", 2)]
    assert data(drawing, "cells", "label", "known")[3] == ("–", 0)
    assert heat_of("known", "chart.grid.rise", "domain[0, 0.95]") in layers(drawing)[0]
    assert data(drawing, "here", "uplift") == []


def test_where_nothing_is_gained_no_cell_stands_out():
    cells = grid("margin").assign(gain=-1.0)
    drawing = simulator.grid(cells, "margin", (0.1, 0.2), "points", ENGLISH)
    assert set(data(drawing, "cells", "known")) == {(0,)}


def test_the_grid_reads():
    x = "x=across:O(axis() sort=None title=chart.uplift)"
    y = "y=down:O(sort=None title=chart.grid.margin)"
    drawing = simulator.grid(grid("margin"), "margin", (0.1, 0.2), "points", ENGLISH)
    cells, printed, outline = layers(drawing)
    fill = heat_of("known", "chart.grid.gain", written="short_money")
    assert cells == f"rect {fill} tooltip=sentence:N {x} {y}"
    tight = "opacity=(condition(test=width / 9 < 34 value=0) value=1)"
    assert printed == f"text {ink_of('known')} {tight} text=label:N tooltip=sentence:N {x} {y}"
    assert outline == f"rect filled=False stroke=average tooltip=sentence:N {x} {y}"


def test_the_tornado_reads():
    inputs = pd.DataFrame(
        {"name": ["x"], "low": ["1"], "high": ["2"], "gain_low": [80.0], "gain_high": [120.0]}
    )
    drawing = simulator.tornado(inputs, 100.0, ENGLISH)
    assert data(drawing, "ends", "name", "which", "gain", "today") == [
        ("x", "chart.tornado.low", 80, 100),
        ("x", "chart.tornado.high", 120, 100),
    ]
    assert data(drawing, "ends", "sentence")[0] == ("chart.tornado.sentence name=x at=1 gain=80 base=100",)
    assert data(drawing, "today", "at") == [(100,)]
    y = "tooltip=sentence:N"
    rows_of = "y=name:N(axis() sort=None)"
    colour = (
        "color=which:N(legend(orient=top) scale(domain[chart.tornado.low, chart.tornado.high] "
        "range[comparison, accent]))"
    )
    assert layers(drawing) == [
        (
            f"bar {colour} {y} x=gain:Q(axis(labelExpr=short_money) scale(nice=False zero=False) "
            f"title=chart.tornado) x2=today {rows_of}"
        ),
        "rule color=rule x=at:Q",
        f"text [datum.left] align=right text=at:N {y} x=beside:Q {rows_of}",
        f"text [!datum.left] align=left text=at:N {y} x=beside:Q {rows_of}",
    ]


def test_of_two_alike_ends_the_lower_value_stands_at_the_left():
    inputs = pd.DataFrame(
        {"name": ["x"], "low": ["1"], "high": ["2"], "gain_low": [90.0], "gain_high": [90.0]}
    )
    drawing = simulator.tornado(inputs, 100.0, ENGLISH)
    assert data(drawing, "ends", "left", "beside") == [(True, 90), (False, 90)]
