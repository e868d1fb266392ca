"""Parameters of a purchase model near the fitted ones, and what customers who left would buy under each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.models.drawing import beside, known_spread
from retention.lifetime_value.value.predictions import (
    alike_gone,
    expected_had_they_stayed,
    probability_alive,
)

if TYPE_CHECKING:
    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel
    from retention.lifetime_value.value.discounting import Terms

_STEP = 1e-3  # of the logarithm of a parameter
_PARTS = 3  # of the horizon


def moved(fitted: Array) -> Array:
    """The k fitted parameters, with each of them moved up, then with each moved down: (1 + 2k, k)."""
    steps = _STEP * np.eye(fitted.size)
    return np.asarray(fitted * np.exp(np.concatenate([np.zeros((1, fitted.size)), steps, -steps])))


def moved_models(purchases: PurchaseModel, first: int = 0) -> list[PurchaseModel]:
    """A purchase model, then with each logarithm moved up, then down: of its parameters and of its season.

    Parameters
    ----------
    first : the first of them to be moved: 4 for the season alone
    """
    steps = _STEP * np.eye(len(known_spread(purchases)))[first:]
    return [purchases, *(purchases.moved(step) for step in (*steps, *-steps))]


def slopes(found: Array, parameters: int) -> Array:
    """Slopes, by logarithms of k parameters, of that of what each of `moved` gave: (≥ 1 + 2k, g) → (k, g)."""
    up, down = found[1 : parameters + 1], found[parameters + 1 : 2 * parameters + 1]
    return np.asarray(np.log(up / down) / (2.0 * _STEP))


@dataclass(frozen=True)
class MovedParameters:
    """A purchase model with its parameters moved, to be tried on customers who may have left.

    Attributes
    ----------
    models : those of `moved_models`, then those that fit nearly as well
    terms : on what terms the future is valued
    """

    models: tuple[PurchaseModel, ...]
    terms: Terms

    @classmethod
    def of(cls, purchases: PurchaseModel, terms: Terms) -> MovedParameters:
        """Move those of a model, and take the others that fit nearly as well."""
        return cls((*moved_models(purchases), *beside(purchases)), terms)

    def present(self, x: Array, t_x: Array, age: Array) -> Array:
        """Discounted purchases of customers, were they there: three (n,) in days → (models, n).

        The horizon is cut in a few parts.
        """
        kinds, which = alike_gone(self.models[0], x, t_x, age)
        discounts, ends = self.terms.discounts(_PARTS), self.terms.parts(_PARTS)
        cumulative = np.array([expected_had_they_stayed(model, *kinds, ends) for model in self.models])
        return np.asarray(np.diff(cumulative, axis=2, prepend=0.0) @ discounts)[:, which]

    def gone(self, x: Array, t_x: Array, age: Array) -> Array:
        """Chance that customers have left: three (n,) in days → (models, n)."""
        return 1.0 - np.array([probability_alive(model, x, t_x, age) for model in self.models])
