"""Whether there is room for what a visitor brings: a place at this server, and memory."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from retention.ui.state import earlier
from retention.visits import Room, Seat, limits_in

if TYPE_CHECKING:
    import pandas as pd

_SEAT = "seat"  # in the visit's state, so that it is free once that is let go


@cache
def room() -> Room:
    """The places of this server."""
    return Room(limits_in(os.environ))


def claim(*tables: pd.DataFrame) -> None:
    """Take a place for this visit, with what it is about to load.

    Raises
    ------
    ServerFullError, VisitTooLargeError
        If there is none, or not so much; what was loaded before stays.
    """
    room().check(sum(map(_bytes, (*tables, *earlier.tables()))))
    seat: Seat = st.session_state.get(_SEAT) or Seat()
    room().admit(seat)
    st.session_state[_SEAT] = seat


def _bytes(table: pd.DataFrame) -> int:
    return int(table.memory_usage(deep=True).sum())
