"""The Drop-off page's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from retention.dropoff import DropOff, Step


def steps(found: DropOff) -> pd.DataFrame:
    """Every step with at least 30 customers, as far as it is known."""
    return pd.DataFrame(
        [
            {
                "purchase": step.purchase,
                "customers": step.customers,
                "within": step.within.rate if step.within else None,
                "within_low": step.within.low if step.within else None,
                "within_high": step.within.high if step.within else None,
                "median_days": step.median_days,
                "trigger_day": step.trigger_day,
                "goes_on": step.goes_on.rate,
                "low": step.goes_on.low,
                "high": step.goes_on.high,
                "read_at_day": step.read_at_day,
                "naive": step.naive,
                "reached": step.reached.rate if step.reached else None,
            }
            for step in found.steps
            if step.goes_on is not None
        ]
    ).astype({"median_days": "Int64", "trigger_day": "Int64", "read_at_day": "Int64"})


def waiting(step: Step) -> pd.DataFrame:
    """Share gone on week by week, up to the last day the step is read at."""
    last = step.read_at_day or 0
    days = sorted({*range(0, last, 7), last})
    gone = [step.curve.gone_by(day) for day in days]
    return pd.DataFrame(
        {
            "day": days,
            "at_risk": [step.curve.at_risk_on(day) for day in days],
            "gone_on": [share.rate for share in gone],
            "low": [share.low for share in gone],
            "high": [share.high for share in gone],
        }
    )


def listed(to_ask: pd.DataFrame) -> pd.DataFrame:
    """The list with dates for day numbers."""
    origin = pd.Timestamp("1970-01-01").toordinal()
    return pd.DataFrame(
        {
            "customer_id": to_ask["customer_id"],
            "orders": to_ask["purchase"],
            "last_bought": pd.to_datetime(to_ask["last_day"] - origin, unit="D").dt.date,
            "waited": to_ask["waited"],
            "trigger_day": to_ask["trigger"],
            "revenue_net": to_ask["revenue"],
        }
    )
