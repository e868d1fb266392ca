"""Have the browser remember who shares: the server sets a cookie for a page that brings it a ticket."""

from __future__ import annotations

import streamlit as st

SCRIPT = """(() => {
  const { ticket } = document.currentScript.previousElementSibling.dataset;
  fetch("s/keep", { method: "POST", body: ticket });
})();"""


def keep(ticket: str) -> None:
    """Bring a ticket to the server.

    Parameters
    ----------
    ticket : letters, digits, - and _
    """
    st.html(f'<span data-ticket="{ticket}"></span><script>{SCRIPT}</script>', unsafe_allow_javascript=True)
