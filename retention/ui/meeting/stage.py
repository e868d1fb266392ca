"""What makes a page fill the screen, and what has each message read out."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

# The frame goes out of the way, and type is for who sits at the far end of the table
_STYLE = """<style>
[data-testid=stSidebar], [data-testid=stExpandSidebarButton], [data-testid=stHeader] { display: none }
[data-testid=stMainBlockContainer] { padding: 1.5rem 1rem 2rem }
[data-testid=stMain] h1 { font-size: 1rem; padding: 0; opacity: .75 }
[data-testid=stMain] h2 { font-size: 1.4rem; line-height: 1.25 }
.st-key-meeting_lines p { font-size: 1.05rem }
@media (min-width: 768px) {
  [data-testid=stMainBlockContainer] { padding: 1.5rem 3rem 2rem }
  [data-testid=stMain] h2 { font-size: 2.1rem }
  [data-testid=stMetricValue] { font-size: 2rem }
  .st-key-meeting_lines p, [data-testid=stTable] { font-size: 1.2rem }
}
@media (min-width: 1600px) {
  [data-testid=stMain] h2 { font-size: 2.6rem }
  [data-testid=stMetricValue] { font-size: 2.4rem }
  .st-key-meeting_lines p, [data-testid=stTable] { font-size: 1.5rem }
}
.st-key-meeting_message [data-stale=true] { visibility: hidden; transition: visibility 0s .6s }
.st-key-meeting_bar > :has([data-testid=stProgress]) { min-width: 12rem }
.announced { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
</style>"""


def set_up() -> None:
    """Take the frame away from this page."""
    st.html(_STYLE)


def message() -> DeltaGenerator:
    """Room for a message: what is left of the one before goes out of sight where the next takes a moment."""
    return st.container(key="meeting_message")


def announce(said: str) -> None:
    """Have a screen reader say it: the page stays, so by itself it would not.

    It is put there anew with every message, which is what is read out of an alert.
    """
    st.html(f'<p class="announced" role="alert">{html.escape(said)}</p>')
