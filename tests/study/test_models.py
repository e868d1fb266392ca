"""What the study says of models is what the models say, asked directly."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from retention import ingest, lifetime_value
from retention.errors import DataWarning, InputError
from retention.lifetime_value import OPEN, Variant, Wanted
from retention.study import Study
from tests.conftest import shop

BG, MBG, PARETO = Variant("bg_nbd"), Variant("mbg_nbd"), Variant("pareto_nbd")
YEAR = 12 * 30.4375


@pytest.fixture(scope="module")
def study():
    raw = ingest.open_sample("cdnow")
    return Study(ingest.to_orders(raw, ingest.guess(raw).mapping).orders)


@pytest.fixture(scope="module")
def until(study):
    return study.models.calibration_end()


def test_models_are_fitted_to_the_shops_own_tables(study):
    direct = lifetime_value.fit_purchases(study.tables.states(), "week", "mbg_nbd")
    assert study.models.purchases(MBG).parameters == direct.parameters
    assert study.models.spend().parameters == lifetime_value.fit_spend(study.tables.spend()).parameters
    months = study.models.purchases(MBG, "month")
    assert months.unit == "month"
    assert months.days_between == pytest.approx(direct.days_between, rel=1e-4)


def test_regular_buyers_and_seasons_are_fitted_to_the_tables_they_need(study):
    tables, end = study.tables, study.window.last
    regular = lifetime_value.fit_purchases(tables.states(), "week", "mbg_nbd", 2, tables.gaps_on(end))
    assert study.models.purchases(Variant("mbg_nbd", 2)).log_likelihood == regular.log_likelihood
    plain = lifetime_value.fit_purchases(tables.states(), "week", "mbg_nbd")
    repeats = lifetime_value.repeats_by_month(tables.repeats_by_day(end, end), end)
    seasonal = lifetime_value.fit_season(plain, tables.states(), repeats, end)
    assert study.models.purchases(Variant("mbg_nbd", 1, season=True)).season.index == seasonal.season.index


def test_a_model_as_of_an_earlier_day_is_that_of_a_file_that_ends_there(study):
    day = date(1997, 12, 30)
    table, window = study.orders.table, study.window
    earlier = Study(type(study.orders)(table[table["date"].dt.date <= day], replace(window, last=day)))
    for variant in (MBG, Variant("mbg_nbd", 2), Variant("mbg_nbd", 1, season=True)):
        found = study.models.holdout(variant, day).model
        assert found.parameters == pytest.approx(earlier.models.purchases(variant).parameters, rel=1e-6)


def test_a_holdout_is_that_of_what_was_known_and_what_followed(study, until):
    tables, span = study.tables, (until, study.window.last)
    held_back = lifetime_value.HeldBack(
        study.window, until, tables.held_back(*span), tables.spend_until(until), tables.repeats_by_day(*span)
    )  # no year before: nine months are known
    direct = lifetime_value.holdout(held_back, "bg_nbd", lifetime_value.known_spend(held_back))
    found = study.models.holdout(BG, until)
    assert isinstance(found, lifetime_value.Holdout)
    assert found.kind == "bg_nbd"
    assert vars(found).keys() == vars(direct).keys()
    assert found.expected == direct.expected
    assert study.models.no_holdout(until) is None


def test_every_kind_is_tried_on_the_same_days(study, until):
    found = study.models.holdouts(until)
    assert found.until == until
    assert set(found.found) == set(lifetime_value.FAMILIES)
    assert found.found["bg_nbd"] is study.models.holdout(BG, until)
    assert found.missing is None


def test_the_verdict_is_of_several_days_together_and_of_the_data(study):
    as_of = study.window.last
    pooled, doubts = study.models.pooled(BG, YEAR), study.models.reliability(as_of)
    assert pooled.origins == 3
    assert study.models.verdict(BG, as_of, YEAR) == lifetime_value.verdict(pooled, doubts)


def test_the_verdict_is_of_one_day_where_that_is_asked(study, until):
    as_of = study.window.last
    held, doubts = study.models.holdout(BG, until), study.models.reliability(as_of)
    assert study.models.verdict(BG, as_of, YEAR, until) == lifetime_value.verdict(held, doubts)
    assert study.models.verdict(BG, as_of, YEAR, until) != study.models.verdict(BG, as_of, YEAR)


def test_what_stands_against_a_forecast_depends_on_the_day_it_is_made(study):
    as_of = study.window.last
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
    assert alone.models.holdout(BG, until) == missing
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


def test_forecasts_from_earlier_days_know_those_days_alone_and_look_ahead_as_far_as_asked(study):
    days = lifetime_value.origins(study.window)
    tried = study.models.origins((MBG,), 60.0)
    assert tried.days == days == (date(1997, 9, 30), date(1997, 12, 30), date(1998, 3, 31))
    for day, found in tried.found[MBG].items():
        assert (found.until, found.days) == (day, 60)
    longer = study.models.origins((MBG,), YEAR).found[MBG]
    assert [found.days for found in longer.values()] == [273, 182, 91]  # as far as the data reaches
    assert longer[days[0]] is study.models.holdout(MBG, days[0])


def test_the_likeliest_model_is_chosen_where_nobody_says(study):
    found = study.models.chosen(OPEN)
    assert found.kind == "mbg_nbd"
    season = study.models.purchases(Variant("mbg_nbd", 1, season=True)).season
    assert found == Variant("mbg_nbd", 1, season=season.proposed)
    likelihoods = [study.models.purchases(Variant("mbg_nbd", k)).log_likelihood for k in (1, 2)]
    assert likelihoods[0] > likelihoods[1]  # buyers of one album or another come at random


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (Wanted("bg_nbd", 1, season=False), BG),
        (Wanted("pareto_nbd"), PARETO),
        (Wanted("pareto_nbd", 1, season=False), PARETO),
        (Wanted(k=3, season=False), Variant("mbg_nbd", 3)),
        (Wanted(k=3), Variant("mbg_nbd", 3, season=True)),  # left open, as the data has it
        (Wanted("bg_nbd", season=True), Variant("bg_nbd", 1, season=True)),
        (Wanted(season=False), MBG),
    ],
)
def test_what_is_asked_of_the_model_is_kept_to(study, wanted, chosen):
    assert study.models.chosen(wanted) == chosen
    assert wanted.allows(study.models.best(wanted))


def test_the_best_is_the_one_that_did_best_of_those_asked_for(study):
    compared = study.models.compared()
    assert {BG, MBG, PARETO} <= set(compared.found)
    assert study.models.best(OPEN) == compared.proposed
    assert study.models.best(Wanted("pareto_nbd")) == PARETO
    plain = [MBG, PARETO]
    errors = {variant: compared.pooled(variant).rmse for variant in plain}
    assert study.models.best(Wanted(season=False)) == min(plain, key=errors.__getitem__)
    assert study.models.best(Wanted("bg_nbd", 1, season=False)) == BG
    unlikely = Wanted(k=4)  # nothing says it should be tried
    assert study.models.best(unlikely) == study.models.chosen(unlikely)


def test_a_kind_that_is_asked_for_is_tried_with_seasons_as_the_usual_one_is(study):
    seasonal = Variant("bg_nbd", 1, season=True)
    assert seasonal not in study.models.compared().found
    assert {seasonal, BG, MBG, PARETO} <= set(study.models.compared(asked="bg_nbd").found)
    assert study.models.best(Wanted("bg_nbd")) in (BG, seasonal)


def test_where_no_model_can_be_fitted_the_one_asked_for_stands_and_none_is_tried(small_shop):
    models = Study(small_shop).models
    for wanted, variant in (
        (OPEN, MBG),
        (Wanted("bg_nbd", 1, season=True), Variant("bg_nbd", 1, season=True)),
    ):
        assert models.chosen(wanted) == models.best(wanted) == variant
    assert models.compared().proposed is None
    with pytest.raises(InputError, match="cannot_fit_purchases"):
        models.purchases(MBG)
