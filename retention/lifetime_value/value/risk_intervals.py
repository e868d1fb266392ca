"""Value at risk of some customers with its interval: others like them, and how well the models are known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.lifetime_value.models import gamma_gamma
from retention.lifetime_value.models.arrays import (
    distinct_rows,
    even_sample,
    purchase_parameters,
    spend_parameters,
)
from retention.lifetime_value.models.fitted import known_spread
from retention.lifetime_value.value import predictions
from retention.statistics import DRAWS, SEED, Estimate, estimate, total_draws

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel, SpendModel
    from retention.lifetime_value.value.discounting import Terms

_STATE = ["x", "t_x", "T", "m_x"]
_TINY = 1e-9  # customers likely lost, below which none is
_STEP = 1e-3  # of the logarithm of a parameter
_FARTHEST = 3.0  # of the logarithm of a total: twenty times as much, or as little
_DIGITS = 9
_PARTS = 3  # of the horizon, where other parameters are tried


def state_of(people: pd.DataFrame) -> tuple[Array, Array, Array, Array]:
    """x, t_x, T in days and m_x of customers, 0 where they have none."""
    kept = people[_STATE].astype(float).fillna({"m_x": 0.0})
    x, t_x, age, m_x = (kept[name].to_numpy(dtype=float) for name in _STATE)
    return x, t_x, age, m_x


def if_active(
    purchases: PurchaseModel, spend: SpendModel, state: tuple[Array, Array, Array], terms: Terms, parts: int
) -> Array:
    """CLV of a customer known to be alive, discounted from the middle of so many parts of the horizon."""
    x, age, m_x = state
    present = _present_purchases(purchases, x, age, terms, parts)
    return np.asarray(terms.kept * gamma_gamma.expected_spend(spend, x, m_x) * present)


def _present_purchases(purchases: PurchaseModel, x: Array, age: Array, terms: Terms, parts: int) -> Array:
    """Discounted purchases of a customer known to be alive, computed once for each (x, T)."""
    (count, lived), pair_of_each = distinct_rows(x, age)
    ends = terms.days * np.arange(1, parts + 1) / parts
    bought = np.diff(predictions.expected_while_alive(purchases, count, lived, ends), axis=1, prepend=0.0)
    return np.asarray((bought @ terms.discounts(parts))[pair_of_each])


def estimates(
    people: pd.DataFrame,
    table: pd.DataFrame,
    purchases: PurchaseModel,
    spend: SpendModel,
    terms: Terms,
    most: int,
) -> tuple[Estimate, Estimate | None]:
    """Value at risk of some customers, and of each likely gone, with their intervals.

    Parameters
    ----------
    table : their p_alive and value_at_risk
    most : customers on whom other parameters are tried, where there are more
    """
    gone = 1.0 - table["p_alive"].to_numpy()
    both = pd.DataFrame({"risk": table["value_at_risk"].to_numpy(), "gone": gone})
    total, lost = (float(both[name].sum()) for name in ("risk", "gone"))
    if lost < _TINY:
        return Estimate(total), None
    kinds = both.apply(_steady).groupby(["risk", "gone"], as_index=False).size()
    drawn = total_draws(kinds[["risk", "gone"]], kinds["size"])
    moved, others = _otherwise(people, purchases, spend, terms, most)
    drawn = np.maximum(drawn, 0.0) * np.exp(moved)
    beside = np.array([total, lost]) * others
    ratios = beside[:, 0] / np.maximum(beside[:, 1], _TINY)
    return (
        _reaching(estimate(total, drawn[:, 0]), beside[:, 0]),
        _reaching(estimate(total / lost, drawn[:, 0] / np.maximum(drawn[:, 1], _TINY)), ratios),
    )


def _steady(values: pd.Series) -> pd.Series:
    """To nine digits of the greatest: money added up in another order makes no other kind of customer."""
    greatest = float(values.abs().max())
    return values.round(_DIGITS - int(np.ceil(np.log10(greatest)))) if greatest > 0 else values


def _reaching(found: Estimate, others: Array) -> Estimate:
    """Move the ends out by what other parameters say beside the fitted ones."""
    if found.ends is None:
        return found
    low, high = found.ends
    off = np.append(others, found.value) - found.value
    return Estimate(found.value, max(low + float(off.min()), 0.0), high + float(off.max()), found.method)


def _otherwise(
    people: pd.DataFrame, purchases: PurchaseModel, spend: SpendModel, terms: Terms, most: int
) -> tuple[Array, Array]:
    """What other parameters do to Σ (1 − P)·CLV_alive and Σ (1 − P), as factors of what the fitted say.

    Returns
    -------
    logarithms of the factors under drawn parameters, (draws, 2); the factors under those that fit nearly as
    well, (k, 2)
    """
    (x, t_x, age, m_x), number = _sample(people, most)

    def of_purchases(parameters: Array) -> tuple[Array, Array]:
        model = replace(purchases, parameters=purchase_parameters(parameters))
        gone = number * (1.0 - predictions.probability_alive(model, x, t_x, age))
        return gone, _present_purchases(model, x, age, terms, _PARTS)

    def of_spend(money: Array) -> Array:
        p, q, gamma = spend_parameters(money)
        return terms.kept * gamma_gamma.expected_spend(replace(spend, p=p, q=q, gamma=gamma), x, m_x)

    def totals(bought: tuple[Array, Array], spent: Array) -> Array:
        gone, present = bought
        return np.maximum([gone @ (spent * present), gone.sum()], _TINY)

    fitted, money = np.array(purchases.parameters), np.array(spend.parameters)
    bought, spent = of_purchases(fitted), of_spend(money)
    chance = np.random.default_rng(SEED)
    moved = _moved(lambda other: totals(of_purchases(other), spent), fitted, known_spread(purchases), chance)
    moved += _moved(lambda other: totals(bought, of_spend(other)), money, spend.covariance, chance)
    here = totals(bought, spent)
    others = [totals(of_purchases(other), spent) / here for other in purchases.alternatives]
    return np.clip(moved, -_FARTHEST, _FARTHEST), np.reshape(others, (-1, 2))


def _moved(
    totals: Callable[[Array], Array], fitted: Array, spread: Array, chance: np.random.Generator
) -> Array:
    """By how much drawn parameters move the logarithms of the totals, to first order: (draws, 2)."""
    steps = np.exp(_STEP * np.eye(fitted.size))
    slopes = [np.log(totals(fitted * up) / totals(fitted / up)) / (2.0 * _STEP) for up in steps]
    drawn = chance.multivariate_normal(np.zeros(fitted.size), spread, size=DRAWS, method="eigh")
    return np.asarray(drawn @ np.array(slopes))


def _sample(people: pd.DataFrame, most: int) -> tuple[tuple[Array, Array, Array, Array], Array]:
    """States of customers and how many share each; of very many a sample, taken evenly."""
    kept = people[_STATE].astype(float).fillna({"m_x": 0.0})
    kinds = kept.assign(m_x=_steady(kept["m_x"])).groupby(_STATE, as_index=False).size()
    number = kinds["size"].to_numpy(dtype=float)
    if len(kinds) > most:
        rows, number = even_sample(number, most)
        kinds = kinds.iloc[rows]
    return state_of(kinds), number
