"""How customers are put together on a page: by one of our codes, or by a segment of the file.

A segment is known by the orders' column, which no language changes and which says nothing of the file, so the
choice may travel in a link; where the file opened there has no such column, the usual choice stands in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention.orders import SEGMENTS
from retention.ui.parts import screen
from retention.ui.state.settings import SETTINGS, Choice

if TYPE_CHECKING:
    from retention.study import Study


def choice(name: str, study: Study) -> str:
    """One of a setting's codes or the file's segments, as buttons; no question where there is but one."""
    setting, segments = SETTINGS[name], columns(study)
    if not isinstance(setting, Choice):
        raise TypeError(name)
    offered = [code for code in setting.options if code not in SEGMENTS or code in segments]
    if st.session_state.get(name) not in offered:
        st.session_state[name] = setting.default
    if len(offered) > 1:
        words = screen.words()
        st.segmented_control(
            screen.say("lifetime_value.groups.by"),
            offered,
            required=True,
            format_func=lambda code: segments.get(code) or words.say(f"lifetime_value.groups.{code}"),
            key=name,
            persist_state="session",
            wrap=True,
        )
    return str(st.session_state[name])


def columns(study: Study) -> dict[str, str]:
    """What the reader knows each segment by, by the column that holds it."""
    words = screen.words()
    return {column: words.heading(name) for name, column in study.segments.items()}
