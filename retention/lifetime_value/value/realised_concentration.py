"""How unevenly value will really be spread: simulated, because expected values are drawn to their mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.lifetime_value.value.futures import Futures
from retention.statistics import LEVELS, SEED, concentration

if TYPE_CHECKING:
    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel, SpendModel

FUTURES = 60
_MOST_CUSTOMERS = 20_000  # shares of the best of more are the same to three digits
_POINTS, _EVERY = 101, 5


@dataclass(frozen=True)
class Realised:
    """The Lorenz curve of what customers will really bring, best first, over simulated futures.

    Attributes
    ----------
    customers, share : (101,) cumulative shares of customers and, on average over futures, of value
    best_20_percent : share of value the best 20 % turn out to hold, on average
    low, high : 95 % of futures lie between
    """

    customers: Array
    share: Array
    best_20_percent: float
    low: float
    high: float


def realised_concentration(
    people: pd.DataFrame, purchases: PurchaseModel, spend: SpendModel, horizon_days: float
) -> Realised | None:
    """Simulate what each customer spends within the horizon, under the fitted parameters.

    Each future draws how often customers buy, and what they spend. Of more than 20,000 customers as many
    are taken, evenly by value to come.

    Parameters
    ----------
    people : x, t_x, T in days, m_x and clv, a customer a row: `CustomerValues.table`

    Returns
    -------
    None where nobody buys in most futures
    """
    ordered = people.sort_values(["clv", "x", "T", "t_x"], ignore_index=True)
    size = min(len(ordered), _MOST_CUSTOMERS)
    some = ordered.iloc[((np.arange(size) + 0.5) * len(ordered) / max(size, 1)).astype(np.int64)]
    chance, at = np.random.default_rng(SEED), np.linspace(0.0, 1.0, _POINTS)
    x, t_x, age = (some[name].to_numpy(dtype=float) for name in ("x", "t_x", "T"))
    repeat_spend = x * some["m_x"].to_numpy(dtype=float, na_value=0.0)
    futures, each = Futures.of(purchases, x, t_x, age, horizon_days), np.arange(size)
    drawn = (futures.drawn(1, chance) for _ in range(FUTURES))
    spent = [bought.sums(bought.spent(x, repeat_spend, spend, chance), each, size)[0] for bought in drawn]
    curves = [concentration(values) for values in spent if values.sum() > 0]
    if len(curves) * 2 < FUTURES:
        return None
    share = np.mean([np.interp(at, curve.customers, curve.value) for curve in curves], axis=0)
    best = np.array([curve.share_of_best(0.2) for curve in curves])
    low, high = np.quantile(best, LEVELS)
    return Realised(at, share, float(best.mean()), float(low), float(high))


def spread_curves(table: pd.DataFrame, realised: Realised | None) -> pd.DataFrame:
    """The Lorenz curves of past revenue, of expected value and of what will really be brought.

    Parameters
    ----------
    table : a customer a row, as `CustomerValues.table`

    Returns
    -------
    which : "past", "future" or "realised"
    share_of_customers, share_of_value : from 0 to 1, best customers first
    behind : whether the row is one of every twentieth, for the table behind the chart
    """
    at = np.linspace(0.0, 1.0, _POINTS)
    shares = {
        name: np.interp(at, found.customers, found.value)
        for name, column in (("past", "revenue"), ("future", "clv"))
        if table[column].sum() > 0
        for found in [concentration(table[column])]
    }
    if realised is not None:
        shares["realised"] = realised.share
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "which": name,
                    "share_of_customers": at,
                    "share_of_value": share,
                    "behind": np.arange(_POINTS) % _EVERY == 0,
                }
            )
            for name, share in shares.items()
        ],
        ignore_index=True,
    )
