"""The coming year by hand: when customers buy faster than usual, and when more are won."""

import numpy as np
import pytest

from retention.what_if import Base, Course, Plan, constant_retention, simulate
from retention.what_if.mixture import Mixture
from retention.what_if.projection import future
from retention.what_if.streams import follow

NOW = np.ones(1)


def plan(years, growth=0.0):
    terms = {"margin": 1.0, "discount_rate": 0.0, "years": years, "growth": growth}
    return Plan(0.1, "points", form="without_first", **terms)


def base(course):
    return Base("quarter", active=100.0, won_per_period=10.0, revenue_per_active=2.0, course=course)


def money(course, years=1.0, growth=0.0):
    found = future(base(course), plan(years, growth), constant_retention(0.5)).money
    return found.base[:, 0].tolist(), found.new[:, 0].tolist()


def test_who_stays_buys_by_the_season_and_who_joins_pays_at_once():
    today, new = money(Course(buying=(2.0, 1.0, 0.5, 0.5)))
    assert today == pytest.approx([2 * 50 * 2.0, 2 * 25 * 1.0, 2 * 12.5 * 0.5, 2 * 6.25 * 0.5])
    assert new == pytest.approx([20.0, 20 + 10.0 * 1.0, 20 + 15.0 * 0.5, 20 + 17.5 * 0.5])


def test_customers_are_won_by_the_course_of_the_year():
    today, new = money(Course(won=(3.0, 1.0, 0.0, 0.0)))
    assert today == money(Course())[0]
    assert new == pytest.approx([60.0, 20 + 30.0, 25.0, 12.5])


def test_the_second_year_is_like_the_first():
    year = Course(buying=(2.0, 1.0, 0.5, 0.5), won=(3.0, 1.0, 0.0, 0.0))
    twice = Course(buying=2 * year.buying, won=2 * year.won)
    assert money(year, years=2.0) == money(twice, years=2.0)
    assert money(year, years=2.0)[1][4] == pytest.approx(60.0 + 6.25 * 2.0)


@pytest.mark.parametrize("growth", [0.0, 0.1])
@pytest.mark.parametrize("leaves", ["between", "any_time"])
def test_a_year_of_usual_periods_is_no_course(leaves, growth):
    rows = 1 if leaves == "between" else 3  # a purchase model's money and purchases stand by themselves
    shares = np.repeat(np.array([0.5, 0.5])[None, :, None], rows, axis=0)
    people = Mixture(np.array([[0.5], [0.2]]), shares, shares, 0.5 * shares, leaves=leaves)
    steady = follow(people, [(NOW, NOW)] * 6, growth, 2.0)
    usual = follow(people, [(NOW, NOW)] * 6, growth, 2.0, Course((1.0,) * 4, (1.0,) * 4))
    for part in ("base", "new"):
        assert getattr(usual[-1], part) == pytest.approx(getattr(steady[-1], part), abs=1e-12)
        assert getattr(usual[0], part) == pytest.approx(getattr(steady[0], part), abs=1e-12)


def test_the_first_purchase_of_a_purchase_model_knows_no_season():
    one = np.ones((1, 1, 1))
    three = np.repeat(one, 3, axis=0)
    people = Mixture(np.zeros((1, 1)), three, three, three, leaves="any_time", at_once=(7.0, 1.0))
    customers, paid, purchases = follow(people, [(NOW, NOW)] * 2, course=Course(buying=(4.0, 0.5)))
    assert customers.new[:, 0].tolist() == [1.0, 2.0]
    assert paid.new[:, 0].tolist() == pytest.approx([7.0 + 4.0 * 0.5, 7.0 + 0.5 * 0.5 + 0.5 * 1.0])
    assert purchases.new[:, 0].tolist() == pytest.approx([1.0 + 4.0 * 0.5, 1.0 + 0.5 * 0.5 + 0.5 * 1.0])


def test_the_course_is_part_of_what_is_and_not_of_the_rise():
    footing, year = constant_retention(0.5), Course(buying=(2.0, 1.0, 0.5, 0.5))
    steady, seasonal = (simulate(base(course), plan(4.0), footing) for course in (Course(), year))
    assert steady.retention_after == seasonal.retention_after
    nothing = Plan(0.0, "points", margin=1.0, discount_rate=0.0, years=4.0, form="without_first")
    assert simulate(base(year), nothing, footing).present.firm.absolute.value == 0.0
