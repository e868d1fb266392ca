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
from retention.lifetime_value.models.newton import Curved

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


def curved(known: Histories, parameters: Parameters) -> Curved | None:
    """Log-likelihood but for the factors of x alone, and its gradient in (ln r, ln α, ln s, ln β): (4,).

    None for parameters under which the integrands fall so steeply that there would be too many stretches.

    Everything is kept relative to the integrand at some moment, so that nothing overflows. The gradient is
    that of the likelihood had the moment of drop-out been seen, averaged over when it may have been; and the
    information is that of what had been seen, less how much its gradient differs between these moments
    (Louis 1982, "Finding the observed information matrix when using the EM algorithm").
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

    def leaving(to_come: Array) -> Array:
        return np.asarray(s * (to_come[last] - stays * to_come[now]))

    both = alive + np.maximum(leaving(stretches.to_come(stretches.inside.sum(axis=1))), 0.0)
    total = float(known.customers.sum())
    value = known.customers @ (log_last + np.log(both)) + total * (r * np.log(alpha) + s * np.log(beta))
    weight = known.customers / both
    entering = sum_by(last, s * weight, stretches.size) - sum_by(now, s * weight * stays, stretches.size)
    dropping = stretches.passed_on(entering)

    seen = Seen.of(parameters, known.x.astype(float), known.T, 0.0)
    gone = Seen.of(parameters, stretches.x[:, None], stretches.moments, 1.0)
    means = np.array(
        [leaving(stretches.to_come(one)) for one in (gone.slopes * stretches.inside).sum(axis=2)]
    )
    means = (seen.slopes * alive + means) / both
    slope = means @ known.customers
    matrix = seen.bends(alive * weight) + gone.bends(dropping[:, None] * stretches.inside)
    matrix -= (means * known.customers) @ means.T
    return Curved(float(value), slope, -matrix)


@dataclass(frozen=True)
class Seen:
    """Histories of which it is known until when they lasted, alive then or dropped out: their slopes.

    Attributes
    ----------
    parameters : r, α, s, β
    often : (…) r + x
    ended : 1 where they dropped out
    slopes : (4, …) in (ln r, ln α, ln s, ln β)
    left : (2, …) α and β by what they and the moment add up to
    """

    parameters: Parameters
    often: Array
    ended: float
    slopes: Array
    left: tuple[Array, Array]

    @classmethod
    def of(cls, parameters: Parameters, x: Array, moments: Array, ended: float) -> Seen:
        """Of numbers of purchases, and of the moments they lasted until."""
        r, alpha, s, beta = parameters
        often, left = r + x, (alpha / (alpha + moments), beta / (beta + moments))
        slopes = np.stack(
            [
                -r * np.log1p(moments / alpha),
                r - often * left[0],
                ended - s * np.log1p(moments / beta),
                s - (s + ended) * left[1],
            ]
        )
        return cls(parameters, often, ended, slopes, left)

    def bends(self, weight: Array) -> Array:
        """Second derivatives, and the squares of the slopes, of so much of each: (…) → (4, 4)."""
        r, _, s, _ = self.parameters
        flat = self.slopes.reshape(4, -1)
        found = (flat * weight.ravel()) @ flat.T
        whole = weight.sum()
        of_r, _, of_s, _ = flat @ weight.ravel()
        in_alpha, in_beta = self.left
        found[0, 0] += of_r
        found[[0, 1], [1, 0]] += r * (whole - np.vdot(weight, in_alpha))
        found[1, 1] -= np.vdot(weight, self.often * in_alpha * (1.0 - in_alpha))
        found[2, 2] += of_s - self.ended * whole
        found[[2, 3], [3, 2]] += s * (whole - np.vdot(weight, in_beta))
        found[3, 3] -= (s + self.ended) * np.vdot(weight, in_beta * (1.0 - in_beta))
        return found


def _parts(moments: Moments, parameters: Parameters) -> Array:
    """Into how many stretches the time from each moment to the next is cut: (moments,), whole numbers."""
    r, alpha, s, beta = parameters
    bought, lived = (np.log1p(moments.until_next / (scale + moments.time)) for scale in (alpha, beta))
    falls = (r + moments.x) * bought + (s + 1.0) * lived
    return np.asarray(
        np.ceil(np.maximum(np.maximum(falls / _FALLS, np.maximum(bought, lived) / _GROWS), 1.0))
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

    def to_come(self, integrals: Array) -> Array:
        """Integral from where each begins to the last moment of its x, by the integrand there: (k,).

        Parameters
        ----------
        integrals : (k,) over each alone
        """
        integrals, logs = self._table(integrals), self._falling
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

    @cached_property
    def moments(self) -> Array:
        """Moments within each at which the integrand is looked at: (k, 8)."""
        return self.begin[:, None] + self.width[:, None] / 2.0 * (_POINTS + 1.0)

    @cached_property
    def inside(self) -> Array:
        """The integrand there, relative to where the stretch begins, with the weights of the rule: (k, 8)."""
        r, alpha, s, beta = self.parameters
        falls = -(r + self.x)[:, None] * np.log(alpha + self.moments)
        falls -= (s + 1.0) * np.log(beta + self.moments) + self.logs[:, None]
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
