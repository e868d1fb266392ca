"""Tables whose kinds of customers are as many as customers, in so few rows that their sums stay the same.

Where an interval comes from resampling customers, and these are very many, it hangs on two things alone: what
customers have on average, and how they spread about it. So a handful of made-up customers with that mean and
that spread stand for all who were won on one day.
"""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import pandas as pd

from retention.aggregate._query import small
from retention.aggregate.activity import patterns
from retention.aggregate.money import worth_by_customer
from retention.changed import additive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retention.aggregate.purchases import Purchases
    from retention.periods import Period

MOST_PATTERNS = 200_000  # kinds that are told apart; of more, customers are taken evenly
_NO_SPREAD = 1e-12  # of what they bring, squared: only rounding tells customers apart
_TAKEN = 1_000_000  # customers looked at then


def worth_summarised(purchases: Purchases, months: Sequence[int]) -> pd.DataFrame:
    """As `retention.aggregate.worth_by_age`, in rows that have the same sums, squares and products a day.

    Returns
    -------
    first_day, first_value, gross_<m>, net_<m>, customers
    """
    sums, values, pairs = _worth_summed(purchases, months), _values(months), _pairs(months)
    found = []
    for row in sums.to_numpy(dtype=float):
        total, product, number = row[1 : len(values) + 1], row[len(values) + 1 : -1], int(row[-1])
        spread = np.empty((len(values), len(values)))
        for (i, j), each in zip(pairs, product, strict=True):
            spread[i, j] = spread[j, i] = each / number - total[i] * total[j] / number**2
        points, count = _standing_for(total / number, spread, number)
        found.append(np.column_stack([np.full(len(count), row[0]), points, count]))
    table = pd.DataFrame(
        np.concatenate(found) if found else np.empty((0, len(values) + 2)),
        columns=["first_day", *values, "customers"],
    )
    return table.astype({"first_day": "int64", "customers": "int64"})


def _values(months: Sequence[int]) -> list[str]:
    return ["first_value", *(f"{kind}_{m}" for kind in ("gross", "net") for m in months)]


def _pairs(months: Sequence[int]) -> list[tuple[int, int]]:
    """Which two values each product is of."""
    return list(combinations_with_replacement(range(len(_values(months))), 2))


@additive("first_day")
def _worth_summed(purchases: Purchases, months: Sequence[int]) -> pd.DataFrame:
    """Sums of values, and of their squares and products, of all who were won on a day."""
    values = _values(months)
    products = {f"p{n}": nw.col(values[i]) * nw.col(values[j]) for n, (i, j) in enumerate(_pairs(months))}
    return small(
        worth_by_customer(purchases, months)
        .with_columns(**products)
        .group_by("first_day")
        .agg(nw.col(*values, *products).sum(), customers=nw.len())
        .sort("first_day"),
        first_day=int,
        **dict.fromkeys([*values, *products], float),
        customers=int,
    )


def _standing_for(
    mean: NDArray[np.float64], spread: NDArray[np.float64], number: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """So many customers of this mean and covariance, of as few kinds as that takes: (kinds, k), (kinds,).

    Where they are fewer than kinds, only the ways in which they differ most are kept.
    """
    strength, ways = np.linalg.eigh(spread)
    ways *= np.sign(ways[np.abs(ways).argmax(axis=0), range(len(ways))])  # either way round would do
    pairs = min(int((strength > _NO_SPREAD * (mean @ mean)).sum()), number // 2)
    if pairs == 0:
        return mean[None, :], np.array([number])
    each = number // (2 * pairs)
    steps = ways[:, -pairs:] * np.sqrt(strength[-pairs:] * number / (2.0 * each))
    points = np.concatenate([mean + steps.T, mean - steps.T])
    count = np.full(2 * pairs, each)
    rest = number - 2 * pairs * each
    if rest == 0:
        return points, count
    return np.concatenate([points, mean[None, :]]), np.append(count, rest)


def patterns_sampled(purchases: Purchases, period: Period) -> pd.DataFrame:
    """As `retention.aggregate.patterns`; of more than 200,000 kinds, those of a million customers.

    These are taken evenly in the order of the cohorts and of the patterns, and each stands for as many: every
    count is then within a few of a thousand of what it is.
    """
    table = patterns(purchases, period)
    if len(table) <= MOST_PATTERNS:
        return table
    upto = table["customers"].to_numpy().cumsum()
    each = max(int(upto[-1] // _TAKEN), 1)
    taken = np.arange(each // 2, upto[-1], each)
    which, count = np.unique(np.searchsorted(upto, taken, side="right"), return_counts=True)
    return table.iloc[which].assign(customers=count * each).reset_index(drop=True)
