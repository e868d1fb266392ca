"""A customer base in the few numbers its total value depends on, so that it can be valued many times over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.aggregate import customers_of
from retention.lifetime_value.models.arrays import distinct_rows, even_sample, sum_by
from retention.lifetime_value.value import predictions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import Family, PurchaseModel
    from retention.lifetime_value.value.discounting import Terms

    Effect = Callable[["Grid"], Array]  # of drawn parameters, see `effect_of`

_AGES = 5  # points in ln(α + T) between which the effect of other parameters is interpolated
_ALL_COUNTS, _APART = 8, 1.25  # purchases up to which each has its row of the grid, then how far apart
_SAME_AGE = 1e-9  # of ln(α + T): all customers were won on one day
_PARTS = 3  # of the horizon
_MOST, _LEAST = 10_000, 1_000  # customers looked at where there are more states: in all, of each group
_BLOCK = 200_000  # numbers worked on at a time, so that memory stays bounded and near
_TRIED = 50  # parameters tried at a time, for the same reason


@dataclass(frozen=True)
class Grid:
    """Numbers of purchases and ages, on the model's clock, at whose pairs other parameters are tried."""

    counts: tuple[float, ...]
    ages: tuple[float, ...]

    @property
    def states(self) -> tuple[Array, Array, Array]:
        """Purchases, age at the last, as if they were evenly spread, and age of each pair, by purchases."""
        counts, ages = np.repeat(self.counts, len(self.ages)), np.tile(self.ages, len(self.counts))
        return counts, ages * counts / (counts + 1.0), ages


def effect_of(grid: Grid, parameters: Array, model: PurchaseModel, terms: Terms) -> Array:
    """What other parameters do to the discounted purchases expected of customers alive.

    Their ratio to what the fitted ones expect is smooth in x and T and hardly depends on how finely the
    horizon is cut, so that some x and a few ages and thirds of the horizon are enough.

    Parameters
    ----------
    parameters : (d, 4)

    Returns
    -------
    (d, cells) logarithms of the ratio
    """
    ends = model.clock.ahead(terms.parts(_PARTS))

    def present(some: Array) -> Array:
        expected = model.family.while_alive_each(some, *grid.states, ends)
        return np.asarray(np.log(np.diff(expected, axis=2, prepend=0.0) @ terms.discounts(_PARTS)))

    found = np.empty((len(parameters), grid.states[0].size))
    for start in range(0, len(parameters), _TRIED):
        rows = slice(start, start + _TRIED)
        found[rows] = present(parameters[rows])
    return found - present(np.array([model.parameters]))


@dataclass(frozen=True)
class CustomerBase:
    """The distinct states of groups of customers, with the fitted model's expectations kept as a reference.

    Of very many states it is a sample of each group's customers, taken evenly.

    Attributes
    ----------
    x, t_x, T : (n,) the states, in days
    lived : (n,), (n,) t_x and T on the fitted model's clock
    customers : (n,) how many share each
    spent : (n,) what they spent on repeat purchases, together
    each : (n,) real customers to one here: 1, or more in a sample
    group : (n,) which group they are in, from 0 on
    groups : how many there are
    horizon : in days
    kept : what stays of each unit of revenue
    family : the formulas of the fitted model
    present : (n,) discounted purchases expected of a customer who is alive, under the fitted model
    monthly : (months, groups) discounted purchases expected in each month of the horizon
    grid : on which other parameters are tried
    on_grid : (cells, n) where each state stands on it: weights of its cells
    """

    x: Array
    t_x: Array
    T: Array
    lived: tuple[Array, Array]
    customers: Array
    spent: Array
    each: Array
    group: NDArray[np.int64]
    groups: int
    horizon: float
    kept: float
    family: Family
    present: Array
    monthly: Array
    grid: Grid
    on_grid: Array

    @classmethod
    def of(cls, parts: Sequence[pd.DataFrame], model: PurchaseModel, terms: Terms) -> CustomerBase:
        """Gather each group's customers by state and value every state once under the fitted model."""
        most = max(_MOST // len(parts), _LEAST)
        (x, t_x, age, customers, spent, each), group = _together(
            [grouped_states(part, most) for part in parts]
        )
        cumulative = predictions.expected_while_alive(model, x, t_x, age, terms.ends)
        lived = model.clock.past(t_x, age)
        ages, of_ages = _ages(lived[1], model.parameters[1])
        counts = _counts(float(x.max()))
        weights = _between(counts, x)[:, None, :] * of_ages
        here = each * customers * model.family.alive(model.parameters, x, *lived)
        bought = np.diff(cumulative, axis=1, prepend=0.0).T * terms.discounts(terms.horizon_months)[:, None]
        return cls(
            x=x, t_x=t_x, T=age, lived=lived, customers=customers, spent=spent, each=each,
            group=group, groups=len(parts), horizon=terms.days, kept=terms.kept,
            family=model.family, present=terms.discounted(cumulative),
            monthly=np.add.reduceat(here * bought, np.flatnonzero(np.diff(group, prepend=-1)), axis=1),
            grid=Grid(tuple(counts.tolist()), tuple(ages.tolist())), on_grid=weights.reshape(-1, x.size),
        )  # fmt: skip

    def totals(self, purchases: Array, spend: Array, effect: Array) -> Array:
        """Each group's discounted margin expected under other parameters of both models.

        Parameters
        ----------
        purchases, spend : (d, 4), (d, 3) or, one for all, (1, 3)
        effect : (d, cells) of those of purchases, on the grid

        Returns
        -------
        (d, groups) infinite where q ≤ 1
        """
        size, spend = max(_BLOCK // self.x.size, 1), np.broadcast_to(spend, (len(purchases), 3))
        found = np.empty((len(purchases), self.groups))
        for start in range(0, len(purchases), size):
            rows = slice(start, start + size)
            found[rows] = self._totals(purchases[rows], spend[rows], effect[rows])
        return found

    def _totals(self, purchases: Array, spend: Array, effect: Array) -> Array:
        p, q, gamma = np.hsplit(spend, 3)
        with np.errstate(divide="ignore", invalid="ignore"):  # where there is no mean, which is left out
            value = p * (gamma * self.customers + self.spent) / (p * self.x + q - 1.0)
        alive = self.family.alive_each(purchases, self.x, *self.lived)
        here = self.each * self.present * alive * np.exp(effect @ self.on_grid) * value
        return np.where(q > 1.0, self.kept * self.summed(here), np.inf)

    def summed(self, of_state: Array) -> Array:
        """Sum what states have over each group: (…, n) → (…, groups)."""
        first = np.flatnonzero(np.diff(self.group, prepend=-1))
        return np.asarray(np.add.reduceat(of_state, first, axis=-1))


def grouped_states(
    people: pd.DataFrame, most: int = _MOST
) -> tuple[Array, Array, Array, Array, Array, Array]:
    """Gather customers by state; of more states than `most`, as many customers, taken evenly.

    Returns
    -------
    x, t_x and T in days, customers in the state, what they spent, real customers to one of them: (n,) each
    """
    by_state = people[["x", "t_x", "T"]].to_numpy(dtype=float).T
    states, which = distinct_rows(*by_state)
    size = states[0].size
    number_of_each = customers_of(people)
    customers = sum_by(which, number_of_each, size)
    of_each = np.nan_to_num(people["m_x"].to_numpy(dtype=float, na_value=np.nan)) * by_state[0]
    spent = sum_by(which, number_of_each * of_each, size)
    order = np.lexsort(states[::-1])
    x, t_x, age, customers, spent = (column[order] for column in (*states, customers, spent))
    if size <= most:
        return x, t_x, age, customers, spent, np.ones(size)
    taken, number = even_sample(customers, most)
    mean = spent[taken] / customers[taken]
    each = np.full(taken.size, float(number_of_each.sum()) / most)
    return x[taken], t_x[taken], age[taken], number, mean * number, each


def _together(parts: Sequence[Sequence[Array]]) -> tuple[list[Array], NDArray[np.int64]]:
    """The columns of all groups one under the other, and the group of each row."""
    group = np.repeat(np.arange(len(parts)), [part[0].size for part in parts])
    return [np.concatenate(column) for column in zip(*parts, strict=True)], group


def _counts(most: float) -> Array:
    """Numbers of purchases of the grid: the small ones all, then farther and farther apart."""
    few = np.arange(_ALL_COUNTS + 1.0)
    if most <= _ALL_COUNTS:
        return few
    parts = int(np.ceil(np.log(most / _ALL_COUNTS) / np.log(_APART)))
    return np.concatenate([few, np.geomspace(_ALL_COUNTS, most, parts + 1)[1:]])


def _between(counts: Array, x: Array) -> Array:
    """Weights that interpolate each x between the counts, in ln(1 + x): (c, n)."""
    place = np.interp(np.log1p(x), np.log1p(counts), np.arange(counts.size))
    row = np.minimum(place.astype(np.int64), counts.size - 2)
    weights, each = np.zeros((counts.size, x.size)), np.arange(x.size)
    weights[row, each], weights[row + 1, each] = 1.0 - (place - row), place - row
    return weights


def _ages(age: Array, alpha: float) -> tuple[Array, Array]:
    """Chebyshev points of ln(α + T) and the weights that interpolate each age between them: (k,), (k, n)."""
    where = np.log(alpha + age)
    low, high = where.min(), where.max()
    if high - low < _SAME_AGE:
        return age[:1], np.ones((1, age.size))
    angles = np.pi * (np.arange(_AGES) + 0.5) / _AGES
    points = (low + high) / 2 + (high - low) / 2 * np.cos(angles)
    others = ~np.eye(_AGES, dtype=bool)
    weights = np.stack(
        [
            np.prod((where[:, None] - points[others[k]]) / (points[k] - points[others[k]]), axis=1)
            for k in range(_AGES)
        ]
    )
    return np.exp(points) - alpha, weights
