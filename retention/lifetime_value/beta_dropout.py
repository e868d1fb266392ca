"""BG/NBD (Fader, Hardie, Lee 2005), MBG/NBD (Batislam, Denizel, Filiztekin 2007): leaving after a purchase.

Purchases are Poisson(λ) with λ ~ Gamma(r, α). After each repeat purchase the customer drops out with
p ~ Beta(a, b); in the MBG/NBD after the first purchase too, so that one-time buyers may be gone.
Time is in the unit of α throughout, and `x` is always a whole number.
"""

# ruff: noqa: N803, N806  T is the field's own name for the age
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import expit

from retention.lifetime_value import nbd
from retention.lifetime_value.arrays import states, sums
from retention.lifetime_value.beta_average import purchases_before_dropout, share_never_dropping_out

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from retention.lifetime_value.arrays import Array, Parameters

_TINY = 1e-300


@dataclass(frozen=True)
class BetaDropout:
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

    def log_likelihood(self, parameters: Parameters, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array:
        """Log-likelihood of each customer (Fader, Hardie, Lee 2005, eq. 6; Batislam et al. 2007, eq. 3).

        Gamma functions enter as products of x factors, so that neither large counts nor parameters on a
        ridge lose digits. With a = 0 it is the NBD, in which nobody drops out.
        """
        x, t_x, T = states(x, t_x, T)
        r, _, a, b = parameters
        steps = np.arange(x.max(initial=0) + 1)
        survived = sums(np.log1p(a / (b + steps)))[self._chances(x)]
        alive, gone = self._endings(parameters, x, t_x, T)
        return np.asarray(sums(np.log(r + steps))[x] - survived + np.logaddexp(alive, gone))

    def score(self, parameters: Parameters, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array:
        """Gradient of `log_likelihood` in (ln r, ln α, ln a, ln b): (4, n)."""
        x, t_x, T = states(x, t_x, T)
        r, alpha, a, b = parameters
        steps, chances = np.arange(x.max(initial=0) + 1), self._chances(x)
        alive, dropped_out = self._endings(parameters, x, t_x, T)
        gone = expit(dropped_out - alive)
        here = 1.0 - gone
        in_r = sums(1.0 / (r + steps))[x] - here * np.log1p(T / alpha) - gone * np.log1p(t_x / alpha)
        in_alpha = here * (r * T - x * alpha) / (alpha + T) + gone * (r * t_x - x * alpha) / (alpha + t_x)
        in_a = gone - a * sums(1.0 / (a + b + steps))[chances]
        in_b = b * sums(a / ((b + steps) * (a + b + steps)))[chances]
        in_b -= gone * b / (b + np.maximum(chances, 1) - 1)
        return np.stack([r * in_r, in_alpha, in_a, in_b])

    def alive(self, parameters: Parameters, x: Array, t_x: Array, T: Array) -> Array:
        """Probability that a customer has not dropped out by T; 1 for one-time buyers in the BG/NBD."""
        alive, dropped_out = self._endings(parameters, x, t_x, T)
        return expit(alive - dropped_out)

    def while_alive(self, parameters: Parameters, x: Array, T: Array, ahead: Array) -> Array:
        """Purchases expected within each of k times of customers alive at T: (n,), (n,), (k,) → (n, k).

        Given that, λ ~ Gamma(r + x, α + T) and p ~ Beta(a, b + the purchases survived).
        """
        r, alpha, a, b = parameters
        return purchases_before_dropout(r + x, a, b + self._chances(x), ahead / (alpha + T[:, None]))

    def still_alive(self, parameters: Parameters, x: Array, T: Array, ahead: Array) -> Array:
        """Probability that customers alive at T are so after each of k times: (n,), (n,), (k,) → (n, k)."""
        r, alpha, a, b = parameters
        return share_never_dropping_out(r + x, a, b + self._chances(x), ahead / (alpha + T[:, None]))

    def simulate(
        self, parameters: Parameters, x: Array, T: Array, horizon: float, chance: np.random.Generator
    ) -> Array:
        """Purchases within the horizon of customers alive at T: Poisson, cut off by drop-out after one."""
        r, alpha, a, b = parameters
        rate = chance.gamma(r + x) / (alpha + T)
        leaves = np.clip(chance.beta(a, b + self._chances(x)), _TINY, 1.0 - 1e-16)
        until_dropout = 1.0 + np.floor(chance.exponential(size=x.size) / -np.log1p(-leaves))
        return np.minimum(chance.poisson(rate * horizon), until_dropout)

    def counts(self, parameters: Parameters, x: Array, T: Array, ahead: Array, most: int) -> Array:
        """P(0), P(1) … P(most purchases) within a time, of customers alive at T: three (n,) → (n, most + 1).

        With n purchases somebody survived all of them, or dropped out at the n-th and would else have
        bought at least as often.
        """
        r, alpha, a, b = parameters
        shape, reach, chances = r + x, ahead / (alpha + T), (b + self._chances(x))[:, None]
        found = nbd.chances(shape, reach, most)
        if most == 0:
            return found
        steps = np.arange(most)
        survived = np.exp(-np.cumsum(np.log1p(a / (chances + steps)), axis=1))
        left = np.concatenate([np.ones((x.size, 1)), survived[:, :-1]], axis=1) * a / (a + chances + steps)
        found[:, 1:] = survived * found[:, 1:] + left * nbd.at_least(shape, reach, most)
        return found

    def _chances(self, x: NDArray[Any]) -> NDArray[Any]:
        """How often a customer with x repeat purchases could have dropped out."""
        return x + int(self.from_first)

    def _endings(self, parameters: Parameters, x: NDArray[Any], t_x: Array, T: Array) -> tuple[Array, Array]:
        """Compare the two ends a history can have, alive at T or gone after t_x, in log-likelihood."""
        r, alpha, a, b = parameters
        alive = -r * np.log1p(T / alpha) - x * np.log(alpha + T)
        gone = -r * np.log1p(t_x / alpha) - x * np.log(alpha + t_x)
        chances = self._chances(x)
        risk = np.log(a) - np.log(b + np.maximum(chances, 1) - 1.0) if a > 0 else -np.inf
        return alive, np.where(chances > 0, gone + risk, -np.inf)
