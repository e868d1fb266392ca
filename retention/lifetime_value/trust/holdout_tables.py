"""A forecast beside what happened, in tables: week by week, and by how often customers had bought before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.lifetime_value.trust.purchase_intervals import purchase_intervals
from retention.lifetime_value.value import predictions

if TYPE_CHECKING:
    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel
    from retention.lifetime_value.trust.held_back import HeldBack

MOST_FREQUENT = 7  # repeat purchases from which on customers are taken together, as in the published plots
_DAYS_PER_WEEK = 7


def tracking(model: PurchaseModel, held: HeldBack) -> pd.DataFrame:
    """Repeat purchase days by whole week from the first day on, of the customers won by the cut.

    A customer won on day `b` is expected to have made E[X(7w − 1 − b)] repeat purchases by the end of week
    w, as the published tracking plots count (Fader, Hardie, Lee 2005, figure 4).

    Returns
    -------
    week : 1, 2, 3 …
    ends : day number of its last day
    actual, expected : in the week
    cumulative_actual, cumulative_expected : up to its end
    held_back : whether it ends after the cut
    """
    first, weeks = held.window.first.toordinal(), held.window.days // _DAYS_PER_WEEK
    last = _DAYS_PER_WEEK * np.arange(1, weeks + 1) - 1
    made = np.zeros(held.window.days)
    made[held.repeats["day"].to_numpy() - first] = held.repeats["repeats"]
    cut = held.known_days - 1
    born = np.bincount(cut - held.outcomes["T"], weights=held.outcomes["customers"], minlength=cut + 1)
    by_age = predictions.expected_purchases_of_new(model, np.arange(held.window.days))
    total, expected = made.cumsum()[last], np.convolve(born, by_age)[last]
    return pd.DataFrame(
        {
            "week": np.arange(1, weeks + 1),
            "ends": first + last,
            "actual": np.diff(total, prepend=0.0),
            "expected": np.diff(expected, prepend=0.0),
            "cumulative_actual": total,
            "cumulative_expected": expected,
            "held_back": last > cut,
        }
    )


def mean_absolute_percentage_error(tracked: pd.DataFrame) -> float | None:
    """Mean |expected / actual − 1| of the cumulative curve over the week ends held back; None without any."""
    seen = tracked[tracked["held_back"] & (tracked["cumulative_actual"] > 0)]
    if seen.empty:
        return None
    return float((seen["cumulative_expected"] / seen["cumulative_actual"] - 1.0).abs().mean())


def by_frequency(
    model: PurchaseModel, held: HeldBack, forecast: Array
) -> tuple[pd.DataFrame, tuple[float, float]]:
    """Mean purchase days by how often customers had bought, with predictive intervals, and that of the total.

    Parameters
    ----------
    forecast : expected purchase days of each row of `held.outcomes`

    Returns
    -------
    frequency (repeat purchase days before, the last row 7 or more), customers, expected, actual, low, high;
    the ends for all purchase days together
    """
    rows = held.outcomes.assign(
        frequency=held.outcomes["x"].clip(upper=MOST_FREQUENT),
        expected=forecast * held.outcomes["customers"],
        actual=held.outcomes["later"] * held.outcomes["customers"],
    )
    found = rows.groupby("frequency", as_index=False)[["customers", "expected", "actual"]].sum()
    states = held.states
    unit = model.days_per_unit
    low, high = purchase_intervals(
        model,
        (states["x"].to_numpy(dtype=float), states["t_x"].to_numpy() / unit, states["T"].to_numpy() / unit),
        states["customers"].to_numpy(dtype=float),
        np.searchsorted(found["frequency"], states["x"].clip(upper=MOST_FREQUENT)),
        held.days / unit,
    )
    ends = {"low": low[:-1], "high": high[:-1]}
    means = found.assign(**ends)[["expected", "actual", "low", "high"]].div(found["customers"], axis=0)
    return found[["frequency", "customers"]].join(means), (float(low[-1]), float(high[-1]))
