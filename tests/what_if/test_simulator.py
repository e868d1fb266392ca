import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention.errors import DataWarning, InputError
from retention.statistics import value_of
from retention.what_if import Base, Plan, constant_retention, simulate

BASE = Base("year", active=100, won_per_period=10, revenue_per_active=50)
PLAN = Plan(0.1, "points", margin=0.2, discount_rate=0.25, years=2, form="without_first")
HALF = constant_retention(0.5)


def raised(base=BASE, retention=0.5, draws=None, **changed):
    return simulate(base, replace(PLAN, **changed), constant_retention(retention, draws))


bases = st.builds(
    Base,
    st.sampled_from(["week", "month", "quarter", "year"]),
    st.floats(0, 1e5),
    st.floats(0, 1e4),
    st.floats(0, 1e3),
)
rates = st.floats(0, 1)
plans = st.builds(
    Plan,
    st.floats(0, 1),
    st.sampled_from(["points", "relative"]),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0.1, 5),
    st.sampled_from(["first_payment_now", "without_first", "period_end"]),
)


def streams(simulation):
    for sums in (simulation.undiscounted, simulation.present):
        yield from (sums.base, sums.new, sums.firm)


def test_two_years_by_hand():
    # worth 10 each; discount factors .8, .64; base 50, 25 -> 60, 36 customers; new 10, 15 -> 10, 16
    result = raised()
    plain, present = result.undiscounted, result.present
    assert (plain.base.before, plain.base.after) == pytest.approx((750, 960))
    assert (plain.new.before, plain.new.after) == pytest.approx((250, 260))
    assert (plain.firm.before, plain.firm.after) == pytest.approx((1000, 1220))
    assert (present.base.before, present.base.after) == pytest.approx((560, 710.4))
    assert (present.new.before, present.new.after) == pytest.approx((176, 182.4))
    assert present.firm.absolute.value == pytest.approx(156.8)
    assert present.firm.relative.value == pytest.approx(156.8 / 736)
    assert present.firm.position == "below"


def test_one_customer_by_hand():
    customer = raised().customer
    assert (customer.before, customer.after) == pytest.approx((10 * 0.5 / 0.75, 10 * 0.6 / 0.65))
    assert customer.relative.value == pytest.approx(0.384615, abs=1e-6)
    assert customer.position == "within"


def test_one_customer_follows_the_form_asked():
    rises = [
        raised(retention=0.8, uplift=0.05, discount_rate=0.1, form=f).customer.relative.value
        for f in ("without_first", "first_payment_now", "period_end")
    ]
    assert rises == pytest.approx([0.275, 0.20, 0.20])


def test_break_even_cost_by_hand():
    # (60 + 10) * .8 + (36 + 16) * .64 = 89.28 customer-years of today's worth
    assert raised().break_even_cost == pytest.approx(156.8 / 89.28)


def test_a_programme_at_the_break_even_cost_leaves_no_gain():
    base = Base("month", 1000, 80, 30)
    plan = Plan(0.05, "relative", 0.4, 0.12, 3, "period_end")
    cost = simulate(base, plan, constant_retention(0.6)).break_even_cost
    gain = 0.0
    for t in range(1, 37):
        discount = 1.12 ** (-t / 12)
        now, then = (1000 * r**t + 80 * sum(r**k for k in range(t)) for r in (0.6, 0.63))
        gain += discount * (0.4 * 30 * (then - now) - cost / 12 * then)
    assert gain == pytest.approx(0, abs=1e-6)


def test_yearly_table_by_hand():
    expected = pd.DataFrame(
        {
            "year": [1, 2],
            "base_before": [500.0, 250.0],
            "base_after": [600.0, 360.0],
            "new_before": [100.0, 150.0],
            "new_after": [100.0, 160.0],
            "base_before_present": [400.0, 160.0],
            "base_after_present": [480.0, 230.4],
            "new_before_present": [80.0, 96.0],
            "new_after_present": [80.0, 102.4],
        }
    )
    pd.testing.assert_frame_equal(raised().yearly, expected)


def test_cumulative_profit_by_hand():
    table = raised().cumulative
    assert table["period"].tolist() == [0, 1, 2]
    assert table["before"].tolist() == pytest.approx([0, 600, 1000])
    assert table["after"].tolist() == pytest.approx([0, 700, 1220])
    assert table["gain"].tolist() == pytest.approx([0, 100, 220])
    assert table["gain_present"].tolist() == pytest.approx([0, 80, 156.8])


@settings(deadline=None)
@given(base=bases, plan=plans, rate=rates)
def test_tables_add_up_to_the_totals(base, plan, rate):
    result = simulate(base, plan, constant_retention(rate))
    last = result.cumulative.iloc[-1]
    for ending, sums in (("", result.undiscounted), ("_present", result.present)):
        for part, stream in (("base", sums.base), ("new", sums.new)):
            for when in ("before", "after"):
                total = result.yearly[f"{part}_{when}{ending}"].sum()
                assert total == pytest.approx(getattr(stream, when), rel=1e-9)
        assert last[f"before{ending}"] == pytest.approx(sums.firm.before, rel=1e-9)
        assert last[f"after{ending}"] == pytest.approx(sums.firm.after, rel=1e-9)
        assert sums.firm.after == pytest.approx(sums.base.after + sums.new.after, rel=1e-9)


@settings(deadline=None)
@given(base=bases, plan=plans, rate=rates)
def test_more_retention_is_never_worth_less(base, plan, rate):
    for stream in streams(simulate(base, plan, constant_retention(rate))):
        assert stream.after >= stream.before * (1 - 1e-12)


@settings(deadline=None)
@given(base=bases, plan=plans, rate=rates)
def test_no_uplift_changes_nothing_to_the_last_bit(base, plan, rate):
    result = simulate(base, replace(plan, uplift=0.0), constant_retention(rate))
    for stream in streams(result):
        assert stream.after == stream.before
        assert stream.absolute.value == 0
        assert stream.relative is None or stream.relative.value == 0.0
    assert (result.cumulative["gain"] == 0).all()
    assert result.break_even_cost in {None, 0.0}


@settings(deadline=None)
@given(base=bases, plan=plans, rate=rates)
def test_figures_are_finite_or_none(base, plan, rate):
    result = simulate(base, plan, constant_retention(rate))
    changes = [*streams(result), *([result.customer] if result.customer else [])]
    figures = [f for c in changes for f in (c.before, c.after, c.absolute.value, value_of(c.relative))]
    assert all(f is None or math.isfinite(f) for f in [*figures, result.break_even_cost])


def test_points_and_relative_agree_where_they_reach_the_same_retention():
    points = raised(retention=0.8, uplift=0.04)
    relative = raised(retention=0.8, uplift=0.05, kind="relative")
    assert points.present.firm.after == pytest.approx(relative.present.firm.after)


def test_without_margin_there_is_no_profit_and_no_relative_change():
    result = raised(margin=0.0)
    for stream in [*streams(result), result.customer]:
        assert (stream.before, stream.after, stream.absolute.value, stream.relative) == (0, 0, 0, None)
    assert result.break_even_cost == 0


def test_without_customers_there_is_no_break_even_cost():
    result = raised(replace(BASE, active=0, won_per_period=0))
    assert result.present.firm.after == 0
    assert result.present.firm.relative is None
    assert result.break_even_cost is None


def test_without_new_customers_the_firm_is_its_base():
    result = raised(replace(BASE, won_per_period=0))
    assert result.present.firm == result.present.base
    assert (result.present.new.after, result.present.new.relative) == (0, None)


def test_a_horizon_shorter_than_a_period_is_one_period():
    result = raised(years=0.1)
    assert result.periods == 1
    assert result.undiscounted.base.after == pytest.approx(600)
    assert result.undiscounted.new.absolute.value == 0


def test_a_year_of_weeks_is_52_and_three_are_157():
    weekly = replace(BASE, period="week")
    assert raised(weekly, years=1).periods == 52
    three = raised(weekly, years=3)
    assert three.periods == 157
    assert three.yearly["year"].tolist() == [1, 2, 3]


def test_over_a_long_horizon_the_base_is_worth_the_closed_form():
    plan = Plan(0.1, "points", 0.3, 0.1, 20, "without_first")
    result = simulate(Base("month", 1000, 0, 40), plan, constant_retention(0.7))
    discount = 1.1 ** (1 / 12) - 1
    for r, value in ((0.7, result.present.base.before), (0.8, result.present.base.after)):
        assert value == pytest.approx(1000 * 12.0 * r / (1 + discount - r))


def test_everyone_kept_and_no_discount_grow_in_a_straight_line():
    result = raised(retention=1.0, uplift=0.0, discount_rate=0.0, years=3)
    assert result.undiscounted.base.after == pytest.approx(3 * 1000)
    assert result.undiscounted.new.after == pytest.approx((10 + 20 + 30) * 10)
    assert result.present.firm == result.undiscounted.firm


def test_retention_stops_at_one_and_says_so():
    result = raised(retention=0.97, uplift=0.05)
    assert result.retention_after == 1.0
    assert [w.code for w in result.warnings] == ["retention_capped"]
    assert result.warnings[0].details["reached"] == pytest.approx(1.02)


def test_reaching_exactly_one_is_no_reason_to_warn():
    assert raised(retention=0.5, uplift=0.5).warnings == ()


def test_one_customer_who_never_leaves_has_no_value_without_discount():
    result = raised(uplift=0.5, discount_rate=0.0)
    assert result.customer is None
    assert result.warnings == (DataWarning("customer_value_unbounded"),)
    assert result.present.firm.after > result.present.firm.before


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"retention": 1.01}, "retention_out_of_range"),
        ({"retention": math.nan}, "retention_out_of_range"),
        ({"uplift": -0.01}, "uplift_out_of_range"),
        ({"uplift": 5}, "uplift_out_of_range"),
        ({"margin": 35}, "margin_out_of_range"),
        ({"discount_rate": -0.1}, "discount_rate_out_of_range"),
        ({"discount_rate": 10}, "discount_rate_out_of_range"),
        ({"years": 0}, "horizon_out_of_range"),
        ({"years": 21}, "horizon_out_of_range"),
    ],
)
def test_a_typed_number_outside_its_limits_is_named(changed, code):
    with pytest.raises(InputError) as error:
        raised(**changed)
    assert error.value.code == code
    assert set(error.value.details) == {"value", "minimum", "maximum"}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"active": -1}, "active_out_of_range"),
        ({"won_per_period": math.inf}, "won_out_of_range"),
        ({"revenue_per_active": -5}, "revenue_out_of_range"),
    ],
)
def test_an_impossible_shop_is_named(changed, code):
    with pytest.raises(InputError) as error:
        raised(replace(BASE, **changed))
    assert error.value.code == code


def test_without_draws_there_are_no_intervals():
    result = raised()
    assert result.present.firm.absolute.ends is None
    assert result.present.firm.relative.ends is None
    assert result.cumulative["gain_low"].isna().all()


def test_draws_that_agree_leave_no_doubt():
    firm = raised(draws=np.full(50, 0.5)).present.firm
    assert firm.relative.low == pytest.approx(firm.relative.value)
    assert firm.relative.high == pytest.approx(firm.relative.value)


def test_interval_follows_the_draws_by_hand():
    # one period, relative uplift: the base gains 100 * r * 10 % * worth 10 = 100 r
    result = raised(kind="relative", years=1, draws=np.linspace(0, 0.9, 901))
    assert result.undiscounted.base.absolute.value == pytest.approx(50)
    interval = result.undiscounted.base.absolute
    assert (interval.low, interval.high) == pytest.approx((2.25, 87.75))
    end = result.cumulative.iloc[-1]
    assert (end["gain_low"], end["gain_high"]) == pytest.approx((2.25, 87.75))


def test_interval_of_every_figure_is_that_of_its_own_draws():
    draws = np.random.default_rng(1).normal(0.5, 0.03, 400).clip(0, 1)
    result = raised(draws=draws)
    each = [raised(retention=r) for r in draws]
    for pick in (
        lambda s: s.customer,
        lambda s: s.present.base,
        lambda s: s.present.new,
        lambda s: s.present.firm,
        lambda s: s.undiscounted.firm,
    ):
        changes = [pick(s) for s in each]
        for interval, figures in (
            (pick(result).absolute, [c.absolute.value for c in changes]),
            (pick(result).relative, [c.relative.value for c in changes]),
        ):
            assert [interval.low, interval.high] == pytest.approx(np.quantile(figures, [0.025, 0.975]))


def test_the_estimate_does_not_depend_on_the_draws():
    with_draws = raised(draws=np.array([0.1, 0.9]))
    assert with_draws.present.firm.absolute.value == raised().present.firm.absolute.value


@pytest.mark.parametrize("draw", [-0.1, math.nan])
def test_draws_that_are_no_share_are_an_error(draw):
    with pytest.raises(ValueError, match="0 or more"):
        raised(draws=np.array([0.5, draw]))


def test_draws_of_a_rate_that_can_pass_one_stop_there():
    passing, stopped = (raised(draws=np.array([0.4, top])).present.firm for top in (1.3, 1.0))
    assert passing == stopped


def test_a_draw_without_bound_leaves_the_customer_without_interval():
    result = raised(discount_rate=0.0, draws=np.array([0.5, 0.9]))
    assert result.customer.relative.ends is None
    assert result.present.firm.relative.ends is not None


def test_how_many_of_those_who_would_leave_stay():
    assert raised().saved == pytest.approx(0.2)  # 10 of the 50 in a hundred who would leave
    assert raised(retention=1.0).saved == 0.0
    assert raised(retention=0.95).saved == pytest.approx(1.0)  # 0.95 and 10 points stop at 1


def test_how_much_of_the_profit_new_customers_bring():
    assert raised().share_of_new == pytest.approx(176 / 736)
    assert raised(margin=0.0).share_of_new is None


def test_the_first_year_as_it_is_by_hand():
    # 50 of today's and 10 new ones, worth 10 each
    assert raised().unchanged_first_year == pytest.approx(600)


def test_who_of_todays_customers_is_left_by_hand():
    year, horizon = raised().survivors(1.0), raised().survivors(4.0)
    assert (year.before, year.after, year.after_a_year) == pytest.approx((50, 60, True))
    assert (horizon.before, horizon.after, horizon.after_a_year) == pytest.approx((25, 36, False))
    assert not horizon.hardly_anybody
    assert raised(replace(BASE, active=2.0)).survivors(2.0).hardly_anybody  # 2 · .6 · .6
