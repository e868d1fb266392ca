"""The steps from each purchase to the next as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.dropoff import COMPARED_AFTER
from retention.report.plain import plain

if TYPE_CHECKING:
    from retention.dropoff import DropOff, Step


def steps(found: DropOff) -> list[dict[str, Any]]:
    """A dict a step; null where a figure cannot be told."""
    return [_step(step, after_180=found.day == COMPARED_AFTER) for step in found.steps]


def _step(step: Step, *, after_180: bool) -> dict[str, Any]:
    goes_on, within = step.goes_on, step.within if after_180 else None
    return {
        "purchase": step.purchase,
        "customers": step.customers,
        "goes_on": goes_on.rate if goes_on else None,
        "low": plain(goes_on.low) if goes_on else None,
        "high": plain(goes_on.high) if goes_on else None,
        "read_at_day": step.read_at_day,
        "within_180_days": within.rate if within else None,
        "within_180_days_low": plain(within.low) if within else None,
        "within_180_days_high": plain(within.high) if within else None,
        "median_days": step.median_days,
        "trigger_day": step.trigger_day,
        "naive": step.naive,
    }
