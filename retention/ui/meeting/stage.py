"""What makes a page fill the screen, and what has each message read out."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

# The frame goes out of the way, and type is for who sits at the far end of the table. On a screen that is no
# telephone's, a message takes its height and no more: what its words leave is the picture's, which is drawn
# larger the larger the screen.
_STYLE = """<style>
[data-testid=stSidebar], [data-testid=stExpandSidebarButton], [data-testid=stHeader] { display: none }
[data-testid=stMainBlockContainer] { padding: 1rem 1rem 1.5rem }
[data-testid=stMain] h1, .announced {
  position: absolute; width: 1px; height: 1px; padding: 0; overflow: hidden; clip-path: inset(50%)
}
[data-testid=stMain] :is([data-testid=stElementContainer]:has(h1, .announced),
  [data-testid=stLayoutWrapper]:has(> .st-key-meeting_keys)) { position: absolute; left: 0; width: 1px }
[data-testid=stMain] h2 { font-size: 1.4rem; line-height: 1.25; padding: 0 0 .9rem }
.st-key-meeting_lines { gap: .5rem }
.st-key-meeting_lines p { font-size: 1.05rem }
.st-key-meeting_keys { display: none }
[class*=st-key-meeting_picture] { position: relative; min-height: 340px; --larger: 1; zoom: var(--larger) }
.st-key-meeting_picture_reality { min-height: 640px }
[class*=st-key-meeting_picture] > * {
  position: absolute; width: calc(100% / var(--larger)); height: calc(100% / var(--larger))
}
[class*=st-key-meeting_picture] [data-testid=stElementToolbar] { display: none }
.st-key-meeting_message [data-stale=true] { visibility: hidden; transition: visibility 0s .6s }
.st-key-meeting_bar > :has([data-testid=stProgress]) { min-width: 12rem }
@media (max-width: 767px) {
  [data-testid=stGrid]:has([data-testid=stMetric]) { grid-template-columns: 1fr 1fr !important }
  .st-key-meeting_message [data-testid=stMetric] { padding: .25rem 0 }
  .st-key-meeting_message [data-testid=stMetricValue] { font-size: 1.4rem }
  .st-key-meeting_message [data-testid=stMetricChart] { display: none !important }
}
@media (min-width: 768px) {
  [data-testid=stMainBlockContainer] { padding: 1rem 3rem; height: 100dvh }
  [data-testid=stMainBlockContainer] > [data-testid=stVerticalBlock] { height: 100%; gap: .6rem }
  [data-testid=stVerticalBlock] > :has(.st-key-meeting_message) { flex: 1 1 auto; min-height: 0 }
  .st-key-meeting_message { height: 100%; gap: .6rem }
  .st-key-meeting_message > :has(> [class*=st-key-meeting_picture]) { flex: 1 1 0; min-height: 160px }
  [class*=st-key-meeting_picture] { min-height: 0; --larger: 1.15 }
  .st-key-meeting_picture_reality { --larger: 1 }
  [data-testid=stMain] h2 { font-size: 1.9rem }
  [data-testid=stMetricValue] { font-size: 2rem; padding: 0 }
  .st-key-meeting_lines p, [data-testid=stTable] { font-size: 1.2rem; line-height: 1.35 }
  .st-key-meeting_message:not(:has([class*=st-key-meeting_picture], table)) .st-key-meeting_lines p {
    font-size: 1.6rem; padding-top: .6rem
  }
}
@media (min-width: 768px) and (max-height: 900px) {
  [data-testid=stMain] h2 { font-size: 1.65rem }
  .st-key-meeting_message [data-testid=stMetric] { padding: .5rem 1rem }
  .st-key-meeting_message [data-testid=stMetricChart] { display: none !important }
  .st-key-meeting_lines { gap: .25rem }
  .st-key-meeting_lines p { font-size: 1.1rem }
}
@media (min-width: 1600px) {
  [data-testid=stMain] h2 { font-size: 2.8rem }
  [class*=st-key-meeting_picture] { --larger: 1.7 }
  .st-key-meeting_picture_reality { --larger: 1.35 }
  [data-testid=stMetricLabel] p { font-size: 1.2rem }
  [data-testid=stMetricValue] { font-size: 2.8rem }
  .st-key-meeting_lines p, [data-testid=stTable] { font-size: 1.6rem }
  .st-key-meeting_message:not(:has([class*=st-key-meeting_picture], table)) .st-key-meeting_lines p {
    font-size: 2.4rem
  }
  [data-testid=stMain] [data-testid=stCaptionContainer] p { font-size: 1.1rem }
}
</style>"""


def set_up() -> None:
    """Take the frame away from this page."""
    st.html(_STYLE)


def message() -> DeltaGenerator:
    """Room for a message: what is left of the one before goes out of sight where the next takes a moment."""
    return st.container(key="meeting_message", height="stretch")


def picture(name: str) -> DeltaGenerator:
    """Room for a message's picture: what the words leave."""
    return st.container(key=f"meeting_picture_{name}", height="stretch")


def announce(said: str) -> None:
    """Have a screen reader say it: the page stays, so by itself it would not.

    It is put there anew with every message, which is what is read out of an alert.
    """
    st.html(f'<p class="announced" role="alert">{html.escape(said)}</p>')
