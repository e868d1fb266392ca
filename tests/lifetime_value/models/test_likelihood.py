"""The search for a maximum, on likelihoods whose maximum is known."""

import numpy as np
import pytest

from retention.lifetime_value.models.likelihood import (
    LIMIT,
    covariance,
    is_known,
    maximise,
    maximise_by_sample,
)
from tests.lifetime_value.sloped import likelihood_of

PEAK = np.array([1.0, -2.0, 0.5])
CURVE = np.array([[4.0, 1.0, 0.0], [1.0, 3.0, 0.5], [0.0, 0.5, 2.0]])


def parabola(peak=PEAK, curve=CURVE, customers=1):
    """A log-likelihood that falls evenly from its peak."""

    def summed(at):
        away = at - peak
        return -0.5 * float(away @ curve @ away) * customers, -curve @ away * customers

    return likelihood_of(summed, customers)


@pytest.mark.parametrize("customers", [1, 1_000])
def test_the_peak_is_found_with_how_sharp_it_is(customers):
    found = maximise(parabola(customers=customers), [np.zeros(3)])
    assert found.at == pytest.approx(PEAK, abs=1e-9)
    assert found.matrix == pytest.approx(customers * CURVE, rel=1e-6)
    assert found.value == pytest.approx(0.0, abs=1e-9 * customers)


def test_what_is_fixed_stays_where_it_starts():
    found = maximise(parabola(), [np.array([3.0, 0.0, 0.0])], [0])
    rest = PEAK[1:] - np.linalg.solve(CURVE[1:, 1:], CURVE[1:, 0] * 2.0)
    assert found.at == pytest.approx([3.0, *rest], abs=1e-6)
    far = maximise(parabola(), [np.array([-60.0, 0.0, 0.0])], [0])
    assert far.at[0] == -60.0  # beyond the limit, as for what is switched off


def test_of_several_starts_the_highest_end_counts():
    def summed(at):  # two hills, at −3 and at 3; the second is higher
        x = at[0]
        left, right = np.exp(-((x + 3) ** 2)), 2 * np.exp(-((x - 3) ** 2))
        return float(left + right), np.array([-2 * (x + 3) * left - 2 * (x - 3) * right])

    found = maximise(likelihood_of(summed, 1), [np.array([-2.5]), np.array([2.5]), np.array([-3.5])])
    assert found.at == pytest.approx([3.0], abs=1e-4)
    assert found.value == pytest.approx(2.0)


def test_the_search_ends_at_the_limit():
    away = np.array([20.0, -2.0, 0.5])
    found = maximise(parabola(away), [np.zeros(3)])
    assert found.at[0] == pytest.approx(LIMIT)
    assert found.at[1:] == pytest.approx(
        away[1:] + np.linalg.solve(CURVE[1:, 1:], CURVE[1:, 0] * 8.0), abs=1e-3
    )


def test_a_search_on_a_sample_goes_on_from_where_that_led():
    few, everybody = parabola(PEAK + 0.3), parabola(customers=50)
    found = maximise_by_sample(everybody, few, [np.zeros(3)])
    assert found.at == pytest.approx(PEAK, abs=1e-6)
    assert maximise_by_sample(few, few, [np.zeros(3)]).at == pytest.approx(PEAK + 0.3, abs=1e-6)


def two_hills(at, last=1.0):
    """One hill of height 0 at −5 in the first coordinate, one of height 3 at 5, so sharp in the last."""
    curve = np.array([1.0, 1.0, last])
    low, high = at - np.array([-5.0, 0.0, 0.0]), at - np.array([5.0, 0.0, 0.0])
    heights = np.array([-0.5 * low @ (curve * low), 3.0 - 0.5 * high @ (curve * high)])
    top = int(np.argmax(heights))
    return float(heights[top]), -curve * (low, high)[top]


LEFT, RIGHT = np.array([-4.0, 0.0, 0.0]), np.array([6.0, 0.0, 0.0])


@pytest.fixture
def asked():
    return []


@pytest.fixture
def others(asked):
    def more():
        asked.append("others")
        return [np.array([4.0, 0.0, 0.0])]

    return more


def test_what_is_sharp_in_every_direction_is_left_at_the_first_start(asked, others):
    climbed = []

    def hills(at):
        climbed.append(at[0])
        return two_hills(at)

    sharp = likelihood_of(hills, 1)
    assert maximise_by_sample(sharp, sharp, [RIGHT, LEFT], others).value == pytest.approx(3.0)
    assert min(climbed) > 0.0
    assert asked == []


def test_other_starts_are_asked_for_only_where_the_first_lead_to_different_heights(asked, others):
    # along the last coordinate hardly anything is known: every start is climbed from
    hills = likelihood_of(lambda at: two_hills(at, 1e-3), 1)
    assert maximise_by_sample(hills, hills, [RIGHT, RIGHT + 0.5], others).value == pytest.approx(3.0)
    assert maximise_by_sample(hills, hills, [LEFT, LEFT + 0.5], others).value == pytest.approx(0.0, abs=1e-9)
    assert asked == []
    assert maximise_by_sample(hills, hills, [LEFT, RIGHT], others).value == pytest.approx(3.0)
    assert asked == ["others"]
    shallow = likelihood_of(lambda at: two_hills(at, 1e-3) if at[0] < 0 else (-9.0, np.zeros(3)), 1)
    assert maximise_by_sample(shallow, shallow, [LEFT, RIGHT], lambda: [LEFT - 3.0]).value == pytest.approx(
        0.0, abs=1e-9
    )


def test_a_sample_that_says_nothing_leaves_every_start_to_all():
    # of the sample's hill nothing is left along the last; all have theirs, where only the second start leads
    flat = parabola(curve=np.diag([4.0, 3.0, 1e-6]))
    asked = []

    def summed(at):
        asked.append(at.copy())
        return parabola().curved(at)[:2]

    found = maximise_by_sample(likelihood_of(summed, 1), flat, [np.zeros(3), np.full(3, 5.0)])
    assert found.at == pytest.approx(PEAK, abs=1e-5)
    assert any(np.array_equal(at, np.full(3, 5.0)) for at in asked)


def test_the_covariance_is_the_inverse_with_a_bound_where_nothing_is_known():
    assert covariance(CURVE) == pytest.approx(np.linalg.inv(CURVE))
    assert covariance(np.diag([4.0, 0.0, -3.0])) == pytest.approx(np.diag([0.25, 25.0, 25.0]))
    assert np.array_equal(covariance(CURVE), covariance(CURVE).T)


@pytest.mark.parametrize(("least", "known"), [(0.041, True), (0.039, False), (0.0, False), (-1.0, False)])
def test_a_direction_is_known_within_a_standard_deviation_of_five(least, known):
    assert is_known(np.diag([4.0, least])) is known


def test_a_rough_search_ends_sooner():
    asked = []

    def summed(at):  # so flat at the top that the last digits cost many steps
        asked.append(at)
        return -float(np.sum((at - PEAK) ** 4)), -4 * (at - PEAK) ** 3

    def steps(*, roughly):
        asked.clear()
        found = maximise(likelihood_of(summed, 1), [np.full(3, 4.0)], roughly=roughly)
        assert found.value == pytest.approx(0.0, abs=1e-5)
        return len(asked)

    assert steps(roughly=True) < steps(roughly=False)


def test_a_search_begins_at_its_start():
    asked = []

    def summed(at):
        asked.append(at.copy())
        return parabola().curved(at)[:2]

    maximise(likelihood_of(summed, 1), [np.array([2.0, 0.5, -1.0])], [1])
    assert asked[0] == pytest.approx([2.0, 0.5, -1.0])
