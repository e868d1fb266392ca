"""Do repeat orders bring more than first ones? Within customers, and pooled over orders as the claim does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retention.aggregate import customers_of
from retention.statistics import Estimate, estimate, total_draws

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

Numbers = NDArray[np.float64]
_DECIMALS = 6


@dataclass(frozen=True)
class FirstAndRepeat:
    """Repeat orders against first ones; gross, each relative change 0 where they are worth the same.

    Attributes
    ----------
    customers : with two orders or more
    first, repeat : mean of their first orders, and of their own means of the later ones; money
    paired : repeat / first − 1, every customer counting once on either side. The honest answer: the same
        customers stand on both sides.
    geometric : exp(mean of log(own mean repeat / own first)) − 1, what happens to a typical customer, where a
        few large orders do not decide; None where a first order was worth nothing
    pooled : mean of all repeat orders / mean of everybody's first order − 1, as it is usually quoted. It
        compares different people: those who never came back stand on one side alone, and those who order most
        count most on the other.
    """

    customers: int
    first: float
    repeat: float
    paired: Estimate
    geometric: Estimate | None
    pooled: Estimate


def first_and_repeat(people: pd.DataFrame) -> FirstAndRepeat | None:
    """Repeat orders against first ones; None where nobody ordered twice.

    Parameters
    ----------
    people : the table `retention.aggregate.customers` made, or one with its ``first_value``, ``revenue``
        (gross) and ``orders``, as `retention.aggregate.worths` has them with ``customers``
    """
    everybody = people[["first_value", "revenue", "orders"]].astype(float).round(_DECIMALS)
    everybody = everybody.assign(customers=customers_of(people))
    columns = everybody.sort_values(list(everybody.columns)).to_numpy().T
    first, revenue, orders, number = (np.asarray(column, dtype=float) for column in columns)
    again = orders > 1
    if not again.any() or not first[again].sum() > 0:
        return None
    each = _summands(first, revenue, orders, again)
    alone = bool((number == 1.0).all())
    total = each.sum(axis=0) if alone else number @ each
    totals, draws = total[None, :], total_draws(each, number.astype(np.int64))
    known = bool((first[again] > 0).all())
    return FirstAndRepeat(
        customers=int(number[again].sum()),
        first=float(first[again].mean() if alone else np.average(first[again], weights=number[again])),
        repeat=float(totals[0, 0] / number[again].sum()),
        paired=_estimate(_paired, totals, draws),
        geometric=_estimate(_geometric, totals, draws) if known else None,
        pooled=_estimate(_pooled, totals, draws),
    )


def _summands(first: Numbers, revenue: Numbers, orders: Numbers, again: NDArray[np.bool_]) -> Numbers:
    """What each customer adds to the totals the three figures are made of."""
    repeat = np.where(again, (revenue - first) / np.maximum(orders - 1, 1), 0.0)
    told = again & (first > 0) & (repeat > 0)
    logs = np.zeros_like(first)
    logs[told] = np.log(repeat[told] / first[told])
    own_first = np.where(again, first, 0.0)
    return np.column_stack(
        [repeat, own_first, logs, again, revenue - first, orders - 1, first, np.ones_like(first)]
    )


def _paired(total: Numbers) -> Numbers:
    return total[:, 0] / total[:, 1] - 1.0


def _geometric(total: Numbers) -> Numbers:
    return np.expm1(total[:, 2] / total[:, 3])


def _pooled(total: Numbers) -> Numbers:
    return (total[:, 4] / total[:, 5]) / (total[:, 6] / total[:, 7]) - 1.0


def _estimate(figure: Callable[[Numbers], Numbers], totals: Numbers, draws: Numbers) -> Estimate:
    with np.errstate(divide="ignore", invalid="ignore"):
        return estimate(float(figure(totals)[0]), figure(draws))
