"""Averages over chances to leave: interpolated against one by one, by phase against sums over purchases."""

import numpy as np
import pytest
from scipy.special import betainc

from retention.lifetime_value.models.beta_average import (
    purchases_before_dropout,
    purchases_by_phase,
    share_staying_by_phase,
)


def both(shape, a, b, reach):
    """Of all w together, which is interpolated, and of each by itself, which is not."""
    rows = np.full(reach.size, shape), a, np.full(reach.size, b)
    together = purchases_before_dropout(*rows, reach[:, None])[:, 0]
    alone = [
        purchases_before_dropout(np.array([shape]), a, np.array([b]), w[None, None])[0, 0] for w in reach
    ]
    return together, alone


@pytest.mark.parametrize("shape", [0.2, 1.0, 7.5, 150.0, 1000.0])
@pytest.mark.parametrize(("a", "b"), [(0.03, 0.5), (0.8, 2.4), (1.0, 80.0), (5.0, 3.0), (300.0, 900.0)])
def test_interpolated_averages_are_those_computed_one_by_one(shape, a, b):
    reach = np.geomspace(0.01, 25.0, 200)
    together, alone = both(shape, a, b, reach)
    assert together == pytest.approx(alone, rel=2e-11)


@pytest.mark.parametrize(
    "reach", [np.full(300, 0.4), np.geomspace(1e-9, 1e3, 300), np.append(0.0, np.ones(299))]
)
def test_what_cannot_be_interpolated_is_not(reach):
    together, alone = both(0.5, 0.8, 2.4, reach)
    assert together.tolist() == alone


def test_customers_of_several_kinds_keep_their_places():
    shape, reach = np.tile([0.5, 3.5], 200), np.geomspace(0.05, 5.0, 400)[:, None]
    mixed = purchases_before_dropout(shape, 0.8, shape + 2.0, reach)[:, 0]
    for kind in (0.5, 3.5):
        rows = shape == kind
        alone = [
            purchases_before_dropout(np.array([kind]), 0.8, np.array([kind + 2.0]), w[None])[0, 0]
            for w in reach[rows]
        ]
        assert mixed[rows] == pytest.approx(alone, rel=2e-11)


# ── every k-th event a purchase ─────────────────────────────────────────────────────────────────────────────

PURCHASES = np.arange(1, 4000)


def term_by_term(k, shape, a, b, w):
    """Σ of the chance to get as far as each purchase, and 1 − Σ of the chance to leave at it, by phase."""
    as_often = np.array([betainc(k * PURCHASES - j, shape + j, w / (1.0 + w)) for j in range(k)])
    stayed = np.exp(np.append(0.0, np.cumsum(np.log1p(-a / (a + b + PURCHASES[:-1] - 1.0)))))
    return as_often @ stayed, 1.0 - as_often @ (stayed * a / (a + b + PURCHASES - 1.0))


@pytest.mark.parametrize("k", [1, 2, 3, 4])
@pytest.mark.parametrize("shape", [0.2, 1.0, 40.0])
@pytest.mark.parametrize(("a", "b"), [(0.03, 0.5), (0.8, 2.4), (1.0, 80.0), (300.0, 900.0)])
@pytest.mark.parametrize("w", [1e-4, 0.012, 0.49, 0.51, 3.0, 20.0])
def test_averages_by_phase_are_sums_over_purchases(k, shape, a, b, w):
    here = k, np.array([shape]), a, np.array([b]), np.array([[w]])
    purchases, staying = term_by_term(k, shape, a, b, w)
    assert purchases_by_phase(*here)[:, 0, 0] == pytest.approx(purchases, rel=1e-9)
    assert share_staying_by_phase(*here)[:, 0, 0] == pytest.approx(staying, abs=1e-9)


@pytest.mark.parametrize("k", [2, 3, 4])
@pytest.mark.parametrize(("a", "b"), [(1e4, 1e-4), (0.01, 0.01), (0.01, 1e4), (1e-4, 1e-4)])
def test_averages_by_phase_hold_at_the_ends_of_the_parameters(k, a, b):
    purchases, staying = term_by_term(k, 3.0, a, b, 2.0)
    here = k, np.array([3.0]), a, np.array([b]), np.array([[2.0]])
    assert purchases_by_phase(*here)[:, 0, 0] == pytest.approx(purchases, rel=1e-6)
    assert share_staying_by_phase(*here)[:, 0, 0] == pytest.approx(staying, abs=1e-6)


@pytest.mark.parametrize("k", [2, 3, 4])
def test_interpolated_averages_by_phase_are_those_computed_one_by_one(k):
    shape, reach = np.full(200, 0.3), np.geomspace(0.01, 25.0, 200)
    together = purchases_by_phase(k, shape, 0.8, shape + 2.0, reach[:, None])
    alone = [purchases_by_phase(k, shape[:1], 0.8, shape[:1] + 2.0, w[None, None])[:, 0, 0] for w in reach]
    assert together[:, :, 0] == pytest.approx(np.array(alone).T, rel=1e-9)


def test_nothing_comes_in_no_time():
    here = 3, np.array([0.3, 7.0]), 0.8, np.array([2.0, 5.0]), np.zeros((2, 1))
    assert purchases_by_phase(*here).tolist() == np.zeros((3, 2, 1)).tolist()
    assert share_staying_by_phase(*here) == pytest.approx(np.ones((3, 2, 1)))
