"""A customer base in the few numbers its total value depends on, so that it can be valued many times over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.models.arrays import distinct_rows, even_sample, purchase_parameters, sum_by
from retention.lifetime_value.value import predictions

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import Family, PurchaseModel
    from retention.lifetime_value.value.discounting import Terms

_AGES = 5  # points in ln(α + T) between which the effect of other parameters is interpolated
_ALL_COUNTS, _APART = 8, 1.25  # purchases up to which each has its row of the grid, then how far apart
_SAME_AGE = 1e-9  # of ln(α + T): all customers were won on one day
_PARTS = 3  # of the horizon
_MOST, _LEAST = 10_000, 1_000  # customers looked at where there are more states: in all, of each group


@dataclass(frozen=True)
class CustomerBase:
    """The distinct states of groups of customers, with the fitted model's expectations kept as a reference.

    Of very many states it is a sample of each group's customers, taken evenly.

    Attributes
    ----------
    x, t_x, T : (n,) the states, in the model's unit
    customers : (n,) how many share each
    spent : (n,) what they spent on repeat purchases, together
    each : (n,) real customers to one here: 1, or more in a sample
    group : (n,) which group they are in, from 0 on
    groups : how many there are
    horizon : in the model's unit
    kept : what stays of each unit of revenue
    discounts : present value of a purchase in each third of the horizon
    family : the formulas of the fitted model
    fitted : its parameters
    present : (n,) discounted purchases expected of a customer who is alive, under the fitted model
    counts, ages : (c,), (k,) the grid of x and T on which other parameters are tried
    at_count, beyond, at_age : (n,), (n,) and (n, k) where each state stands on it: the row at or below, how
        far towards the next, and weights of the ages
    """

    x: Array
    t_x: Array
    T: Array
    customers: Array
    spent: Array
    each: Array
    group: NDArray[np.int64]
    groups: int
    horizon: float
    kept: float
    discounts: Array
    family: Family
    fitted: Array
    present: Array
    counts: Array
    ages: Array
    at_count: NDArray[np.int64]
    beyond: Array
    at_age: Array

    @classmethod
    def of(cls, parts: Sequence[pd.DataFrame], model: PurchaseModel, terms: Terms) -> CustomerBase:
        """Gather each group's customers by state and value every state once under the fitted model."""
        most = max(_MOST // len(parts), _LEAST)
        (x, t_x, age, customers, spent, each), group = _together(
            [grouped_states(part, most) for part in parts]
        )
        cumulative = predictions.expected_while_alive(model, x, age, terms.ends)
        unit = model.days_per_unit
        ages, weights = _ages(age / unit, model.parameters[1])
        counts = _counts(float(x.max()))
        place = np.interp(np.log1p(x), np.log1p(counts), np.arange(counts.size))
        row = np.minimum(place.astype(np.int64), counts.size - 2)
        return cls(
            x=x, t_x=t_x / unit, T=age / unit, customers=customers, spent=spent, each=each,
            group=group, groups=len(parts), horizon=terms.days / unit, kept=terms.kept,
            discounts=terms.discounts(_PARTS), present=terms.discounted(cumulative), family=model.family,
            fitted=np.array(model.parameters), counts=counts, ages=ages, at_count=row,
            beyond=place - row, at_age=weights,
        )  # fmt: skip

    @cached_property
    def reference(self) -> Array:
        """What `_on_grid` gives under the fitted model."""
        return self._on_grid(self.fitted)

    def totals(self, purchases: Array, spend: Array) -> Array:
        """Each group's discounted margin expected under other parameters of both models: (groups,).

        Infinite where q ≤ 1.

        Other parameters scale what the fitted ones expect by a ratio that is smooth in x and T and hardly
        depends on how finely the horizon is cut, so it is computed at some x and a few ages, and discounted
        by thirds of the horizon.
        """
        p, q, gamma = spend
        if q <= 1.0:
            return np.full(self.groups, np.inf)
        grid = np.log(self._on_grid(purchases) / self.reference)
        steps = np.diff(grid, axis=0)
        here = grid[self.at_count] + self.beyond[:, None] * steps[self.at_count]
        ratio = np.exp(np.einsum("nk,nk->n", here, self.at_age))
        alive = self.family.alive(purchase_parameters(purchases), self.x, self.t_x, self.T)
        value = p * (gamma * self.customers + self.spent) / (p * self.x + q - 1.0)
        return self.kept * sum_by(self.group, self.each * alive * self.present * ratio * value, self.groups)

    def _on_grid(self, parameters: Array) -> Array:
        """Discounted purchases expected of customers alive, by x and age, from thirds of the horizon."""
        ends = self.horizon * np.arange(1, _PARTS + 1) / _PARTS
        x, age = np.repeat(self.counts, self.ages.size), np.tile(self.ages, self.counts.size)
        expected = self.family.while_alive(purchase_parameters(parameters), x, age, ends)
        parts = np.diff(expected.reshape(self.counts.size, self.ages.size, _PARTS), axis=2, prepend=0.0)
        present: Array = parts @ self.discounts
        return present


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
    customers = sum_by(which, np.ones(which.size), size)
    of_each = np.nan_to_num(people["m_x"].to_numpy(dtype=float, na_value=np.nan)) * by_state[0]
    spent = sum_by(which, of_each, size)
    order = np.lexsort(states[::-1])
    x, t_x, age, customers, spent = (column[order] for column in (*states, customers, spent))
    if size <= most:
        return x, t_x, age, customers, spent, np.ones(size)
    taken, number = even_sample(customers, most)
    mean = spent[taken] / customers[taken]
    each = np.full(taken.size, len(people) / most)
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


def _ages(age: Array, alpha: float) -> tuple[Array, Array]:
    """Chebyshev points of ln(α + T) and the weights that interpolate each age between them."""
    where = np.log(alpha + age)
    low, high = where.min(), where.max()
    if high - low < _SAME_AGE:
        return age[:1], np.ones((age.size, 1))
    angles = np.pi * (np.arange(_AGES) + 0.5) / _AGES
    points = (low + high) / 2 + (high - low) / 2 * np.cos(angles)
    others = ~np.eye(_AGES, dtype=bool)
    weights = np.stack(
        [
            np.prod((where[:, None] - points[others[k]]) / (points[k] - points[others[k]]), axis=1)
            for k in range(_AGES)
        ],
        axis=1,
    )
    return np.exp(points) - alpha, weights
