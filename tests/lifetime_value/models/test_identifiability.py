"""Whether drop-out can be told, on likelihoods whose shape is known."""

from dataclasses import replace

import numpy as np
import pytest

from retention.lifetime_value.models.identifiability import cautions, gain_over_no_dropout, profile
from retention.lifetime_value.models.likelihood import Maximum
from tests.lifetime_value.sloped import bent, likelihood_of

CURVE = np.array([[4.0, 1.0, 0.0, 0.5], [1.0, 3.0, 0.5, 0.0], [0.0, 0.5, 2.0, 0.8], [0.5, 0.0, 0.8, 1.5]])
PEAK = np.array([0.5, -1.0, 0.3, 0.8])
NEARLY = 1.92


def parabola(at):
    away = at - PEAK
    return -0.5 * float(away @ CURVE @ away), -CURVE @ away


def closed(y):
    """Known to half a unit, falling to both sides."""
    return -2.0 * y**2, -4.0 * y


def open_above(y):
    """As `closed` below, but beyond the best nothing tells one from another."""
    return closed(min(y, 0.0))


def flat(_):
    return 0.0, 0.0


def hill(last, *, gain=50.0, where=0.0):
    """A likelihood with so much to gain over the NBD, and a shape of its own along the last parameter."""

    def summed(at):
        bump = np.exp(-2.0 * at[2] ** 2)
        height, slope = last(at[3] - where)
        value = -0.5 * float(at[:2] @ at[:2]) + gain / 2.0 * (bump - 1.0) + height
        return float(value), np.array([-at[0], -at[1], -2.0 * gain * at[2] * bump, slope])

    at = np.array([0.0, 0.0, 0.0, where])
    return likelihood_of(summed, 5), Maximum(at, 0.0, bent(summed, at))


def said(likelihood, best):
    found = cautions(likelihood, best, np.zeros(4))
    return {note.code: note.details for note in found.warnings}, found.alternatives


def test_a_profile_reaches_as_far_as_parameters_fit_nearly_as_well():
    found = profile(likelihood_of(parabola, 1), Maximum(PEAK, 0.0, CURVE))
    reach = np.sqrt(2.0 * NEARLY * np.diag(np.linalg.inv(CURVE)))  # of a parabola's profile
    assert not found.is_open
    for at, end in ((np.log(found.lowest), PEAK[3] - reach[3]), (np.log(found.highest), PEAK[3] + reach[3])):
        assert abs(at - end) < np.log(1.1)  # no farther than the last step
        assert abs(at - PEAK[3]) < reach[3]
    how = found.points[:, 2]
    assert how.max() == pytest.approx(PEAK[2] + reach[2], abs=np.log(1.1))
    assert how.min() == pytest.approx(PEAK[2] - reach[2], abs=np.log(1.1))
    assert min(parabola(point)[0] for point in found.points) > -NEARLY
    assert any(np.array_equal(point, PEAK) for point in found.points)


def test_a_profile_that_never_falls_to_one_side_is_open():
    found = profile(*hill(open_above))
    assert found.is_open
    assert found.lowest == pytest.approx(np.exp(-np.sqrt(NEARLY / 2.0)), rel=0.1)
    assert np.exp(12.0 - np.log(4.0)) < found.highest <= np.exp(12.0)
    below = profile(*hill(lambda y: tuple(np.multiply(open_above(-y), (1.0, -1.0)))))
    assert below.is_open
    assert below.lowest == pytest.approx(1.0 / found.highest)


@pytest.mark.parametrize(("gain", "visible"), [(3.8, False), (3.9, True)])
def test_drop_out_shows_where_it_gains_enough_over_the_nbd(gain, visible):
    likelihood, best = hill(closed, gain=gain)
    assert gain_over_no_dropout(likelihood, best) == pytest.approx(gain, abs=1e-6)
    told = {} if visible else {"no_dropout_visible": {"gain": pytest.approx(gain, abs=1e-6), "needed": 3.84}}
    assert said(likelihood, best)[0] == told


def test_a_model_no_better_than_the_nbd_gains_nothing():
    likelihood, best = hill(closed, gain=0.0)
    assert gain_over_no_dropout(likelihood, replace(best, value=-1e-9)) == 0.0


def test_what_falls_to_both_sides_is_identified():
    told, others = said(*hill(closed))
    assert told == {}
    assert others.shape == (0, 4)


@pytest.mark.parametrize("last", [open_above, flat])
def test_what_falls_to_one_side_or_none_is_not_identified(last):
    likelihood, best = hill(last)
    told, others = said(likelihood, best)
    assert list(told) == ["dropout_not_identified"]
    around = profile(likelihood, best)
    assert told["dropout_not_identified"] == {"lowest": around.lowest, "highest": around.highest}
    assert np.array_equal(others, np.exp(around.points))


def test_the_others_are_told_in_the_units_of_the_model():
    likelihood, best = hill(flat)
    units = np.log([1.0, 7.0, 1.0, 1.0])
    scaled, told = (cautions(likelihood, best, by).alternatives for by in (np.zeros(4), units))
    assert told == pytest.approx(scaled * [1.0, 7.0, 1.0, 1.0])


@pytest.mark.parametrize(
    ("where", "identified"), [(10.4, True), (-10.4, True), (10.7, False), (-10.7, False)]
)
def test_three_standard_deviations_must_lie_within_what_is_searched(where, identified):
    # of half a unit each, and the search ends at 12; a profile then ends before it has fallen
    likelihood, best = hill(closed, where=where)
    names = set(said(likelihood, best)[0]) - {"no_dropout_visible"}
    assert names == (set() if identified else {"dropout_not_identified"})


@pytest.mark.parametrize(
    ("how", "where", "asked"),
    [(0.099, 0.099, False), (0.101, 0.05, True), (0.05, 0.101, True)],
)
def test_nothing_is_tried_where_both_are_known_to_a_tenth(how, where, asked):
    tried = []

    def summed(at):
        tried.append(at)
        return parabola(at)

    matrix = np.diag([1.0, 1.0, how**-2, where**-2])
    said(likelihood_of(summed, 1), Maximum(PEAK, 0.0, matrix))
    assert bool(tried) is asked
