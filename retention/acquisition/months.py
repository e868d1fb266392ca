"""Which months of spend can be set against customers, and what was spent in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.errors import DataWarning
from retention.periods import key
from retention.statistics import DRAWS, SEED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PURPOSES = ("acquisition", "retention")
FEWEST_MONTHS = 6  # under which resampling months says nothing


def counted_months(spend: pd.DataFrame, flows: pd.DataFrame) -> tuple[tuple[int, ...], list[DataWarning]]:
    """Complete months of the data within the spend table's first and last month, and the spend left out.

    Raises
    ------
    ValueError
        If a purpose is unknown or an amount is not a finite number.
    """
    if not spend["purpose"].isin(PURPOSES).all():
        raise ValueError(f"purpose must be one of {', '.join(PURPOSES)}")
    if not np.isfinite(spend["amount"].to_numpy(dtype=float)).all():
        raise ValueError("amounts must be finite numbers")
    if spend.empty:
        return (), []
    complete = flows["complete"].astype(bool)
    inside, usable = set(flows["period"]), set(flows.loc[complete, "period"])
    first, last = int(spend["month"].min()), int(spend["month"].max())
    months = tuple(month for month in range(first, last + 1) if month in usable)
    outside = ~spend["month"].isin(inside)
    incomplete = ~outside & ~spend["month"].isin(usable)
    left_out = {"spend_outside_data": spend[outside], "spend_in_incomplete_months": spend[incomplete]}
    return months, [_left_out(code, rows) for code, rows in left_out.items() if not rows.empty]


def spend_by_purpose(spend: pd.DataFrame, months: Sequence[int]) -> pd.DataFrame:
    """Money per month, one column per purpose; 0 in a month without a row."""
    return pd.DataFrame(
        {
            purpose: spend[spend["purpose"] == purpose]
            .groupby("month")["amount"]
            .sum()
            .reindex(list(months), fill_value=0.0)
            .astype(float)
            for purpose in PURPOSES
        }
    )


def resampled_months(months: int) -> NDArray[np.int64]:
    """How often each month stands in each draw, (draws, months); no draw of fewer than six months.

    Every figure of the same months is drawn from the same resamples, so that ratios between them hold.
    """
    if months < FEWEST_MONTHS:
        return np.empty((0, months), dtype=np.int64)
    return np.random.default_rng(SEED).multinomial(months, np.full(months, 1.0 / months), size=DRAWS)


def monthly_ratio_draws(
    picked: NDArray[np.int64], above: NDArray[np.float64], below: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Ratio of two monthly sums in each draw, (draws, …); NaN where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn: NDArray[np.float64] = (picked @ above) / (picked @ below)
    return drawn


def _left_out(code: str, rows: pd.DataFrame) -> DataWarning:
    months = [key(month, "month") for month in sorted({int(month) for month in rows["month"]})]
    return DataWarning(code, {"amount": float(rows["amount"].sum()), "months": months})
