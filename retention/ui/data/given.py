"""What a link brought: whose, until when, and that nothing of it can be changed for its owner."""

from __future__ import annotations

import streamlit as st

from retention.ui.parts import screen
from retention.ui.state import loaded


def told() -> None:
    """A line; nothing where a file was loaded."""
    here = loaded.given()
    if here is not None:
        key = "given.numbers" if here.study.pseudonyms else "given.ids"
        st.info(screen.say(key, title=here.name, until=here.terms.last_moment), icon=":material/link:")
