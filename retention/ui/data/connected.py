"""The host's sources there are to open."""

from __future__ import annotations

import streamlit as st

from retention.sources import Database
from retention.text import escaped
from retention.ui.parts import connected, screen
from retention.ui.state import sources


def ways_in() -> None:
    """Open a source; nothing where there is none this visitor may see."""
    found = sources.visible()
    if not found:
        return
    st.header(screen.say("data.source"), anchor=False)
    for key, source in found.items():
        in_files = not isinstance(source.place, Database)
        st.button(
            escaped(source.name),
            key=f"source_{key}",
            help=screen.say("data.source.files" if in_files else "data.source.database"),
            on_click=connected.want,
            args=(key,),
            width="stretch",
            icon=":material/folder:" if in_files else ":material/database:",
        )
