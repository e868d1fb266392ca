"""Gamma-Gamma (Fader, Hardie 2013): what a customer's next purchase will be worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betaln

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from retention.lifetime_value.arrays import Array, SpendParameters
    from retention.lifetime_value.models import SpendModel


def log_likelihood(parameters: SpendParameters, x: ArrayLike, m_x: ArrayLike) -> Array:
    """Log-likelihood of each customer's mean repeat value (Fader, Hardie 2013, eq. 1a).

    Parameters
    ----------
    x : (n,) repeat purchases, at least 1
    m_x : (n,) their mean value, above 0, in the currency of γ
    """
    x, m_x = np.asarray(x, dtype=float), np.asarray(m_x, dtype=float)
    p, q, gamma = parameters
    spent = x * m_x
    tails = q * np.log1p(spent / gamma) + p * x * np.log1p(gamma / spent)
    return np.asarray(-betaln(p * x, q) - tails - np.log(m_x))


def expected_spend(model: SpendModel, x: ArrayLike, m_x: ArrayLike) -> Array:
    """Mean value of a customer's future purchases, E[M | x, m_x] (Fader, Hardie 2013, eq. 5).

    Where q ≤ 1 that mean does not exist in the population; the observed ones stand in, each customer's
    own or, for one-time buyers, that of all.

    Parameters
    ----------
    x : (n,) repeat purchases, 0 for one-time buyers
    m_x : (n,) their mean value; not looked at where x = 0
    """
    x, m_x = np.asarray(x, dtype=float), np.asarray(m_x, dtype=float)
    if not model.has_mean:
        return np.where(x > 0, m_x, model.observed_mean)
    spent = np.where(x > 0, x * m_x, 0.0)
    return model.p * (model.gamma + spent) / (model.p * x + model.q - 1.0)


def mean_spend(model: SpendModel) -> float:
    """Mean value of a purchase of a customer nothing is known of: pγ/(q − 1), or as observed where q ≤ 1."""
    return float(expected_spend(model, 0, 0.0))
