"""What the plan can ask beside an uplift, worked by hand, and what no footing may do."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention.errors import InputError
from retention.statistics import Estimate
from retention.what_if import Base, CohortCurve, Plan, constant_retention, other_reading, simulate
from retention.what_if.projection import payback_period

BASE = Base("year", active=100, won_per_period=10, revenue_per_active=50)
PLAN = Plan(0.1, "points", margin=0.2, discount_rate=0.25, years=2, form="without_first")
HALF = constant_retention(0.5)


def curve_footing(alpha, beta, mix, draws=(), c=1.0):
    shapes = np.array([(*one, c) for one in ((alpha, beta), *draws)]).T
    shares = np.repeat(np.array(mix, dtype=float)[:, None], shapes.shape[1], axis=1)
    return CohortCurve(
        Estimate(alpha), Estimate(beta), pd.DataFrame(), pd.DataFrame(), shapes, shares
    ).footing


def test_a_curve_by_hand():
    # θ even from 0 to 1: of new customers 1/2 stay a year, 1/3 two; all today's customers are new
    result = simulate(BASE, replace(PLAN, uplift=0.0), curve_footing(1, 1, [1]))
    assert result.retention_before == pytest.approx(0.5)
    assert result.active["base_before"].tolist() == pytest.approx([100, 50, 100 / 3])
    assert result.active["new_before"].tolist() == pytest.approx([0, 10, 15])
    assert result.undiscounted.base.before == pytest.approx(10 * (50 + 100 / 3))


def test_an_uplift_on_a_curve_takes_the_same_part_from_every_risk():
    # 10 points of 50 lost: every θ becomes 0.8 θ; two years: ∫(1 − 0.8θ)² dθ = 1 − 0.8 + 0.64/3
    result = simulate(BASE, PLAN, curve_footing(1, 1, [1]))
    assert result.active["base_after"].tolist() == pytest.approx([100, 60, 100 * (0.2 + 0.64 / 3)])


def test_older_customers_of_a_curve_are_those_who_stay():
    # Beta(1, 1) after one year is Beta(1, 2), after two Beta(1, 3): 2/3 and 3/4 stay
    footing = curve_footing(1, 1, [0, 0.5, 0.5])
    assert footing.retention[0] == pytest.approx((2 / 3 + 3 / 4) / 2)
    assert footing.age == pytest.approx(1.5)


def test_one_customer_of_a_curve_is_the_average_series():
    # Σ_t (1.25)^-t/(t + 1), the survival of Beta(1, 1) being 1/(t + 1)
    customer = simulate(BASE, replace(PLAN, uplift=0.0), curve_footing(1, 1, [1])).customer
    t = np.arange(1, 400)
    assert customer.before == pytest.approx(10 * (1.25**-t / (t + 1)).sum())


@pytest.mark.parametrize("form", ["without_first", "first_payment_now", "period_end"])
@pytest.mark.parametrize("c", [0.6, 1.5])
def test_one_customer_whose_own_risk_changes_is_the_series_of_the_survivors(c, form):
    # S(t) = 1/(1 + t^c) where θ is even from 0 to 1
    customer = simulate(BASE, replace(PLAN, uplift=0.0, form=form), curve_footing(1, 1, [1], c=c)).customer
    t = np.arange(1.0, 400)
    coming = (1.25**-t / (1 + t**c)).sum()
    expected = {"without_first": coming, "first_payment_now": 1 + coming, "period_end": (1 + coming) / 1.25}
    assert customer.before == pytest.approx(10 * expected[form], rel=1e-4)


def test_an_uplift_where_the_own_risk_rises_with_age_by_hand():
    # c = 2, θ even: of new customers 1/2 stay a year, 1/5 two. With 0.8 of each year's risk 1 − 0.8θ go on in
    # the first, 0.2 + 0.8(1 − θ)³ in the second: ∫(0.2 + 0.8u)(0.2 + 0.8u³)du = 0.288
    result = simulate(BASE, PLAN, curve_footing(1, 1, [1], c=2.0))
    assert result.active["base_before"].tolist() == pytest.approx([100, 50, 20], abs=1e-3)
    assert result.active["base_after"].tolist() == pytest.approx([100, 60, 28.8], abs=1e-3)


def test_a_first_step_alone_by_hand():
    # 40 of today's 100 are new; 60 % of these stay one year, later half as ever
    footing = constant_retention(0.5, new_share=0.4)
    result = simulate(BASE, replace(PLAN, steps="first"), footing)
    assert result.active["base_after"].tolist() == pytest.approx([100, 54, 27])
    assert result.active["new_after"].tolist() == pytest.approx([0, 10, 16])
    # 0.6 of 1.25^-1, then half as ever: 10 (0.6/1.25)/(1 − 0.5/1.25)
    assert result.customer.after == pytest.approx(10 * 0.48 / 0.6)


def test_a_programme_bites_over_time_by_hand():
    # half effect on average in the first year of one, so 55 %, then 60 %
    result = simulate(BASE, replace(PLAN, bites_after=1.0), HALF)
    assert result.active["base_after"].tolist() == pytest.approx([100, 55, 33])
    assert result.active["new_after"].tolist() == pytest.approx([0, 10, 16])


def test_spend_that_grows_with_age_by_hand():
    # a tenth more every year of age: 50·11 and 25·12.1 of today's; 100, then 5·11 + 100 of new ones
    result = simulate(BASE, replace(PLAN, uplift=0.0, growth=0.1), HALF)
    assert result.undiscounted.base.before == pytest.approx(550 + 302.5)
    assert result.undiscounted.new.before == pytest.approx(100 + 55 + 100)
    # every year a share of 0.55/1.25 of the year before, from the first on
    assert result.customer.before == pytest.approx(10 * 0.44 / 0.56)


def test_new_customers_begin_below_old_ones_where_spend_grows():
    footing = curve_footing(1, 1, [0, 0, 1])
    result = simulate(BASE, replace(PLAN, uplift=0.0, growth=0.1, years=1), footing)
    assert result.undiscounted.base.before == pytest.approx(75 * 11)
    assert result.undiscounted.new.before == pytest.approx(100 / 1.21)


def test_cost_and_payback_by_hand():
    # gains 100 and 120; 30 a year and 1 for each of 70, then 52 customers: 100 and 82
    plan = replace(PLAN, fixed_cost=30, cost_per_customer=1)
    result = simulate(BASE, plan, HALF)
    assert result.cost == pytest.approx(182)
    assert result.cost_present == pytest.approx(100 * 0.8 + 82 * 0.64)
    assert result.net.value == pytest.approx(156.8 - 132.48)
    assert result.payback_period == 1
    assert result.cumulative["cost"].tolist() == pytest.approx([0, 100, 182])
    assert simulate(BASE, replace(plan, fixed_cost=31), HALF).payback_period == 2
    assert simulate(BASE, replace(plan, fixed_cost=300), HALF).payback_period is None
    assert simulate(BASE, PLAN, HALF).payback_period is None


def test_a_programme_that_falls_behind_again_is_not_paid_back():
    # nobody new: of 100 customers 10 more stay the first year and bring 100, later ones ever fewer
    plan = replace(PLAN, years=6, fixed_cost=90.0)
    result = simulate(replace(BASE, won_per_period=0.0), plan, HALF)
    ahead = result.cumulative["gain"] - result.cumulative["cost"]
    assert ahead[1] > 0 > ahead.iloc[-1]
    assert result.net.value < 0
    assert result.payback_period is None


@given(st.floats(0, 400), st.floats(0, 3), st.floats(0, 3))
def test_what_leaves_something_is_paid_back_and_what_does_not_is_not(fixed, each, bites_after):
    plan = replace(PLAN, years=5, fixed_cost=fixed, cost_per_customer=each, bites_after=bites_after)
    result = simulate(BASE, plan, HALF)
    if abs(result.net.value) > 1e-6 and result.cost > 0:
        assert (result.payback_period is not None) == (result.net.value > 0)


def test_it_is_paid_back_from_where_it_stays_ahead():
    assert payback_period(np.array([5.0, 0, 9, 0]), np.array([4.0, 3, 2, 1])) == 3
    assert payback_period(np.array([5.0, 0, 9, 0]), np.array([4.0, 3, 2, 9])) is None
    assert payback_period(np.array([5.0, 0, 9, 0]), np.array([0.0, 0, 14, 0])) == 1


def test_an_interval_holds_its_own_figure_where_that_is_the_most_there_can_be():
    # five points more end at 1 exactly: from more or less than 95 % there is less to gain
    draws = np.random.default_rng(5).normal(0.95, 0.01, 500)
    firm = simulate(BASE, replace(PLAN, uplift=0.05), constant_retention(0.95, draws)).present.firm
    assert firm.absolute.low < firm.absolute.value <= firm.absolute.high


def test_a_programme_at_its_break_even_budget_leaves_nothing():
    budget = simulate(BASE, PLAN, HALF).break_even_budget
    assert simulate(BASE, replace(PLAN, fixed_cost=budget), HALF).net.value == pytest.approx(0, abs=1e-9)


def test_the_rest_of_a_shop_goes_on_as_it_is():
    rest = (Base("year", 1000, 40, 20), constant_retention(0.8))
    alone, whole = simulate(BASE, PLAN, HALF), simulate(BASE, PLAN, HALF, rest)
    other = simulate(rest[0], replace(PLAN, uplift=0.0), rest[1])
    for part in ("base", "new", "firm"):
        one, both, others = (getattr(s.present, part) for s in (alone, whole, other))
        assert both.before == pytest.approx(one.before + others.before)
        assert both.absolute.value == pytest.approx(one.absolute.value)
    assert whole.customer == alone.customer
    assert whole.active["before"].iloc[0] == pytest.approx(1100)
    assert whole.break_even_cost == pytest.approx(alone.break_even_cost)


def test_the_rest_is_measured_in_the_same_period():
    with pytest.raises(ValueError, match="same period"):
        simulate(BASE, PLAN, HALF, (replace(BASE, period="month"), HALF))


def test_the_other_reading_of_points_is_percent_and_back():
    points = simulate(BASE, PLAN, HALF)
    percent = other_reading(BASE, PLAN, HALF)
    assert percent.retention_after == pytest.approx(0.55)
    back = other_reading(BASE, replace(PLAN, kind="relative"), HALF)
    assert back.firm == points.present.firm
    others = (replace(BASE, active=40.0), constant_retention(0.4))
    beside = other_reading(BASE, replace(PLAN, kind="relative"), HALF, others)
    assert beside.firm == simulate(BASE, PLAN, HALF, others).present.firm


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"growth": 0.6}, "growth_out_of_range"),
        ({"fixed_cost": -1}, "fixed_cost_out_of_range"),
        ({"cost_per_customer": float("nan")}, "cost_per_customer_out_of_range"),
        ({"bites_after": 21}, "bites_after_out_of_range"),
    ],
)
def test_numbers_outside_their_limits_are_named(changed, code):
    with pytest.raises(InputError) as error:
        replace(PLAN, **changed)
    assert error.value.code == code


curves = st.builds(
    lambda a, b, first: curve_footing(np.exp(a), np.exp(b), [first, 1 - first], [(1, 1)]),
    st.floats(-8, 8), st.floats(-8, 8), st.floats(0, 1),
)  # fmt: skip
plans = st.builds(
    Plan, st.floats(0, 1), st.sampled_from(["points", "relative"]), st.floats(0, 1), st.floats(0, 1),
    st.floats(0.1, 3), st.just("period_end"), st.sampled_from(["all", "first"]), st.floats(-0.1, 0.1),
    st.floats(0, 100), st.floats(0, 10), st.floats(0, 2),
)  # fmt: skip
bases = st.builds(
    Base, st.sampled_from(["month", "year"]), st.floats(0, 1e4), st.floats(0, 1e3), st.floats(0, 1e3)
)


@settings(max_examples=60)
@given(base=bases, plan=plans, footing=curves)
def test_on_every_curve_figures_are_finite_and_retention_stops_at_one(base, plan, footing):
    result = simulate(base, plan, footing)
    assert result.retention_before <= result.retention_after <= 1
    for stream in (result.present.base, result.present.new, result.present.firm):
        assert np.isfinite([stream.before, stream.after, stream.absolute.value]).all()
        assert stream.after >= stream.before * (1 - 1e-9)
    tables = [result.active, result.yearly, result.cumulative]
    assert all(np.isfinite(table.to_numpy(dtype=float)).all() for table in tables)


@settings(max_examples=60)
@given(base=bases, plan=plans, footing=curves)
def test_on_every_curve_no_uplift_changes_nothing_to_the_last_bit(base, plan, footing):
    result = simulate(base, replace(plan, uplift=0.0), footing)
    assert result.retention_after == result.retention_before
    for stream in (result.present.base, result.present.new, result.present.firm):
        assert stream.after == stream.before
    assert (result.active["after"] == result.active["before"]).all()


def test_where_nobody_leaves_there_is_nothing_to_gain():
    footing = curve_footing(1e-9, 1e3, [0, 1])
    result = simulate(BASE, PLAN, footing)
    assert result.retention_before == pytest.approx(1.0)
    assert result.present.firm.absolute.value == pytest.approx(0, abs=1e-3)


def test_the_interval_of_a_curve_is_that_of_its_draws():
    draws = [(0.5 + k / 100, 1.5) for k in range(1, 101)]
    sure = simulate(BASE, PLAN, curve_footing(1, 1.5, [0.5, 0.5], draws)).present.firm
    each = [simulate(BASE, PLAN, curve_footing(a, b, [0.5, 0.5])).present.firm for a, b in draws]
    gains = [firm.absolute.value for firm in each]
    assert sure.absolute.ends == pytest.approx(np.quantile(gains, [0.025, 0.975]))
