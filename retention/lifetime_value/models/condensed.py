"""BG/CNBD-k and MBG/CNBD-k (Platzer, Reutterer 2016): customers who buy regularly, and may leave after it.

As in the BG/NBD and the MBG/NBD, but a purchase is every k-th event of a hidden Poisson(λ) process: between
purchases lie Erlang-k times, which differ less the larger k is. How many events, fewer than k, have gone by
since the last purchase is the *phase*. Nobody sees it, but the longer ago that was, the more there will be.
Time is in the unit of α throughout, and `x` is always a whole number.

Platzer, M., Reutterer, T. (2016), "Ticking away the moments: Timing regularity helps to better predict
customer activity", Marketing Science 35 (5).
"""

# ruff: noqa: N803, N806  T is the field's own name for the age
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import expit, gammaln

from retention.lifetime_value.models import beta_likelihood, purchase_counts
from retention.lifetime_value.models.arrays import cumulative_sums, distinct_rows, states
from retention.lifetime_value.models.beta_average import purchases_by_phase, share_staying_by_phase
from retention.lifetime_value.models.beta_geometric import log_odds_gone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray

    from retention.lifetime_value.models.arrays import Array, Parameters
    from retention.lifetime_value.models.histories import Histories
    from retention.lifetime_value.models.newton import Curved

    Average = Callable[[int, Array, Array, Array, Array], Array]


@dataclass(frozen=True)
class CondensedBetaGeometric:
    """Customers who buy at every k-th hidden event and may drop out after a purchase.

    The likelihoods leave out (k − 1) · Σ ln of the days between purchases, which no parameter enters and the
    states do not tell. It is to be added before models of different k are compared.

    Attributes
    ----------
    from_first : whether they may do so after the very first one: MBG/CNBD-k rather than BG/CNBD-k
    k : hidden events to a purchase, 1 or more; with 1 it is `BetaGeometric`
    names : of the parameters; α is in the time of hidden events: purchases come every k·α/r at the mean rate
    in_time : which of them are measured in time
    """

    from_first: bool
    k: int
    names: tuple[str, str, str, str] = ("r", "alpha", "a", "b")
    in_time: tuple[bool, bool, bool, bool] = (False, True, False, False)

    def log_likelihood(self, parameters: Parameters, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array:
        """Log-likelihood of each customer, but for the days between purchases (Platzer, Reutterer 2016).

        Gamma functions enter as products, so that neither large counts nor parameters on a ridge lose digits.
        """
        x, t_x, T = states(x, t_x, T)
        r, alpha, a, b = parameters
        events, chances = self.k * x, self._chances(x)
        survived = cumulative_sums(np.log1p(a / (b + np.arange(chances.max(initial=0)))))[chances]
        ordered = cumulative_sums(np.log(r + np.arange(events.max(initial=0))))[events]
        alive, gone = self._endings(parameters, x, t_x, T)
        scale = -r * np.log1p(T / alpha) - events * np.log(alpha + T)
        return np.asarray(ordered - survived - x * gammaln(self.k) + scale + np.logaddexp(alive, gone))

    def curved(self, parameters: Parameters, known: Histories, along: Array | None = None) -> Curved:
        """Log-likelihood of all customers, its gradient and information, as `beta_likelihood` tells them."""
        return beta_likelihood.curved(known, parameters, self.k, self._chances(known.counts), along)

    def alive(self, parameters: Parameters, x: Array, t_x: Array, T: Array) -> Array:
        """Probability that a customer has not dropped out by T; 1 for one-time buyers in the BG/CNBD-k."""
        alive, gone = self._endings(parameters, x, t_x, T)
        return expit(alive - gone)

    def alive_each(self, parameters: Array, x: Array, t_x: Array, T: Array) -> Array:
        """The same under each of d parameters: (d, 4) and three (n,) → (d, n)."""
        alive, gone = self._endings(np.hsplit(parameters, 4), x, t_x, T)
        return expit(alive - gone)

    def while_alive(self, parameters: Parameters, x: Array, t_x: Array, T: Array, ahead: Array) -> Array:
        """Purchases expected within each of m times of customers alive at T: three (n,), (m,) → (n, m).

        Given that, the phase is j with a chance in proportion to the j-th term of S₂; λ ~ Gamma(r + kx + j,
        α + T) and p ~ Beta(a, b + the purchases survived).
        """
        return np.asarray(self.while_alive_each(np.array([parameters]), x, t_x, T, ahead)[0])

    def while_alive_each(self, parameters: Array, x: Array, t_x: Array, T: Array, ahead: Array) -> Array:
        """The same under each of d parameters: (d, 4), three (n,), (m,) → (d, n, m)."""
        return self._over_phases(purchases_by_phase, parameters, x, t_x, T, ahead)

    def had_they_stayed(self, parameters: Parameters, x: Array, t_x: Array, T: Array, ahead: Array) -> Array:
        """Purchases within each of m times, were they there, of customers gone after t_x: → (n, m).

        Given that, λ ~ Gamma(r + kx, α + t_x) and p ~ Beta(a + 1, b + the purchases survived). The time is
        counted as from their last purchase on, in phase 0.
        """
        return np.asarray(self.had_they_stayed_each(np.array([parameters]), x, t_x, T, ahead)[0])

    def had_they_stayed_each(self, parameters: Array, x: Array, t_x: Array, T: Array, ahead: Array) -> Array:  # noqa: ARG002
        """The same under each of d parameters: (d, 4), three (n,), (m,) → (d, n, m)."""
        r, alpha, a, b = np.hsplit(parameters, 4)
        reach = ahead / (alpha + t_x)[:, :, None]
        beta = np.repeat(a + 1.0, x.size), np.ravel(b + (np.maximum(self._chances(x), 1) - 1))
        found = purchases_by_phase(self.k, np.ravel(r + self.k * x), *beta, reach.reshape(-1, ahead.size))
        return np.asarray(found[0].reshape(reach.shape))

    def still_alive(self, parameters: Parameters, x: Array, t_x: Array, T: Array, ahead: Array) -> Array:
        """Probability that customers alive at T are so after each of m times: three (n,), (m,) → (n, m)."""
        each = self._over_phases(share_staying_by_phase, np.array([parameters]), x, t_x, T, ahead)
        return np.asarray(each[0])

    def counts(
        self, parameters: Parameters, x: Array, t_x: Array, T: Array, ahead: Array, most: int
    ) -> Array:
        """P(0), P(1) … P(most purchases) within a time, if alive at T: four (n,) → (n, most + 1)."""
        r, alpha, a, b = parameters
        (bought, lived, until), which = distinct_rows(x, T, ahead)
        chances, as_often = np.zeros((x.size, most + 1)), np.zeros((x.size, most))
        for phase, share in enumerate(self.phases(parameters, x, t_x, T)):
            shape = r + self.k * bought + phase
            found = purchase_counts.every_kth(self.k, phase, shape, until / (alpha + lived), most)
            chances += share[:, None] * found[0][which]
            as_often += share[:, None] * found[1][which]
        return purchase_counts.with_dropout(chances, as_often, a, b + self._chances(x))

    def _over_phases(
        self, average: Average, parameters: Array, x: Array, t_x: Array, T: Array, ahead: Array
    ) -> Array:
        """Average over p by phase, once for every distinct x and T, then over the phases of each state."""
        r, alpha, a, b = np.hsplit(parameters, 4)
        (bought, lived), which = distinct_rows(x, T)
        reach = ahead / (alpha + lived)[:, :, None]
        shape, stayed = np.ravel(r + self.k * bought), np.ravel(b + self._chances(bought))
        flat = average(self.k, shape, np.repeat(a, bought.size), stayed, reach.reshape(-1, ahead.size))
        by_phase = flat.reshape(self.k, *reach.shape)
        found = np.zeros((len(parameters), x.size, ahead.size))
        for share, each in zip(self.phases((r, alpha, a, b), x, t_x, T), by_phase, strict=True):
            found += share[:, :, None] * each[:, which]
        return found

    def _chances(self, x: NDArray[Any]) -> NDArray[Any]:
        """How often a customer with x repeat purchases could have dropped out."""
        return x + int(self.from_first)

    def _endings(
        self, parameters: Sequence[float | Array], x: NDArray[Any], t_x: Array, T: Array
    ) -> tuple[Array, Array]:
        """Compare the two ends a history can have, alive at T or gone after t_x: ln S₂ and ln S₁."""
        r, alpha, a, b = parameters
        shape = r + self.k * x
        since = np.log1p(T / alpha) - np.log1p(t_x / alpha)
        alive = np.log(self._terms(shape, (T - t_x) / (alpha + T)).sum(axis=0))
        return alive, shape * since + log_odds_gone(a, b, self._chances(x))

    def phases(self, parameters: Sequence[float | Array], x: Array, t_x: Array, T: Array) -> Array:
        """Chance of each phase of customers alive at T: (k, …)."""
        r, alpha, _, _ = parameters
        terms = self._terms(r + self.k * x, (T - t_x) / (alpha + T))
        return np.asarray(terms / terms.sum(axis=0))

    def _terms(self, shape: NDArray[Any], waited: Array) -> Array:
        """Terms of S₂, (R)_j / j! · y^j for j = 0 … k − 1: two (…) → (k, …)."""
        terms = np.ones((self.k, *shape.shape))
        for phase in range(1, self.k):
            terms[phase] = terms[phase - 1] * (shape + (phase - 1)) / phase * waited
        return terms
