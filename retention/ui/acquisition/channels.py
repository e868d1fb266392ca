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


def decision(found: Acquisition, worth: UnitEconomics) -> None:
    """The channel with most room, that with least, and those where a customer costs more than one brings."""
    known = rooms(found.costs.channels, worth)
    if not known:
        return
    best, worst = known[0], known[-1]
    told = {"best": best.channel, "most": best.left, "worst": worst.channel, "least": worst.left}
    kind = "above" if best.left <= 0 else "one" if len(known) == 1 else "several"
    said = [screen.say(f"acquisition.decide.{kind}", **told)]
    over = [room.channel for room in known if room.stands == "above"]
    if over and kind != "above":
        said.append(screen.say("acquisition.decide.over", n=len(over), channels=over))
    st.markdown(" ".join(said))


def section(found: Acquisition, worth: UnitEconomics) -> None:
    """Where the money went, what a customer cost there and what one may cost, most room first."""
    screen.section("acquisition.channels")
    words = screen.words()
    screen.table(
        lambda: cached(tables.channels, found, worth, words), "acquisition_channels", open_at_start=True
    )
