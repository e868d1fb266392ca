"""What only the browser can do: hold the settings in its address bar, ask before a reload loses the file.

Nothing is lost where the file is kept for the browser, as `retention.ui.parts.alive` finds out.

A script of our own does so, takes the menu out of the way on a telephone once a page was chosen from it, and
leaves the space bar to a meeting's button that has the focus. It never changes, so that the server can allow
it, and nothing else, by its hash; what it is told stands beside it as data. The address is replaced, not
added to: going back leaves the page.
"""

from __future__ import annotations

import html
from urllib.parse import urlencode

import streamlit as st

from retention.ui.state import kept, loaded, scenarios, settings, slides, visit

SCRIPT = """(() => {
  const { page, query, unsaved } = document.currentScript.previousElementSibling.dataset;
  history.replaceState(history.state, "", location.pathname + query + location.hash);
  window.onbeforeunload = unsaved
    ? (event) => { if (unsaved !== window.ritornoKept) event.preventDefault(); }
    : null;
  if (!window.ritornoKeys) window.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.closest?.(".st-key-meeting_bar")) event.stopImmediatePropagation();
  }, window.ritornoKeys = true);
  if (page === undefined) return;
  const turned = window.ritornoPage !== undefined && window.ritornoPage !== page;
  window.ritornoPage = page;
  if (turned && innerWidth < 768)
    document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
})();"""
# Streamlit marks the link that has the focus as it marks the one under the pointer: by a shade nobody sees
FOCUS = "<style>a[data-testid$=NavLink]:focus-visible { outline: 2px solid; outline-offset: -2px }</style>"
# Streamlit cuts what a figure is called where its card is narrow: it is to be read whole
WRAPPED = "<style>[data-testid=stMetricLabel] * { white-space: normal !important }</style>"


def here() -> str:
    """Address of the present view: page, language, sample, source or that it is of a file, settings."""
    source = loaded.source()
    kept_at = source.kept_at if source else None
    file = settings.OWN if source and not (source.sample or kept_at) else settings.shared()
    more = {"file": file or "", "source": kept_at or "", "scenarios": scenarios.written(), **slides.written()}
    return settings.link(source.sample if source else None, visit.usual(), **more)


def keep(page: str | None = None) -> None:
    """Have the address bar hold the present view; a reload is asked about where it would lose a file.

    Parameters
    ----------
    page : which is shown; None where a part of one is drawn by itself
    """
    source, held = loaded.source(), kept.keeping()
    query = "&".join(filter(None, [settings.query_of(here()), urlencode(kept.written())]))
    told = {
        "page": page,
        "query": f"?{query}",
        "unsaved": (held.name if held else "yes") if source and not source.sample else "",
    }
    data = " ".join(f'data-{name}="{html.escape(text)}"' for name, text in told.items() if text is not None)
    st.html(f"{FOCUS}{WRAPPED}<span {data}></span><script>{SCRIPT}</script>", unsafe_allow_javascript=True)
