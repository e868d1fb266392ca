"""The steps from each purchase to the next as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.dropoff import COMPARED_AFTER
from retention.statistics import named_ends

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
        "goes_on": goes_on.value if goes_on else None,
        **named_ends(goes_on),
        "read_at_day": step.read_at_day,
        "within_180_days": within.value if within else None,
        **named_ends(within, "within_180_days"),
        "median_days": step.median_days,
        "trigger_day": step.trigger_day,
        "trigger_within_days": step.asked_within,
        "naive": step.naive,
    }
