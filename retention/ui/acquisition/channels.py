"""Channels by what a customer of each may cost less what one costs: where money should go next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention.acquisition import rooms
from retention.ui.acquisition import tables
from retention.ui.parts import screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.acquisition import Acquisition, UnitEconomics


def headline(found: Acquisition, worth: UnitEconomics) -> bool:
    """Through which channel to win more and where to spend less; whether any is known."""
    known = rooms(found.costs.channels, worth)
    if not known:
        return False
    best, worst = known[0], known[-1]
    over = [room.channel for room in known if room.stands == "above"]
    told = {"best": best.channel, "most": best.left, "worst": worst.channel, "least": worst.left}
    kind = "above" if best.left <= 0 else "one" if over or len(known) == 1 else "several"
    if kind == "several" and worst.left < 0:
        kind = "even"
    said = [screen.say(f"acquisition.decide.{kind}", **told)]
    if over and kind != "above":
        said.append(screen.say("acquisition.decide.over", channels=over))
    st.markdown(f"## {' '.join(said)}")
    return True


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
