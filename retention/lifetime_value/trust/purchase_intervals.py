"""How many purchases may be made where a model holds: chance, and how well its parameters are known."""

# ruff: noqa: N803  T is the field's own name for the age
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.models.arrays import even_individuals, sum_by
from retention.lifetime_value.models.drawing import beside, drawn_steps
from retention.lifetime_value.value.futures import Futures
from retention.lifetime_value.value.month_shocks import month_ends, shaken, spread_by_shocks
from retention.lifetime_value.value.moved_parameters import moved_models, slopes, with_months_moved
from retention.lifetime_value.value.predictions import (
    alike_ahead,
    expected_purchases,
    expected_while_alive,
    probability_alive,
)
from retention.lifetime_value.value.predictive_intervals import DRAWS
from retention.lifetime_value.value.season_slopes import alive_slopes, while_alive_slopes
from retention.statistics import LEVELS, SEED, Estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel

_MOST_CUSTOMERS = 3000  # simulated one by one
_FEW_CUSTOMERS = 500  # who tell which months of the horizon bring how much
_TINY = 1e-9  # purchases, fewer than which are none
_FARTHEST = 3.0  # of the logarithm of a total: twenty times as many, or as few


def purchases_ahead(model: PurchaseModel, states: pd.DataFrame, days: float) -> Estimate:
    """Purchase days of all customers in the days to come, with their 95 % predictive interval.

    Parameters
    ----------
    states : x, t_x, T in days, customers: the table `retention.aggregate.states` makes
    """
    x, t_x, age, customers = (states[name].to_numpy(dtype=float) for name in ("x", "t_x", "T", "customers"))
    expected = float(expected_purchases(model, x, t_x, age, days) @ customers)
    low, high = purchase_intervals(
        model, (x, t_x, age), customers, np.zeros(len(states), dtype=np.int64), days
    )
    return Estimate.of(expected, float(low[-1]), float(high[-1]), "predictive")


def purchase_intervals(
    model: PurchaseModel,
    states: tuple[Array, Array, Array],
    customers: Array,
    groups: NDArray[np.int64],
    horizon: float,
) -> tuple[Array, Array]:
    """95 % predictive intervals of the purchases made by groups of customers, and by all.

    Each draw is one simulated future, its expectation moved as far as parameters drawn from the asymptotic
    normal of their logarithms would move it, to first order, and all of it by the shocks of its months, where
    the model knows any. Where drop-out is not identified, the ends move out by the least and the greatest
    that the parameters that fit nearly as well expect.

    Parameters
    ----------
    states : x, t_x and T in days, each (n,)
    customers : (n,) how many share each
    groups : (n,) the group of each, from 0 on
    horizon : in days

    Returns
    -------
    (g + 1,), (g + 1,) lower and upper ends, the last those of everybody together
    """
    known = _States.of(model, *states)
    member = np.eye(groups.max() + 1)[groups]
    member = np.column_stack([member, np.ones(groups.size)])
    weight = member * customers[:, None]
    tried = moved_models(model)
    found = _expected([*tried, *beside(model)], known, horizon)
    expected = np.delete(found, slice(1, len(tried)), axis=0) @ weight
    mean, apart = expected[0], expected - expected[0]
    chance = np.random.default_rng(SEED)
    moved = with_months_moved(found[: len(tried)], _season_slopes(model, known, horizon)) @ weight
    draws = mean * np.exp(_shifts(model, moved, chance))
    draws += _deviations(model, known, (customers, groups, found[0]), horizon, chance)
    draws = shaken(draws, _by_shocks(model, known, customers, horizon), chance)
    low, high = np.quantile(draws, LEVELS, axis=0)
    return np.maximum(low + apart.min(axis=0), 0.0), high + apart.max(axis=0)


@dataclass(frozen=True)
class _States:
    """x, t_x and T of states, and those alike in what they will do, with which of them each is."""

    x: Array
    t_x: Array
    T: Array
    kinds: tuple[Array, Array, Array]
    kind: NDArray[np.int64]

    @classmethod
    def of(cls, model: PurchaseModel, x: Array, t_x: Array, T: Array) -> _States:
        return cls(x, t_x, T, *alike_ahead(model, x, t_x, T))

    def some(self, rows: NDArray[np.int64]) -> _States:
        return _States(self.x[rows], self.t_x[rows], self.T[rows], self.kinds, self.kind[rows])


def _expected(models: Sequence[PurchaseModel], states: _States, horizon: float) -> Array:
    """Purchases expected in each state by models that differ in their parameters alone: (models, n).

    Of states alike only once.
    """
    family, clock = models[0].family, models[0].clock
    parameters, (bought, latest, lived) = np.array([model.parameters for model in models]), states.kinds
    past, ahead = clock.past(latest, lived), clock.ahead([horizon])
    expected = family.while_alive_each(parameters, bought, *past, ahead)[:, :, 0]
    alive = family.alive_each(parameters, states.x, *clock.past(states.t_x, states.T))
    return np.asarray(alive * expected[:, states.kind])


def _by_shocks(model: PurchaseModel, states: _States, customers: Array, horizon: float) -> float:
    """Standard deviation shocks give the logarithm of a total, by what a few customers will buy when."""
    if model.shocks is None:
        return 0.0
    rows, _ = even_individuals(customers, _FEW_CUSTOMERS)
    ends, state = month_ends(horizon), (states.x[rows], states.t_x[rows], states.T[rows])
    bought = probability_alive(model, *state) @ expected_while_alive(model, *state, ends)
    return spread_by_shocks(model, ends, np.diff(bought, prepend=0.0))


def _shifts(model: PurchaseModel, moved: Array, chance: np.random.Generator) -> Array:
    """By how much drawn parameters move the logarithm of each group's expectation: (draws, g + 1).

    Parameters
    ----------
    moved : (rows, g + 1) what groups are expected to buy by rows of parameters as `slopes` takes them
    """
    steps = drawn_steps(model, chance, DRAWS)
    by_logarithm = slopes(np.maximum(moved, _TINY), steps.shape[1])
    return np.asarray(np.clip(steps @ by_logarithm, -_FARTHEST, _FARTHEST))


def _season_slopes(model: PurchaseModel, states: _States, horizon: float) -> Array:
    """Slopes of `_expected` by the logarithms of the months' index: (12, n), none without a season."""
    state = states.x, states.t_x, states.T
    bought = expected_while_alive(model, *states.kinds, [horizon])[states.kind, 0]
    by_bought = while_alive_slopes(model, *states.kinds, np.array([horizon]))[:, states.kind, 0]
    by_alive = alive_slopes(model, *state)
    return np.asarray(by_alive * bought + probability_alive(model, *state) * by_bought)


def _deviations(
    model: PurchaseModel,
    states: _States,
    told: tuple[Array, NDArray[np.int64], Array],
    horizon: float,
    chance: np.random.Generator,
) -> Array:
    """Made less expected purchases of each group and of all in simulated futures: (draws, g + 1).

    Parameters
    ----------
    told : of each state its customers, their group, and what one of them is expected to buy
    """
    customers, groups, expected = told
    rows, ratio = even_individuals(customers, _MOST_CUSTOMERS)
    some, group, size = states.some(rows), groups[rows], int(groups.max()) + 1
    mean = sum_by(group, expected[rows], size)
    futures = Futures.of(model, some.x, some.t_x, some.T, horizon)
    bought = futures.drawn(DRAWS, chance)
    apart = bought.sums(bought.purchases.astype(float), group, size) - mean
    return np.asarray(np.column_stack([apart, apart.sum(axis=1)]) * np.sqrt(ratio))
