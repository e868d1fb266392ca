import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from retention.economics import customer_value, discount_per_period, elasticity, uplifted

FORMS = ["first_payment_now", "without_first", "period_end"]
below_one = st.floats(0.01, 0.99)
rates = st.floats(0.0, 1.0)
discounts = st.floats(0.001, 1.0)


@pytest.mark.parametrize(
    ("form", "value"), [("first_payment_now", 366.67), ("without_first", 266.67), ("period_end", 333.33)]
)
def test_the_three_forms_of_the_textbook(form, value):
    assert customer_value(100, 0.8, 0.1, form) == pytest.approx(value, abs=0.005)


def test_published_monthly_value():
    assert customer_value(18.95, 0.788, 0.01, "without_first") == pytest.approx(67.2640, abs=5e-5)


@pytest.mark.parametrize(
    ("before", "kind", "after", "value_before", "value_after", "rise"),
    [
        (0.80, "points", 0.85, 266.67, 340.00, 0.275),
        (0.80, "relative", 0.84, 266.67, 323.08, 0.212),
        (0.90, "points", 0.95, 450.00, 633.33, 0.407),
        (0.90, "relative", 0.945, 450.00, 609.68, 0.355),
    ],
)
def test_five_more_of_retention_as_points_and_relative(before, kind, after, value_before, value_after, rise):
    raised = uplifted(before, 0.05, kind)
    assert raised == pytest.approx(after)
    low, high = (customer_value(100, r, 0.1, "without_first") for r in (before, raised))
    assert low == pytest.approx(value_before, abs=0.005)
    assert high == pytest.approx(value_after, abs=0.005)
    assert high / low - 1 == pytest.approx(rise, abs=0.0005)


@pytest.mark.parametrize("form", ["first_payment_now", "period_end"])
def test_counting_the_first_payment_makes_the_rise_smaller(form):
    low, high = (customer_value(100, r, 0.1, form) for r in (0.80, 0.85))
    assert high / low - 1 == pytest.approx(0.20)


@settings(deadline=None)
@given(m=st.floats(0.01, 1e4), r=below_one, d=discounts, form=st.sampled_from(FORMS))
def test_closed_form_is_the_sum_of_its_payments(m, r, d, form):
    n = math.ceil(math.log(1e-12) / math.log(r / (1 + d))) + 1
    k = np.arange(n)
    payments = {
        "first_payment_now": m * (r / (1 + d)) ** k,
        "without_first": m * (r / (1 + d)) ** (k + 1),
        "period_end": m * r**k / (1 + d) ** (k + 1),
    }
    assert customer_value(m, r, d, form) == pytest.approx(payments[form].sum(), rel=1e-9)


@settings(deadline=None)
@given(r=below_one, d=discounts, form=st.sampled_from(FORMS))
def test_elasticity_is_the_slope_of_the_logarithms(r, d, form):
    step = 1e-6
    up, down = (customer_value(1.0, r * math.exp(s), d, form) for s in (step, -step))
    assert elasticity(r, d, form) == pytest.approx(math.log(up / down) / (2 * step), rel=1e-3, abs=1e-6)


def test_elasticity_of_the_worked_example():
    assert elasticity(0.8, 0.1, "without_first") == pytest.approx(1.1 / 0.3)
    assert elasticity(0.8, 0.1, "period_end") == pytest.approx(0.8 / 0.3)


def test_arrays_give_arrays():
    values = customer_value(np.array([100.0, 200.0]), np.array([0.8, 0.8]), 0.1, "without_first")
    assert values == pytest.approx([266.67, 533.33], abs=0.005)
    assert uplifted(np.array([0.5, 0.98]), 0.05, "points") == pytest.approx([0.55, 1.0])


@pytest.mark.parametrize(
    ("retention", "discount"),
    [(-0.01, 0.1), (1.01, 0.1), (0.8, -0.1), (1.0, 0.0), (math.nan, 0.1), (0.8, math.nan)],
)
def test_what_has_no_value_is_an_error(retention, discount):
    with pytest.raises(ValueError, match=r"retention|discount"):
        customer_value(100, retention, discount, "without_first")
    with pytest.raises(ValueError, match=r"retention|discount"):
        elasticity(retention, discount, "without_first")


def test_one_bad_retention_among_many_is_an_error():
    with pytest.raises(ValueError, match="between 0 and 1"):
        customer_value(100, np.array([0.8, 1.2]), 0.1, "without_first")


def test_nobody_retained_is_worth_the_first_payment_or_nothing():
    assert customer_value(100, 0.0, 0.1, "first_payment_now") == pytest.approx(100)
    assert customer_value(100, 0.0, 0.1, "without_first") == 0


@pytest.mark.parametrize(
    ("period", "periods"), [("month", 12), ("quarter", 4), ("year", 1), ("week", 365.25 / 7)]
)
def test_a_year_of_periods_compounds_to_the_annual_rate(period, periods):
    assert (1 + discount_per_period(0.10, period)) ** periods == pytest.approx(1.10)


def test_no_discount_is_none_in_any_period():
    assert discount_per_period(0.0, "month") == 0.0


def test_negative_discount_is_an_error():
    with pytest.raises(ValueError, match="0 or more"):
        discount_per_period(-0.1, "year")


@settings(deadline=None)
@given(r=rates, uplift=rates, kind=st.sampled_from(["points", "relative"]))
def test_an_uplift_never_lowers_retention_and_never_passes_one(r, uplift, kind):
    assert r <= uplifted(r, uplift, kind) <= 1


@settings(deadline=None)
@given(r=rates, kind=st.sampled_from(["points", "relative"]))
def test_no_uplift_leaves_retention_to_the_last_bit(r, kind):
    assert uplifted(r, 0.0, kind) == r
