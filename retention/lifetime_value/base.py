"""A customer base in the few numbers its total value depends on, so that it can be valued many times over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value import predict
from retention.lifetime_value.arrays import added, distinct, evenly, four

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from retention.lifetime_value.arrays import Array
    from retention.lifetime_value.discounting import Terms
    from retention.lifetime_value.models import Family, PurchaseModel

_AGES = 5  # points in ln(α + T) between which the effect of other parameters is interpolated
_SAME_AGE = 1e-9  # of ln(α + T): all customers were won on one day
_PARTS = 3  # of the horizon
_MOST = 10_000  # customers looked at, where there are more states than that


@dataclass(frozen=True)
class CustomerBase:
    """The distinct states of customers, with the fitted model's expectations kept as a reference.

    Of very many states it is a sample of the customers, taken evenly.

    Attributes
    ----------
    x, t_x, T : (n,) the states, in the model's unit
    customers : (n,) how many share each
    spent : (n,) what they spent on repeat purchases, together
    each : real customers to one here: 1, or more in a sample
    horizon : in the model's unit
    kept : what stays of each unit of revenue
    discounts : present value of a purchase in each third of the horizon
    family : the formulas of the fitted model
    fitted : its parameters
    present : (n,) discounted purchases expected of a customer who is alive, under the fitted model
    counts, ages : (c,), (k,) the grid of x and T on which other parameters are tried
    at_count, at_age : (n,) and (n, k) where each state stands on it: row, and weights of the ages
    """

    x: Array
    t_x: Array
    T: Array
    customers: Array
    spent: Array
    each: float
    horizon: float
    kept: float
    discounts: Array
    family: Family
    fitted: Array
    present: Array
    counts: Array
    ages: Array
    at_count: NDArray[np.int64]
    at_age: Array

    @classmethod
    def of(cls, people: pd.DataFrame, model: PurchaseModel, terms: Terms) -> CustomerBase:
        """Group customers by state and value each once under the fitted model."""
        (x, t_x, age), customers, spent, each = _grouped(people)
        cumulative = predict.expected_while_alive(model, x, age, terms.ends)
        unit = model.days_per_unit
        ages, weights = _ages(age / unit, model.parameters[1])
        counts, row = np.unique(x, return_inverse=True)
        return cls(
            x=x, t_x=t_x / unit, T=age / unit, customers=customers, spent=spent, each=each,
            horizon=terms.days / unit, kept=terms.kept, discounts=terms.discounts(_PARTS),
            present=terms.discounted(cumulative), family=model.family, fitted=np.array(model.parameters),
            counts=counts, ages=ages, at_count=row, at_age=weights,
        )  # fmt: skip

    @cached_property
    def reference(self) -> Array:
        """What `_on_grid` gives under the fitted model."""
        return self._on_grid(self.fitted)

    def total(self, purchases: Array, spend: Array) -> float:
        """Discounted margin expected under other parameters of both models; infinite where q ≤ 1.

        Other parameters scale what the fitted ones expect by a ratio that is smooth in T and hardly
        depends on how finely the horizon is cut, so it is computed at a few ages for each x, and
        discounted by thirds of the horizon.
        """
        p, q, gamma = spend
        if q <= 1.0:
            return float("inf")
        grid = np.log(self._on_grid(purchases) / self.reference)
        ratio = np.exp(np.einsum("nk,nk->n", grid[self.at_count], self.at_age))
        alive = self.family.alive(four(purchases), self.x, self.t_x, self.T)
        value = p * (gamma * self.customers + self.spent) / (p * self.x + q - 1.0)
        return self.each * self.kept * float(np.sum(alive * self.present * ratio * value))

    def _on_grid(self, parameters: Array) -> Array:
        """Discounted purchases expected of customers alive, by x and age, from thirds of the horizon."""
        ends = self.horizon * np.arange(1, _PARTS + 1) / _PARTS
        x, age = np.repeat(self.counts, self.ages.size), np.tile(self.ages, self.counts.size)
        expected = self.family.while_alive(four(parameters), x, age, ends)
        parts = np.diff(expected.reshape(self.counts.size, self.ages.size, _PARTS), axis=2, prepend=0.0)
        present: Array = parts @ self.discounts
        return present


def _grouped(people: pd.DataFrame) -> tuple[list[Array], Array, Array, float]:
    """States, customers in each, what they spent, and how many real customers stand behind one."""
    by_state = people[["x", "t_x", "T"]].to_numpy(dtype=float).T
    states, which = distinct(*by_state)
    size = states[0].size
    customers = added(which, np.ones(which.size), size)
    of_each = np.nan_to_num(people["m_x"].to_numpy(dtype=float, na_value=np.nan)) * by_state[0]
    spent = added(which, of_each, size)
    order = np.lexsort(states[::-1])
    states, customers, spent = [column[order] for column in states], customers[order], spent[order]
    if customers.size <= _MOST:
        return states, customers, spent, 1.0
    taken, number = evenly(customers, _MOST)
    mean = spent[taken] / customers[taken]
    return [column[taken] for column in states], number, mean * number, len(people) / _MOST


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
