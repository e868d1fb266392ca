"""A forecast beside what happened, in tables: week by week, and by how often customers had bought before."""

from __future__ import annotations

from dataclasses import dataclass
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
    w, on the model's clock, as the published tracking plots count (Fader, Hardie, Lee 2005, figure 4).

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
    ages, which = np.unique(held.outcomes["T"], return_inverse=True)
    customers = np.bincount(which, held.outcomes["customers"]).astype(float)
    expected = predictions.expected_repeats(model, -ages, customers, last - cut)
    total = made.cumsum()[last]
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


def ahead(model: PurchaseModel, held: HeldBack) -> pd.DataFrame:
    """Purchase days from the cut on, up to the end of each whole week, of the customers won by then.

    Returns
    -------
    week : 1, 2, 3 … after the cut
    actual, expected : up to its end
    """
    ends = np.arange(_DAYS_PER_WEEK, held.days + 1, _DAYS_PER_WEEK)
    since = held.repeats["day"].to_numpy() - held.until.toordinal()
    made = np.bincount(since[since > 0], held.repeats["repeats"][since > 0], held.days + 1).cumsum()
    x, t_x, age, customers = (held.outcomes[name].to_numpy() for name in ("x", "t_x", "T", "customers"))
    alive = predictions.probability_alive(model, x, t_x, age)
    expected = (alive * customers) @ predictions.expected_while_alive(model, x, t_x, age, ends)
    return pd.DataFrame({"week": ends // _DAYS_PER_WEEK, "actual": made[ends], "expected": expected})


def cumulative_error(ahead: pd.DataFrame) -> float | None:
    """Mean |expected / actual − 1| over the weeks ahead in which anybody has bought; None without any."""
    seen = ahead[ahead["actual"] > 0]
    return None if seen.empty else float((seen["expected"] / seen["actual"] - 1.0).abs().mean())


@dataclass(frozen=True)
class ByChance:
    """What may have been made where a model holds.

    Attributes
    ----------
    by_frequency : frequency (repeat purchase days before, the last row 7 or more), customers, expected and
        actual purchase days each, low and high: 95 % predictive interval of the actual mean
    low, high : the interval of all purchase days together
    """

    by_frequency: pd.DataFrame
    low: float
    high: float


def by_frequency(model: PurchaseModel, held: HeldBack, forecast: Array) -> ByChance:
    """Mean purchase days by how often customers had bought, with predictive intervals, and that of the total.

    Parameters
    ----------
    forecast : expected purchase days of each row of `held.outcomes`
    """
    rows = held.outcomes.assign(
        frequency=held.outcomes["x"].clip(upper=MOST_FREQUENT),
        expected=forecast * held.outcomes["customers"],
        actual=held.outcomes["later"] * held.outcomes["customers"],
    )
    found = rows.groupby("frequency", as_index=False)[["customers", "expected", "actual"]].sum()
    states = held.states
    x, t_x, age = (states[name].to_numpy(dtype=float) for name in ("x", "t_x", "T"))
    low, high = purchase_intervals(
        model,
        (x, t_x, age),
        states["customers"].to_numpy(dtype=float),
        np.searchsorted(found["frequency"], states["x"].clip(upper=MOST_FREQUENT)),
        held.days,
    )
    ends = {"low": low[:-1], "high": high[:-1]}
    means = found.assign(**ends)[["expected", "actual", "low", "high"]].div(found["customers"], axis=0)
    return ByChance(found[["frequency", "customers"]].join(means), float(low[-1]), float(high[-1]))
