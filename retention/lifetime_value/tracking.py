"""Week by week: the repeat purchases that were made, and those a model expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.lifetime_value import predict

if TYPE_CHECKING:
    from retention.lifetime_value.hold_back import HeldBack
    from retention.lifetime_value.models import PurchaseModel

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
    by_age = predict.expected_purchases_of_new(model, np.arange(held.window.days))
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
