"""That the visit before this one was ended, where it was."""

from __future__ import annotations

import streamlit as st

from retention.ui.parts import screen
from retention.ui.state import settings


def told() -> None:
    """A line; nothing where no visit was."""
    if settings.ended():
        st.success(screen.say("visit.ended"), icon=":material/check:")
