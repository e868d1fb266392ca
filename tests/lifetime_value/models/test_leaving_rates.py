"""Points that stand for what customers may be, against the means of the distributions they stand for."""

import numpy as np
import pytest
from scipy.stats import poisson

from retention.lifetime_value import FAMILIES
from retention.lifetime_value.models.fitted import family_of
from retention.lifetime_value.models.leaving_rates import (
    leaving_by_phase,
    leaving_rates,
    leaving_rates_of_new,
)

X, AGE = np.array([0.0, 4.0, 4.0, 1.0]), np.array([30.0, 10.0, 50.0, 20.0])
R, ALPHA, A, B = 0.8, 6.0, 0.9, 2.4
S, BETA = 0.7, 12.0
OTHERS = 1.5, 4.0, 1.2, 3.0
ONE_PHASE = np.ones((1, 1, 4))


def mean(found, name):
    return (found.weight * getattr(found, name)).sum(axis=1)


@pytest.mark.parametrize(("kind", "survived"), [("bg_nbd", X), ("mbg_nbd", X + 1)])
def test_customers_who_leave_after_purchases(kind, survived):
    [found] = leaving_rates(FAMILIES[kind], np.array([[R, ALPHA, A, B]]), X, AGE, ONE_PHASE)
    buys, last = (R + X) / (ALPHA + AGE), A / (A + B + survived)
    assert found.weight.shape == (4, 64)
    assert found.weight.sum(axis=1) == pytest.approx(np.ones(4))
    assert mean(found, "buys") == pytest.approx(buys)
    assert mean(found, "last") == pytest.approx(last)
    assert mean(found, "leaves") == pytest.approx(buys * last)
    squared = (found.weight * found.buys**2).sum(axis=1)
    assert squared - buys**2 == pytest.approx((R + X) / (ALPHA + AGE) ** 2)  # a gamma's variance


def test_customers_who_leave_at_any_moment():
    [found] = leaving_rates(FAMILIES["pareto_nbd"], np.array([[R, ALPHA, S, BETA]]), X, AGE, ONE_PHASE)
    assert found.weight.shape == (4, 8)
    assert found.weight.sum(axis=1) == pytest.approx(np.ones(4))
    assert mean(found, "leaves") == pytest.approx(S / (BETA + AGE))
    assert found.buys == pytest.approx(np.repeat(((R + X) / (ALPHA + AGE))[:, None], 8, axis=1))
    assert not found.last.any()


@pytest.mark.parametrize("kind", ["bg_nbd", "mbg_nbd"])
def test_of_new_customers_nothing_is_known(kind):
    found = leaving_rates_of_new(FAMILIES[kind], np.array([[R, ALPHA, A, B]]))
    assert found.weight.shape == (1, 32 * 32)
    assert mean(found, "buys") == pytest.approx([R / ALPHA])
    assert mean(found, "last") == pytest.approx([A / (A + B)])


def test_new_customers_who_leave_at_any_moment():
    found = leaving_rates_of_new(FAMILIES["pareto_nbd"], np.array([[R, ALPHA, S, BETA]]))
    assert found.weight.shape == (1, 32)
    assert mean(found, "leaves") == pytest.approx([S / BETA])
    assert found.buys == pytest.approx(np.full((1, 32), R / ALPHA))


@pytest.mark.parametrize(
    ("kind", "k"), [("bg_nbd", 1), ("mbg_nbd", 1), ("pareto_nbd", 1), ("bg_nbd", 3), ("mbg_nbd", 2)]
)
def test_several_parameters_at_once_are_each_alone(kind, k):
    family, phases = family_of(kind, k), np.random.default_rng(1).dirichlet(np.ones(k), (2, 4))
    phases = np.swapaxes(phases, 1, 2)
    parameters = np.array([[R, ALPHA, A, B], OTHERS])
    each = list(leaving_rates(family, parameters, X, AGE, phases))
    new = leaving_rates_of_new(family, parameters)
    assert len(each) == 2
    for place, found in enumerate(each):
        one = slice(place, place + 1)
        [alone] = leaving_rates(family, parameters[one], X, AGE, phases[one])
        new_alone = leaving_rates_of_new(family, parameters[one])
        for name in ("leaves", "buys", "weight", "last"):
            assert getattr(found, name) == pytest.approx(getattr(alone, name))
            assert getattr(new, name)[place] == pytest.approx(getattr(new_alone, name)[0])


TIMES = np.concatenate([np.linspace(0.05, 6.0, 40), np.linspace(7.0, 100.0, 20)])


def bought(k, phase, p, times):
    """Purchases expected of a regular buyer whose hidden events come at the rate 1: event by event."""
    events = np.arange(400)
    chances = poisson.pmf(events[:, None], times)
    return (1.0 - (1.0 - p) ** ((events + phase) // k)) / p @ chances


@pytest.mark.parametrize(("k", "off"), [(2, 0.001), (3, 0.01), (4, 0.04)])
@pytest.mark.parametrize("p", [1e-4, 0.05, 0.2, 0.5, 0.95])
def test_regular_buyers_are_so_many_who_leave_at_constant_rates(k, off, p):
    rates, there = (part[0] for part in leaving_by_phase(k, np.array([p])))
    assert rates[0] == pytest.approx(1.0 - (1.0 - p) ** (1 / k))
    assert there.sum(axis=1) == pytest.approx(np.ones(k), rel=1e-12)
    for phase in range(k):
        left = -np.expm1(-np.outer(TIMES, rates)) @ there[phase]
        assert left / p == pytest.approx(bought(k, phase, p, TIMES), abs=off)


def test_who_buys_at_random_leaves_at_one_rate():
    p = np.array([1e-9, 0.3])
    rates, there = leaving_by_phase(1, p)
    assert np.array_equal(rates, p[:, None])
    assert np.array_equal(there, np.ones((2, 1, 1)))


@pytest.mark.parametrize("k", [2, 4])
@pytest.mark.parametrize("kind", ["bg_nbd", "mbg_nbd"])
def test_regular_buyers_buy_what_the_model_expects(kind, k):
    family, parameters = family_of(kind, k), (R, ALPHA, A, B)
    t_x, ahead = np.array([0.0, 9.0, 20.0, 20.0]), np.array([2.0, 20.0, 100.0])
    phases = family.phases(parameters, X, t_x, AGE)
    [found] = leaving_rates(family, np.array([parameters]), X, AGE, phases[None])
    new = leaving_rates_of_new(family, np.array([parameters]))
    nobody = np.zeros(1)
    for rates, state, precise in (
        (found, (X, t_x, AGE), 0.005),
        (new, (nobody, nobody, nobody), 0.01),
    ):
        assert rates.weight.sum(axis=1) == pytest.approx(np.ones(len(rates.weight)))
        weight = rates.weight
        if rates is new and family.from_first:  # some are lost right after the first purchase
            weight = weight * (1.0 - rates.last) * (A + B) / B
        made = [
            (weight * rates.buys / rates.leaves * -np.expm1(-rates.leaves * t)).sum(axis=1) for t in ahead
        ]
        expected = family.while_alive(parameters, *state, ahead)
        assert np.transpose(made) == pytest.approx(expected, rel=precise, abs=0.01)
