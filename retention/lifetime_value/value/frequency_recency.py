"""The frequency–recency picture: what the model makes of how often and how lately somebody bought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from retention.lifetime_value.value import predictions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value.models.fitted import PurchaseModel

Quantity = Literal["p_alive", "expected_purchases"]
MOST_STEPS = 25


def frequency_recency(
    model: PurchaseModel, table: pd.DataFrame, quantity: Quantity, horizon_days: float = 365.25
) -> pd.DataFrame:
    """P(alive) or expected purchase days on a grid of x and t_x, at the age of the oldest customer.

    Parameters
    ----------
    table : x, t_x, T in days, a customer a row or with a column of how many `customers` share the row
    quantity : what the grid shows
    horizon_days : for "expected_purchases", how far ahead

    Returns
    -------
    x : repeat purchase days, from 0 to the most anybody has, at most 25 values
    t_x, days_since_last : age at the last purchase, and T − t_x: at most 25 values, which add up to T
    value : the quantity asked for
    customers : how many customers are nearest to this cell by x and days since their last purchase,
        whatever their own age; every customer is counted once
    """
    oldest = int(table["T"].max())
    counts, ages = _steps(int(table["x"].max())), _steps(oldest)
    x, t_x = (axis.ravel() for axis in np.meshgrid(counts, ages, indexing="ij"))
    age = np.full(x.size, oldest)
    value = (
        predictions.probability_alive(model, x, t_x, age)
        if quantity == "p_alive"
        else predictions.expected_purchases(model, x, t_x, age, horizon_days)
    )
    cell = _nearest(counts, table["x"].to_numpy()) * ages.size
    cell += _nearest(ages, oldest - (table["T"] - table["t_x"]).to_numpy())
    weight = table["customers"].to_numpy() if "customers" in table else np.ones(len(table), dtype=np.int64)
    here = np.bincount(cell, weights=weight, minlength=x.size).astype(np.int64)
    return pd.DataFrame(
        {"x": x, "t_x": t_x, "days_since_last": oldest - t_x, "value": value, "customers": here}
    )


def _steps(most: int) -> NDArray[np.int64]:
    """Whole numbers from 0 to `most`, all of them or 25 evenly spread."""
    return np.unique(np.linspace(0, most, min(most + 1, MOST_STEPS)).round().astype(np.int64))


def _nearest(steps: NDArray[np.int64], at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Index of the nearest step; halfway belongs to the lower one."""
    return np.searchsorted((steps[1:] + steps[:-1]) / 2.0, at).astype(np.int64)
