"""Which curve foresees the ages it has not seen: by hand on a published cohort, and how often by chance."""

from math import exp, lgamma, log

import numpy as np
import pytest

from retention.what_if import fit_kind, held_back, known_steps, retention_by_age

HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]


def survivors_by_hand(shape, t):
    """Γ(β + t^c)·Γ(α + β) / (Γ(α + β + t^c)·Γ(β))."""
    alpha, beta, c = shape
    power = t**c
    return exp(lgamma(beta + power) + lgamma(alpha + beta) - lgamma(alpha + beta + power) - lgamma(beta))


def cut(survivors, known):
    column = np.array(survivors, dtype=float)
    before, after, first = column[:-1], column[1:], np.arange(len(column) - 1) < known
    return [np.where(part, side, 0.0) for part in (first, ~first) for side in (before, after)]


def test_the_first_two_thirds_of_each_cohort_are_fitted_to():
    steps = np.array(
        [[1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0], [0, 0, 1, 1, 1, 0, 0]]
    )
    assert known_steps(steps == 1).astype(int).tolist() == [
        [1, 1, 1, 1, 0, 0, 0],
        [1, 1, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0],
        [0, 0, 1, 1, 0, 0, 0],
    ]


FORESEEN = {"sbg": [534, 486, 444], "bdw": [547, 510, 481]}  # of 1,000 won, after 5, 6, 7 years


def test_three_held_back_years_by_hand():
    # fitted to four years; of the 593 left then 551, 517 and 491 stayed on
    found = held_back(*cut(HIGH_END, 4))
    column = np.array(HIGH_END[:5], dtype=float)[:, None]
    for kind in ("sbg", "bdw"):
        shape = fit_kind(kind, column[:-1], column[1:])[:, 0]
        foreseen = [round(1000 * survivors_by_hand(shape, year)) for year in (5, 6, 7)]
        assert foreseen == FORESEEN[kind]
        score = 0.0
        for year in (5, 6, 7):
            rate = survivors_by_hand(shape, year) / survivors_by_hand(shape, year - 1)
            stayed, left = HIGH_END[year], HIGH_END[year - 1] - HIGH_END[year]
            score += stayed * log(rate) + left * log(1 - rate)
        assert getattr(found, kind) == pytest.approx(score, abs=1e-9)
    assert (found.steps, found.customers, found.dispersion) == (3, 593 + 551 + 517, 1.0)
    assert found.gain == pytest.approx(found.bdw - found.sbg)
    assert found.gain > 0.5
    assert found.chosen == "bdw"


def test_steps_that_jump_more_than_chance_count_less():
    # every other step loses many: far from any curve, so that a small lead is no reason to change
    survivors = [4000, 2000, 1900, 950, 900, 450, 430, 380, 340]
    found = held_back(*cut(survivors, 6))
    column = np.array(survivors[:7], dtype=float)[:, None]
    shape = fit_kind("bdw", column[:-1], column[1:])
    rate = retention_by_age(shape[0], shape[1], 6, shape[2])[:, 0]
    before, after = column[:-1, 0], column[1:, 0]
    squares = (after - before * rate) ** 2 / (before * rate * (1 - rate))
    assert found.dispersion == pytest.approx(squares.sum() / 3)
    assert found.dispersion > 50
    assert found.gain == pytest.approx((found.bdw - found.sbg) / found.dispersion)


@pytest.mark.parametrize(("survivors", "known"), [(HIGH_END, 3), (HIGH_END, 7), (HIGH_END[:5], 4)])
def test_with_too_little_to_fit_or_to_foresee_nothing_is_chosen(survivors, known):
    assert held_back(*cut(survivors, known)) is None


def lost_in(chance, shape, customers, cohorts):
    """Steps of cohorts won one after the other, followed to one day: those fitted to, and those held back."""
    alpha, beta, c = shape
    parts = np.zeros((4, cohorts))
    for ages in range(1, cohorts + 1):
        rate = -np.log1p(-np.minimum(chance.beta(alpha, beta, customers), 1 - 1e-16))
        life = (chance.exponential(size=customers) / rate) ** (1 / c)
        there = [(life > age).sum() for age in range(ages + 1)]
        parts[:, :ages] += cut(there, 2 * ages // 3)
    return parts


def share_chosen(shape, customers, cohorts, times, seed):
    chance = np.random.default_rng(seed)
    return np.mean(
        [held_back(*lost_in(chance, shape, customers, cohorts)).chosen == "bdw" for _ in range(times)]
    )


@pytest.mark.parametrize("shape", [(0.7, 1.9, 1.0), (2.0, 8.0, 1.0)])
def test_where_nobody_changes_the_simpler_curve_stays(shape):
    assert share_chosen(shape, customers=60, cohorts=18, times=60, seed=2) <= 0.25


@pytest.mark.parametrize("shape", [(0.7, 1.9, 1.5), (0.7, 1.9, 0.6)])
def test_where_customers_change_and_are_many_the_other_is_chosen(shape):
    assert share_chosen(shape, customers=800, cohorts=24, times=20, seed=3) >= 0.9


@pytest.mark.slow
@pytest.mark.parametrize("shape", [(0.7, 1.9, 1.0), (0.3, 1.0, 1.0), (2.0, 8.0, 1.0), (5.0, 60.0, 1.0)])
@pytest.mark.parametrize(("customers", "cohorts"), [(60, 12), (60, 24), (400, 24)])
def test_how_often_chance_alone_changes_the_curve(shape, customers, cohorts):
    assert share_chosen(shape, customers, cohorts, times=200, seed=4) <= 0.3
