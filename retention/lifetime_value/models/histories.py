"""The histories a purchase model is fitted to, each value that many share kept once."""

# ruff: noqa: N803, N806, N815  T is the field's own name for the age
from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from retention.lifetime_value.models.arrays import even_sample, sum_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array


@dataclass(frozen=True)
class Moments:
    """The distinct pairs of an x with a t_x or a T, in order.

    Attributes
    ----------
    x, at_x, time : (p,) the two, and which of the distinct x it is
    first : (c,) the first moment of each x
    until_next : (p,) time to the next moment of the same x, 0 for the last
    at_t_x, at_T : (n,) which of them each state's t_x and T is
    """

    x: Array
    at_x: NDArray[np.int64]
    first: NDArray[np.int64]
    time: Array
    until_next: Array
    at_t_x: NDArray[np.int64]
    at_T: NDArray[np.int64]


@dataclass(frozen=True)
class Histories:
    """States with their counts, in the order of x, t_x, T.

    A million customers have a few hundred thousand states but only a few dozen x and, in whole days, some
    hundred ages: what depends on these alone is computed once for each.

    Attributes
    ----------
    x, t_x, T, customers : (n,)
    counts, at_x : (c,), (n,) the distinct x, and which of them each state has
    times, at_t_x, at_T : (k,), (n,), (n,) the distinct ages, and which of them each t_x and T is
    having : (c,) customers with each x
    aged, bought : (k,) customers of each age T, and their repeat purchases
    """

    x: NDArray[np.int64]
    t_x: Array
    T: Array
    customers: Array
    counts: NDArray[np.int64]
    at_x: NDArray[np.int64]
    times: Array
    at_t_x: NDArray[np.int64]
    at_T: NDArray[np.int64]
    having: Array
    aged: Array
    bought: Array

    @classmethod
    def of(cls, purchases: NDArray[Any], t_x: Array, T: Array, customers: Array) -> Histories:
        """Sort states, so that nothing depends on the order they come in."""
        order = _in_order(purchases, t_x, T)
        x = purchases[order].astype(np.int64)
        t_x, T = t_x[order].astype(float), T[order].astype(float)
        weight = customers[order].astype(float)
        at_x, counts = pd.factorize(x, sort=True)
        both, times = pd.factorize(np.concatenate([t_x, T]), sort=True)
        at_t_x, at_T = both[: x.size], both[x.size :]
        return cls(
            x=x, t_x=t_x, T=T, customers=weight,
            counts=counts, at_x=at_x, times=times, at_t_x=at_t_x, at_T=at_T,
            having=sum_by(at_x, weight, counts.size),
            aged=sum_by(at_T, weight, times.size),
            bought=sum_by(at_T, weight * x, times.size),
        )  # fmt: skip

    @cached_property
    def moments(self) -> Moments:
        """What the integrals over drop-out end at."""
        size = self.times.size
        last, now = self.at_x * size + self.at_t_x, self.at_x * size + self.at_T
        seen = np.zeros(self.counts.size * size, dtype=bool)
        seen[last] = seen[now] = True
        place = np.cumsum(seen) - 1
        at_x, at_time = np.divmod(np.flatnonzero(seen), size)
        time, same = self.times[at_time], np.append(np.diff(at_x) == 0, False)
        return Moments(
            x=self.counts[at_x].astype(float),
            at_x=at_x,
            first=np.flatnonzero(np.diff(at_x, prepend=-1)),
            time=time,
            until_next=np.where(same, np.diff(time, append=0.0), 0.0),
            at_t_x=place[last],
            at_T=place[now],
        )

    @property
    def total(self) -> int:
        """How many customers there are."""
        return int(self.customers.sum())

    def sample(self, size: int) -> Histories:
        """As good as `size` of the customers, taken evenly from the states in their order."""
        which, customers = even_sample(self.customers, size)
        return Histories.of(self.x[which], self.t_x[which], self.T[which], customers)


def _in_order(x: NDArray[Any], t_x: Array, T: Array) -> NDArray[np.int64] | slice:
    """What brings states into the order of x, t_x, T; nothing where they come so."""
    steps = [np.diff(column) for column in (x, t_x, T)]
    same_x, same_t_x = steps[0] == 0, steps[1] == 0
    sorted_already = (steps[0] > 0) | (same_x & ((steps[1] > 0) | (same_t_x & (steps[2] >= 0))))
    return slice(None) if sorted_already.all() else np.lexsort((T, t_x, x))
