"""Value at risk of customers with its interval: others like them, and how well the models are known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from retention.aggregate import CUSTOMERS, customers_of, total_of
from retention.lifetime_value.models import gamma_gamma
from retention.lifetime_value.models.arrays import counted_rows, even_sample, spend_parameters
from retention.lifetime_value.models.drawing import drawn_steps
from retention.lifetime_value.value.moved_parameters import moved, slopes
from retention.statistics import DRAWS, SEED, Estimate, estimate, normal_steps, total_draws

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel, SpendModel
    from retention.lifetime_value.value.discounting import Terms
    from retention.lifetime_value.value.moved_parameters import MovedParameters

_STATE = ("x", "t_x", "T", "m_x")
_TINY = 1e-9  # customers likely lost, below which none is
_FARTHEST = 3.0  # of the logarithm of a total: twenty times as much, or as little
_DIGITS = 9


def state_of(people: pd.DataFrame) -> tuple[Array, Array, Array, Array]:
    """x, t_x, T in days and m_x of customers, 0 where they have none."""
    x, t_x, age, m_x = (people[name].to_numpy(dtype=float, na_value=np.nan) for name in _STATE)
    return x, t_x, age, np.nan_to_num(m_x)


def estimates(
    parts: Sequence[tuple[pd.DataFrame, pd.DataFrame]],
    models: tuple[PurchaseModel, SpendModel],
    terms: Terms,
    tried: MovedParameters,
    most: int,
) -> list[tuple[Estimate, Estimate | None]]:
    """Value at risk of groups of customers, and of each one likely gone of them, with their intervals.

    Parameters
    ----------
    parts : the customers of each group, and their p_alive and value_at_risk
    tried : other parameters of the purchase model; tried on all groups at once, as many of their customers
        are alike
    most : customers of a group on whom other parameters are tried, where there are more
    """
    found = _otherwise([people for people, _ in parts], models, terms, tried, most)
    return [_estimated(table, *other) for (_, table), other in zip(parts, found, strict=True)]


def _estimated(table: pd.DataFrame, moves: Array, others: Array) -> tuple[Estimate, Estimate | None]:
    risk, gone = table["value_at_risk"].to_numpy(), 1.0 - table["p_alive"].to_numpy()
    total, lost = total_of(table, risk), total_of(table, gone)
    if lost < _TINY:
        return Estimate(total), None
    kinds, number = _counted(table, _steady(risk), _steady(gone))
    drawn = total_draws(np.column_stack(kinds), number)
    drawn = np.maximum(drawn, 0.0) * np.exp(moves)
    beside = np.array([total, lost]) * others
    ratios = beside[:, 0] / np.maximum(beside[:, 1], _TINY)
    return (
        _reaching(estimate(total, drawn[:, 0]), beside[:, 0]),
        _reaching(estimate(total / lost, drawn[:, 0] / np.maximum(drawn[:, 1], _TINY)), ratios),
    )


def _counted(people: pd.DataFrame, *columns: Array) -> tuple[list[Array], Array]:
    """Distinct rows of some columns of people, and how many customers have each."""
    if CUSTOMERS not in people:
        return counted_rows(*columns)
    return list(columns), customers_of(people)


def _steady(values: Array) -> Array:
    """To nine digits of the greatest: money added up in another order makes no other kind of customer."""
    greatest = float(np.abs(values).max(initial=0.0))
    return values.round(_DIGITS - int(np.ceil(np.log10(greatest)))) if greatest > 0 else values


def _reaching(found: Estimate, others: Array) -> Estimate:
    """Move the ends out by what other parameters say beside the fitted ones."""
    if found.ends is None:
        return found
    low, high = found.ends
    off = np.append(others, found.value) - found.value
    return Estimate(found.value, max(low + float(off.min()), 0.0), high + float(off.max()), found.method)


def _otherwise(
    groups: Sequence[pd.DataFrame],
    models: tuple[PurchaseModel, SpendModel],
    terms: Terms,
    tried: MovedParameters,
    most: int,
) -> Iterator[tuple[Array, Array]]:
    """What other parameters do to Σ (1 − P)·CLV_gone and Σ (1 − P), as factors of what the fitted say.

    Yields
    ------
    of each group: logarithms of the factors under drawn parameters, (draws, 2); the factors under those that
    fit nearly as well, (k, 2)
    """
    purchases, spend = models
    samples = [_sample(people, most) for people in groups]
    x, t_x, age, m_x = (
        np.concatenate(column) for column in zip(*(state for state, _ in samples), strict=True)
    )
    gone, present = tried.gone(x, t_x, age), tried.present(x, t_x, age)
    tried_spend = moved(np.array(spend.parameters))
    money = terms.kept * np.array([_spent(spend, other, x, m_x) for other in tried_spend])
    chance = np.random.default_rng(SEED)
    steps = drawn_steps(purchases, chance, DRAWS)
    unsure = normal_steps(spend.covariance, chance, DRAWS)
    alternatives = len(gone) - len(purchases.alternatives)
    ends = np.cumsum([number.size for _, number in samples])
    for (_, number), end in zip(samples, ends, strict=True):
        rows = slice(end - number.size, end)
        lost = number * gone[:, rows]
        by_purchases = _totals((lost * present[:, rows]) @ money[0, rows], lost.sum(axis=1))
        by_spend = _totals(money[:, rows] @ (lost[0] * present[0, rows]), lost[0].sum())
        moves = _moves(by_purchases, steps) + _moves(by_spend, unsure)
        yield np.clip(moves, -_FARTHEST, _FARTHEST), by_purchases[alternatives:] / by_purchases[0]


def _spent(spend: SpendModel, parameters: Array, x: Array, m_x: Array) -> Array:
    p, q, gamma = spend_parameters(parameters)
    return gamma_gamma.expected_spend(replace(spend, p=p, q=q, gamma=gamma), x, m_x)


def _totals(risk: Array, gone: Array) -> Array:
    return np.asarray(np.maximum(np.stack(np.broadcast_arrays(risk, gone), axis=1), _TINY))


def _moves(totals: Array, steps: Array) -> Array:
    """By how much drawn parameters move the logarithms of the totals, to first order: (draws, 2)."""
    return np.asarray(steps @ slopes(totals, steps.shape[1]))


def _sample(people: pd.DataFrame, most: int) -> tuple[tuple[Array, ...], Array]:
    """States of customers and how many share each; of very many a sample, taken evenly."""
    *state, m_x = state_of(people)
    kinds, number = _counted(people, *state, _steady(m_x))
    if number.size <= most:
        return tuple(kinds), number
    rows, taken = even_sample(number, most)
    return tuple(column[rows] for column in kinds), taken
