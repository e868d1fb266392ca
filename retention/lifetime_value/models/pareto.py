"""Pareto/NBD (Schmittlein, Morrison, Colombo 1987): drop-out at any moment, whether one buys or not.

Purchases are Poisson(λ) with λ ~ Gamma(r, α); a customer's life is exponential with rate μ ~ Gamma(s, β).
Time is in the unit of α and β throughout.
"""

# ruff: noqa: N803, N806  T is the field's own name for the age
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.special import logsumexp, softmax

from retention.lifetime_value.models import pareto_likelihood, purchase_counts
from retention.lifetime_value.models.arrays import cumulative_sums, purchase_parameters, states
from retention.lifetime_value.models.newton import Curved
from retention.lifetime_value.models.purchase_counts import bought_before_dropout

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from retention.lifetime_value.models.arrays import Array, Parameters
    from retention.lifetime_value.models.histories import Histories

# The chance of having dropped out is an integral over the moment it happened, cut where the integrand has
# fallen by e^-40.
# Half the points give P(alive) to seven digits even for parameters no shop has.
_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(48)
_FEWER_POINTS, _FEWER_WEIGHTS = np.polynomial.legendre.leggauss(24)
_FINE, _COARSE = (_POINTS + 1.0, np.log(_WEIGHTS)), (_FEWER_POINTS + 1.0, np.log(_FEWER_WEIGHTS))
_FALLEN = 40.0
_FARTHEST = 60.0  # of a logarithm: beyond any T
_CHUNK = 4096  # states at a time: their points stay in the processor's cache
_TINY, _ROUNDING = 1e-300, 1e-12


@dataclass(frozen=True)
class Pareto:
    """Customers who may drop out at any moment.

    Attributes
    ----------
    names : of the parameters
    in_time : which of them are measured in time
    """

    names: tuple[str, str, str, str] = ("r", "alpha", "s", "beta")
    in_time: tuple[bool, bool, bool, bool] = (False, True, False, True)

    def log_likelihood(self, parameters: Parameters, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array:
        """Log-likelihood of each customer (Fader, Hardie 2005, "A note on deriving the Pareto/NBD", eq. 17).

        The hypergeometric functions of the published form cancel each other's digits away; the integral
        they stand for does not.
        """
        x, t_x, T = states(x, t_x, T)
        r, *_ = parameters
        found = np.empty(x.shape)
        for rows in _chunks(x):
            ends = _endings(parameters, x[rows], t_x[rows], T[rows])
            found[rows] = np.logaddexp(ends.alive, logsumexp(ends.gone, axis=1))
        steps = np.arange(x.max(initial=0) + 1)
        return found + cumulative_sums(np.log(r + steps))[x]

    def curved(self, parameters: Parameters, known: Histories) -> Curved:
        """Log-likelihood of all customers, its gradient and information in (ln r, ln α, ln s, ln β)."""
        r, *_ = parameters
        steps = r + np.arange(float(known.counts[-1] + 1))
        value, slope, matrix = pareto_likelihood.curved(known, parameters) or _state_by_state(
            parameters, known
        )
        in_r = r * (known.having @ cumulative_sums(1.0 / steps)[known.counts])
        bend = in_r - r**2 * (known.having @ cumulative_sums(steps**-2.0)[known.counts])
        value += float(known.having @ cumulative_sums(np.log(steps))[known.counts])
        first = np.eye(4)[0]
        return Curved(value, slope + in_r * first, matrix - bend * np.outer(first, first))

    def alive(self, parameters: Parameters, x: NDArray[Any], t_x: Array, T: Array) -> Array:
        """Probability that a customer has not dropped out by T."""
        found = np.empty(x.shape)
        for rows in _chunks(x):
            ends = _endings(parameters, x[rows], t_x[rows], T[rows], _COARSE)
            with np.errstate(over="ignore"):  # surely gone: 1 / (1 + ∞)
                found[rows] = 1.0 / (1.0 + np.exp(ends.gone - ends.alive[:, None]).sum(axis=1))
        return found

    def alive_each(self, parameters: Array, x: NDArray[Any], t_x: Array, T: Array) -> Array:
        """The same under each of d parameters: (d, 4) and three (n,) → (d, n)."""
        return np.array([self.alive(purchase_parameters(one), x, t_x, T) for one in parameters])

    def while_alive(self, parameters: Parameters, x: Array, t_x: Array, T: Array, ahead: Array) -> Array:
        """Purchases expected within each of k times of customers alive at T: three (n,), (k,) → (n, k).

        Given that, λ ~ Gamma(r + x, α + T) and μ ~ Gamma(s, β + T) (Fader, Hardie 2005, eq. 41),
        whatever t_x is.
        """
        return np.asarray(self.while_alive_each(np.array([parameters]), x, t_x, T, ahead)[0])

    def while_alive_each(self, parameters: Array, x: Array, t_x: Array, T: Array, ahead: Array) -> Array:  # noqa: ARG002
        """The same under each of d parameters: (d, 4), three (n,), (k,) → (d, n, k)."""
        r, alpha, s, beta = np.hsplit(parameters, 4)
        rate, scale = (r + x) / (alpha + T), (beta + T)[:, :, None]
        return np.asarray(rate[:, :, None] * _mean_life(s[:, :, None], scale, ahead))

    def had_they_stayed(self, parameters: Parameters, x: Array, t_x: Array, T: Array, ahead: Array) -> Array:
        """Purchases within each of k times, were they there, of customers gone between t_x and T: → (n, k).

        Given that they left at τ, λ ~ Gamma(r + x, α + τ) and μ ~ Gamma(s + 1, β + τ); and τ has a density in
        proportion to (α + τ)^−(r+x) · (β + τ)^−(s+1).
        """
        r, alpha, s, beta = parameters
        found = np.empty((x.size, ahead.size))
        for rows in _chunks(x):
            ends = _endings(parameters, x[rows], t_x[rows], T[rows], _COARSE)
            # Where T = t_x nobody has left, and all the moments are one.
            likely = np.where(np.isfinite(ends.gone), ends.gone, 0.0)
            rate = softmax(likely, axis=1) * (r + x[rows])[:, None] / (alpha + ends.moments)
            for place, time in enumerate(ahead):
                life = _mean_life(s + 1.0, beta + ends.moments, time)
                found[rows, place] = np.einsum("ij,ij->i", rate, life)
        return found

    def had_they_stayed_each(self, parameters: Array, x: Array, t_x: Array, T: Array, ahead: Array) -> Array:
        """The same under each of d parameters: (d, 4), three (n,), (k,) → (d, n, k)."""
        each = (purchase_parameters(one) for one in parameters)
        return np.array([self.had_they_stayed(one, x, t_x, T, ahead) for one in each])

    def still_alive(self, parameters: Parameters, x: Array, t_x: Array, T: Array, ahead: Array) -> Array:  # noqa: ARG002
        """Probability that customers alive at T are so after each of k times: three (n,), (k,) → (n, k)."""
        _, _, s, beta = parameters
        return np.asarray(np.exp(-s * np.log1p(ahead / (beta + T[:, None]))))

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

        Those who live on have all the time to buy; the others until they drop out, at a moment that is
        integrated over.
        """
        r, alpha, s, beta = parameters
        staying = np.exp(-s * np.log1p(ahead / (beta + T)))
        found = staying[:, None] * purchase_counts.chances(r + x, ahead / (alpha + T), most)
        some = ahead > 0
        leaving = bought_before_dropout(r + x[some], alpha + T[some], s, beta + T[some], ahead[some], most)
        found[some] += leaving
        return found


def _state_by_state(parameters: Parameters, known: Histories) -> Curved:
    """Log-likelihood of all customers but for the factors of x alone, its gradient and information."""
    value, slope, bends = 0.0, np.zeros(4), np.zeros((4, 4))
    for rows in _chunks(known.x):
        customers = known.customers[rows]
        found, change, bent = _seen(parameters, known.x[rows], known.t_x[rows], known.T[rows], customers)
        value += float(customers @ found)
        slope += change @ customers
        bends += bent
    return Curved(value, slope, -bends)


def _seen(
    parameters: Parameters, x: NDArray[Any], t_x: Array, T: Array, customers: Array
) -> tuple[Array, Array, Array]:
    """Log-likelihood but for the factors of x alone (n,), its gradient (4, n), and what all bends by: (4, 4).

    Told from the likelihood had the moment of drop-out been seen, as `pareto_likelihood.curved` does.
    """
    ends = _endings(parameters, x, t_x, T)
    most = np.maximum(ends.alive, ends.gone.max(axis=1))
    alive, gone = np.exp(ends.alive - most), np.exp(ends.gone - most[:, None])
    total = alive + gone.sum(axis=1)
    alive, gone = alive / total, gone / total[:, None]
    now = pareto_likelihood.Seen.of(parameters, x.astype(float), T, 0.0)
    then = pareto_likelihood.Seen.of(parameters, x.astype(float)[:, None], ends.moments, 1.0)
    slope = now.slopes * alive + np.einsum("kij,ij->ki", then.slopes, gone)
    bends = now.bends(alive * customers) + then.bends(gone * customers[:, None])
    bends -= (slope * customers) @ slope.T
    return most + np.log(total), slope, bends


class _Endings(NamedTuple):
    """The ends a history can have, in log-likelihood: alive at T (n,), or gone at some moments (n, points).

    With them the moments.
    """

    alive: Array
    gone: Array
    moments: Array


def _endings(
    parameters: Parameters, x: NDArray[Any], t_x: Array, T: Array, rule: tuple[Array, Array] = _FINE
) -> _Endings:
    """Compare the ends a history can have, by a rule: points in 0 … 2, logarithms of their weights.

    The moments are spread in ln(scale + moment), with the scale on which the integrand falls at t_x.
    """
    r, alpha, s, beta = parameters
    shape = r + x
    scale = (shape + s + 1.0) / (shape / (alpha + t_x) + (s + 1.0) / (beta + t_x))
    vanished = np.minimum((alpha + t_x) * _grown(shape), (beta + t_x) * _grown(np.array(s)))
    half = np.log1p(np.minimum(T - t_x, vanished) / scale) / 2.0
    points, log_weights = rule
    steps = half[:, None] * points
    moments = t_x[:, None] + np.expm1(steps) * scale[:, None]
    bought, lived = np.log1p(moments / alpha), np.log1p(moments / beta)
    with np.errstate(divide="ignore"):  # where T = t_x nobody can have dropped out since: ln 0
        width = np.log(half * scale) + np.log(s / beta) - x * np.log(alpha)
    gone = width[:, None] + (steps + log_weights) - shape[:, None] * bought - (s + 1.0) * lived
    alive = -shape * np.log1p(T / alpha) - x * np.log(alpha) - s * np.log1p(T / beta)
    return _Endings(alive, gone, moments)


def _grown(exponent: Array) -> Array:
    """By how much of itself a scale has grown when its power with that exponent has fallen by e^-40."""
    return np.expm1(np.minimum(_FALLEN / exponent, _FARTHEST))


def _mean_life(s: float | Array, scale: Array, ahead: float | Array) -> Array:
    """Time lived within `ahead` where μ ~ Gamma(s, scale): ∫₀ᵗ (1 + u/scale)^-s du.

    This form has no pole at s = 1.
    """
    passed = np.log1p(ahead / scale)
    return np.asarray(scale * passed * _mean_power((1.0 - s) * passed))


def _mean_power(exponent: Array) -> Array:
    """(e^z − 1) / z, 1 at z = 0."""
    near = np.abs(exponent) < _ROUNDING
    return np.where(near, 1.0, np.expm1(exponent) / np.where(near, 1.0, exponent))


def _chunks(x: NDArray[Any]) -> list[slice]:
    return [slice(start, start + _CHUNK) for start in range(0, max(x.size, 1), _CHUNK)]
