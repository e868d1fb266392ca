"""What the study says of models is what the models say, asked directly."""

from datetime import date, timedelta

import pytest

from retention import ingest, lifetime_value
from retention.errors import DataWarning
from retention.study import Study
from tests.conftest import shop


@pytest.fixture(scope="module")
def study():
    raw = ingest.open_sample("cdnow")
    return Study(ingest.to_orders(raw, ingest.guess(raw).mapping).orders)


@pytest.fixture(scope="module")
def until(study):
    return study.models.calibration_end()


def test_models_are_fitted_to_the_shops_own_tables(study):
    direct = lifetime_value.fit_purchases(study.tables.states(), "week", "mbg_nbd")
    assert study.models.purchases("mbg_nbd").parameters == direct.parameters
    assert study.models.spend().parameters == lifetime_value.fit_spend(study.tables.spend()).parameters
    months = study.models.purchases("mbg_nbd", "month")
    assert months.unit == "month"
    assert months.days_between == pytest.approx(direct.days_between, rel=1e-4)


@pytest.mark.parametrize(
    ("kind", "listed"), [("bg_nbd", "mbg_nbd"), ("mbg_nbd", "mbg_nbd"), ("pareto_nbd", "pareto_nbd")]
)
def test_who_is_a_customer_is_never_told_by_the_bg_nbd(study, kind, listed):
    assert study.models.listed(kind).kind == listed


def test_a_holdout_is_that_of_what_was_known_and_what_followed(study, until):
    tables = study.tables
    held_back = lifetime_value.HeldBack(
        study.window, until, tables.held_back(until), tables.spend_until(until), tables.repeats_by_day(until)
    )
    direct = lifetime_value.holdout(held_back, "bg_nbd", lifetime_value.known_spend(held_back))
    found = study.models.holdout("bg_nbd", until)
    assert isinstance(found, lifetime_value.Holdout)
    assert found.kind == "bg_nbd"
    assert vars(found).keys() == vars(direct).keys()
    assert found.expected == direct.expected
    assert study.models.no_holdout(until) is None


def test_every_kind_is_tried_on_the_same_days(study, until):
    found = study.models.holdouts(until)
    assert found.until == until
    assert set(found.found) == set(lifetime_value.FAMILIES)
    assert found.found["bg_nbd"] is study.models.holdout("bg_nbd", until)
    assert found.missing is None


def test_the_verdict_is_of_the_holdout_and_of_the_data(study, until):
    as_of = study.window.last
    found = study.models.verdict("bg_nbd", until, as_of)
    direct = lifetime_value.verdict(study.models.holdout("bg_nbd", until), study.models.reliability(as_of))
    assert found == direct
    late = as_of + timedelta(days=400)
    assert study.models.reliability(late) == lifetime_value.reliability(
        study.tables.customers(), study.window, late
    )
    assert study.models.reliability(late) != study.models.reliability(as_of)


def test_the_bounds_of_a_holdout_leave_a_tenth_of_the_days_on_either_side(study):
    first, last = study.models.holdout_bounds()
    tenth = study.window.days / 10
    assert (first - study.window.first).days + 1 == pytest.approx(tenth, abs=1)
    assert (study.window.last - last).days == pytest.approx(tenth, abs=1)


def test_a_day_outside_the_bounds_gives_way_to_the_middle(study, until):
    first, last = study.models.holdout_bounds()
    inside = first + timedelta(days=5)
    asked = (first, inside, last, first - timedelta(days=1), last + timedelta(days=1), None)
    found = [study.models.holdout_day(day) for day in asked]
    assert found == [first, inside, last, until, until, until]


def test_where_nothing_followed_no_model_is_tried():
    alone = Study(shop([("a", "2024-01-01", 5), ("b", "2024-01-02", 5)], "2024-01-01", "2024-03-31"))
    until = date(2024, 2, 15)
    missing = alone.models.no_holdout(until)
    assert isinstance(missing, DataWarning)
    assert alone.models.holdout("bg_nbd", until) == missing
    found = alone.models.holdouts(until)
    assert (found.found, found.missing) == ({}, missing)


def test_validity_is_that_of_the_shops_tables(study):
    tables = study.tables
    direct = lifetime_value.validity(
        study.shop.flows("month").table,
        tables.flows("day"),
        tables.gaps("day"),
        tables.customers(),
        study.window,
    )
    assert study.models.validity() == direct
