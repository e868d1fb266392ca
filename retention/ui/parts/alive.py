"""Have the browser hold the key of what is kept, say now and then that it is still there, and end its visit.

A script of our own does so, with what it is told beside it as data. What the server answers decides whether a
reload would lose the file, see `retention.ui.parts.address`.
"""

from __future__ import annotations

import html

import streamlit as st

from retention.ui.state import kept
from retention.ui.state.settings import language

SCRIPT = """(() => {
  const { visit, ticket, gone, every, over, to } = document.currentScript.previousElementSibling.dataset;
  const post = async (path, body) => {
    try { return (await (await fetch(`v/${path}`, { method: "POST", body })).json()).kept === true; }
    catch { return false; }
  };
  clearInterval(window.ritornoBeat);
  if (over) {
    window.onbeforeunload = null;
    post("end", over).then(() => location.replace(to));
    return;
  }
  const beat = async () => { window.ritornoKept = await post("alive", visit) ? visit : undefined; };
  const begin = async () => {
    if (gone) await post("forget", gone);
    if (ticket && window.ritornoTicket !== ticket) await post("keep", window.ritornoTicket = ticket);
    if (visit) await beat();
  };
  window.ritornoKept = undefined;
  begin();
  if (visit) window.ritornoBeat = setInterval(beat, Number(every));
})();"""
_BEATS = 6  # signs of life within the time a visit is kept
_MOST = 300  # seconds between two


def keep() -> None:
    """Have the page keep alive what is kept of this visit, or forget what is no more."""
    every = min(_MOST, kept.visits().seconds / _BEATS)
    _run(**kept.told(), every=str(round(1000 * every)))


def over(ticket: str) -> None:
    """Have the page end its visit and begin another.

    Parameters
    ----------
    ticket : see `retention.ui.state.kept.over`
    """
    _run(over=ticket, to=f"./?lang={language()}&ended=yes")


def _run(**told: str) -> None:
    data = " ".join(f'data-{name}="{html.escape(text)}"' for name, text in told.items())
    st.html(f"<span {data}></span><script>{SCRIPT}</script>", unsafe_allow_javascript=True)
