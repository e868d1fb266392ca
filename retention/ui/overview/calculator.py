"""The retention rate of three typed numbers, for which no file is needed."""

from __future__ import annotations

import streamlit as st

from retention.errors import InputError
from retention.overview import retention_rate
from retention.ui.parts import address, controls, screen


@st.fragment
def show() -> None:
    """S, E and N side by side, and the rate or why there is none."""
    with st.expander(screen.say("calculator.title"), icon=":material/calculate:"):
        with screen.settings():
            start, end, new = (int(controls.number(f"rate_{part}")) for part in ("start", "end", "new"))
        try:
            rate = retention_rate(start, end, new)
        except InputError as problem:
            st.warning(screen.say(f"error.{problem.code}", **problem.details), icon=":material/warning:")
        else:
            st.markdown(screen.say("calculator.result", rate=rate, start=start, kept=end - new))
        screen.text("calculator.formula")
    address.keep()
