"""Which message a meeting is at, and the keys that lead to the others."""

from __future__ import annotations

import streamlit as st

from retention.story import subject
from retention.ui.parts import screen
from retention.ui.state import slides

# What a clicker or a hand on the keyboard presses beside the arrows: where to, in steps, and the key
_FURTHER_KEYS = {"PageDown": 1, "Space": 1, "PageUp": -1, "Home": -slides.COUNT, "End": slides.COUNT}


def bar() -> None:
    """On, back and out, each with its key, which the first message says, and how far it has come.

    The buttons stay what they are at both ends: one that went out of use would lose the keyboard's focus.
    """
    names = slides.shown()
    index = names.index(slides.at())
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="meeting_bar"):
        st.button(
            screen.say("meeting.back"),
            key="meeting_back",
            shortcut="Left",
            on_click=slides.turn,
            args=(-1,),
        )
        st.button(
            screen.say("meeting.on"),
            key="meeting_on",
            type="primary",
            shortcut="Right",
            on_click=slides.turn,
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
    _further_keys()


def _further_keys() -> None:
    """Buttons out of sight, there for their keys."""
    with st.container(key="meeting_keys"):
        for key, steps in _FURTHER_KEYS.items():
            st.button(
                screen.say("meeting.back" if steps < 0 else "meeting.on"),
                key=f"meeting_{key.lower()}",
                shortcut=key,
                on_click=slides.turn,
                args=(steps,),
            )
