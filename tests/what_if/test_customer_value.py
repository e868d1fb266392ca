"""The textbook's value of one customer, as the simulation tells it, and the terms it is asked in."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from retention.errors import InputError
from retention.what_if import Base, Plan, constant_retention, discount_per_period, simulate, uplifted

FORMS = ["first_payment_now", "without_first", "period_end"]
below_one = st.floats(0.01, 0.99)
rates = st.floats(0.0, 1.0)
discounts = st.floats(0.001, 1.0)


def customer(margin, retention, discount, form, uplift=0.0, kind="points"):
    """One customer's value before and after an uplift, by a period of a year."""
    plan = Plan(uplift, kind, margin=1.0, discount_rate=discount, years=1, form=form)
    return simulate(Base("year", 1, 0, margin), plan, constant_retention(retention)).customer


@pytest.mark.parametrize(
    ("form", "value"), [("first_payment_now", 366.67), ("without_first", 266.67), ("period_end", 333.33)]
)
def test_the_three_forms_of_the_textbook(form, value):
    assert customer(100, 0.8, 0.1, form).before == pytest.approx(value, abs=0.005)


def test_published_value():
    assert customer(18.95, 0.788, 0.01, "without_first").before == pytest.approx(67.2640, abs=5e-5)


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
    assert uplifted(before, 0.05, kind) == pytest.approx(after)
    found = customer(100, before, 0.1, "without_first", 0.05, kind)
    assert found.before == pytest.approx(value_before, abs=0.005)
    assert found.after == pytest.approx(value_after, abs=0.005)
    assert found.relative.value == pytest.approx(rise, abs=0.0005)


@pytest.mark.parametrize("form", ["first_payment_now", "period_end"])
def test_counting_the_first_payment_makes_the_rise_smaller(form):
    assert customer(100, 0.80, 0.1, form, 0.05).relative.value == pytest.approx(0.20)


@settings(deadline=None)
@given(m=st.floats(0.01, 1e4), r=below_one, d=discounts, form=st.sampled_from(FORMS))
def test_a_customers_value_is_the_sum_of_its_payments(m, r, d, form):
    n = math.ceil(math.log(1e-12) / math.log(r / (1 + d))) + 1
    k = np.arange(n)
    payments = {
        "first_payment_now": m * (r / (1 + d)) ** k,
        "without_first": m * (r / (1 + d)) ** (k + 1),
        "period_end": m * r**k / (1 + d) ** (k + 1),
    }
    assert customer(m, r, d, form).before == pytest.approx(payments[form].sum(), rel=1e-9)


@settings(deadline=None)
@given(r=below_one, d=discounts, form=st.sampled_from(FORMS))
def test_the_elasticity_to_retention_is_the_textbooks(r, d, form):
    step = 1e-4
    found = customer(100, r, d, form, step, "relative").relative.value
    closed = (1 + d) / (1 + d - r) if form == "without_first" else r / (1 + d - r)
    # value ~ 1/(1 + d − r): the rise is larger than its slope by about r/(1 + d − r) of it per step
    assert found / step == pytest.approx(closed, rel=2e-4 * r / (1 + d - r) + 1e-9)


@pytest.mark.parametrize(("form", "printed"), [("without_first", 3.6667), ("period_end", 2.6667)])
def test_elasticity_of_the_worked_example(form, printed):
    assert customer(100, 0.8, 0.1, form, 1e-7, "relative").relative.value / 1e-7 == pytest.approx(
        printed, abs=5e-5
    )


def test_many_retentions_are_raised_at_once():
    assert uplifted(np.array([0.5, 0.98]), 0.05, "points") == pytest.approx([0.55, 1.0])


@pytest.mark.parametrize(
    ("retention", "discount"), [(-0.01, 0.1), (1.01, 0.1), (0.8, -0.1), (math.nan, 0.1), (0.8, math.nan)]
)
def test_what_has_no_value_is_an_error(retention, discount):
    with pytest.raises(InputError, match=r"retention|discount"):
        customer(100, retention, discount, "without_first")


def test_who_never_leaves_has_no_finite_value_without_a_discount():
    assert customer(100, 1.0, 0.0, "without_first") is None
    assert customer(100, 1.0, 0.1, "without_first").before == pytest.approx(1000)


def test_nobody_retained_is_worth_the_first_payment_or_nothing():
    assert customer(100, 0.0, 0.1, "first_payment_now").before == pytest.approx(100)
    assert customer(100, 0.0, 0.1, "without_first").before == 0


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
