"""Parameters of a purchase model near the fitted ones, and what customers alive would buy under each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.models.arrays import distinct_rows

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import Family, PurchaseModel
    from retention.lifetime_value.value.discounting import Terms

_STEP = 1e-3  # of the logarithm of a parameter
_PARTS = 3  # of the horizon


def moved(fitted: Array) -> Array:
    """The k fitted parameters, with each of them moved up, then with each moved down: (1 + 2k, k)."""
    steps = _STEP * np.eye(fitted.size)
    return np.asarray(fitted * np.exp(np.concatenate([np.zeros((1, fitted.size)), steps, -steps])))


def slopes(found: Array, parameters: int) -> Array:
    """Slopes, by logarithms of k parameters, of that of what each of `moved` gave: (≥ 1 + 2k, g) → (k, g)."""
    up, down = found[1 : parameters + 1], found[parameters + 1 : 2 * parameters + 1]
    return np.asarray(np.log(up / down) / (2.0 * _STEP))


@dataclass(frozen=True)
class MovedParameters:
    """A purchase model with its parameters moved, tried on every pair of x and T among some customers.

    Attributes
    ----------
    parameters : (m, 4) those of `moved`, then those that fit nearly as well
    family, unit : the model's formulas, and days in its unit of time
    counts, ages : the distinct x and T, in days
    pairs : (k,) which pairs of the two occur, by their number, in order
    present : (m, k) discounted purchases expected of a customer alive, for each pair
    """

    parameters: Array
    family: Family
    unit: float
    counts: Array
    ages: Array
    pairs: NDArray[np.int64]
    present: Array

    @classmethod
    def of(cls, people: pd.DataFrame, purchases: PurchaseModel, terms: Terms) -> MovedParameters:
        """Try them on some customers: x and T in days, a customer a row."""
        parameters = np.concatenate([moved(np.array(purchases.parameters)), purchases.alternatives])
        (x, age), _ = distinct_rows(people["x"], people["T"])
        counts, ages = np.unique(x), np.unique(age)
        pairs = np.unique(_number(counts, ages, x, age))
        bought, lived = counts[pairs // ages.size], ages[pairs % ages.size]
        unit = purchases.days_per_unit
        ends = terms.days * np.arange(1, _PARTS + 1) / _PARTS
        cumulative = purchases.family.while_alive_each(parameters, bought, lived / unit, ends / unit)
        present = np.diff(cumulative, axis=2, prepend=0.0) @ terms.discounts(_PARTS)
        return cls(parameters, purchases.family, unit, counts, ages, pairs, present)

    def present_of(self, x: Array, age: Array) -> Array:
        """Discounted purchases of some of these customers, were they alive: (n,), (n,) in days → (m, n)."""
        return self.present[:, np.searchsorted(self.pairs, _number(self.counts, self.ages, x, age))]

    def gone(self, x: Array, t_x: Array, age: Array) -> Array:
        """Chance that customers have left: three (n,) in days → (m, n)."""
        (bought, last, lived), which = distinct_rows(x, t_x, age)
        alive = self.family.alive_each(self.parameters, bought, last / self.unit, lived / self.unit)
        return np.asarray((1.0 - alive)[:, which])


def _number(counts: Array, ages: Array, x: Array, age: Array) -> NDArray[np.int64]:
    return np.searchsorted(counts, x) * ages.size + np.searchsorted(ages, age)
