"""The door as a visit sees it: who may not go on is told why, and how they may; who may is told as whom."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from retention.allowed import Refused
from retention.ui.parts import screen
from retention.ui.shell import door, frame, plain
from retention.ui.state import links, people

_WAYS = "<style>.way { color: inherit; margin-right: 1rem }</style>"  # as the theme writes


def admit() -> None:
    """Let a visit go on, or end the page here."""
    found = people.here()
    if not isinstance(found, Refused) or people.guest():
        return
    st.set_page_config(page_title="Ritorno", page_icon=frame.ICON)
    st.navigation(frame.pages(), position="hidden")  # else a page's address is told not to be found
    st.title("Ritorno", anchor=False)
    words = screen.words()
    came_by_link = found.why == "signed_out" and links.GUEST in st.context.cookies
    said = words.say("door.link_over") if came_by_link else door.said(words, found)
    st.html(_WAYS + plain.told(said, door.ways(words, found, _here())))
    st.stop()


def _here() -> str:
    """The page a visit is on, as the door is asked to lead there."""
    path = urlsplit(st.context.url or "").path.removeprefix(f"{door.base()}/")
    query = urlencode(st.query_params.to_dict())
    return f"{path}?{query}" if query else path


def who() -> None:
    """As whom a visit goes on; where nobody is asked to sign in and others reach this server, that."""
    person = people.person()
    with st.sidebar:
        if person is not None:
            st.caption(screen.say("frame.signed_in", address=person.address))
            _sign_out()
        elif people.guest():
            st.caption(screen.say("frame.guest"))
        elif urlsplit(st.context.url or "").hostname not in {None, *people.LOCAL}:
            st.caption(screen.say("frame.open"))


def _sign_out() -> None:
    if st.button(screen.say("door.sign_out"), key="sign_out", icon=":material/logout:"):
        st.logout()
