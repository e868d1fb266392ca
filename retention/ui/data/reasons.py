"""Why each column was taken, and what the next best would give: one press takes the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import ingest
from retention.ui.parts import screen
from retention.ui.parts.cached import cached
from retention.ui.state import mapped

if TYPE_CHECKING:
    from retention.ingest import Reason
    from retention.ui.state.loaded import Source

_ROLES = ("customer", "order", "date", "amount", "status")
_DISPENSABLE = ("order", "status")


def show(here: Source) -> None:
    """One line for each column that decides a figure."""
    found = cached(ingest.explain, here.raw, here.guess)
    st.markdown(f"**{screen.say('reasons.title')}**")
    for role in _ROLES:
        if role in found:
            _line(here, role, found[role])


def _line(here: Source, role: str, reason: Reason) -> None:
    """Why, and the other column with what it would give."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{screen.say(f'data.role.{role}')}:** {_told(role, reason)}")
        taken = st.session_state.get(f"map_{role}")
        other = reason.rival if taken == reason.column else reason.column
        if other is not None or role in _DISPENSABLE:
            st.button(
                screen.say(f"reasons.without.{role}")
                if other is None
                else screen.say("reasons.take", column=other),
                key=f"take_{role}",
                on_click=_take,
                args=(here, role, other),
            )


def _told(role: str, reason: Reason) -> str:
    taken = st.session_state.get(f"map_{role}")
    if taken is None:
        return screen.say("reasons.none")
    if taken != reason.column:
        return screen.say("reasons.chosen", column=taken, found=reason.column)
    why = screen.say(f"reasons.why.{reason.why}", column=reason.column)
    if reason.rival is None:
        return f"{why} {screen.say(f'reasons.alone.{role}', **reason.details)}" if reason.details else why
    if not reason.details:
        return f"{why} {screen.say('reasons.rival', rival=reason.rival)}"
    return f"{why} {screen.say(f'reasons.rival.{role}', rival=reason.rival, **reason.details)}"


def _take(here: Source, role: str, column: str | None) -> None:
    st.session_state[f"map_{role}"] = column
    mapped.chosen_anew(here.raw, here.guess, role)
