"""Effects of segments, against random effects worked out for normal data."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from retention.lifetime_value.models.segment_shifts import fit_shifts
from tests.lifetime_value.sloped import likelihood_of

MEANS, ERRORS = np.array([0.9, 0.2, 0.5, -0.1]), np.array([0.12, 0.2, 0.15, 0.3])
EACH = np.ones((1, 1))


def normal(mean, error, customers=100):
    """One parameter, of which data says that it is `mean`, give or take."""
    return likelihood_of(
        lambda at: (float(-(((at[0] - mean) / error) ** 2) / 2), (mean - at) / error**2), customers
    )


def of_all(means, errors):
    weights = errors**-2.0
    return np.array([weights @ means / weights.sum()]), np.array([[1 / weights.sum()]])


def shifts(means, errors):
    segments = [normal(*one) for one in zip(means, errors, strict=True)]
    return fit_shifts(segments, *of_all(means, errors), EACH)


def restricted(width):
    """Log-likelihood of the spread of random effects (REML), but for a constant, and their mean."""
    weights = 1 / (ERRORS**2 + width**2)
    mean = weights @ MEANS / weights.sum()
    value = np.log(weights).sum() - np.log(weights.sum()) - weights @ (MEANS - mean) ** 2
    return value / 2, mean, 1 / weights.sum()


def test_of_normal_data_the_width_is_that_of_restricted_likelihood_and_the_effects_are_the_best_predictions():
    found = shifts(MEANS, ERRORS)
    best = minimize_scalar(lambda log: -restricted(np.exp(log))[0], bounds=(-4, 2), method="bounded")
    assert found.width == pytest.approx(float(np.exp(best.x)), rel=0.02)
    value, mean, error = restricted(found.width)
    assert found.gain == pytest.approx(value - restricted(1e-9)[0], abs=1e-3)
    kept = found.width**2 / (found.width**2 + ERRORS**2)
    assert found.at[:, 0] == pytest.approx(mean + kept * (MEANS - mean), abs=1e-6)
    of_each = kept * ERRORS**2 + (1 - kept) ** 2 * error
    assert found.covariances[:, 0, 0] == pytest.approx(of_each, rel=1e-5)


def test_segments_no_farther_apart_than_chance_has_them_are_equal():
    assert shifts(np.array([0.5, 0.5, 0.5]), ERRORS[:3]) is None
    assert shifts(0.5 + 0.3 * ERRORS * [1, -1, 1, -1], ERRORS) is None


def test_one_segment_is_the_whole():
    assert shifts(MEANS[:1], ERRORS[:1]) is None


def test_of_the_effects_only_the_directions_given_differ():
    def summed(at, mean):
        off = at - mean
        return float(-50 * off @ off), -100 * off

    # Two parameters, of which segments may differ in the second: the first is the same for all.
    means = np.array([[0.3, 1.0], [0.1, 0.0], [0.2, -1.0]])
    segments = [likelihood_of(lambda at, mean=mean: summed(at, mean), 100) for mean in means]
    found = fit_shifts(segments, np.array([0.2, 0.0]), np.eye(2) / 300, np.array([[0.0], [1.0]]))
    assert found.at[:, 0] == pytest.approx([0.2] * 3, abs=1e-6)
    assert found.at[:, 1] == pytest.approx([1.0, 0.0, -1.0], abs=0.02)
