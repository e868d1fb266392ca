"""Gamma-Gamma (Fader, Hardie 2013): what a customer's next purchase will be worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betaln, digamma, zeta

from retention.lifetime_value.models.arrays import even_sample, sum_by
from retention.lifetime_value.models.newton import Curved

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from retention.lifetime_value.models.arrays import Array, SpendParameters
    from retention.lifetime_value.models.fitted import SpendModel


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


@dataclass(frozen=True)
class Spending:
    """Customers by how often they bought again and for how much on average, in the order of the two.

    Attributes
    ----------
    x, mean, customers : (n,)
    counts, having : (c,) the distinct x, and how many customers have each
    repeats : (n,) repeat purchases of all customers of a row
    logs : Σ ln mean over customers, and Σ x · ln(x · mean)
    """

    x: Array
    mean: Array
    customers: Array
    counts: Array
    having: Array
    repeats: Array
    logs: tuple[float, float]

    @classmethod
    def of(cls, x: Array, mean: Array, customers: NDArray[np.int64] | Array) -> Spending:
        """Sort rows, so that nothing depends on the order they come in."""
        order = np.lexsort((mean, x))
        x, mean, weight = x[order], mean[order], customers[order].astype(float)
        counts, which = np.unique(x, return_inverse=True)
        repeats = weight * x
        logs = float(weight @ np.log(mean)), float(repeats @ np.log(x * mean))
        return cls(x, mean, weight, counts, sum_by(which, weight, counts.size), repeats, logs)

    @property
    def total(self) -> int:
        """How many customers there are."""
        return int(self.customers.sum())

    def sample(self, size: int) -> Spending:
        """As good as `size` of the customers, taken evenly from the rows in their order."""
        which, customers = even_sample(self.customers, size)
        return Spending.of(self.x[which], self.mean[which], customers)

    def curved(self, parameters: SpendParameters) -> Curved:
        """Log-likelihood of all (Fader, Hardie 2013, eq. 1a), its gradient and information in logarithms."""
        p, q, gamma = parameters
        ratio = self.x * self.mean / gamma
        grown, left = np.log1p(ratio), 1.0 / (1.0 + ratio)
        once, often = self.customers @ grown, self.repeats @ grown
        of_mean, of_spent = self.logs
        bought, shape = float(self.repeats.sum()), p * self.counts
        # ln(1 + γ / spent) = ln(1 + spent / γ) + ln γ − ln spent
        beyond = often + np.log(gamma) * bought - of_spent
        value = -(self.having @ betaln(shape, q)) - q * once - p * beyond - of_mean
        both, bent = digamma(shape + q), zeta(2.0, shape + q)  # ζ(2, z) is the trigamma function
        in_p = p * (self.having @ (self.counts * (both - digamma(shape))) - beyond)
        in_q = q * (self.having @ (both - digamma(q)) - once)
        by_once, by_often = self.customers @ left, self.repeats @ left
        in_gamma = q * self.total - q * by_once - p * by_often
        with_p = self.having * self.counts
        in_both = p * q * (with_p @ bent)
        turns = left * (1.0 - left)
        bends = [
            [in_p + p**2 * ((with_p * self.counts) @ (bent - zeta(2.0, shape))), in_both, -p * by_often],
            [in_both, in_q + q**2 * (self.having @ (bent - zeta(2.0, q))), q * (self.total - by_once)],
            [
                -p * by_often,
                q * (self.total - by_once),
                -q * (self.customers @ turns) - p * (self.repeats @ turns),
            ],
        ]
        return Curved(float(value), np.array([in_p, in_q, in_gamma]), -np.array(bends))
