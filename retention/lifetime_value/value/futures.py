"""Simulated futures: how often customers buy, drawn from the model's own chances, and what they spend."""

# ruff: noqa: N803  T is the field's own name for the age
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.models.arrays import distinct_rows, sum_by
from retention.lifetime_value.value.purchase_distribution import blocks, most_purchases, purchase_chances

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel, SpendModel

_TINY = 1e-300


@dataclass(frozen=True)
class Bought:
    """Who buys in some simulated futures: a row for each customer who does so in one of them.

    Attributes
    ----------
    future, customer : (m,) their places, from 0 on
    purchases : (m,) purchase days, 1 or more
    futures : how many there are
    """

    future: NDArray[np.int64]
    customer: NDArray[np.int64]
    purchases: NDArray[np.int64]
    futures: int

    def spent(self, x: Array, repeat_spend: Array, spend: SpendModel, chance: np.random.Generator) -> Array:
        """What each row spends: with n purchases Gamma(p·n, ν), ν ~ Gamma(p·x + q, γ + x·m_x).

        Parameters
        ----------
        x, repeat_spend : (n,) repeat purchase days of all customers, and what they spent on them, x·m_x

        Returns
        -------
        (m,) money
        """
        rate = np.maximum(chance.standard_gamma(spend.p * x[self.customer] + spend.q), _TINY)
        worth = chance.standard_gamma(spend.p * self.purchases)
        return np.asarray(worth * (spend.gamma + repeat_spend[self.customer]) / rate)

    def sums(self, values: Array, group: NDArray[np.int64], groups: int) -> Array:
        """Sum of values of the rows in each future, by customers' group: (m,), (n,) → (futures, groups)."""
        where = self.future * groups + group[self.customer]
        return sum_by(where, values, self.futures * groups).reshape(self.futures, groups)


@dataclass(frozen=True)
class Futures:
    """The chances of customers' numbers of purchases within a horizon, ready to be drawn from.

    Attributes
    ----------
    none : (n,) chance of no purchase
    state : (n,) which of the states below each customer is in
    reached : chances of at most 0, 1, 2 … purchases, the number of the state added, one after the other; so
        they rise all along, and one search finds the purchases of anybody
    starts : where each state's begin
    """

    none: Array
    state: NDArray[np.int64]
    reached: Array
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, model: PurchaseModel, x: Array, t_x: Array, T: Array, horizon: float) -> Futures:
        """The futures of customers, in **days**: (n,), (n,), (n,)."""
        states, which = distinct_rows(x, t_x, T)
        order, reached, sizes = _reached(model, states, horizon)
        place = np.empty(order.size, dtype=np.int64)
        place[order] = np.arange(order.size)
        starts, state = np.cumsum(sizes) - sizes, place[which]
        return cls((reached[starts] - np.arange(order.size))[state], state, reached, starts)

    def drawn(self, futures: int, chance: np.random.Generator) -> Bought:
        """So many futures of all customers."""
        luck = chance.random((self.state.size, futures))
        buys = np.flatnonzero(luck > self.none[:, None])  # one place each, which is quicker than two
        customer, future = np.divmod(buys, futures)
        state = self.state[customer]
        first, reaches = self.starts[state], state + luck.take(buys)
        purchases = np.ones(buys.size, dtype=np.int64)
        more = np.flatnonzero(self.reached[first + 1] < reaches)  # most who buy do so once
        purchases[more] = np.searchsorted(self.reached, reaches[more]) - first[more]
        return Bought(future, customer, purchases, futures)


def _reached(
    model: PurchaseModel, states: list[Array], horizon: float
) -> tuple[NDArray[np.int64], Array, NDArray[np.int64]]:
    """The order states are taken in, `Futures.reached`, and how many numbers of it each state has."""
    x, t_x, age = states
    order: list[NDArray[np.int64]] = []
    reached: list[Array] = []
    sizes: list[NDArray[np.int64]] = []
    before = 0
    for rows, most in _alike(most_purchases(model, x, age, horizon)):
        chances = purchase_chances(model, x[rows], t_x[rows], age[rows], horizon, most=most)
        up_to = np.minimum(np.cumsum(chances, axis=1), 1.0)
        up_to[:, -1] = 1.0
        order.append(rows)
        reached.append(np.ravel(up_to + np.arange(before, before + rows.size)[:, None]))
        sizes.append(np.full(rows.size, most + 1, dtype=np.int64))
        before += rows.size
    return np.concatenate(order), np.concatenate(reached), np.concatenate(sizes)


def _alike(most: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], int]]:
    """`blocks` of states none of which counts up to twice as many purchases as another."""
    scale = np.log2(most + 1.0).astype(np.int64)
    for one in np.unique(scale):
        rows = np.flatnonzero(scale == one)
        for some, highest in blocks(most[rows]):
            yield rows[some], highest
