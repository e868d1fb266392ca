"""The Pareto/NBD's log-likelihood of all customers at once: integrals over drop-out shared between states.

With λ ~ Gamma(r, α) and μ ~ Gamma(s, β) a history has the likelihood, but for a factor of x alone,
α^r·β^s·((α+T)^−(r+x)·(β+T)^−s + s·∫ (α+y)^−(r+x)·(β+y)^−(s+1) dy) with y from t_x to T. The integrand
depends on x alone, so that for each x the stretches from one t_x or T to the next are integrated once and
added up: a million customers have a few hundred thousand states, but some twenty thousand such stretches.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.models.arrays import sum_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array, Parameters
    from retention.lifetime_value.models.histories import Histories, Moments

# Within one stretch the integrand falls by e^-2 at most, and times counted from −α and from −β grow by no
# more than three tenths: eight points then give it to all digits.
_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(8)
_FALLS, _GROWS = 2.0, np.log(1.3)
_MOST = 20  # stretches for each moment; where it takes more, each state by itself is quicker
_BLOCK = 300.0  # by how much a logarithm may fall before sums start on a new scale, well within a float


def summed(known: Histories, parameters: Parameters) -> tuple[float, Array] | None:
    """Log-likelihood but for the factors of x alone, and its gradient in (ln r, ln α, ln s, ln β): (4,).

    None for parameters under which the integrands fall so steeply that there would be too many stretches.

    Everything is kept relative to the integrand at some moment, so that nothing overflows. The gradient is
    that of the likelihood had the moment of drop-out been seen, averaged over when it may have been.
    """
    r, alpha, s, beta = parameters
    parts = _parts(known.moments, parameters)
    if parts.sum() > _MOST * parts.size:
        return None
    stretches = _Stretches.between(known.moments, parts.astype(np.int64), parameters)
    last, now = stretches.at[known.moments.at_t_x], stretches.at[known.moments.at_T]
    log_last = stretches.logs[last]
    stays = np.exp(stretches.logs[now] - log_last)
    alive = stays * (beta + known.times)[known.at_T]
    to_come = stretches.to_come()
    both = alive + s * np.maximum(to_come[last] - stays * to_come[now], 0.0)
    total = float(known.customers.sum())
    value = known.customers @ (log_last + np.log(both)) + total * (r * np.log(alpha) + s * np.log(beta))
    weight = known.customers / both
    entering = sum_by(last, s * weight, stretches.size) - sum_by(now, s * weight * stays, stretches.size)
    slope = _of_alive(known, alive * weight, parameters) + stretches.slope(stretches.passed_on(entering))
    return float(value), slope + total * np.array([0.0, r, 0.0, s])


def _parts(moments: Moments, parameters: Parameters) -> Array:
    """Into how many stretches the time from each moment to the next is cut: (moments,), whole numbers."""
    r, alpha, s, beta = parameters
    bought, lived = (np.log1p(moments.until_next / (scale + moments.time)) for scale in (alpha, beta))
    falls = (r + moments.x) * bought + (s + 1.0) * lived
    return np.asarray(
        np.ceil(np.maximum(np.maximum(falls / _FALLS, np.maximum(bought, lived) / _GROWS), 1.0))
    )


def _of_alive(known: Histories, alive: Array, parameters: Parameters) -> Array:
    """Part of the gradient of customers as likely as each is `alive`: (4,)."""
    r, alpha, s, beta = parameters
    times, size = known.times, known.times.size
    of_age, bought = sum_by(known.at_T, alive, size), sum_by(known.at_T, alive * (r + known.x), size)
    return -np.array(
        [
            r * (of_age @ np.log1p(times / alpha)),
            bought @ (alpha / (alpha + times)),
            s * (of_age @ np.log1p(times / beta)),
            s * (of_age @ (beta / (beta + times))),
        ]
    )


@dataclass(frozen=True)
class _Stretches:
    """Stretches of time, for one x after the other, over each of which the integrand is smooth.

    The last of each x has no width: it stands for where the one before ends.

    Attributes
    ----------
    parameters : r, α, s, β
    x, begin, width : (k,)
    at : (moments,) which stretch begins at each moment
    place, shape : (k,) where each stands in a table of a column for each x, flattened; that table's shape
    """

    parameters: Parameters
    x: Array
    begin: Array
    width: Array
    at: NDArray[np.int64]
    place: NDArray[np.int64]
    shape: tuple[int, int]

    @classmethod
    def between(cls, moments: Moments, parts: NDArray[np.int64], parameters: Parameters) -> _Stretches:
        """From each moment to the next, cut into so many parts, as time counted from −α or −β grows."""
        scale = min(parameters[1], parameters[3]) + moments.time
        at = np.cumsum(parts) - parts
        whole = np.repeat(np.arange(parts.size), parts)
        share = (np.arange(whole.size) - at[whole]) / parts[whole]
        grown = np.log1p(moments.until_next / scale)
        begin = moments.time[whole] + scale[whole] * np.expm1(share * grown[whole])
        width = np.where(moments.until_next[whole] > 0, np.diff(begin, append=0.0), 0.0)
        column = moments.at_x[whole]
        row = np.arange(whole.size) - at[moments.first][column]
        shape = int(row.max()) + 1, moments.first.size
        return cls(parameters, moments.x[whole], begin, width, at, row * shape[1] + column, shape)

    @property
    def size(self) -> int:
        """How many there are."""
        return self.x.size

    @cached_property
    def logs(self) -> Array:
        """Logarithm of the integrand where each begins: (k,)."""
        r, alpha, s, beta = self.parameters
        return np.asarray(-(r + self.x) * np.log(alpha + self.begin) - (s + 1.0) * np.log(beta + self.begin))

    def to_come(self) -> Array:
        """Integral from where each begins to the last moment of its x, by the integrand there: (k,)."""
        integrals, logs = self._table(self._inside.sum(axis=1)), self._falling
        found = np.zeros_like(logs)
        for start, end in reversed(self._blocks):
            scale = np.exp(logs[start : end + 1] - logs[start])
            sums = np.cumsum((scale[:-1] * integrals[start:end])[::-1], axis=0)[::-1]
            found[start:end] = (sums + scale[-1] * found[end]) / scale[:-1]
        return np.asarray(found.ravel()[self.place])

    def passed_on(self, entering: Array) -> Array:
        """Add what enters at each to what entered before, relative to the integrand where it begins: (k,)."""
        found, logs = self._table(entering), self._falling
        for start, end in self._blocks:
            scale = np.exp(logs[start : end + 1] - logs[start])
            found[start : end + 1] = scale * np.cumsum(found[start : end + 1] / scale, axis=0)
        return np.asarray(found.ravel()[self.place])

    def slope(self, dropping: Array) -> Array:
        """Part of the gradient of customers who dropped out in each stretch as likely as told: (4,)."""
        r, alpha, s, beta = self.parameters
        inside = dropping[:, None] * self._inside
        gone, (bought, lived) = inside.sum(), self._grown
        return np.array(
            [
                -r * (np.vdot(inside, bought) - gone * np.log(alpha)),
                -alpha * ((r + self.x) @ (inside / (alpha + self._moments)).sum(axis=1)),
                gone - s * (np.vdot(inside, lived) - gone * np.log(beta)),
                -(s + 1.0) * beta * (inside / (beta + self._moments)).sum(),
            ]
        )

    @cached_property
    def _moments(self) -> Array:
        """Moments within each at which the integrand is looked at: (k, 8)."""
        return self.begin[:, None] + self.width[:, None] / 2.0 * (_POINTS + 1.0)

    @cached_property
    def _grown(self) -> tuple[Array, Array]:
        """Logarithms of these moments counted from −α and from −β: (k, 8) each."""
        _, alpha, _, beta = self.parameters
        return np.log(alpha + self._moments), np.log(beta + self._moments)

    @cached_property
    def _inside(self) -> Array:
        """The integrand there, relative to where the stretch begins, with the weights of the rule: (k, 8)."""
        (r, _, s, _), (bought, lived) = self.parameters, self._grown
        falls = -(r + self.x)[:, None] * bought - (s + 1.0) * lived - self.logs[:, None]
        return np.asarray(np.exp(falls) * (self.width[:, None] / 2.0 * _WEIGHTS))

    def _table(self, values: Array) -> Array:
        """A column for each x, 0 below its last stretch."""
        table = np.zeros(self.shape)
        table.ravel()[self.place] = values
        return table

    @cached_property
    def _falling(self) -> Array:
        """The logarithm of the integrand less that at each column's first moment, as a table."""
        within = np.append(self.width[:-1] > 0, False)
        falls = self._table(np.where(within, np.diff(self.logs, append=0.0), 0.0))
        return np.cumsum(falls, axis=0) - falls

    @cached_property
    def _blocks(self) -> list[tuple[int, int]]:
        """First and last rows of parts of the table in which no column falls by more than a float holds."""
        most = -np.diff(self._falling, axis=0).min(axis=1, initial=0.0)
        number = (np.cumsum(np.append(0.0, most)) / _BLOCK).astype(np.int64)
        starts = np.flatnonzero(np.diff(number, prepend=-1)).tolist()
        ends = [*starts[1:], len(number) - 1]
        return [(start, end) for start, end in zip(starts, ends, strict=True) if end > start]
