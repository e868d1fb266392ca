"""BG/NBD (Fader, Hardie, Lee 2005), MBG/NBD (Batislam, Denizel, Filiztekin 2007): leaving after a purchase.

Purchases are Poisson(λ) with λ ~ Gamma(r, α). After each repeat purchase the customer drops out with
p ~ Beta(a, b); in the MBG/NBD after the first purchase too, so that one-time buyers may be gone.
Time is in the unit of α throughout, and `x` is always a whole number.
"""

# ruff: noqa: N803, N806  T is the field's own name for the age
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from scipy.special import expit

from retention.lifetime_value.models import beta_likelihood, purchase_counts
from retention.lifetime_value.models.arrays import cumulative_sums, states
from retention.lifetime_value.models.beta_average import purchases_before_dropout, share_never_dropping_out

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from retention.lifetime_value.models.arrays import Array, Parameters
    from retention.lifetime_value.models.histories import Histories
    from retention.lifetime_value.models.newton import Curved

_TINY = 1e-300


@dataclass(frozen=True)
class BetaGeometric:
    """Customers who may drop out after a purchase.

    Attributes
    ----------
    from_first : whether they may do so after the very first one: MBG/NBD rather than BG/NBD
    names : of the parameters
    in_time : which of them are measured in time
    """

    from_first: bool
    names: tuple[str, str, str, str] = ("r", "alpha", "a", "b")
    in_time: tuple[bool, bool, bool, bool] = (False, True, False, False)
    k: ClassVar[int] = 1  # events to a purchase: see `CondensedBetaGeometric`

    def log_likelihood(self, parameters: Parameters, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array:
        """Log-likelihood of each customer (Fader, Hardie, Lee 2005, eq. 6; Batislam et al. 2007, eq. 3).

        Gamma functions enter as products of x factors, so that neither large counts nor parameters on a
        ridge lose digits. With a = 0 it is the NBD, in which nobody drops out.
        """
        x, t_x, T = states(x, t_x, T)
        r, _, a, b = parameters
        steps = np.arange(x.max(initial=0) + 1)
        survived = cumulative_sums(np.log1p(a / (b + steps)))[self._chances(x)]
        alive, gone = self._endings(parameters, x, t_x, T)
        return np.asarray(cumulative_sums(np.log(r + steps))[x] - survived + np.logaddexp(alive, gone))

    def curved(self, parameters: Parameters, known: Histories, along: Array | None = None) -> Curved:
        """Log-likelihood of all customers, its gradient and information, as `beta_likelihood` tells them."""
        return beta_likelihood.curved(known, parameters, self.k, self._chances(known.counts), along)

    def alive(self, parameters: Parameters, x: Array, t_x: Array, T: Array) -> Array:
        """Probability that a customer has not dropped out by T; 1 for one-time buyers in the BG/NBD."""
        alive, dropped_out = self._endings(parameters, x, t_x, T)
        return expit(alive - dropped_out)

    def alive_each(self, parameters: Array, x: Array, t_x: Array, T: Array) -> Array:
        """The same under each of d parameters: (d, 4) and three (n,) → (d, n)."""
        r, alpha, a, b = np.hsplit(parameters, 4)
        times, place = np.unique(np.concatenate([t_x, T]), return_inverse=True)
        grown = np.log1p(times / alpha)
        since = grown[:, place[x.size :]] - grown[:, place[: x.size]]
        return np.asarray(expit(-(r + x) * since - log_odds_gone(a, b, self._chances(x))))

    def while_alive(self, parameters: Parameters, x: Array, t_x: Array, T: Array, ahead: Array) -> Array:
        """Purchases expected within each of k times of customers alive at T: three (n,), (k,) → (n, k).

        Given that, λ ~ Gamma(r + x, α + T) and p ~ Beta(a, b + the purchases survived), whatever t_x is.
        """
        return np.asarray(self.while_alive_each(np.array([parameters]), x, t_x, T, ahead)[0])

    def while_alive_each(self, parameters: Array, x: Array, t_x: Array, T: Array, ahead: Array) -> Array:  # noqa: ARG002
        """The same under each of d parameters: (d, 4), three (n,), (k,) → (d, n, k)."""
        r, alpha, a, b = np.hsplit(parameters, 4)
        reach = ahead / (alpha + T)[:, :, None]
        beta = np.repeat(a, x.size), np.ravel(b + self._chances(x))
        found = purchases_before_dropout(np.ravel(r + x), *beta, reach.reshape(-1, ahead.size))
        return found.reshape(reach.shape)

    def had_they_stayed(self, parameters: Parameters, x: Array, t_x: Array, T: Array, ahead: Array) -> Array:
        """Purchases within each of k times, were they there, of customers gone after t_x: → (n, k).

        Given that, λ ~ Gamma(r + x, α + t_x) and p ~ Beta(a + 1, b + the purchases survived).
        """
        return np.asarray(self.had_they_stayed_each(np.array([parameters]), x, t_x, T, ahead)[0])

    def had_they_stayed_each(self, parameters: Array, x: Array, t_x: Array, T: Array, ahead: Array) -> Array:  # noqa: ARG002
        """The same under each of d parameters: (d, 4), three (n,), (k,) → (d, n, k)."""
        r, alpha, a, b = np.hsplit(parameters, 4)
        reach = ahead / (alpha + t_x)[:, :, None]
        beta = np.repeat(a + 1.0, x.size), np.ravel(b + (np.maximum(self._chances(x), 1) - 1))
        found = purchases_before_dropout(np.ravel(r + x), *beta, reach.reshape(-1, ahead.size))
        return found.reshape(reach.shape)

    def still_alive(self, parameters: Parameters, x: Array, t_x: Array, T: Array, ahead: Array) -> Array:  # noqa: ARG002
        """Probability that customers alive at T are so after each of k times: three (n,), (k,) → (n, k)."""
        r, alpha, a, b = parameters
        return share_never_dropping_out(r + x, a, b + self._chances(x), ahead / (alpha + T[:, None]))

    def phases(self, parameters: Parameters, x: Array, t_x: Array, T: Array) -> Array:  # noqa: ARG002
        """Chance of each phase of customers alive at T, of which there is but one: (1, n)."""
        return np.ones((1, x.size))

    def counts(
        self,
        parameters: Parameters,
        x: Array,
        t_x: Array,  # noqa: ARG002
        T: Array,
        ahead: Array,
        most: int,
    ) -> Array:
        """P(0), P(1) … P(most purchases) within a time, of customers alive at T: four (n,) → (n, most + 1).

        With n purchases somebody survived all of them, or dropped out at the n-th and would else have
        bought at least as often.
        """
        r, alpha, a, b = parameters
        shape, reach, chances = r + x, ahead / (alpha + T), b + self._chances(x)
        bought = purchase_counts.chances(shape, reach, most)
        if most == 0:
            return bought
        return purchase_counts.with_dropout(
            bought, purchase_counts.at_least(shape, reach, bought), a, chances
        )

    def _chances(self, x: NDArray[Any]) -> NDArray[Any]:
        """How often a customer with x repeat purchases could have dropped out."""
        return x + int(self.from_first)

    def _endings(self, parameters: Parameters, x: NDArray[Any], t_x: Array, T: Array) -> tuple[Array, Array]:
        """Compare the two ends a history can have, alive at T or gone after t_x, in log-likelihood."""
        r, alpha, a, b = parameters
        alive = -r * np.log1p(T / alpha) - x * np.log(alpha + T)
        gone = -r * np.log1p(t_x / alpha) - x * np.log(alpha + t_x)
        return alive, gone + log_odds_gone(a, b, self._chances(x))


def log_odds_gone(a: float | Array, b: float | Array, chances: NDArray[Any]) -> Array:
    """Odds, in logarithms, that the last of so many chances to drop out was taken."""
    with np.errstate(divide="ignore"):  # with a = 0 nobody drops out: ln 0
        return np.where(chances > 0, np.log(a) - np.log(b + np.maximum(chances, 1) - 1.0), -np.inf)
