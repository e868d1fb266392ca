"""The What if page's charts: valid, in the reader's words, from one pattern whatever the figures."""

from dataclasses import replace

import pandas as pd
import pytest

from retention.charts import simulator
from retention.text import LANGUAGES, Words
from retention.what_if import Base, Plan, constant_retention, gain_grid, simulate

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
