"""What is expected where some months run faster, against lives lived through and formulas."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from retention import lifetime_value
from retention.lifetime_value import Terms, fit_purchases
from retention.lifetime_value.models.clock import Clock
from retention.lifetime_value.models.fit_season import fit_season
from retention.lifetime_value.trust.purchase_intervals import purchase_intervals
from retention.lifetime_value.value.predictions import expected_repeats
from tests.lifetime_value import seasonal, shops

MODEL = seasonal.model()
SPEND = shops.spend_model(50.0, 900.0, 400.0)
NONE = (1.0,) * 12
YEAR = 365
TERMS = Terms(12, 0.0)
NOBODY_LEAVES = (1.0, 5.0, 1e-12, 1.0)
STATE = np.array([2]), np.array([60]), np.array([70])  # won on 21 April


@pytest.fixture(scope="module")
def lives():
    return seasonal.shop(np.random.default_rng(4), 26, a_year=150_000, whole_days=False)


def columns(states):
    return [states[name].to_numpy(dtype=float) for name in ("x", "t_x", "T")], states["customers"].to_numpy()


def scatter(made):
    """Three standard deviations of a sum over customers, who differ: twice those of a Poisson number."""
    return 3 * 2 * np.sqrt(made)


@pytest.mark.parametrize("days", [31, 184, YEAR])
def test_purchases_to_come_are_those_of_lives_lived_through(lives, days):
    state, customers = columns(lives.states)
    expected = lifetime_value.expected_purchases(MODEL, *state, days) @ customers
    made = lives.bought_within(days)
    assert made == pytest.approx(expected, abs=scatter(made))


def test_without_the_season_they_are_not(lives):
    state, customers = columns(lives.states)
    expected = lifetime_value.expected_purchases(replace(MODEL, season=None), *state, 31) @ customers
    assert abs(lives.bought_within(31) - expected) > 1.5 * scatter(expected)


def test_who_bought_so_often_buys_as_often_again(lives):
    state, customers = columns(lives.states)
    expected = lifetime_value.expected_purchases(MODEL, *state, YEAR) * customers
    chances = lifetime_value.purchase_chances(MODEL, *(each[:2_000] for each in state), YEAR, most=60)
    assert chances @ np.arange(61) * customers[:2_000] == pytest.approx(expected[:2_000], rel=1e-3)


@pytest.mark.parametrize("day", [-300, -61, 0, 100])
def test_repeats_of_customers_won_on_any_day_are_those_of_lives_lived_through(lives, day):
    days, customers = np.unique(lives.won, return_counts=True)
    expected = expected_repeats(MODEL, days, customers.astype(float), [day])[0]
    made = (lives.bought <= day).sum()
    assert made == pytest.approx(expected, abs=scatter(made))


def test_a_customer_won_today_buys_by_the_calendar_ahead():
    within = lifetime_value.expected_purchases_of_new(MODEL, [31, 184])
    plain = replace(MODEL, season=None)
    on_clock = Clock(7.0, seasonal.INDEX, seasonal.LAST.toordinal()).ahead([31, 184]) * 7
    assert within == pytest.approx(lifetime_value.expected_purchases_of_new(plain, on_clock), rel=1e-12)


def test_half_have_bought_by_the_median_day():
    days = lifetime_value.median_days(MODEL, *STATE)
    assert lifetime_value.chance_of_purchase(MODEL, *STATE, days)[0, 0] == pytest.approx(0.5, rel=1e-9)
    december = replace(MODEL, season=replace(MODEL.season, last=seasonal.LAST.replace(month=11)))
    assert lifetime_value.median_days(december, *STATE) < days


def test_each_day_of_the_past_is_judged_as_of_that_day():
    bought, age = np.array([0, 20, 200, 260]), 400
    path = lifetime_value.alive_path(MODEL, bought, age, 100.0)
    past = path[~path["ahead"]]
    for day, alive in past[["age", "p_alive"]].iloc[::7].itertuples(index=False):
        then = seasonal.LAST - timedelta(days=int(age - day))
        as_of = replace(MODEL, season=replace(MODEL.season, last=then))
        made = bought[bought <= day]
        expected = lifetime_value.probability_alive(as_of, made.size - 1, made[-1], day)
        assert alive == pytest.approx(float(expected), rel=1e-9)


def months_slopes(days):
    """Slopes of the logarithm of (2 + r)·ahead / (α + T) by those of the months, of the state above."""
    end = seasonal.LAST.toordinal()
    clock = Clock(7.0, seasonal.INDEX, end)
    each = [Clock(7.0, tuple(alone), end) for alone in np.diag(seasonal.INDEX).tolist()]
    ahead = np.array([one.ahead(days) for one in each]) / clock.ahead(days)
    lived = np.array([one.past(0, 70)[1] for one in each]) / (5.0 + clock.past(0, 70)[1])
    return ahead - lived


def test_how_unsure_the_months_are_moves_the_interval_of_a_total():
    unsure = seasonal.model(months_sd=0.05, parameters=NOBODY_LEAVES)
    low, high = purchase_intervals(unsure, STATE, np.array([10_000_000]), np.array([0]), 42.0)
    sd = 0.05 * np.linalg.norm(months_slopes(42.0))
    assert np.log(high[1] / low[1]) / (2 * 1.96) == pytest.approx(sd, rel=0.15)
    sure = seasonal.model(parameters=NOBODY_LEAVES, log_sd=1e-9)
    low, high = purchase_intervals(sure, STATE, np.array([10_000_000]), np.array([0]), 42.0)
    assert np.log(high[1] / low[1]) < 0.3 * sd


@pytest.fixture(scope="module")
def people():
    x, t_x, age = (np.repeat(column, 2_000) for column in STATE)
    return pd.DataFrame({"x": x, "t_x": t_x, "T": age, "m_x": 20.0, "first_value": 20.0})


def test_and_that_of_the_value_of_all_customers(people):
    unsure = seasonal.model(months_sd=0.2, parameters=NOBODY_LEAVES, log_sd=1e-9)
    found = lifetime_value.customer_values(people, unsure, SPEND, discount_rate=0.0)
    sd = 0.2 * np.linalg.norm(months_slopes(TERMS.days))
    assert np.log(found.high / found.low) / (2 * 1.96) == pytest.approx(sd, rel=0.2)


def test_and_what_a_new_customer_is_worth():
    unsure = seasonal.model(months_sd=0.1, parameters=(1.0, 50.0, 1e-12, 1.0), log_sd=1e-9)
    new = lifetime_value.new_customer(unsure, SPEND, pd.Series(np.zeros(50)), Terms(3, 0.0))
    clock = Clock(7.0, seasonal.INDEX, seasonal.LAST.toordinal())
    shares = [clock.between(first, last) for first, last in ((0, 1), (1, 32), (32, 63), (63, 91.3125))]
    sd = 0.1 * np.linalg.norm(shares) / np.sum(shares)
    assert np.log(new.draws).std() == pytest.approx(sd, rel=0.15)


def test_and_value_at_risk():
    people = shops.simulated_people(np.random.default_rng(3), 400, 500, 0.7, 56.0, 0.8, 2.6, youngest=20)
    models = (seasonal.model(months_sd=sd, kind="mbg_nbd") for sd in (0.0, 0.5))
    sure, unsure = (lifetime_value.value_at_risk(people, model, SPEND, TERMS) for model in models)
    assert sure.total.value == unsure.total.value
    assert unsure.total.high - unsure.total.low > 1.2 * (sure.total.high - sure.total.low)


def held(months, index, seed, days=()):
    """Whether seasons are proposed, and whether the totals of so many days ahead were in their intervals."""
    shop = seasonal.shop(np.random.default_rng([months, seed]), months, index)
    plain = fit_purchases(shop.states)
    found = fit_season(plain, shop.states, shop.repeats, seasonal.LAST)
    state, customers = columns(shop.states)
    inside, together = [], np.zeros(customers.size, dtype=int)
    for horizon in days:
        low, high = purchase_intervals(found, state, customers, together, horizon)
        inside.append(low[-1] <= shop.bought_within(horizon) <= high[-1])
    return found.season.proposed, inside


def test_seasons_are_proposed_where_there_are_some():
    assert all(held(18, seasonal.INDEX, seed)[0] for seed in range(5))
    assert sum(held(18, NONE, seed)[0] for seed in range(5)) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("months", [12, 18, 36])
def test_of_shops_without_seasons_few_are_proposed_any(months):
    assert sum(held(months, NONE, seed)[0] for seed in range(200)) <= 10  # 5 %


@pytest.mark.slow
@pytest.mark.parametrize("index", [seasonal.INDEX, NONE], ids=["seasons", "none"])
@pytest.mark.parametrize("months", [18, 36])
def test_intervals_of_the_total_hold_as_often_as_they_say(months, index):
    tried = [held(months, index, seed, (91.0, 365.0)) for seed in range(200)]
    inside = np.mean([ends for _, ends in tried], axis=0)
    assert np.all((inside >= 0.90) & (inside <= 0.98))


@pytest.mark.slow
@pytest.mark.parametrize("months", [12, 18, 36])
def test_seasons_are_found_in_shops_that_have_some(months):
    assert np.mean([held(months, seasonal.INDEX, seed)[0] for seed in range(200)]) >= 0.94
