"""Chances of numbers of purchases against the negative binomial and against integration."""

import numpy as np
import pytest
from scipy.integrate import quad, simpson
from scipy.special import gammaln
from scipy.stats import nbinom

from retention.lifetime_value.models import purchase_counts
from retention.lifetime_value.models.purchase_counts import (
    _Lives,
    at_least,
    bought_before_dropout,
    chances,
    enough,
    every_kth,
    log_orderings,
    with_dropout,
)

SHAPE, REACH = np.array([0.2, 1.0, 5.5, 40.0]), np.array([3.0, 0.1, 1.0, 2.0])
COUNTS = np.arange(30)


def test_orderings_by_gamma_functions():
    expected = gammaln(SHAPE[:, None] + COUNTS) - gammaln(SHAPE)[:, None] - gammaln(COUNTS + 1)
    assert log_orderings(SHAPE, 29) == pytest.approx(expected, abs=1e-10)
    assert log_orderings(SHAPE, 0).tolist() == [[0.0]] * 4


def test_purchases_at_a_gamma_rate_are_negative_binomial():
    bought = nbinom(SHAPE[:, None], 1.0 / (1.0 + REACH[:, None]))
    assert chances(SHAPE, REACH, 29) == pytest.approx(bought.pmf(COUNTS), rel=1e-9)
    found = at_least(SHAPE, REACH, chances(SHAPE, REACH, 29))
    assert found == pytest.approx(bought.sf(COUNTS[:-1]), rel=1e-9)
    assert chances(SHAPE, np.zeros(4), 3).tolist() == [[1.0, 0.0, 0.0, 0.0]] * 4


@pytest.mark.parametrize(("k", "phase"), [(1, 0), (2, 0), (2, 1), (4, 1), (4, 3)])
def test_every_kth_event_is_counted_from_the_phase_on(k, phase):
    found, as_often = every_kth(k, phase, SHAPE, REACH, 5)
    events = nbinom(SHAPE[:, None], 1.0 / (1.0 + REACH[:, None]))
    each = events.pmf(np.arange(24))
    expected = [each[:, (np.arange(24) + phase) // k == n].sum(axis=1) for n in range(6)]
    assert found == pytest.approx(np.array(expected).T, rel=1e-9)
    assert as_often == pytest.approx(events.sf(k * np.arange(1, 6) - phase - 1), rel=1e-9)


def test_purchases_with_a_chance_to_leave_after_each_by_hand():
    # p ~ Beta(1, 1) stays once with ½, twice with ⅓, so leaves at the second with ⅙; nobody would buy thrice
    found = with_dropout(np.array([[0.5, 0.3, 0.2]]), np.array([[0.5, 0.2]]), 1.0, np.array([1.0]))
    assert found[0] == pytest.approx([0.5, 0.3 / 2 + 0.5 / 2, 0.2 / 3 + 0.2 / 6])
    assert with_dropout(np.array([[0.5]]), np.empty((1, 0)), 1.0, np.array([1.0])).tolist() == [[0.5]]


def test_more_than_enough_is_bought_by_hardly_anybody():
    bought = nbinom(SHAPE, 1.0 / (1.0 + REACH))
    most = enough(SHAPE, REACH)
    assert (bought.sf(most) < 1e-7).all()
    assert (bought.sf(most - 1) >= 1e-7).all()  # and not one too many
    assert enough(SHAPE, np.zeros(4)).tolist() == [1, 1, 1, 1]
    assert most.dtype == np.int64


def by_integration(shape, rate, s, life, ahead, n):
    """∫ of the moment of drop-out u: s/B·(1 + u/B)^−(s+1) · P(N(u) = n)."""

    def integrand(u):
        bought = nbinom.pmf(n, shape, rate / (rate + u))
        return s / life * (1 + u / life) ** -(s + 1) * bought

    points = [ahead * part for part in (1e-4, 1e-3, 1e-2, 0.1, 0.5)]
    return quad(integrand, 0, ahead, points=points, epsabs=0, epsrel=1e-9, limit=400)[0]


@pytest.mark.parametrize("s", [0.3, 1.0, 4.0])
@pytest.mark.parametrize(
    ("shape", "rate", "life", "ahead"),
    [(0.6, 9.0, 14.0, 52.0), (8.0, 30.0, 3.0, 5.0), (1.0, 1.0, 500.0, 1.0)],
)
def test_purchases_before_drop_out_are_the_integral_over_its_moment(monkeypatch, s, shape, rate, life, ahead):
    each = [np.full(2, value) for value in (shape, rate)]
    rest = [np.full(2, value) for value in (life, ahead)]
    found = bought_before_dropout(*each, s, *rest, 9)
    expected = [by_integration(shape, rate, s, life, ahead, n) for n in range(10)]
    assert found[0] == pytest.approx(expected, rel=1e-7)
    assert np.array_equal(found[0], found[1])
    monkeypatch.setattr(purchase_counts, "_CHUNK", 7)
    assert bought_before_dropout(*each, s, *rest, 9) == pytest.approx(found, rel=1e-12)


def on_a_fine_grid(shape, rate, s, life, ahead, n):
    """The same integral over y = ln u, in steps of half a thousandth."""
    y = np.linspace(-90.0, np.log(ahead), 220_001)
    bought = n * (y - np.log(rate + np.exp(y))) - shape * np.log1p(np.exp(y) / rate)
    orderings = gammaln(shape + n) - gammaln(shape) - gammaln(n + 1)
    dropped = y + np.log(s / life) - (s + 1) * np.log1p(np.exp(y) / life)
    return simpson(np.exp(bought + orderings + dropped), x=y)


@pytest.mark.parametrize("s", [0.05, 20.0])
@pytest.mark.parametrize(
    ("shape", "rate", "life", "ahead"),
    [
        (200.0, 5.0, 40.0, 300.0),
        (0.05, 1e-3, 1e3, 1e4),  # most buy at once, or never
        (30.0, 0.5, 0.02, 1e5),  # most leave at once
        (1.5, 1e4, 0.01, 1.0),
        (60.0, 20.0, 900.0, 1e6),
    ],
)
def test_the_integral_holds_for_lives_and_rates_far_apart(s, shape, rate, life, ahead):
    counts = [0, 1, 7, 80]
    found = bought_before_dropout(
        *(np.array([one]) for one in (shape, rate)), s, *map(np.atleast_1d, (life, ahead)), 80
    )
    expected = [on_a_fine_grid(shape, rate, s, life, ahead, n) for n in counts]
    assert found[0, counts] == pytest.approx(expected, rel=1e-5, abs=1e-250)


LIVES = _Lives(
    n=np.array([0.0, 0.0, 3.0, 40.0, 1.0]),
    shape=np.array([8.0, 0.3, 1.5, 90.0, 0.05]),
    rate=np.array([30.0, 9.0, 1e4, 0.5, 1e-3]),
    s=0.7,
    life=np.array([3.0, 400.0, 0.01, 20.0, 1e3]),
)


def test_the_integrand_peaks_where_its_slope_is_nothing():
    peak = np.log(LIVES._peak())
    step = 1e-5
    rising = (LIVES._log(peak + 1.0 + step) - LIVES._log(peak + 1.0 - step)) / (2 * step)
    assert LIVES._slope(peak + 1.0) == pytest.approx(rising, rel=1e-6)
    assert LIVES._slope(peak) == pytest.approx(np.zeros(5), abs=1e-9)


def test_the_integrand_is_cut_where_it_has_fallen_by_36_on_either_side():
    peak = np.log(LIVES._peak())
    low, high = LIVES._range(peak + 200.0)
    for end in (low, high):
        assert LIVES._log(end) == pytest.approx(LIVES._log(peak) - 36.0, abs=1e-6)
    assert (low < peak).all()
    assert (peak < high).all()


@pytest.mark.parametrize("beyond", [-3.0, 1.0])
def test_the_integrand_is_cut_at_the_horizon(beyond):
    peak = np.log(LIVES._peak())
    low, high = LIVES._range(peak + beyond)
    assert high == pytest.approx(peak + beyond)
    assert LIVES._log(low) == pytest.approx(LIVES._log(np.minimum(peak, high)) - 36.0, abs=1e-6)


def test_all_numbers_together_are_the_chance_to_drop_out():
    found = bought_before_dropout(
        np.array([2.0]), np.array([10.0]), 0.8, np.array([20.0]), np.array([30.0]), 400
    )
    assert found.sum() == pytest.approx(1.0 - (1.0 + 30.0 / 20.0) ** -0.8, rel=1e-8)
