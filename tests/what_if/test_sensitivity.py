from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from retention.what_if import Base, Plan, constant_retention, gain_grid, sensitivity, simulate
from tests.what_if.test_footings import curve_footing

BASE = Base("month", active=1000, won_per_period=80, revenue_per_active=30)
PLAN = Plan(
    0.05, "points", margin=0.4, discount_rate=0.12, years=3, form="period_end", growth=0.01, bites_after=1.0
)
FOOTINGS = {
    "constant": constant_retention(0.6, new_share=0.2),
    "cohorts": curve_footing(0.7, 1.9, [0.3, 0.2, 0.5]),
}


def gain(base=BASE, plan=PLAN, footing=FOOTINGS["constant"]):
    return simulate(base, plan, footing).present.firm.absolute.value


@pytest.mark.parametrize("steps", ["all", "first"])
@pytest.mark.parametrize("code", FOOTINGS)
def test_every_bar_is_the_simulation_with_that_input(code, steps):
    footing, plan = FOOTINGS[code], replace(PLAN, steps=steps)
    fields = {"active": "active", "won": "won_per_period", "revenue": "revenue_per_active"}
    bars = sensitivity(BASE, plan, footing).set_index("input")
    assert set(bars.index) == {
        *("retention", "uplift", "active", "won", "revenue", "margin"),
        *("discount_rate", "years", "growth", "bites_after"),
    }
    for name, bar in bars.drop("retention").iterrows():
        for end in ("low", "high"):
            base, asked = BASE, plan
            if name in fields:
                base = replace(BASE, **{fields[name]: bar[f"{end}_value"]})
            else:
                asked = replace(plan, **{name: bar[f"{end}_value"]})
            assert bar[f"gain_{end}"] == pytest.approx(gain(base, asked, footing))
    assert bars.loc["won", ["low_value", "high_value"]].tolist() == pytest.approx([72, 88])


def test_the_widest_bar_comes_first():
    bars = sensitivity(BASE, PLAN, FOOTINGS["constant"])
    width = (bars["gain_high"] - bars["gain_low"]).abs()
    assert (width.diff().dropna() <= 0).all()


@pytest.mark.parametrize("revenue", [10.37, 18.88, 30.0, 44.04])
def test_bars_as_wide_as_each_other_keep_their_order_whatever_rounding_says(revenue):
    bars = sensitivity(replace(BASE, revenue_per_active=revenue), PLAN, FOOTINGS["constant"])
    alike = [name for name in bars["input"] if name in ("revenue", "margin")]
    assert alike == ["revenue", "margin"]


def test_retention_moves_by_its_interval():
    draws = np.linspace(0.5, 0.7, 201)
    bar = sensitivity(BASE, PLAN, constant_retention(0.6, draws)).set_index("input").loc["retention"]
    assert (bar["low_value"], bar["high_value"]) == pytest.approx((0.505, 0.695))
    for end in ("low", "high"):
        assert bar[f"gain_{end}"] == pytest.approx(gain(footing=constant_retention(bar[f"{end}_value"])))


def test_the_retention_of_customers_who_differ_moves_along_its_draws():
    shapes = [(0.9, 1.9), (0.6, 2.1)]
    footing = curve_footing(0.7, 1.9, [0.3, 0.2, 0.5], shapes)
    bar = sensitivity(BASE, PLAN, footing).set_index("input").loc["retention"]
    each = [curve_footing(*shape, [0.3, 0.2, 0.5]) for shape in ((0.7, 1.9), *shapes)]
    (now, *kept), (today, *gains) = zip(*((one.retention[0], gain(footing=one)) for one in each), strict=True)
    slope = (gains[1] - gains[0]) / (kept[1] - kept[0])
    for end, level in (("low", 0.025), ("high", 0.975)):
        at = np.quantile(kept, level)
        assert bar[f"{end}_value"] == pytest.approx(at)
        assert bar[f"gain_{end}"] == pytest.approx(today + slope * (at - now))


def test_retention_drawn_alike_moves_nothing():
    bars = sensitivity(BASE, PLAN, curve_footing(0.7, 1.9, [0.3, 0.7], [(0.7, 1.9)] * 3)).set_index("input")
    assert "retention" not in bars.index


@pytest.mark.parametrize(("kept", "kind"), [(1.0, "points"), (0.0, "relative")])
def test_where_no_uplift_changes_anything_every_gain_is_nothing(kept, kind):
    plan, footing = replace(PLAN, kind=kind), constant_retention(kept)
    assert (gain_grid(BASE, plan, footing, "margin")["gain"] == 0).all()
    bars = sensitivity(BASE, plan, footing).set_index("input")
    assert (bars.drop("retention", errors="ignore")[["gain_low", "gain_high"]] == 0).all(axis=None)


@pytest.mark.parametrize("growth", [0.1, -0.1])
def test_the_lower_value_comes_first(growth):
    bars = sensitivity(BASE, replace(PLAN, growth=growth), FOOTINGS["constant"])
    assert (bars["low_value"] < bars["high_value"]).all()


def test_the_shortest_horizon_has_its_bars():
    bars = sensitivity(BASE, replace(PLAN, years=1 / 365.25), FOOTINGS["constant"]).set_index("input")
    assert bars.loc["years", "low_value"] == 1 / 365.25


def test_the_gain_has_no_step_where_another_retention_passes_todays():
    for footing in FOOTINGS.values():
        now = float(footing.retention[0])
        near = [now - 0.002, now - 0.001, now, now + 0.001, now + 0.002]
        grid = gain_grid(BASE, PLAN, footing, "retention", uplifts=[0.05], shares=near)
        gains = grid.sort_values("retention")["gain"].to_numpy()
        steps = np.diff(gains)
        assert (steps > 0).all() or (steps < 0).all()
        assert steps == pytest.approx(np.full(4, steps.mean()), rel=0.05)


@given(st.floats(0.01, 0.99))
def test_any_retention_can_be_supposed_of_customers_who_differ(kept):
    supposed = FOOTINGS["cohorts"].at(np.array([kept]))
    assert supposed.retention[0] == pytest.approx(kept, abs=1e-7)


def test_an_input_that_is_nothing_has_no_bar():
    plan = replace(PLAN, growth=0.0, bites_after=0.0, discount_rate=0.0)
    named = set(sensitivity(replace(BASE, active=0.0), plan, FOOTINGS["constant"])["input"])
    assert named == {"retention", "uplift", "won", "revenue", "margin", "years"}


def test_without_margin_no_input_matters():
    bars = sensitivity(BASE, replace(PLAN, margin=0.0), FOOTINGS["constant"])
    assert (bars[["gain_low", "gain_high"]] == 0).all(axis=None)


@pytest.mark.parametrize("code", FOOTINGS)
def test_every_cell_over_margins_is_the_simulation_with_them(code):
    grid = gain_grid(BASE, PLAN, FOOTINGS[code], "margin")
    assert {(0.05, 0.4)} <= set(zip(grid["uplift"], grid["margin"], strict=True))
    for row in grid.sample(12, random_state=1).itertuples():
        firm = simulate(
            BASE, replace(PLAN, uplift=row.uplift, margin=row.margin), FOOTINGS[code]
        ).present.firm
        assert (row.gain, row.relative) == pytest.approx((firm.absolute.value, firm.relative.value))


def test_every_cell_over_retentions_is_the_simulation_with_them():
    grid = gain_grid(BASE, PLAN, FOOTINGS["constant"], "retention")
    for row in grid.itertuples():
        footing = constant_retention(row.retention, new_share=0.2)
        firm = simulate(BASE, replace(PLAN, uplift=row.uplift), footing).present.firm
        assert (row.gain, row.relative) == pytest.approx((firm.absolute.value, firm.relative.value))


def test_todays_own_retention_is_a_row_and_agrees():
    footing = FOOTINGS["cohorts"]
    grid = gain_grid(BASE, PLAN, footing, "retention")
    own = grid[np.isclose(grid["retention"], footing.retention[0]) & (grid["uplift"] == 0.05)]
    assert own["gain"].item() == pytest.approx(gain(footing=footing))


def test_a_grid_of_a_segment_stands_against_the_whole_firm():
    rest = (Base("month", 5000, 300, 20), constant_retention(0.8))
    row = gain_grid(BASE, PLAN, FOOTINGS["constant"], "margin", rest).query("uplift == .05 and margin == .4")
    firm = simulate(BASE, PLAN, FOOTINGS["constant"], rest).present.firm
    assert row["relative"].item() == pytest.approx(firm.relative.value)


@pytest.mark.parametrize("target", [0.05, 0.3, 0.9, 1.0])
def test_another_retention_is_reached_whatever_the_risks(target):
    footing = curve_footing(0.01, 0.01, [0.7, 0.3])
    assert footing.at(np.array([target])).retention == pytest.approx([target])
