"""The shop's future, its parts by hand."""

import numpy as np
import pytest

from retention.what_if.footing import constant_retention
from retention.what_if.plan import Base, Plan, discount_per_period, uplifted
from retention.what_if.projection import (
    Future,
    cost,
    discounts,
    effects,
    future,
    horizon,
    payback_period,
    raised_retention,
    unchanged,
)
from retention.what_if.streams import Stream

BASE = Base("year", active=100.0, won_per_period=10.0, revenue_per_active=5.0)
FOOTING = constant_retention(0.5, new_share=0.2)


def plan(**changed):
    given = {"uplift": 0.1, "kind": "points", "margin": 1.0, "discount_rate": 0.25, "years": 2}
    return Plan(**(given | {"form": "first_payment_now"} | changed))


def told(stream):
    return stream.base[:, 0].tolist(), stream.new[:, 0].tolist()


def test_as_things_are_by_hand():
    found = future(BASE, plan(), FOOTING)
    assert found.today == 100.0
    assert told(found.customers) == ([50.0, 25.0], [10.0, 15.0])
    assert told(found.money) == ([250.0, 125.0], [50.0, 75.0])
    assert found.purchases is None


def test_a_factor_of_one_is_no_programme():
    found = future(BASE, plan(), FOOTING, np.ones(1))
    assert told(found.customers) == ([50.0, 25.0], [10.0, 15.0])


def test_with_a_programme_by_hand():
    # retention of 60 % is four fifths of the risk
    raised = raised_retention(plan(), FOOTING)
    assert [float(part[0]) for part in (raised.before, raised.after, raised.factor)] == pytest.approx(
        [0.5, 0.6, 0.8]
    )
    found = future(BASE, plan(), FOOTING, raised.factor)
    assert told(found.customers) == (pytest.approx([60.0, 36.0]), pytest.approx([10.0, 16.0]))


def test_a_programme_of_the_first_step_moves_those_won_lately():
    raised = raised_retention(plan(steps="first"), FOOTING)
    found = future(BASE, plan(steps="first"), FOOTING, raised.factor)
    assert told(found.customers)[0] == pytest.approx([80 * 0.5 + 20 * 0.6, (80 * 0.5 + 20 * 0.6) * 0.5])
    assert told(found.customers)[1] == pytest.approx([10.0, 16.0])


def test_a_programme_that_bites_over_two_years_by_hand():
    # a quarter of its effect in the first year, three quarters in the second: 52.5 % and 57.5 %
    slow = plan(bites_after=2.0)
    found = future(BASE, slow, FOOTING, raised_retention(slow, FOOTING).factor)
    assert told(found.customers)[0] == pytest.approx([52.5, 52.5 * 0.575])


def test_another_uplift_than_the_plans():
    raised = raised_retention(plan(), FOOTING, np.array([0.0, 0.2, 0.9]))
    assert raised.after.tolist() == pytest.approx([0.5, 0.7, 1.0])
    assert raised.factor.tolist() == pytest.approx([1.0, 0.6, 0.0])
    relative = raised_retention(plan(kind="relative"), FOOTING)
    assert relative.after.tolist() == pytest.approx([0.55])


@pytest.mark.parametrize(
    ("years", "period", "periods"),
    [
        (2, "year", 2),
        (0.01, "year", 1),
        (1, "quarter", 4),
        (1.5, "month", 18),
        (1, "week", 52),
        (1, "day", 365),
    ],
)
def test_the_horizon_in_whole_periods_at_least_one(years, period, periods):
    assert horizon(Base(period, 1.0, 1.0, 1.0), plan(years=years)) == periods


def test_money_of_a_period_counts_as_at_its_end():
    assert discounts(BASE, plan()).tolist() == pytest.approx([0.8, 0.64])
    quarters = discounts(Base("quarter", 1.0, 1.0, 1.0), plan(years=1))
    assert quarters.tolist() == pytest.approx([1.25**-0.25, 1.25**-0.5, 1.25**-0.75, 0.8])


@pytest.mark.parametrize(
    ("full_after", "expected"),
    [
        (0.0, [1.0, 1.0, 1.0]),
        (1.0, [0.5, 1.0, 1.0]),
        (2.0, [0.25, 0.75, 1.0]),
        (0.5, [0.75, 1.0, 1.0]),  # half a period at a half on average, then full
        (1.5, [1 / 3, 11 / 12, 1.0]),
        (4.0, [0.125, 0.375, 0.625]),
    ],
)
def test_a_programme_grows_evenly_to_its_full_effect(full_after, expected):
    assert effects(full_after, 3) == pytest.approx(expected)


def test_the_cost_of_a_year_is_spread_over_its_periods():
    costly = plan(fixed_cost=120.0, cost_per_customer=12.0)
    customers = np.array([[10.0], [5.0]])
    assert cost(BASE, costly, customers)[:, 0].tolist() == [240.0, 180.0]
    assert cost(Base("month", 1.0, 1.0, 1.0), costly, customers)[:, 0].tolist() == [20.0, 15.0]


@pytest.mark.parametrize(
    ("gain", "spent", "period"),
    [
        ([5.0, 5.0, 5.0], [10.0, 0.0, 0.0], 2),
        ([10.0, 0.0, 0.0], [10.0, 0.0, 0.0], 1),
        ([5.0, 4.0, 5.0], [10.0, 0.0, 0.0], 3),
        ([5.0, 4.0, 0.0], [10.0, 0.0, 0.0], None),
        ([20.0, 0.0, 0.0], [10.0, 5.0, 10.0], None),
        ([20.0, 0.0, 10.0], [10.0, 15.0, 0.0], 3),
        ([5.0, 5.0, 5.0], [0.0, 0.0, 0.0], None),
    ],
)
def test_the_period_from_which_a_programme_stays_paid_back(gain, spent, period):
    assert payback_period(np.array(gain), np.array(spent)) == period


def test_futures_add_up_and_purchases_only_where_both_have_them():
    one = Stream(np.array([[1.0]]), np.array([[2.0]]))
    counted, uncounted = Future(10.0, one, one.times(2.0), one.times(3.0)), Future(5.0, one, one, None)
    both = counted + counted
    assert (both.today, told(both.customers), told(both.money)) == (20.0, ([2.0], [4.0]), ([4.0], [8.0]))
    assert told(both.purchases) == ([6.0], [12.0])
    assert (counted + uncounted).purchases is None
    assert (uncounted + counted).purchases is None
    assert told((counted + uncounted).money) == ([3.0], [6.0])


def test_the_rest_goes_on_as_it_is_in_the_same_period():
    rest = (Base("year", 40.0, 4.0, 1.0), constant_retention(0.25))
    assert told(unchanged(BASE, plan(), rest).customers) == ([10.0, 2.5], [4.0, 5.0])
    with pytest.raises(ValueError, match="same period"):
        unchanged(BASE, plan(), (Base("month", 40.0, 4.0, 1.0), rest[1]))


def test_an_uplift_of_either_kind_stops_at_one():
    assert uplifted(0.8, 0.1, "points") == pytest.approx(0.9)
    assert uplifted(0.8, 0.1, "relative") == pytest.approx(0.88)
    assert uplifted(0.95, 0.1, "points") == uplifted(0.95, 0.1, "relative") == 1.0
    many = uplifted(np.array([0.5, 0.95]), np.array([0.1, 0.2]), "points")
    assert many.tolist() == pytest.approx([0.6, 1.0])


@pytest.mark.parametrize(("period", "periods"), [("month", 12), ("quarter", 4), ("year", 1)])
def test_the_rate_of_a_period_compounds_to_that_of_a_year(period, periods):
    assert (1 + discount_per_period(0.1, period)) ** periods == pytest.approx(1.1)
    assert discount_per_period(0.0, period) == 0.0
    with pytest.raises(ValueError, match="0 or more"):
        discount_per_period(-0.01, period)
    with pytest.raises(ValueError, match="0 or more"):
        discount_per_period(float("nan"), period)


def test_an_uplift_in_hundredths_is_what_was_asked_for():
    assert plan(uplift=0.05).hundredths == pytest.approx(5.0)
