"""The purchase model's footing against the models' own closed forms, and where it has nothing to say."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from retention import lifetime_value
from retention.lifetime_value.models.arrays import purchase_parameters
from retention.study import Study
from retention.what_if import Plan, purchase_footing, simulate
from tests.lifetime_value import shops

PLAN = Plan(0.01, "points", margin=0.3, discount_rate=0.0, years=3, form="first_payment_now")
KINDS = ("bg_nbd", "mbg_nbd", "pareto_nbd")
FITTED = {
    "bg_nbd": (0.2426, 4.4136, 0.7929, 2.4259),
    "mbg_nbd": (0.525, 6.183, 0.891, 1.614),
    "pareto_nbd": (0.5533, 10.578, 0.6062, 11.669),
}


@pytest.fixture(scope="module")
def study():
    return Study(shops.cdnow())


@pytest.fixture(scope="module")
def people(study):
    return study.tables.customers()


@pytest.fixture(scope="module")
def spend(study):
    return study.models.spend()


@pytest.fixture(scope="module", params=KINDS)
def model(request):
    return shops.purchase_model(*FITTED[request.param], kind=request.param)


def footing_of(people, model, spend, **changed):
    terms = {"period": "month", "won_per_period": 100.0, "net_share": 0.95, "draws": 0}
    return purchase_footing(people, model, spend, **{**terms, **changed})


def test_without_an_uplift_it_is_what_the_models_expect(people, model, spend):
    base, footing = footing_of(people, model, spend)
    result = simulate(base, replace(PLAN, uplift=0.0), footing)
    terms = {"horizon_months": 36, "discount_rate": 0.0, "margin": 0.3, "net_share": 0.95}
    values = lifetime_value.customer_values(people, model, spend, **terms, interval=False)
    assert base.active == pytest.approx(values.table["p_alive"].sum())
    assert result.purchases.base.before == pytest.approx(values.expected_purchases, rel=2e-3)
    assert result.undiscounted.base.before == pytest.approx(values.total, rel=5e-3)
    first = float(people["first_value"].mean())
    one = lifetime_value.new_customer_value(model, spend, first, **terms)
    assert result.customer.before == pytest.approx(one, rel=3e-4)


def test_retention_is_who_is_still_alive_a_period_later(people, model, spend):
    _, footing = footing_of(people, model, spend)
    x, t_x, age = (people[name].to_numpy() for name in ("x", "t_x", "T"))
    now = lifetime_value.probability_alive(model, x, t_x, age)
    later = lifetime_value.probability_alive_after(model, x, t_x, age, [365.25 / 12])
    assert footing.retention[0] == pytest.approx(later.sum() / now.sum(), rel=1e-3)


def test_with_an_uplift_time_for_leaving_runs_slower(people, model, spend):
    # Alive after t at c times the risk is alive after c·t; bought by then is c times less of c·t's
    base, footing = footing_of(people, model, spend)
    result = simulate(base, PLAN, footing)
    c = float(footing.factor(np.array([result.retention_after]))[0])
    assert 0 < c < 1
    x, t_x, age = (people[name].to_numpy() for name in ("x", "t_x", "T"))
    years = c * 3 * 365.25
    alive = lifetime_value.probability_alive_after(model, x, t_x, age, [years])
    assert result.active["base_after"].iloc[-1] == pytest.approx(alive.sum(), rel=2e-3)
    bought = lifetime_value.expected_purchases(model, x, t_x, age, years).sum() / c
    assert result.purchases.base.after == pytest.approx(bought, rel=2e-3)


def test_an_uplift_is_reached_in_the_first_period(people, model, spend):
    base, footing = footing_of(people, model, spend)
    result = simulate(base, PLAN, footing)
    assert result.retention_after == pytest.approx(result.retention_before + 0.01)
    assert result.active["base_after"].iloc[1] == pytest.approx(base.active * result.retention_after)


def test_an_uplift_of_the_first_step_moves_only_young_customers(people, model, spend):
    base, footing = footing_of(people, model, spend)  # nobody of today's was won within the last month
    result = simulate(base, replace(PLAN, steps="first"), footing)
    assert result.present.base.absolute.value == pytest.approx(0.0, abs=1e-6)
    assert result.present.new.absolute.value > 0


def test_no_uplift_changes_nothing_to_the_last_bit(people, model, spend):
    base, footing = footing_of(people, model, spend, draws=3)
    result = simulate(base, replace(PLAN, uplift=0.0), footing)
    for stream in (result.present.base, result.present.new, result.present.firm, result.customer):
        assert stream.after == stream.before
        assert stream.absolute.low == stream.absolute.high == 0


def test_a_longer_question_leaves_the_shorter_one_its_answer(people, model, spend):
    base, asked_before = footing_of(people, model, spend, draws=3)
    _, fresh = footing_of(people, model, spend, draws=3)
    simulate(base, replace(PLAN, years=7), asked_before)
    for years in (2, 9):
        short = simulate(base, replace(PLAN, years=years), asked_before)
        alone = simulate(base, replace(PLAN, years=years), fresh)
        assert (short.customer, short.present, short.purchases) == (
            alone.customer,
            alone.present,
            alone.purchases,
        )
        pd.testing.assert_frame_equal(short.active, alone.active, check_exact=True)


def test_retention_stops_at_one(people, model, spend):
    base, footing = footing_of(people, model, spend)
    result = simulate(base, replace(PLAN, uplift=0.9), footing)
    assert result.retention_after == 1.0
    assert result.active["base_after"].iloc[-1] == pytest.approx(base.active)
    assert [w.code for w in result.warnings] == ["retention_capped"]


def test_where_hardly_anybody_leaves_it_says_so(people, spend):
    model = shops.purchase_model(0.8, 10.0, 0.002, 7.0)
    base, footing = footing_of(people, model, spend)
    assert [w.code for w in footing.warnings] == ["hardly_any_dropout"]
    assert 0 < footing.warnings[0].details["leaving"] < 0.01
    assert simulate(base, PLAN, footing).present.firm.relative.value < 0.01


@pytest.mark.parametrize("period", ["month", "quarter", "year"])
def test_what_new_customers_buy_in_their_first_period_does_not_depend_on_its_length(people, spend, period):
    # Evenly won over a year: each has on average what the model expects over the months that were left
    model = shops.purchase_model(*FITTED["bg_nbd"])
    parts = {"month": 12, "quarter": 4, "year": 1}[period]
    base, footing = footing_of(people, model, spend, period=period, won_per_period=1200 / parts)
    result = simulate(base, replace(PLAN, uplift=0.0, years=1), footing)
    left = (np.arange(3650) + 0.5) / 10
    expected = lifetime_value.expected_purchases_of_new(model, left * 365.25 / 365).mean()
    assert result.purchases.new.before == pytest.approx(1200 * (1 + expected), rel=2e-3)


def test_draws_spread_as_the_parameters_do(people, spend):
    model = replace(shops.purchase_model(*FITTED["bg_nbd"], log_sd=0.05))
    _, footing = footing_of(people, model, spend, draws=60)
    spread = footing.retention[1:]
    steps = np.random.default_rng(5).normal(0, 0.05, (60, 4))
    x, t_x, age = (people[n].to_numpy() / d for n, d in (("x", 1), ("t_x", 7), ("T", 7)))
    month, each = np.array([365.25 / 12 / 7]), []
    for moved in np.array(model.parameters) * np.exp(steps):
        alive = model.family.alive(purchase_parameters(moved), x, t_x, age)
        kept = model.family.still_alive(purchase_parameters(moved), x, t_x, age, month)[:, 0]
        each.append(alive @ kept / alive.sum())
    assert spread.std() == pytest.approx(np.std(each), rel=0.35)
    assert spread.mean() == pytest.approx(np.mean(each), abs=3 * np.std(each) / np.sqrt(60))


def test_where_dropout_is_not_identified_every_account_of_it_is_drawn(people, spend):
    model = shops.purchase_model(*FITTED["bg_nbd"])
    others = np.array([[0.2426, 4.4136, 0.01, 2.0], [0.2426, 4.4136, 3.0, 2.0]])
    _, footing = footing_of(people, shops.unsure(model, *others), spend, draws=6)
    alone = [
        footing_of(people, shops.purchase_model(*one), spend)[1].retention[0]
        for one in (model.parameters, *others)
    ]
    assert footing.retention[1:] == pytest.approx(alone * 2, rel=1e-4)


def test_one_customer_is_a_shop(spend):
    people = shops.simulated_people(np.random.default_rng(1), 1, 100, 2.0, 30.0, 1.0, 3.0)
    people["first_value"] = 10.0
    model = shops.purchase_model(*FITTED["bg_nbd"])
    base, footing = footing_of(people, model, spend, won_per_period=0.0)
    result = simulate(base, PLAN, footing)
    assert 0 < base.active <= 1
    assert result.present.new.after == 0
    assert np.isfinite(result.present.firm.absolute.value)


def test_what_brings_nothing_has_no_footing(people, spend):
    model = shops.purchase_model(*FITTED["bg_nbd"])
    assert footing_of(people, model, spend, net_share=0.0) is None
