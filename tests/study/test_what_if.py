"""Where a simulation starts from: for a segment, as if its customers and the others were two shops."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from retention import ingest
from retention.errors import InputError
from retention.lifetime_value import OPEN
from retention.orders import Orders
from retention.study import EXAMPLE, Question, Segment, Study, without_data
from retention.what_if import Base, Plan, constant_retention, measured_base, purchase_footing, simulate
from tests.conftest import shop

PLAN = Plan(0.05, "points", margin=0.3, discount_rate=0.1, years=2, form="without_first")
FOOTINGS = ("constant", "cohorts", "purchases")


def apart(orders, column, name):
    """Orders of the customers whose first purchase is of a segment, and of everybody else: two shops."""
    table = orders.table
    bought = table[table["kind"] == "purchase"].sort_values(["date", "value"], ascending=[True, False])
    first = bought.groupby("customer_id").head(1).set_index("customer_id")[column].fillna("")
    theirs = table["customer_id"].isin(first.index[first == name])
    return tuple(Orders(table[who], orders.window, orders.currency) for who in (theirs, ~theirs))


def alone(orders, footing, whole):
    """The base and the footing of a shop of its own; model, season and trend are those of the whole."""
    study = Study(orders)
    measured = measured_base(
        study.shop.flows("month"),
        study.tables.order_values("month"),
        whole.shop.known_from(),
        whole.what_if.season(OPEN),
        whole.shop.flows("month"),
    )
    if footing == "constant":
        return measured, study.what_if.constant("month")
    rates = study.shop.retention("month").textbook
    rates = np.append(rates.rate.value, rates.draws)
    if footing == "cohorts":
        return measured, study.what_if.curve("month").footing.reading(rates)
    model = whole.models.purchases(whole.models.chosen(OPEN))
    base, found = purchase_footing(
        study.tables.customers(),
        model,
        whole.models.spend(),
        period="month",
        won_per_period=measured.won_per_period,
        net_share=whole.shop.net_share(),
    )
    months = np.arange(1.0, 12 * PLAN.years + 1) * 365.25 / 12
    shaken = model.shocks.of_total(months, np.ones(months.size), model.season and model.season.width)
    doubt = replace(base.doubt, won=measured.doubt.won, revenue=math.hypot(base.doubt.revenue, shaken))
    return replace(base, doubt=doubt, course=measured.course), found.reading(rates)


@pytest.fixture(scope="module")
def sample():
    raw = ingest.open_sample("shop")
    return ingest.to_orders(raw, ingest.guess(raw).mapping).orders


@pytest.fixture(scope="module")
def study(sample):
    return Study(sample)


def test_by_the_purchase_model_the_gain_s_interval_allows_for_months_good_or_bad_for_the_whole_shop(study):
    asked = Question("month", PLAN, footing="purchases")
    start = study.what_if.start(asked)
    model = study.models.purchases(study.models.chosen(OPEN))
    assert model.shocks.sd > 0.01
    calm = study.what_if.by_purchases(OPEN, "week", "month")[0].doubt.revenue
    without = simulate(
        replace(start.base, doubt=replace(start.base.doubt, revenue=calm)), PLAN, start.footing
    )
    gain, calmer = start.answer.present.firm, without.present.firm
    assert gain.absolute.value == pytest.approx(calmer.absolute.value)
    width = [np.log(found.absolute.high / found.absolute.low) for found in (gain, calmer)]
    assert width[0] > width[1] * 1.001
    assert gain.relative.ends == pytest.approx(calmer.relative.ends)  # they are off before and after alike


def column_of(study):
    return next(iter(study.segments.values()))


@pytest.mark.parametrize("footing", FOOTINGS)
@pytest.mark.parametrize("place", [0, 1])
def test_a_segment_starts_as_a_shop_of_its_own_beside_the_others(sample, study, footing, place):
    segment = study.what_if.segment_at(0, place)
    start = study.what_if.start(Question("month", PLAN, footing=footing, segment=segment))
    parts = apart(sample, segment.column, segment.name)
    (base, who), rest = (alone(orders, footing, study) for orders in parts)
    assert (start.base, start.rest[0]) == (base, rest[0])
    expected = simulate(base, PLAN, who, rest).present.firm
    firm = start.answer.present.firm
    assert (firm.before, firm.after) == pytest.approx((expected.before, expected.after))
    assert firm.absolute.ends == pytest.approx(expected.absolute.ends)
    others = simulate(rest[0], PLAN, rest[1], (base, who)).present.firm
    assert firm.before == pytest.approx(others.before)
    assert abs(firm.absolute.value / others.absolute.value - 1) > 1e-2  # the others' is another programme


@pytest.mark.parametrize("footing", FOOTINGS)
def test_the_parts_are_the_shop(study, footing):
    segment = study.what_if.segment_at(0, 0)
    question = Question("month", PLAN, footing=footing, segment=segment)
    start, whole = (study.what_if.start(asked) for asked in (question, replace(question, segment=None)))
    assert start.base.active + start.rest[0].active == pytest.approx(whole.base.active)
    assert start.won == pytest.approx(whole.base.won_per_period)


def test_segments_stand_by_how_many_customers_they_have(sample, study):
    column = column_of(study)
    table = sample.table[sample.table["kind"] == "purchase"].sort_values(
        ["date", "value"], ascending=[True, False]
    )
    named = table.groupby("customer_id").head(1)[column].fillna("")
    counts = named.value_counts()
    found = study.shop.segments(column)
    assert set(found) == set(counts.index)
    assert list(counts[list(found)]) == sorted(counts, reverse=True)
    assert study.what_if.segment_at(0, 1) == Segment(column, found[1])


@pytest.mark.parametrize(("column", "place"), [(99, 0), (0, 9_999)])
def test_a_segment_that_is_not_there_is_refused_by_its_place(study, column, place):
    with pytest.raises(InputError) as refused:
        study.what_if.segment_at(column, place)
    assert (refused.value.code, refused.value.details) == ("segment_not_here", {"place": place + 1})


def test_what_is_typed_takes_the_place_of_what_is_measured(study):
    typed = Question("month", PLAN, retention=0.8, active=200.0, won=10.0, revenue=80.0)
    start, share = study.what_if.start(typed), study.what_if.new_share("month")
    year = study.what_if.base("month", OPEN).course
    assert start.base == Base("month", 200.0, won_per_period=10.0, revenue_per_active=80.0, course=year)
    expected = simulate(start.base, PLAN, constant_retention(0.8, new_share=share))
    assert start.answer.present == expected.present
    assert start.first_year is None  # the shop is another one than that of the last year


def test_typed_for_a_segment_counts_for_it_alone(study):
    segment = study.what_if.segment_at(0, 0)
    question = Question("month", PLAN, active=5.0, won=1.0, revenue=2.0, segment=segment)
    as_measured = replace(question, active=None, won=None, revenue=None)
    start, usual = (study.what_if.start(asked) for asked in (question, as_measured))
    assert start.base.active == 5.0
    assert start.rest[0] == usual.rest[0]


@pytest.mark.parametrize("strict", [True, False])
def test_strict_leaves_out_those_who_return_after_a_pause(study, strict):
    measured = study.shop.retention("month")
    rate = (measured.strict if strict else measured.textbook).rate.value
    start = study.what_if.start(Question("month", PLAN, strict=strict, unmeasured=0.99))
    assert start.answer.retention_before == pytest.approx(min(rate, 1.0))


def test_growth_is_the_measured_one_where_that_is_asked(study):
    plan = replace(PLAN, growth=0.02)
    asked = Question("month", plan)
    assert study.what_if.start(asked).plan.growth == 0.02
    measured = study.what_if.start(replace(asked, measured_growth=True)).plan.growth
    assert measured == study.what_if.growth("month").rate.value != 0.02


def test_the_first_year_ahead_stands_beside_the_last_one(sample, study):
    start = study.what_if.start(Question("month", PLAN))
    months = sample.table["date"].dt.to_period("M")
    complete = [m for m in months.unique() if m.end_time.date() <= sample.window.last]
    year = sample.table["value"][months.isin(sorted(complete)[-12:])].sum()
    assert start.first_year.past == pytest.approx(0.3 * year)
    ahead = start.answer.yearly.iloc[0]
    assert start.first_year.ahead == pytest.approx(ahead["base_before"] + ahead["new_before"])


def test_a_shop_of_less_than_a_year_has_no_last_year():
    rows = [("a", f"2024-{month:02d}-01", 10) for month in range(1, 12)]
    start = Study(shop(rows, "2024-01-01", "2024-11-30")).what_if.start(Question("month", PLAN))
    assert start.first_year is None


def test_where_nothing_can_be_measured_the_assumed_retention_counts():
    orders = shop([("a", "2024-01-01", 10), ("b", "2024-01-31", 20)], "2024-01-01", "2024-01-31")
    start = Study(orders).what_if.start(Question("month", PLAN, unmeasured=0.35))
    assert start.answer.retention_before == pytest.approx(0.35)


def test_without_data_the_example_answers_and_nothing_can_be_measured():
    start = without_data(Question("quarter", PLAN, won=10.0, unmeasured=0.4))
    assert start.base == replace(EXAMPLE, period="quarter", won_per_period=10.0)
    assert start.answer.retention_before == pytest.approx(0.4)
    assert start.first_year is None
    with pytest.raises(InputError, match="nothing_loaded"):
        without_data(Question("month", PLAN, measured_growth=True))


def test_looking_far_leaves_nothing_to_follow_where_the_years_change(study):
    segment = study.what_if.segment_at(0, 0)
    question = Question("month", PLAN, footing="purchases", segment=segment)
    study.what_if.look_far(question)
    start = study.what_if.start(question)
    for footing in (start.footing, start.rest[1]):
        assert len(footing.unchanged_payments(120, 0.0)) == 120
        ((growth, _), streams), *others = footing._known.items()
        assert (growth, others) == (0.0, [])
        assert streams[0].base.shape[0] == 120
    assert isinstance(start.gain_by_margin, pd.DataFrame)
