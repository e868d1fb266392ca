"""What repeat purchases were worth, as the Gamma-Gamma is fitted to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betaln, digamma

from retention.lifetime_value.arrays import added, evenly

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value.arrays import Array, SpendParameters


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
        return cls(x, mean, weight, counts, added(which, weight, counts.size), repeats, logs)

    @property
    def total(self) -> int:
        """How many customers there are."""
        return int(self.customers.sum())

    def sample(self, size: int) -> Spending:
        """As good as `size` of the customers, taken evenly from the rows in their order."""
        which, customers = evenly(self.customers, size)
        return Spending.of(self.x[which], self.mean[which], customers)

    def summed(self, parameters: SpendParameters) -> tuple[float, Array]:
        """Log-likelihood of all (Fader, Hardie 2013, eq. 1a) and its gradient in (ln p, ln q, ln γ)."""
        p, q, gamma = parameters
        ratio = self.x * self.mean / gamma
        grown, left = np.log1p(ratio), 1.0 / (1.0 + ratio)
        once, often = self.customers @ grown, self.repeats @ grown
        of_mean, of_spent = self.logs
        bought, shape = float(self.repeats.sum()), p * self.counts
        # ln(1 + γ / spent) = ln(1 + spent / γ) + ln γ − ln spent
        beyond = often + np.log(gamma) * bought - of_spent
        value = -(self.having @ betaln(shape, q)) - q * once - p * beyond - of_mean
        both = digamma(shape + q)
        in_p = self.having @ (self.counts * (both - digamma(shape))) - beyond
        in_q = self.having @ (both - digamma(q)) - once
        in_gamma = q * self.total - q * (self.customers @ left) - p * (self.repeats @ left)
        return float(value), np.array([p * in_p, q * in_q, in_gamma])
