"""Months that are off beyond chance: how far, found where it is known, and what it does to totals."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention import lifetime_value
from retention.lifetime_value import Shocks, fit_purchases, fit_season, with_shocks
from retention.lifetime_value.trust.purchase_intervals import purchase_intervals
from retention.lifetime_value.value.month_shocks import month_ends, shaken, spread_of_steady
from retention.lifetime_value.value.predictions import expected_repeats
from tests.lifetime_value import seasonal, shops

END = date(2024, 12, 31)
MODEL = shops.purchase_model(0.7, 8.0, 0.8, 2.6)
SPEND = shops.spend_model(50.0, 900.0, 400.0)
MONTHS = 24
NONE = (1.0,) * 12


def past(month, repeats, sd=0.1):
    return Shocks(sd, np.array(month), np.array(repeats, dtype=float), END.toordinal())


def test_a_month_to_come_is_off_by_its_own_shock_and_by_what_was_learnt_of_four_past_ones():
    four = past([8, 9, 10, 11], [50, 50, 50, 50])
    assert four.of_total(np.array([30.0]), np.array([7.0]), None) == pytest.approx(0.1 * np.sqrt(1 + 1 / 4))


def test_over_a_year_shocks_even_out():
    four, ends = past([8, 9, 10, 11], [50, 50, 50, 50]), month_ends(365.25)
    found = four.of_total(ends, np.ones(12), None)
    assert found == pytest.approx(0.1 * np.sqrt(1 / 12 + 1 / 4))


def test_of_what_comes_in_evenly_each_month_weighs_by_its_length():
    shaken_model = replace(MODEL, shocks=past([8, 9, 10, 11], [50, 50, 50, 50]))
    whole, half = 30.4375, 15.21875
    of_total = shaken_model.shocks.of_total(np.array([whole, whole + half]), np.array([2.0, 1.0]), None)
    assert spread_of_steady(shaken_model, whole + half) == pytest.approx(of_total)
    assert of_total == pytest.approx(0.1 * np.sqrt(4 / 9 + 1 / 9 + 1 / 4))
    assert spread_of_steady(replace(MODEL, shocks=None), 365.25) == 0.0


def test_months_that_bring_more_weigh_more_in_the_past_and_ahead():
    uneven = past([10, 11], [75, 25])
    found = uneven.of_total(np.array([30.0, 60.0]), np.array([9.0, 1.0]), None)
    assert found == pytest.approx(0.1 * np.sqrt(0.82 + 0.75**2 + 0.25**2))


def test_a_season_repeats_the_shocks_of_the_same_month():
    two_years = past(list(range(12)) * 2, [1e6] * 24)  # so many that the prior does not draw it anywhere
    year = two_years.of_total(month_ends(365.25), np.ones(12), 0.2)
    assert year == pytest.approx(0.1 * np.sqrt(1 / 12 + 1 / 24), rel=1e-4)
    january = two_years.of_total(np.array([30.0]), np.ones(1), 0.2)
    assert january == pytest.approx(0.1 * np.sqrt(1 + 1 / 2), rel=1e-4)
    even = two_years.of_total(np.array([30.0]), np.ones(1), 0.0)
    assert even == two_years.of_total(np.array([30.0]), np.ones(1), None)


def test_without_shocks_or_purchases_there_is_nothing_to_add():
    assert past([11], [5], sd=0.0).of_total(np.array([30.0]), np.ones(1), None) == 0.0
    assert past([11], [5]).of_total(np.array([30.0]), np.zeros(1), None) == 0.0


@pytest.mark.parametrize(("days", "ends"), [(30.4375, 1), (45.0, 2), (365.25, 12), (7.0, 1)])
def test_a_horizon_is_cut_into_months(days, ends):
    found = month_ends(days)
    assert (found.size, found[-1]) == (ends, days)
    assert np.all(np.diff(found, prepend=0.0) <= 30.4375)


def shop(luck):
    """Two years of purchases exactly as expected, but for each month's luck: a very great shop."""
    days = np.arange(date(2023, 1, 1).toordinal(), END.toordinal() + 1)
    age = END.toordinal() - days
    states = pd.DataFrame({"T": age, "customers": 10_000})
    expected = np.diff(expected_repeats(MODEL, -age.astype(float), np.full(age.size, 1e4), -age), prepend=0.0)
    dates = [date.fromordinal(int(day)) for day in days]
    month = np.array([12 * (day.year - 2023) + day.month - 1 for day in dates])
    return states, pd.DataFrame({"day": days, "repeats": expected * (1.0 + luck)[month]})


@pytest.mark.parametrize(
    ("luck", "low", "high"),
    [
        (np.zeros(MONTHS), 0.0, 0.01),
        (np.resize([0.1, -0.1], MONTHS), 0.095, 0.12),  # in a sample of 22 about √(24/22) times as much
        (np.linspace(-0.2, 0.2, MONTHS), 0.0, 0.01),  # a trend is no shock
    ],
    ids=["none", "a tenth up or down", "trend"],
)
def test_shocks_of_two_years_are_found(luck, low, high):
    found = with_shocks(MODEL, *shop(luck), END).shocks
    assert low <= found.sd <= high
    assert found.month.size == MONTHS


def test_what_a_season_explains_is_no_shock():
    luck = np.tile(np.resize([0.1, -0.1], 12), 2)
    even = replace(MODEL, season=shops.season(MODEL, np.exp(luck[:12]), END))
    states, repeats = shop(np.zeros(MONTHS))
    days = repeats["day"].to_numpy()
    age = states["T"].to_numpy(dtype=float)
    expected = np.diff(expected_repeats(even, -age, np.full(age.size, 1e4), -age), prepend=0.0)
    made = pd.DataFrame({"day": days, "repeats": expected})
    assert with_shocks(even, states, made, END).shocks.sd < 0.02
    assert with_shocks(MODEL, states, made, END).shocks.sd > 0.08


def test_where_less_than_half_a_year_tells_anything_shocks_are_unknown():
    states, repeats = shop(np.zeros(MONTHS))
    young = states["T"] < 150
    assert (
        with_shocks(MODEL, states[young], repeats[repeats["day"] > END.toordinal() - 150], END).shocks is None
    )
    few = states.assign(customers=0.001)
    assert with_shocks(MODEL, few, repeats, END).shocks is None
    day = states["T"] == 3
    assert with_shocks(MODEL, states[day], repeats.iloc[-3:], END).shocks is None


def test_draws_are_moved_together_and_keep_their_mean():
    moved = shaken(np.tile([100.0, 50.0], (40_000, 1)), 0.2, np.random.default_rng(1))
    assert np.log(moved).std(axis=0) == pytest.approx([0.2, 0.2], rel=0.02)
    assert moved.mean(axis=0) == pytest.approx([100.0, 50.0], rel=0.01)
    assert moved[:, 0] == pytest.approx(2 * moved[:, 1])
    still = np.ones((3, 1))
    assert np.array_equal(shaken(still, 0.0, np.random.default_rng(1)), still)


def sure(sd):
    """A model of which all is known but shocks, learnt from so many months that past ones do not tell."""
    known = shops.purchase_model(1.0, 5.0, 1e-12, 1.0, log_sd=1e-9)
    return replace(known, shocks=past(np.arange(400) % 12, np.ones(400), sd))


@pytest.mark.parametrize(("days", "months"), [(30.4375, 1), (91.3125, 3), (365.25, 12)])
def test_the_interval_of_all_purchases_is_as_wide_as_shocks_leave_it(days, months):
    state, customers = (np.array([2]), np.array([60]), np.array([70])), np.array([100_000_000])
    low, high = purchase_intervals(sure(0.1), state, customers, np.array([0]), days)
    sd = 0.1 * np.sqrt(1 / months + 1 / 400)
    assert np.log(high[-1] / low[-1]) / (2 * 1.96) == pytest.approx(sd, rel=0.12)


@pytest.mark.parametrize("months", [1, 12])
def test_and_that_of_the_value_of_all_customers(months):
    people = pd.DataFrame({"x": np.full(9_000, 2), "t_x": 60, "T": 70, "m_x": 20.0, "first_value": 20.0})
    found = lifetime_value.customer_values(people, sure(0.3), SPEND, horizon_months=months, discount_rate=0.0)
    sd = 0.3 * np.sqrt(1 / months + 1 / 400)
    assert np.log(found.high / found.low) / (2 * 1.96) == pytest.approx(sd, rel=0.15)


def test_a_holdout_knows_the_shocks_of_the_days_before_it():
    held = shops.hold_back(shops.cdnow(shops.HOLDOUT_END))
    found = lifetime_value.holdout(held, "mbg_nbd")
    assert found.model.shocks is not None
    assert found.model.shocks.end == held.until.toordinal()
    x, t_x, age = (held.states[name].to_numpy(dtype=float) for name in ("x", "t_x", "T"))
    customers = held.states["customers"].to_numpy(dtype=float)
    low, high = purchase_intervals(
        replace(found.model, shocks=None), (x, t_x, age), customers, np.zeros(x.size, dtype=int), held.days
    )
    assert found.low < low[-1] < high[-1] < found.high


def within(months, index, seed, sd, days=(91.0, 365.0), k=1):
    """Whether the intervals of the total held what came, in a shop with shocks of this size."""
    chance = np.random.default_rng([months, seed])
    pace = seasonal.shocks(np.random.default_rng([7, seed]), sd)
    made = seasonal.shop(chance, months, index, k=k, pace=pace)
    model = fit_purchases(made.states, k=k, gaps=made.waits)
    if index != NONE:
        gaps = made.gaps if k > 1 else None
        model = fit_season(model, made.states, made.repeats, seasonal.LAST, gaps=gaps)
    day, count = np.unique(np.floor(made.bought[made.bought <= 0]).astype(int), return_counts=True)
    repeats = pd.DataFrame({"day": day + seasonal.LAST.toordinal(), "repeats": count})
    model = with_shocks(model, made.states, repeats, seasonal.LAST)
    state = tuple(made.states[name].to_numpy(dtype=float) for name in ("x", "t_x", "T"))
    customers = made.states["customers"].to_numpy(dtype=float)
    inside = []
    for horizon in days:
        low, high = purchase_intervals(model, state, customers, np.zeros(customers.size, dtype=int), horizon)
        inside.append(low[-1] <= made.bought_within(horizon) <= high[-1])
    return model.shocks.sd, inside


def test_shocks_are_found_in_a_shop_that_has_some_and_hardly_any_in_one_without():
    assert within(36, NONE, 1, 0.15, ())[0] == pytest.approx(0.15, abs=0.05)
    assert within(36, NONE, 1, 0.0, ())[0] < 0.06


@pytest.mark.slow
@pytest.mark.parametrize("sd", [0.0, 0.1])
@pytest.mark.parametrize(
    ("months", "index"), [(18, NONE), (36, NONE), (36, seasonal.INDEX)], ids=["18", "36", "36 with a season"]
)
def test_intervals_of_the_total_hold_as_often_as_they_say_whatever_the_shocks(months, index, sd):
    tried = [within(months, index, seed, sd)[1] for seed in range(200)]
    inside = np.mean(tried, axis=0)
    assert np.all((inside >= 0.90) & (inside <= 0.98))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("months", "index"),
    [
        pytest.param(18, NONE, id="18"),
        pytest.param(36, NONE, id="36"),
        pytest.param(18, seasonal.INDEX, id="18 with a season"),
        pytest.param(36, seasonal.INDEX, id="36 with a season"),
    ],
)
def test_intervals_of_the_total_of_regular_buyers_hold_as_often_as_they_say(months, index):
    tried = [within(months, index, seed, 0.0, k=2)[1] for seed in range(200)]
    inside = np.mean(tried, axis=0)
    assert np.all((inside >= 0.90) & (inside <= 0.98))
