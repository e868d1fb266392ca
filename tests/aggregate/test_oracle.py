"""Every small table of shops drawn at random against the same, customer by customer, in plain Python."""

from datetime import date, timedelta
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from retention import aggregate
from retention.periods import PERIODS
from tests.aggregate import oracle
from tests.aggregate.shops import as_rows, evenings, shops, spans

END = date(1970, 1, 31)
MONTH = 12 * 1970  # January
IN_MONTHS = {"month": MONTH, "quarter": MONTH // 3, "year": MONTH // 12, "week": 102_769, "day": 719_200}
EVENINGS = [date(1969, 12, 31).toordinal(), END.toordinal(), date(1970, 3, 3).toordinal()]
periods = st.sampled_from(PERIODS)
by_segments = st.sampled_from([None, "segment", "segment_2"])
some = settings(max_examples=8)


def prepared(table, orders, *asked, **more):
    return as_rows(table(aggregate.prepare(orders), *asked, **more))


@some
@given(shops, periods, by_segments)
def test_cells(orders, period, by):
    assert prepared(aggregate.cells, orders, period, by=by) == oracle.cells(orders, period, by)


@some
@given(shops, periods)
def test_flows(orders, period):
    assert prepared(aggregate.flows, orders, period) == oracle.flows(orders, period)


@some
@given(shops, periods, st.sampled_from(["segment", "segment_2"]))
def test_kept(orders, period, by):
    assert prepared(aggregate.retained_by_segment, orders, period, by) == oracle.kept(orders, period, by)


@some
@given(shops, periods, st.integers(-2, 2), st.integers(0, 3))
def test_steadiness(orders, period, start, length):
    asked = (period, IN_MONTHS[period] + start, IN_MONTHS[period] + start + length)
    assert prepared(aggregate.steadiness, orders, *asked) == oracle.steadiness(orders, *asked)


@some
@given(shops, periods)
def test_patterns(orders, period):
    assert prepared(aggregate.patterns, orders, period) == oracle.patterns(orders, period)


@some
@given(shops, periods, by_segments)
def test_last_periods(orders, period, by):
    assert prepared(aggregate.last_periods, orders, period, by=by) == oracle.last_periods(orders, period, by)


@some
@given(shops, periods, spans.filter(bool))
def test_spells(orders, period, days):
    found = aggregate.spells(aggregate.prepare(orders), period, days)
    for number, (active, new, returned) in oracle.active_at_starts(orders, period, days).items():
        there = found[(found["start"] <= number) & (number <= found["stop"])]
        starting = there[there["start"] == number].groupby("entry")["customers"].sum()
        assert there["customers"].sum() == active
        assert (starting.get("new", 0), starting.get("returned", 0)) == (new, returned)
    assert (found["start"] <= found["stop"]).all()


@some
@given(shops, st.sampled_from(["order", "day"]))
def test_gaps(orders, unit):
    assert prepared(aggregate.gaps, orders, unit=unit) == oracle.gaps(orders, unit)


@some
@given(shops)
def test_gaps_by_day(orders):
    assert prepared(aggregate.gaps_by_day, orders) == oracle.gaps_by_day(orders)


@some
@given(shops, periods, st.sampled_from(["segment", "segment_2"]))
def test_gaps_by_group(orders, period, by):
    of_cohorts = oracle.gaps(orders, group=lambda customer: customer.cohort(period))
    of_segments = oracle.gaps(orders, group=lambda customer: customer.segments[by])
    assert prepared(aggregate.gaps_by_cohort, orders, period) == of_cohorts
    assert prepared(aggregate.gaps_by_segment, orders, by) == of_segments


@some
@given(shops)
def test_last_two_gaps(orders):
    assert prepared(aggregate.last_two_gaps, orders) == oracle.last_two_gaps(orders)


@some
@given(shops, periods, st.sampled_from([None, "number", "segment", "segment_2"]))
def test_order_values(orders, period, by):
    assert prepared(aggregate.order_values, orders, period, by=by) == oracle.order_values(orders, period, by)


@some
@given(shops, periods, spans, st.sampled_from([None, "number", "segment_2"]))
def test_followed(orders, period, within, by):
    asked = (period, within)
    assert prepared(aggregate.followed, orders, *asked, by=by) == oracle.followed(orders, *asked, by)


@some
@given(shops, periods, spans)
def test_early_life(orders, period, within):
    assert prepared(aggregate.early_life, orders, period, within) == oracle.early_life(orders, period, within)


@some
@given(shops, periods, st.integers(-3, 4))
def test_around(orders, period, shift):
    number = IN_MONTHS[period] + shift
    assert prepared(aggregate.around, orders, period, number) == oracle.around(orders, period, number)


@some
@given(shops, periods, st.integers(-4, 6))
def test_recency(orders, period, shift):
    number = IN_MONTHS[period] + shift
    assert prepared(aggregate.recency, orders, period, number) == oracle.recency(orders, period, number)


@some
@given(shops, evenings, st.integers(0, 60))
def test_held_back(orders, end, ahead):
    through = end + timedelta(days=ahead)
    assert prepared(aggregate.held_back, orders, end) == oracle.held_back(orders, end)
    assert prepared(aggregate.held_back, orders, end, through) == oracle.held_back(orders, end, through)


@some
@given(shops, evenings, st.integers(0, 60))
def test_repeats_by_day(orders, end, ahead):
    through = end + timedelta(days=ahead)
    assert prepared(aggregate.repeats_by_day, orders, end) == oracle.repeats_by_day(orders, end)
    assert prepared(aggregate.repeats_by_day, orders, end, through) == oracle.repeats_by_day(
        orders, end, through
    )


@some
@given(shops, evenings, st.integers(0, 365))
def test_a_year_before(orders, end, ahead):
    asked = (end, end + timedelta(days=ahead))
    assert prepared(aggregate.a_year_before, orders, *asked) == oracle.a_year_before(orders, *asked)


@some
@given(shops, spans.filter(bool))
def test_buying_again(orders, active_days):
    asked = (EVENINGS, active_days, (10, 30, 90))
    assert prepared(aggregate.buying_again, orders, *asked) == oracle.buying_again(orders, *asked)


@some
@given(shops, spans.filter(bool), st.sampled_from(["segment", "segment_2"]))
def test_outcomes_by_segment(orders, days, by):
    expected = oracle.outcomes(orders, lambda customer: customer.segments[by], days)
    assert prepared(aggregate.outcomes_by_segment, orders, by, days) == expected


@some
@given(shops, spans.filter(bool))
def test_outcomes_by_first_order(orders, days):
    purchases = aggregate.prepare(orders)
    edges = aggregate.first_order_quartiles(aggregate.customers(purchases))
    values = [customer.bought[0].value for customer in oracle.buyers(orders)]
    assert edges == ([] if not values else pytest.approx(np.quantile(values, [0.25, 0.5, 0.75])))
    expected = oracle.outcomes(orders, lambda c: sum(c.bought[0].value > edge for edge in edges), days)
    assert as_rows(aggregate.outcomes_by_first_order(purchases, edges, days)) == expected


@some
@given(shops, by_segments)
def test_value_by_age(orders, by):
    assert prepared(aggregate.value_by_age, orders, by) == oracle.value_by_age(orders, by)


@some
@given(shops)
def test_worth_by_age(orders):
    asked = (1, 3, 6)
    assert prepared(aggregate.worth_by_age, orders, asked) == oracle.worth_by_age(orders, asked)


@some
@given(shops)
def test_customers_and_what_is_counted_of_them(orders):
    people = aggregate.customers(aggregate.prepare(orders))
    known = oracle.customers(orders)
    assert as_rows(people) == known
    assert as_rows(aggregate.states(people)) == oracle.counted((row[7], row[8], row[9]) for row in known)
    assert as_rows(aggregate.spend(people)) == oracle.counted((row[7], row[10]) for row in known if row[7])
    assert as_rows(aggregate.states(people, "segment")) == oracle.counted(
        (row[11] or "", row[7], row[8], row[9]) for row in known
    )
    assert as_rows(aggregate.spend(people, "segment_2")) == oracle.counted(
        (row[12] or "", row[7], row[10]) for row in known if row[7]
    )
    assert as_rows(aggregate.starts(people)) == oracle.counted((row[1],) for row in known)
    assert as_rows(aggregate.starts(people, "segment_2")) == oracle.counted(
        (row[1], row[12] or "") for row in known
    )
    assert aggregate.names(people, "segment") == sorted({row[11] for row in known} - {None})


@some
@given(shops, spans, spans, spans.filter(bool))
def test_past_trigger(orders, first, later, within):
    people = aggregate.customers(aggregate.prepare(orders))
    asked = ({1: first, 2: 20}, (3, later), within)
    assert as_rows(aggregate.past_trigger(people, orders.window, *asked)) == oracle.past_trigger(
        orders, *asked
    )


@some
@given(shops)
def test_purchases_of_one_customer(orders):
    purchases = aggregate.prepare(orders)
    look_up = partial(aggregate.purchases_of, purchases)
    assert look_up("nobody").empty
    for customer in oracle.everybody(orders):
        days = [(each.day.toordinal(), 1, each.value) for each in customer.bought]
        assert as_rows(look_up(customer.name)) == oracle.totals(days, 1)


@some
@given(shops, evenings, evenings)
def test_rhythms_and_what_was_bought_between(orders, one, other):
    purchases = aggregate.prepare(orders)
    assert as_rows(aggregate.rhythms(purchases)) == oracle.rhythms(orders)
    first, last = sorted(day.toordinal() for day in (one, other))
    assert as_rows(aggregate.bought_between(purchases, first, last)) == oracle.bought_between(
        orders, first, last
    )
