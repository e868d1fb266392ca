"""A footing beside what came: which periods, how far off, and which one answers; by hand."""

from datetime import date

import numpy as np
import pytest

from retention.errors import DataWarning
from retention.periods import Window
from retention.what_if import (
    Base,
    Course,
    LastYear,
    Plan,
    Takings,
    Tried,
    constant_retention,
    last_span,
    simulate,
    tried,
)
from retention.what_if.footing import Footing
from retention.what_if.mixture import Mixture


def span(first, last, period="month"):
    return last_span(Window(date.fromisoformat(first), date.fromisoformat(last)), period)


@pytest.mark.parametrize(
    ("first", "last", "period", "until", "periods"),
    [
        ("2023-01-01", "2024-12-31", "month", "2023-12-31", 12),
        ("2022-01-01", "2024-12-20", "month", "2023-11-30", 12),  # December is not complete
        ("1997-01-01", "1998-06-30", "month", "1997-06-30", 12),  # 181 days known
        ("2010-12-01", "2011-12-09", "month", "2011-05-31", 6),
        ("2024-01-01", "2024-09-30", "month", "2024-06-30", 3),
        ("2023-01-01", "2024-12-31", "quarter", "2023-12-31", 4),
        ("2022-01-01", "2024-12-31", "year", "2023-12-31", 1),
    ],
)
def test_the_last_year_or_as_much_as_leaves_enough_known(first, last, period, until, periods):
    found = span(first, last, period)
    assert found.until == date.fromisoformat(until)
    assert len(found.numbers) == periods
    assert found.first.toordinal() == found.until.toordinal() + 1
    assert found.last <= date.fromisoformat(last)
    assert found.whole_year == (periods == {"month": 12, "quarter": 4, "year": 1}[period])


@pytest.mark.parametrize(("first", "last"), [("2024-01-01", "2024-08-31"), ("2024-01-01", "2024-01-10")])
def test_too_short_for_any(first, last):
    assert span(first, last) is None


def foreseen(*expected, came=(60.0, 40.0)):
    return Tried(Takings(expected, expected), Takings(came, (20.0, 10.0)))


def test_how_far_off_in_sum_and_period_by_period():
    found = foreseen(50.0, 60.0)
    assert found.bias == pytest.approx(0.1)
    assert found.known_bias == pytest.approx(110 / 30 - 1)
    assert found.off_by_period == pytest.approx((10 + 20) / 100)
    nothing = foreseen(1.0, 1.0, came=(0.0, 0.0))
    assert (nothing.bias, nothing.off_by_period, nothing.holds) == (None, None, False)


@pytest.mark.parametrize(("expected", "holds"), [(125.0, True), (75.0, True), (125.1, False), (74.9, False)])
def test_who_misses_by_more_than_a_quarter_does_not_answer(expected, holds):
    assert foreseen(expected, 0.0).holds is holds


def year(**found):
    return LastYear(span("2023-01-01", "2024-12-31"), found)


def test_the_least_off_answers_and_the_others_that_hold_come_after_it():
    found = year(constant=foreseen(70.0, 40.0), cohorts=foreseen(40.0, 20.0), purchases=foreseen(55.0, 40.0))
    assert found.recommended == "purchases"
    assert found.holding == ("purchases", "constant")


def test_between_equals_in_sum_the_nearer_period_by_period_answers():
    found = year(constant=foreseen(0.0, 104.1), cohorts=foreseen(62.0, 42.4))
    assert found.holding == ("cohorts", "constant")


def test_where_none_holds_none_answers():
    found = year(constant=foreseen(200.0, 0.0), purchases=DataWarning("nothing_to_try"))
    assert (found.recommended, found.holding) == (None, ())


def test_a_footing_expects_money_of_those_it_knows_and_of_those_to_be_won():
    base = Base("quarter", active=100.0, won_per_period=10.0, revenue_per_active=2.0)
    found = tried(span("2022-01-01", "2024-12-31", "quarter"), base, constant_retention(0.5), Takings((), ()))
    assert found.expected.known == pytest.approx([100.0, 50.0, 25.0, 12.5])
    assert found.expected.all == pytest.approx([120.0, 80.0, 60.0, 50.0])
    assert found.expected.total == pytest.approx(310.0)


def mixed(read_on=None):
    """Two kinds of customers, half of them each; three tenths leave in a period."""
    half = np.full((1, 2, 1), 0.5)
    people = Mixture(np.array([[0.5], [0.1]]), half, half, 0.0 * half)
    found = Footing("cohorts", people)
    return found if read_on is None else found.reading(np.array([read_on]))


def plan(uplift, **terms):
    return Plan(uplift, "points", margin=1.0, discount_rate=0.0, years=1, form="without_first", **terms)


BASE = Base("quarter", active=100.0, won_per_period=10.0, revenue_per_active=2.0, course=Course())


def test_a_rise_read_on_another_retention_saves_the_same_share_of_those_who_would_leave():
    result = simulate(BASE, plan(0.05), mixed(read_on=0.6))
    assert (result.retention_before, result.retention_after) == pytest.approx((0.6, 0.65))
    assert result.saved == pytest.approx(0.05 / 0.4)
    own = simulate(BASE, plan(0.05 / 0.4 * 0.3), mixed())
    assert own.saved == pytest.approx(result.saved)
    assert own.present.firm.after == pytest.approx(result.present.firm.after)
    assert own.present.firm.before == result.present.firm.before


def test_one_rise_saves_as_many_on_every_footing():
    textbook = simulate(BASE, plan(0.05), constant_retention(0.6))
    curve = simulate(BASE, plan(0.05), mixed(read_on=0.6))
    assert textbook.saved == pytest.approx(curve.saved)
    assert textbook.retention_after == pytest.approx(curve.retention_after)


def test_a_rise_of_the_first_step_alone_is_read_on_that_step():
    result = simulate(BASE, plan(0.05, steps="first"), mixed(read_on=0.6))
    assert result.retention_before == pytest.approx(0.7)


def test_where_nobody_is_seen_to_leave_nothing_is_gained():
    result = simulate(BASE, plan(0.05), mixed(read_on=1.2))
    assert (result.retention_before, result.retention_after) == (1.0, 1.0)
    assert result.present.firm.absolute.value == 0.0


def test_had_the_retention_read_been_another_all_leave_so_many_times_as_fast():
    moved = mixed(read_on=0.6).at(np.array([0.6, 0.8]))
    assert moved.people.risk == pytest.approx(np.array([[0.5, 0.25], [0.1, 0.05]]))
    assert moved.before("all").tolist() == [0.6, 0.8]
