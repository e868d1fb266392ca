"""How far realised value may lie from the expected: parameters drawn, purchases and spend simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.errors import DataWarning
from retention.lifetime_value.models.arrays import even_individuals, sum_by
from retention.lifetime_value.models.drawing import drawn_parameters, drawn_steps
from retention.lifetime_value.models.fitted import PARAMETERS
from retention.lifetime_value.models.likelihood import moved_by
from retention.lifetime_value.value.customer_base import CustomerBase, effect_of
from retention.lifetime_value.value.futures import Futures
from retention.lifetime_value.value.month_shocks import shaken, spread_by_shocks
from retention.lifetime_value.value.predictions import expected_while_alive, probability_alive
from retention.lifetime_value.value.season_slopes import alive_slopes, while_alive_slopes
from retention.lifetime_value.value.surface import by_surface
from retention.statistics import LEVELS, SEED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel, SpendModel
    from retention.lifetime_value.value.customer_base import Effect, Grid
    from retention.lifetime_value.value.discounting import Terms

DRAWS = 500
_PARTS = 3  # of the horizon
_MOST, _LEAST = 3_000, 500  # customers simulated: in all, of each group
_FARTHEST = 3.0  # of the logarithm of a total: twenty times as much, or as little
_TINY = 1e-300


def predictive_interval(
    people: pd.DataFrame,
    purchases: PurchaseModel,
    spend: SpendModel,
    terms: Terms,
    total: float | None = None,
    effect: Effect | None = None,
) -> tuple[float | None, float | None, tuple[DataWarning, ...]]:
    """95 % interval of the discounted margin realised within the horizon, see `CustomerValues`.

    Parameters
    ----------
    total : expected under the fitted parameters, where known: of very many customers only a sample is looked
        at here
    effect : as of `predictive_intervals`

    Returns
    -------
    low, high : None where `predictive_intervals` has none
    warnings : ``interval_not_available`` with `reason` and `q` then
    """
    totals = None if total is None else np.array([total])
    low, high, noted = predictive_intervals([people], purchases, spend, terms, totals, effect)
    return _bound(low), _bound(high), noted


def predictive_intervals(
    parts: Sequence[pd.DataFrame],
    purchases: PurchaseModel,
    spend: SpendModel,
    terms: Terms,
    totals: Array | None = None,
    effect: Effect | None = None,
    draws: int = DRAWS,
) -> tuple[Array, Array, tuple[DataWarning, ...]]:
    """95 % intervals of the discounted margin groups of customers bring within the horizon.

    Each of the draws is the total expected under parameters drawn from the asymptotic normal of their
    logarithms, plus the deviation of one simulated future from what was expected of it, all of it moved by
    the shocks of its months, where the model knows any. Where drop-out is not identified that normal does not
    hold for a and b: only r and α are drawn, and the ends move out by the least and the greatest total along
    the profiles.

    Parameters
    ----------
    parts : the groups, at least a customer in each
    totals : (groups,) expected under the fitted parameters, where known
    effect : `effect_of_draws` where it is kept, as groups of the same customers mostly share their grid
    draws : futures simulated, at most 500

    Returns
    -------
    low, high : (groups,) NaN where the mean spend is infinite in more draws than the interval leaves out, or
        where the spend model's parameters are not known at all
    warnings : ``interval_not_available`` with `reason` and `q` then
    """
    unknown = np.full(len(parts), np.nan)
    if not spend.has_mean:
        return unknown, unknown, (_not_available("infinite_mean_spend", spend),)
    if any(note.code == "spend_not_identified" for note in spend.warnings):
        return unknown, unknown, (_not_available("spend_not_identified", spend),)
    chance = np.random.default_rng(SEED)
    base = CustomerBase.of(parts, purchases, terms)
    fitted, of_spend = np.array([purchases.parameters]), np.array([spend.parameters])
    expected = base.totals(fitted, of_spend, np.zeros((1, len(base.on_grid))))[0]
    totals = expected if totals is None else totals
    share = np.divide(totals, expected, out=np.ones(len(parts)), where=expected > 0)
    tried = effect_of_draws(base.grid, purchases, terms, draws) if effect is None else effect(base.grid)
    futures = share * _expected_draws(base, (purchases, spend), terms, chance, tried[:draws])
    futures += realised_deviations(base, purchases, spend, chance, draws)
    by_shocks = [spread_by_shocks(purchases, terms.ends, bought) for bought in base.monthly.T]
    futures = shaken(futures, np.array(by_shocks), chance)
    others = purchases.alternatives
    elsewhere = base.totals(others, of_spend, effect_of(base.grid, others, purchases, terms))
    along = np.concatenate([np.zeros((1, len(parts))), share * elsewhere - totals])
    # Observed points, not interpolated ones: an infinite draw must not spoil the ends inside it.
    low = np.quantile(futures, LEVELS[0], axis=0, method="lower") + along.min(axis=0)
    high = np.quantile(futures, LEVELS[1], axis=0, method="higher") + along.max(axis=0)
    bounded = np.isfinite(high)
    noted = () if bounded.all() else (_not_available("infinite_mean_spend", spend),)
    return np.maximum(low, 0.0), np.where(bounded, high, np.nan), noted


def _bound(ends: Array) -> float | None:
    return float(ends[0]) if np.isfinite(ends[0]) else None


def _not_available(reason: str, spend: SpendModel) -> DataWarning:
    return DataWarning("interval_not_available", {"reason": reason, "q": spend.q})


def effect_of_draws(grid: Grid, purchases: PurchaseModel, terms: Terms, draws: int = DRAWS) -> Array:
    """What each of so many draws of the purchase model's parameters does on a grid: (draws, cells)."""
    steps = drawn_steps(purchases, np.random.default_rng(SEED), draws)

    def effect(some: Array) -> Array:
        return effect_of(grid, moved_by(purchases.parameters, some), purchases, terms)

    return by_surface(effect, steps[:, :PARAMETERS])


def _expected_draws(
    base: CustomerBase,
    models: tuple[PurchaseModel, SpendModel],
    terms: Terms,
    chance: np.random.Generator,
    tried: Array,
) -> Array:
    """Totals under drawn parameters: (draws, groups); infinite where the drawn q leaves no mean spend.

    What a drawn season does is taken to first order, as it hardly bends them.
    """
    purchases, spend = models
    steps = drawn_steps(purchases, chance, len(tried))
    of_purchases = moved_by(purchases.parameters, steps[:, :PARAMETERS])
    of_spend = drawn_parameters(np.array(spend.parameters), spend.covariance, chance, len(tried))
    by_season = steps[:, PARAMETERS:] @ _season_slopes(base, purchases, spend, terms)
    return base.totals(of_purchases, of_spend, tried) * np.exp(np.clip(by_season, -_FARTHEST, _FARTHEST))


def _season_slopes(base: CustomerBase, purchases: PurchaseModel, spend: SpendModel, terms: Terms) -> Array:
    """Slopes of the logarithms of totals by those of the months: (12, groups), none without a season."""
    state, discounts = (base.x, base.t_x, base.T), terms.discounts(_PARTS)
    alive, by_alive = probability_alive(purchases, *state), alive_slopes(purchases, *state)
    present, by_present = (
        np.diff(cumulative, axis=-1, prepend=0.0) @ discounts
        for cumulative in (
            expected_while_alive(purchases, *state, terms.parts(_PARTS)),
            while_alive_slopes(purchases, *state, terms.parts(_PARTS)),
        )
    )
    worth = spend.p * (spend.gamma * base.customers + base.spent) / (spend.p * base.x + spend.q - 1.0)
    weight = base.each * worth
    total = base.summed(weight * alive * present)
    moved = base.summed(weight * (by_alive * present + alive * by_present))
    return np.asarray(moved / np.maximum(total, _TINY))


def realised_deviations(
    base: CustomerBase, purchases: PurchaseModel, spend: SpendModel, chance: np.random.Generator, draws: int
) -> Array:
    """Realised minus expected discounted margin of groups, in simulated futures: (draws, groups).

    Simulated rather than taken from a formula, because the variance of spend is infinite where q ≤ 2
    and a few customers may carry the total: the sum then is far from normal. Of a large group a sample is
    simulated, evenly across states, and its deviation scaled by the square root of the sampling ratio.
    """
    state, ratio = _sample(base)
    x, group = base.x[state], base.group[state]
    mean_spent = base.spent[state] / base.customers[state]
    worth = base.kept * _discount(base, purchases)[state]
    past = [age[state] for age in base.lived]
    alive = purchases.family.alive(purchases.parameters, x, *past)
    expected = spend.p * (spend.gamma + mean_spent) / (spend.p * x + spend.q - 1.0)
    mean = base.kept * sum_by(group, alive * base.present[state] * expected, base.groups)
    futures = Futures.of(purchases, x, base.t_x[state], base.T[state], base.horizon)
    bought = futures.drawn(draws, chance)
    spent = worth[bought.customer] * bought.spent(x, mean_spent, spend, chance)
    return np.asarray((bought.sums(spent, group, base.groups) - mean) * np.sqrt(ratio))


def _sample(base: CustomerBase) -> tuple[NDArray[np.int64], Array]:
    """States of the customers to simulate, and how many real ones each stands for, by group: (groups,)."""
    most = max(_MOST // base.groups, _LEAST)
    taken = [_of_group(base, one, most) for one in range(base.groups)]
    each = np.array([base.each[states[0]] for states, _ in taken])
    return np.concatenate([states for states, _ in taken]), each * np.array([ratio for _, ratio in taken])


def _of_group(base: CustomerBase, group: int, most: int) -> tuple[NDArray[np.int64], float]:
    states = np.flatnonzero(base.group == group)
    rows, ratio = even_individuals(base.customers[states], most)
    return states[rows], ratio


def _discount(base: CustomerBase, purchases: PurchaseModel) -> Array:
    """Give the present value of a purchase within the horizon, on average, in each state."""
    bought = expected_while_alive(purchases, base.x, base.t_x, base.T, [base.horizon])
    return base.present / bought[:, 0]
