"""A question about a shop, with what is typed in place of what is measured."""

from dataclasses import replace

import pytest

from retention.errors import InputError
from retention.study.question import EXAMPLE, Question, Segment, Start, without_data
from retention.what_if import Base, Doubt, Plan, constant_retention

PLAN = Plan(0.05, "points", margin=0.3, discount_rate=0.1, years=2, form="without_first")
ASKED = Question("month", PLAN)
BASE = Base("month", 100.0, 20.0, 30.0)


def test_what_is_typed_is_known_and_the_rest_as_doubtful_as_measured():
    measured = replace(BASE, doubt=Doubt(0.1, 0.2, 0.3))
    assert ASKED.base(measured) == measured
    assert replace(ASKED, active=50.0).base(measured).doubt == Doubt(0.0, 0.2, 0.3)
    assert replace(ASKED, won=50.0, revenue=1.0).base(measured).doubt == Doubt(0.1, 0.0, 0.0)


@pytest.mark.parametrize("typed", ["active", "won", "revenue"])
def test_what_is_typed_takes_the_place_of_what_is_measured(typed):
    name = {"active": "active", "won": "won_per_period", "revenue": "revenue_per_active"}[typed]
    asked = replace(ASKED, **{typed: 0.0})
    assert asked.of_own_shop
    assert asked.base(BASE) == replace(BASE, **{name: 0.0})
    assert not asked.of_others.of_own_shop


def test_where_nothing_is_typed_the_shop_is_that_of_the_data():
    assert not ASKED.of_own_shop
    assert ASKED.base(BASE) == BASE


def test_a_typed_retention_counts_before_what_stands_for_an_unmeasured_one():
    assert replace(ASKED, unmeasured=0.4).typed_retention == 0.4
    assert replace(ASKED, unmeasured=0.4, retention=0.0).typed_retention == 0.0


def start(question=ASKED, **more):
    return Start(question, BASE, question.plan, constant_retention(0.6), **more)


def test_customers_won_are_those_of_all_parts():
    assert start().won == 20.0
    rest = (Base("month", 50.0, 7.0, 10.0), constant_retention(0.5))
    assert start(rest=rest).won == 27.0


@pytest.mark.parametrize(
    ("segment", "steps", "everybody"),
    [
        (None, "all", True),
        (None, "first", False),
        (Segment("segment", "web"), "all", False),
        (Segment("segment", "web"), "first", False),
    ],
)
def test_a_programme_for_a_segment_or_a_step_does_not_reach_everybody(segment, steps, everybody):
    assert (
        start(replace(ASKED, segment=segment, plan=replace(PLAN, steps=steps))).reaches_everybody is everybody
    )


def test_the_first_year_stands_beside_the_margin_of_the_last():
    found = start(last_year=1000.0)
    assert found.first_year.past == pytest.approx(300.0)
    assert found.first_year.ahead == found.answer.unchanged_first_year
    assert start().first_year is None


def test_without_data_an_example_shop_or_one_typed_in_is_asked_about():
    found = without_data(replace(ASKED, unmeasured=0.35, won=500.0))
    assert found.base == replace(EXAMPLE, won_per_period=500.0)
    assert found.footing.retention.tolist() == [0.35]
    assert without_data(replace(ASKED, period="year")).base.period == "year"
    with pytest.raises(InputError) as refused:
        without_data(replace(ASKED, measured_growth=True))
    assert refused.value.code == "nothing_loaded"
