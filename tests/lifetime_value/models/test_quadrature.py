"""Points and weights against the moments of the distributions they stand for."""

import numpy as np
import pytest
from scipy.special import betaln, gammaln

from retention.lifetime_value.models.quadrature import beta_nodes, gamma_nodes

COUNT = 5
DEGREES = np.arange(2 * COUNT)[:, None]  # as far as they are exact


def moments(points, weights):
    return np.stack([(weights * points**degree).sum(axis=0) for degree in range(2 * COUNT)])


def test_points_of_a_beta_have_its_moments():
    alpha, beta = np.array([0.2, 1.0, 1.0, 3.5, 40.0]), np.array([0.8, 1.0, 2.5, 0.7, 9.0])
    points, weights = beta_nodes(alpha, beta, COUNT)
    assert points.shape == weights.shape == (COUNT, 5)
    assert ((points > 0) & (points < 1) & (weights > 0)).all()
    expected = np.exp(betaln(alpha + DEGREES, beta) - betaln(alpha, beta))
    assert moments(points, weights) == pytest.approx(expected, rel=1e-10)


def test_points_of_a_gamma_have_its_moments():
    shape = np.array([0.3, 1.0, 2.5, 60.0])
    points, weights = gamma_nodes(shape, COUNT)
    assert points.shape == weights.shape == (COUNT, 4)
    assert ((points > 0) & (weights > 0)).all()
    assert moments(points, weights) == pytest.approx(
        np.exp(gammaln(shape + DEGREES) - gammaln(shape)), rel=1e-10
    )


def test_one_point_is_the_mean():
    assert gamma_nodes(np.array([2.5]), 1)[0].tolist() == [[2.5]]
    points, weights = gamma_nodes(np.array([2.5]), 2)
    assert (points * weights).sum() == pytest.approx(2.5)
