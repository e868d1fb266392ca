"""Channels by what a customer of each may cost less what one costs: where money should go next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.ui.acquisition import tables
from retention.ui.parts import screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.acquisition import Acquisition, UnitEconomics


def section(found: Acquisition, worth: UnitEconomics) -> None:
    """Where the money went, what a customer cost there and what one may cost, most room first."""
    screen.section("acquisition.channels")
    words, spent = screen.words(), found.costs.channels
    screen.table(
        lambda: cached(tables.channels, found, worth, words),
        "acquisition_channels",
        open_at_start=True,
        columns=tables.CHANNELS_SHOWN if "cac" in spent else None,
    )
    if spent["acquisition"].eq(0).any():
        screen.text("acquisition.without_spend")
