"""Parameters of a purchase model near the fitted ones, and what customers who left would buy under each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.models.arrays import distinct_rows, purchase_parameters
from retention.lifetime_value.models.drawing import beside
from retention.lifetime_value.models.fitted import PARAMETERS
from retention.lifetime_value.value.predictions import alike_gone
from retention.lifetime_value.value.season_slopes import alive_slopes, had_they_stayed_slopes

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


def with_months_moved(found: Array, by_season: Array) -> Array:
    """Add the months of a season to rows of moved parameters: (≥ 9, n), (months, n) → (… + 2 months, n).

    So small a step is told by the slope.
    """
    fitted, up, down, others = np.split(found, [1, 1 + PARAMETERS, 1 + 2 * PARAMETERS])
    up_too, down_too = fitted + _STEP * by_season, fitted - _STEP * by_season
    return np.concatenate([fitted, up, up_too, down, down_too, others])


def moved_models(purchases: PurchaseModel) -> list[PurchaseModel]:
    """A purchase model, then with each logarithm of its parameters moved up, then down."""
    tried = moved(np.array(purchases.parameters))[1:]
    return [purchases, *(replace(purchases, parameters=purchase_parameters(one)) for one in tried)]


def slopes(found: Array, parameters: int) -> Array:
    """Slopes, by logarithms of k parameters, of that of what each of `moved` gave: (≥ 1 + 2k, g) → (k, g)."""
    up, down = found[1 : parameters + 1], found[parameters + 1 : 2 * parameters + 1]
    return np.asarray(np.log(up / down) / (2.0 * _STEP))


@dataclass(frozen=True)
class MovedParameters:
    """A purchase model with its parameters moved, to be tried on customers who may have left.

    What it gives are rows as `slopes` takes them: under the fitted model, with each logarithm moved up, then
    with each moved down, of its parameters and of the months of its season; then under those that fit nearly
    as well.

    Attributes
    ----------
    models : the fitted one, with each parameter moved up, then down; then those that fit nearly as well
    terms : on what terms the future is valued
    """

    models: tuple[PurchaseModel, ...]
    terms: Terms

    @classmethod
    def of(cls, purchases: PurchaseModel, terms: Terms) -> MovedParameters:
        """Move those of a model, and take the others that fit nearly as well."""
        return cls((*moved_models(purchases), *beside(purchases)), terms)

    def present(self, x: Array, t_x: Array, age: Array) -> Array:
        """Discounted purchases of customers, were they there: three (n,) in days → (rows, n).

        The horizon is cut in a few parts.
        """
        fitted, discounts, ends = self.models[0], self.terms.discounts(_PARTS), self.terms.parts(_PARTS)
        (bought, latest, lived), which = alike_gone(fitted, x, t_x, age)
        past, ahead = fitted.clock.past(latest, lived), fitted.clock.ahead(ends)
        cumulative = fitted.family.had_they_stayed_each(self._tried, bought, *past, ahead)
        by_month = had_they_stayed_slopes(fitted, bought, latest, lived, ends)
        found, by_season = (np.diff(each, axis=2, prepend=0.0) @ discounts for each in (cumulative, by_month))
        return with_months_moved(found, by_season)[:, which]

    def gone(self, x: Array, t_x: Array, age: Array) -> Array:
        """Chance that customers have left: three (n,) in days → (rows, n)."""
        fitted, (state, which) = self.models[0], distinct_rows(x, t_x, age)
        alive = fitted.family.alive_each(self._tried, state[0], *fitted.clock.past(*state[1:]))
        return 1.0 - with_months_moved(alive, alive_slopes(fitted, *state))[:, which]

    @property
    def _tried(self) -> Array:
        """The parameters of each model: (models, 4)."""
        return np.array([model.parameters for model in self.models])
