"""What was understood of a file, to be changed: folded away as long as the file can be used as it is."""

from __future__ import annotations

import streamlit as st

from retention.ui.data import columns, reasons, understood
from retention.ui.parts import screen
from retention.ui.state import loaded


def show() -> None:
    """The columns and options, why each column was taken, and the first rows."""
    here = loaded.file()
    if here is None:
        return
    broken = loaded.usable() is None
    with st.expander(screen.say("data.change"), icon=":material/tune:", expanded=broken, key="change"):
        columns.choose(here)
        reasons.show(here)
        understood.preview(here)
