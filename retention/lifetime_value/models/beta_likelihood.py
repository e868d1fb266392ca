"""The log-likelihood of all customers who may leave after a purchase, with its slope and its curvature.

For BG/NBD, MBG/NBD and their regular buyers alike. Of a history the likelihood depends, beside factors of x
and of the times alone, on the two ends it can have: gone after t_x, or alive at T in one of k phases. With
R = r + kx and v = ln((α+t_x)/(α+T)) the one has the logarithm ln a − ln(b + chances − 1) − R·v beside the
other, A(R, v) = ln Σ_j (R)_j/j!·(1 − e^v)^j. So two numbers of a history, and a and b, lead to all slopes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.special import expit, gammaln

from retention.lifetime_value.models.arrays import cumulative_sums, sum_by
from retention.lifetime_value.models.newton import Curved

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array, Parameters
    from retention.lifetime_value.models.histories import Histories

_R, _ALPHA, _A, _B = range(4)


def curved(
    known: Histories, parameters: Parameters, k: int, chances: NDArray[np.int64], along: Array | None = None
) -> Curved:
    """Log-likelihood, its gradient, and its information in (ln r, ln α, ln a, ln b) and what times follow.

    Parameters
    ----------
    k : hidden events to a purchase
    chances : (c,) how often a customer with each of `known.counts` could have dropped out
    along : (times, m) slopes of `known.times` in m more coordinates, on which they depend in a straight line

    Returns
    -------
    of 4 + m coordinates
    """
    times = _Times.of(known, parameters, k)
    of_counts, ends = _of_counts(known, parameters, k, chances), _Ends.of(known, parameters, k, chances)
    v_of_alpha, bend = times.between(times.left), times.between(times.left * (1.0 - times.left))
    r, *_ = parameters
    value = of_counts.value - times.exponents @ times.grown + ends.value
    value -= float(np.log(parameters[_ALPHA])) * k * float(known.bought.sum())

    in_time = (times.pull(ends.by_v) - times.exponents) / times.since_alpha
    slope = of_counts.slope + np.array(
        [
            r * (ends.by_shape.sum() - known.aged @ times.grown),
            ends.by_v @ v_of_alpha + r * known.aged.sum() - times.exponents @ times.left,
            ends.gone.sum(),
            -(ends.gone @ ends.last),
        ]
    )
    # Rows: how the slopes in ln r, ln α, ln a and ln b follow v; then what else bends.
    in_v = np.stack(
        [r * ends.by_shape_v, ends.by_v_v * v_of_alpha, ends.odds_by_v, -ends.odds_by_v * ends.last]
    )
    bends = of_counts.bends.copy()
    bends[_R, _R] += r**2 * ends.by_shape_shape.sum() + r * (ends.by_shape.sum() - known.aged @ times.grown)
    bends[_R, _ALPHA] += in_v[_R] @ v_of_alpha + r * (known.aged.sum() - known.aged @ times.left)
    bends[_R, _A] += r * ends.odds_by_shape.sum()
    bends[_R, _B] -= r * (ends.odds_by_shape @ ends.last)
    bends[_ALPHA, _ALPHA] += in_v[_ALPHA] @ v_of_alpha + ends.by_v @ bend
    bends[_ALPHA, _ALPHA] -= times.exponents @ (times.left * (1.0 - times.left))
    bends[_ALPHA, _A] += in_v[_A] @ v_of_alpha
    bends[_ALPHA, _B] += in_v[_B] @ v_of_alpha
    bends[_A, _A] += ends.unsure.sum()
    bends[_A, _B] -= ends.unsure @ ends.last
    bends[_B, _B] += (ends.unsure * ends.last - ends.gone * (1.0 - ends.last)) @ ends.last
    bends = np.triu(bends) + np.triu(bends, 1).T
    if along is None:
        return Curved(float(value), slope, -bends)
    return Curved(
        float(value),
        np.concatenate([slope, in_time @ along]),
        -_with_times(bends, in_v, in_time, (ends, times, along), r * known.aged / times.since_alpha),
    )


class _OfCounts(NamedTuple):
    """What depends on x alone: its value, slope (4,), and second derivatives, of which the upper half."""

    value: float
    slope: Array
    bends: Array


def _of_counts(known: Histories, parameters: Parameters, k: int, chances: NDArray[np.int64]) -> _OfCounts:
    """Of the orderings of events, and of the drop-outs survived."""
    r, _, a, b = parameters
    events, steps = k * known.counts, np.arange(float(max(chances[-1], 1)))
    hidden = r + np.arange(float(max(events[-1], 1)))
    with_a, without = a + b + steps, b + steps

    def over(terms: Array, each: NDArray[np.int64]) -> float:
        return float(known.having @ cumulative_sums(terms)[each])

    value = over(np.log(hidden), events) - over(np.log1p(a / without), chances)
    value -= float(gammaln(k)) * float(known.having @ known.counts)
    slope = np.array(
        [
            r * over(1.0 / hidden, events),
            0.0,
            -a * over(1.0 / with_a, chances),
            a * b * over(1.0 / (without * with_a), chances),
        ]
    )
    bends = np.zeros((4, 4))
    bends[_R, _R] = -(r**2) * over(hidden**-2.0, events)  # the rest is with the slope in ln r
    bends[_R, _R] += slope[_R]
    bends[_A, _A] = -a * over(without / with_a**2, chances)
    bends[_A, _B] = a * b * over(with_a**-2.0, chances)
    bends[_B, _B] = a * b * over((steps * (a + steps) - b**2) / (without * with_a) ** 2, chances)
    return _OfCounts(value, slope, bends)


@dataclass(frozen=True)
class _Times:
    """What depends on the distinct times, and how v follows them.

    Attributes
    ----------
    exponents : (times,) powers of 1 / (α + time) in the likelihood
    since_alpha, grown, left : (times,) α + time, ln of it by α, and α by it
    known : the histories
    """

    exponents: Array
    since_alpha: Array
    grown: Array
    left: Array
    known: Histories

    @classmethod
    def of(cls, known: Histories, parameters: Parameters, k: int) -> _Times:
        r, alpha, *_ = parameters
        since = alpha + known.times
        exponents = r * known.aged + k * known.bought
        return cls(exponents, since, np.log1p(known.times / alpha), alpha / since, known)

    def between(self, values: Array) -> Array:
        """What each history has of something at t_x beyond what it has at T: (times, …) → (n, …)."""
        return np.asarray(values[self.known.at_t_x] - values[self.known.at_T])

    def pull(self, values: Array) -> Array:
        """The same turned round: what histories have, given to their t_x and taken from their T."""
        size = self.known.times.size
        return sum_by(self.known.at_t_x, values, size) - sum_by(self.known.at_T, values, size)


def _with_times(
    bends: Array, in_v: Array, in_time: Array, of: tuple[_Ends, _Times, Array], less: Array
) -> Array:
    """Second derivatives in what times follow too: (4 + m, 4 + m)."""
    ends, times, along = of
    of_v = times.between(along / times.since_alpha[:, None])
    beside = in_v @ of_v
    beside[_R] -= less @ along
    beside[_ALPHA] -= (in_time * times.left) @ along
    own = (of_v * ends.by_v_v[:, None]).T @ of_v
    own -= (along * (in_time / times.since_alpha)[:, None]).T @ along
    return np.block([[bends, beside], [beside.T, own]])


@dataclass(frozen=True)
class _Ends:
    """The two ends histories can have, and how their sum in logarithms follows R, v, ln a and ln b.

    Attributes
    ----------
    value : log-likelihood of all, of the ends
    gone : (n,) customers who left after t_x
    unsure : (n,) of them times the chance that they did not
    last : (n,) what takes from the odds, per ln b
    by_shape, by_v : (n,) slopes in R and v
    by_shape_shape, by_shape_v, by_v_v : (n,) second derivatives
    odds_by_shape, odds_by_v : (n,) those in ln a and R or v; per ln b they are −`last` times these
    """

    value: float
    gone: Array
    unsure: Array
    last: Array
    by_shape: Array
    by_v: Array
    by_shape_shape: Array
    by_shape_v: Array
    by_v_v: Array
    odds_by_shape: Array
    odds_by_v: Array

    @classmethod
    def of(cls, known: Histories, parameters: Parameters, k: int, chances: NDArray[np.int64]) -> _Ends:
        r, alpha, a, b = parameters
        shape: Array = (r + k * known.counts.astype(float))[known.at_x]
        grown = np.log1p(known.times / alpha)
        since = grown[known.at_T] - grown[known.at_t_x]
        some = chances > 0
        before = b + np.maximum(chances, 1) - 1.0
        with np.errstate(divide="ignore"):  # with a = 0 nobody drops out: ln 0
            leaving = np.where(some, np.log(a) - np.log(before), -np.inf)[known.at_x]
        phases = _Phases.of(k, shape, known, alpha) if k > 1 else None
        odds = shape * since + leaving
        if phases is not None:
            odds -= phases.alive
        chance, last = expit(odds), (b / before)[known.at_x]
        gone = known.customers * chance
        unsure = gone * expit(-odds)
        value = known.customers @ np.logaddexp(0.0, odds)
        if phases is None:
            by_shape, by_v, d_shape, d_v = gone * since, -gone * shape, since, -shape
            bends = unsure * d_shape**2, unsure * d_shape * d_v - gone, unsure * d_v**2
        else:
            still = known.customers - gone
            value += known.customers @ phases.alive
            by_shape, by_v = gone * since + still * phases.by_shape, still * phases.by_v - gone * shape
            d_shape, d_v = since - phases.by_shape, -shape - phases.by_v
            bends = (
                unsure * d_shape**2 + still * phases.by_shape_shape,
                unsure * d_shape * d_v - gone + still * phases.by_shape_v,
                unsure * d_v**2 + still * phases.by_v_v,
            )
        return cls(float(value), gone, unsure, last, by_shape, by_v, *bends, unsure * d_shape, unsure * d_v)


@dataclass(frozen=True)
class _Phases:
    """A(R, v), the logarithm of the sum over phases of who is alive, with its derivatives: each (n,)."""

    alive: Array
    by_shape: Array
    by_v: Array
    by_shape_shape: Array
    by_shape_v: Array
    by_v_v: Array

    @classmethod
    def of(cls, k: int, shape: Array, known: Histories, alpha: float) -> _Phases:
        waited = (known.T - known.t_x) / (alpha + known.T)  # 1 − e^v
        of, none = np.ones_like(shape), np.zeros_like(shape)
        total, power, before = of.copy(), of, none
        in_shape, in_shape_twice, in_wait, in_both, in_wait_twice = (none.copy() for _ in range(5))
        grows, squares = none, none
        for phase in range(1, k):  # term (R)_j / j! · y^j
            of = of * (shape + (phase - 1)) / phase
            grows, squares = grows + 1.0 / (shape + (phase - 1)), squares + (shape + (phase - 1)) ** -2.0
            in_wait_twice += phase * (phase - 1) * of * before
            before, power = power, power * waited
            total += of * power
            in_shape += of * grows * power
            in_shape_twice += of * (grows**2 - squares) * power
            in_wait += phase * of * before
            in_both += phase * of * grows * before
        by_shape, by_wait = in_shape / total, in_wait / total
        left = 1.0 - waited  # e^v, and −its slope
        return cls(
            np.log(total),
            by_shape,
            -left * by_wait,
            in_shape_twice / total - by_shape**2,
            -left * (in_both / total - by_shape * by_wait),
            left**2 * (in_wait_twice / total - by_wait**2) - left * by_wait,
        )
