"""Did it work, on campaigns whose effect is known: intervals, power, and a hand-worked example."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from retention.campaigns import (
    CONTACT,
    HOLD_BACK,
    against_control,
    assign,
    foreseen,
    people_needed,
    smallest_effect,
    spread_of,
)
from retention.campaigns.without_control import WithoutControl
from retention.lifetime_value import expected_purchases, probability_alive
from tests.lifetime_value import lived, shops

PARAMETERS = (0.8, 6.0, 0.9, 2.4)
MODEL = shops.purchase_model(*PARAMETERS, kind="mbg_nbd", log_sd=0.02)
DAYS, PEOPLE, SHARE = 90, 1200, 0.3


def base(chance, size=PEOPLE):
    """Customers of all kinds: x, t_x, T in days, by lives lived through up to today."""
    r, alpha, a, b = PARAMETERS
    age = chance.integers(60, 720, size)
    rate, leaves = chance.gamma(r, 1 / (7 * alpha), size), chance.beta(a, b, size)
    x, last = np.zeros(size, dtype=int), np.zeros(size)
    there = chance.random(size) >= leaves
    at = np.zeros(size)
    while there.any():
        at[there] += chance.exponential(size=there.sum()) / rate[there]
        there &= at < age
        x[there] += 1
        last[there] = at[there]
        there &= chance.random(size) >= leaves
    return x, np.floor(last).astype(int), age


def future(chance, x, t_x, age):
    """Purchases in the days to come of who may have left."""
    alive = chance.random(x.size) < probability_alive(MODEL, x, t_x, age)
    made = lived.purchases("mbg_nbd", PARAMETERS, x, age / 7, DAYS / 7, chance)
    return np.where(alive, made, 0).astype(int)


def campaign(seed, effect, state=None):
    """A list, its groups, what was expected and what came, where who is written to buys so much more."""
    chance = np.random.default_rng([seed, 8])
    state = base(chance) if state is None else state
    expected = expected_purchases(MODEL, *state, DAYS)
    group = assign(expected, SHARE, seed)
    made = future(chance, *state)
    more = chance.binomial(made, effect)
    return group, made + np.where(group == CONTACT, more, 0), expected, state, effect * expected.mean()


def ones(state):
    return np.ones(state[0].size)


def by_hand(one, other):
    found = stats.ttest_ind(one, other, equal_var=False).confidence_interval()
    return np.mean(one) - np.mean(other), found.low, found.high


def test_the_plain_difference_is_that_of_welch():
    group = pd.Series([CONTACT, CONTACT, CONTACT, HOLD_BACK, HOLD_BACK])
    found = against_control(group, [3, 1, 2, 1, 0])
    assert (found.contacted, found.control, found.mean_contacted, found.mean_control) == (3, 2, 2.0, 0.5)
    value, low, high = by_hand([3, 1, 2], [1, 0])
    assert (found.plain.value, found.plain.low, found.plain.high) == pytest.approx((value, low, high))
    assert found.adjusted is None
    assert found.works is None
    assert found.relative() == pytest.approx(3.0)


def test_what_was_expected_is_taken_out():
    # Everybody bought twice what was expected, and who was written to one more: hardly any noise is left
    group = pd.Series([CONTACT] * 4 + [HOLD_BACK] * 4)
    expected = np.array([1.0, 2.0, 3.0, 4.0, 1.0, 2.0, 3.0, 6.0])
    noise = np.array([0.1, -0.1, -0.1, 0.1] * 2)
    found = against_control(group, 2 * expected + np.repeat([1.0, 0.0], 4) + noise, expected)
    assert found.plain.value == pytest.approx(0.0)
    assert found.adjusted.value == pytest.approx(1.0, abs=0.05)
    assert found.works


def test_within_strata_by_hand():
    # Twenty people: ten held back are two strata of ten, in which more is expected of the first
    expected = np.repeat([5.0, 1.0], 10)
    group = pd.Series(([CONTACT] * 5 + [HOLD_BACK] * 5) * 2)
    came = np.array([9, 8, 7, 8, 8, 5, 6, 7, 5, 7, 2, 1, 0, 1, 1, 0, 0, 1, 0, 1], dtype=float)
    found = against_control(group, came, expected)
    parts = [came[k : k + 5] for k in (0, 5, 10, 15)]
    value = (parts[0].mean() - parts[1].mean() + parts[2].mean() - parts[3].mean()) / 2
    errors = np.array([part.var(ddof=1) / 5 / 4 for part in parts])
    half = stats.t.ppf(0.975, errors.sum() ** 2 / (errors**2 / 4).sum()) * np.sqrt(errors.sum())
    assert (found.plain.value, found.plain.high) == pytest.approx((value, value + half))
    plain = against_control(group, came).plain
    assert plain.high - plain.value > 2 * half


def test_without_two_groups_nothing_is_said():
    assert against_control(pd.Series([CONTACT] * 5 + [HOLD_BACK]), range(6)) is None


def test_a_return_is_what_is_won_beyond_the_cost_for_each_unit_of_it():
    group = pd.Series([CONTACT] * 50 + [HOLD_BACK] * 50)
    found = against_control(group, np.repeat([12.0, 10.0], 50) + np.tile([0.5, -0.5], 50))
    back = found.return_on(20.0, margin=0.4)
    assert back.value == pytest.approx(2.0 * 50 * 0.4 / 20 - 1)
    assert back.low < back.value < back.high
    assert found.return_on(0.0) is None


@pytest.mark.parametrize("effect", [0.0, 0.1])
def test_intervals_hold_the_true_effect_and_the_expectation_narrows_them(effect):
    plain, adjusted, narrower = [], [], []
    for seed in range(200):
        group, made, expected, _, truth = campaign(seed, effect)
        found = against_control(group, made, expected)
        plain.append(not found.plain.excludes(truth))
        adjusted.append(not found.adjusted.excludes(truth))
        narrower.append(np.diff(found.adjusted.ends)[0] / np.diff(found.plain.ends)[0])
    assert 0.90 <= np.mean(plain) <= 0.98
    assert 0.90 <= np.mean(adjusted) <= 0.98
    assert np.mean(narrower) < 0.95


def test_the_smallest_effect_is_found_four_times_out_of_five():
    sizes, found = (round(PEOPLE * (1 - SHARE)), round(PEOPLE * SHARE)), []
    for seed in range(600):
        if seed % 200 == 0:  # other people, so that no single heavy buyer decides
            state = base(np.random.default_rng(1 + seed))
            spread = spread_of(MODEL, *state, DAYS, SHARE)
            plain, adjusted = (smallest_effect(sd, *sizes) for sd in (spread.plain, spread.unexplained))
            assert adjusted < plain
        group, made, expected, _, _ = campaign(10_000 + seed, 0.0, state)
        contacted = (group == CONTACT).to_numpy()  # an effect alike on all leaves the spread as it was
        found.append(
            [
                against_control(group, made + plain * contacted, expected).plain.excludes(0.0),
                against_control(group, made + adjusted * contacted, expected).adjusted.excludes(0.0),
            ]
        )
    assert np.mean(found, axis=0) == pytest.approx(0.80, abs=0.05)


def test_the_spread_is_that_of_futures_lived_through():
    chance = np.random.default_rng(2)
    state = base(chance, 900)
    one_stratum = spread_of(MODEL, *state, DAYS, 0.005)  # of which four or five are held back
    made = np.array([future(chance, *state) for _ in range(600)])
    assert one_stratum.mean == pytest.approx(made.mean(), rel=0.02)
    assert one_stratum.unexplained == pytest.approx(np.sqrt(made.var(axis=0).mean()), rel=0.03)
    assert one_stratum.plain == pytest.approx(made.std(), rel=0.03)
    fifths = spread_of(MODEL, *state, DAYS, SHARE)
    assert fifths.unexplained < fifths.plain < one_stratum.plain


def test_of_very_many_a_sample_tells_the_spread():
    state = base(np.random.default_rng(3), 6000)
    some, every = spread_of(MODEL, *state, DAYS, SHARE), expected_purchases(MODEL, *state, DAYS)
    assert some.mean == pytest.approx(every.mean(), rel=0.02)


def test_twice_as_sure_takes_four_times_the_people():
    assert people_needed(1.0, 0.1, 0.5) == 3140  # (1.96 + .8416)² · 4 / .01
    assert people_needed(1.0, 0.05, 0.5) == pytest.approx(4 * 3140, abs=4)
    assert smallest_effect(1.0, 1570, 1570) == pytest.approx(0.1, rel=1e-3)
    assert smallest_effect(1.0, 10, 0) == float("inf")


def test_without_a_control_the_model_covers_where_it_holds():
    inside, judged = [], []
    for seed in range(200):
        chance = np.random.default_rng([seed, 4])
        state = base(chance, 600)
        after = foreseen(MODEL, state, ones(state), DAYS, int(future(chance, *state).sum()))
        before = foreseen(MODEL, state, ones(state), DAYS, int(future(chance, *state).sum()))
        inside.append(after.within_chance)
        judged.append(WithoutControl(before, after).can_be_judged)
    assert 0.90 <= np.mean(inside) <= 0.98
    assert 0.90 <= np.mean(judged) <= 0.98


def test_where_the_days_before_were_missed_nothing_is_said():
    chance = np.random.default_rng(6)
    state = base(chance, 2000)
    made = int(future(chance, *state).sum())
    missed = foreseen(MODEL, state, ones(state), DAYS, 2 * made)
    right = foreseen(MODEL, state, ones(state), DAYS, made)
    assert WithoutControl(missed, missed).works is None
    assert WithoutControl(None, missed).works is None
    assert WithoutControl(right, right).works is None
    found = WithoutControl(right, missed)
    assert found.works
    assert found.more.value == pytest.approx(2 * made - right.expected.value)
    assert found.more.low < found.more.value < found.more.high
