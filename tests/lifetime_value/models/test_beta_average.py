"""Averages interpolated between points of one R and B against those computed one by one."""

import numpy as np
import pytest

from retention.lifetime_value.models.beta_average import purchases_before_dropout


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
