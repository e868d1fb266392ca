"""Subscriptions: who buys at fixed intervals, renewals, pauses and cancellations, and revenue a month."""

from retention.subscriptions.intervals import (
    BOUNDS,
    INTERVALS,
    LEAST_CUSTOMERS,
    RULES,
    Interval,
    IntervalCode,
    Kept,
    kept_to,
    who_keeps,
)
from retention.subscriptions.recurring import Recurring, recurring
from retention.subscriptions.renewals import Renewals, renewed

__all__ = [
    "BOUNDS",
    "INTERVALS",
    "LEAST_CUSTOMERS",
    "RULES",
    "Interval",
    "IntervalCode",
    "Kept",
    "Recurring",
    "Renewals",
    "kept_to",
    "recurring",
    "renewed",
    "who_keeps",
]
