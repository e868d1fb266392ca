"""Which message a meeting is at, and the keys that lead to the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from retention.story import SECTIONS, subject
from retention.ui.parts import screen

if TYPE_CHECKING:
    from collections.abc import Iterable

_AT = "meeting_at"  # in the visit's state: the name of the message


def shown() -> tuple[str, ...]:
    """The messages in their order: those ticked on Report, all of them where none is."""
    ticked = cast("Iterable[str]", st.session_state.get("report_sections") or SECTIONS)
    return tuple(name for name in SECTIONS if name in set(ticked))


def begin() -> None:
    """Stand at the first one."""
    st.session_state.pop(_AT, None)


def at() -> str:
    """The one it stands at."""
    names = shown()
    return names[_index(names)]


def bar() -> None:
    """On, back and out, each with its key, which the first message says, and how far it has come.

    The buttons stay what they are at both ends: one that went out of use would lose the keyboard's focus.
    """
    names = shown()
    index = _index(names)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="meeting_bar"):
        st.button(
            screen.say("meeting.back"),
            key="meeting_back",
            shortcut="Left",
            on_click=_turn,
            args=(-1,),
        )
        st.button(
            screen.say("meeting.on"),
            key="meeting_on",
            type="primary",
            shortcut="Right",
            on_click=_turn,
            args=(1,),
        )
        said = screen.say(
            "meeting.place", n=index + 1, all=len(names), subject=subject(names[index], screen.words())
        )
        st.progress((index + 1) / len(names), text=said)
        if st.button(screen.say("meeting.leave"), key="meeting_leave", shortcut="Escape"):
            screen.turn_to("report")
    if index == 0:
        screen.text("meeting.keys")


def _index(names: tuple[str, ...]) -> int:
    """Where it stands; at the first where what it stood at is not shown any more."""
    name = st.session_state.get(_AT)
    return names.index(name) if name in names else 0


def _turn(steps: int) -> None:
    """Go on or back, not past an end."""
    names = shown()
    st.session_state[_AT] = names[min(max(_index(names) + steps, 0), len(names) - 1)]
