"""The Drop-off page's tables."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from retention.dropoff import Step


# What is in sight of tables that are wider than a screen
STEPS_SHOWN = ("purchase", "customers", "within", "within_low", "within_high", "trigger_day")
GROUPS_SHOWN = ("group", "customers", "within", "within_low", "within_high", "median_days")
LEAVING_SHOWN = (
    "group",
    "outcome",
    "group_share",
    "other_rate",
    "points",
    "points_low",
    "points_high",
    "real",
)


def waiting(step: Step) -> pd.DataFrame:
    """Share gone on week by week, up to the last day the step is read at."""
    last = step.read_at_day or 0
    days = sorted({*range(0, last, 7), last})
    gone = [step.curve.gone_by(day) for day in days]
    return pd.DataFrame(
        {
            "day": days,
            "at_risk": [step.curve.at_risk_on(day) for day in days],
            "gone_on": [share.value for share in gone],
            "low": [share.low for share in gone],
            "high": [share.high for share in gone],
        }
    )


def listed(to_ask: pd.DataFrame) -> pd.DataFrame:
    """The list with dates for day numbers."""
    return pd.DataFrame(
        {
            "customer_id": to_ask["customer_id"],
            "orders": to_ask["purchase"],
            "last_bought": to_ask["last_day"].map(date.fromordinal).astype(object),
            "waited": to_ask["waited"],
            "trigger_day": to_ask["trigger"],
            "revenue_net": to_ask["revenue"],
        }
    )
