"""Points that stand for what customers may be, against the means of the distributions they stand for."""

import numpy as np
import pytest

from retention.lifetime_value import FAMILIES
from retention.lifetime_value.models.leaving_rates import leaving_rates, leaving_rates_of_new

X, AGE = np.array([0.0, 4.0, 4.0, 1.0]), np.array([30.0, 10.0, 50.0, 20.0])
R, ALPHA, A, B = 0.8, 6.0, 0.9, 2.4
S, BETA = 0.7, 12.0
OTHERS = 1.5, 4.0, 1.2, 3.0


def mean(found, name):
    return (found.weight * getattr(found, name)).sum(axis=1)


@pytest.mark.parametrize(("kind", "survived"), [("bg_nbd", X), ("mbg_nbd", X + 1)])
def test_customers_who_leave_after_purchases(kind, survived):
    [found] = leaving_rates(FAMILIES[kind], np.array([[R, ALPHA, A, B]]), X, AGE)
    buys, last = (R + X) / (ALPHA + AGE), A / (A + B + survived)
    assert found.weight.shape == (4, 64)
    assert found.weight.sum(axis=1) == pytest.approx(np.ones(4))
    assert mean(found, "buys") == pytest.approx(buys)
    assert mean(found, "last") == pytest.approx(last)
    assert mean(found, "leaves") == pytest.approx(buys * last)
    squared = (found.weight * found.buys**2).sum(axis=1)
    assert squared - buys**2 == pytest.approx((R + X) / (ALPHA + AGE) ** 2)  # a gamma's variance


def test_customers_who_leave_at_any_moment():
    [found] = leaving_rates(FAMILIES["pareto_nbd"], np.array([[R, ALPHA, S, BETA]]), X, AGE)
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


@pytest.mark.parametrize("kind", ["bg_nbd", "mbg_nbd", "pareto_nbd"])
def test_several_parameters_at_once_are_each_alone(kind):
    parameters = np.array([[R, ALPHA, A, B], OTHERS])
    each = list(leaving_rates(FAMILIES[kind], parameters, X, AGE))
    new = leaving_rates_of_new(FAMILIES[kind], parameters)
    assert len(each) == 2
    for k, found in enumerate(each):
        [alone] = leaving_rates(FAMILIES[kind], parameters[k : k + 1], X, AGE)
        new_alone = leaving_rates_of_new(FAMILIES[kind], parameters[k : k + 1])
        for name in ("leaves", "buys", "weight", "last"):
            assert getattr(found, name) == pytest.approx(getattr(alone, name))
            assert getattr(new, name)[k] == pytest.approx(getattr(new_alone, name)[0])
