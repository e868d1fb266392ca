"""The frame of every page: navigation, what is loaded, language, the link to the present view."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from retention.errors import InputError
from retention.text import LANGUAGES, escaped
from retention.ui.parts import address, alive, connected, problems, screen, upload
from retention.ui.parts.pages import BEHIND, FIRST, NAVIGATION
from retention.ui.state import kept, loaded, settings

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_LOGO = Path(__file__).with_name("logo.svg")
ICON = "🔁"  # one of our own: without it the browser asks another server for a picture


def pages() -> dict[str, list[StreamlitPage]]:
    """The pages in their groups, titled in the visit's language; the first answers at `/`.

    Those that are reached from another page stand in the last group, out of sight.
    """
    found = {
        screen.say(group): [_page(name, icon) for name, icon in named.items()]
        for group, named in NAVIGATION.items()
    }
    [*_, last] = found.values()
    last += [_page(name, icon) for name, icon in BEHIND.items()]
    return found


def _page(name: str, icon: str) -> StreamlitPage:
    return st.Page(
        f"{name}.py",
        title=screen.words().say(f"{name}.page"),
        icon=icon,
        default=name == FIRST,
        visibility="hidden" if name in BEHIND else "visible",
    )


def configure() -> None:
    """The browser tab and the name at the top, before anything else; then the sample the address asks for."""
    st.set_page_config(page_title="Ritorno", page_icon=ICON, layout="wide")
    st.logo(_LOGO, size="large")
    asked = st.session_state.pop("sample_asked", None)
    if asked and loaded.source() is None:
        with st.spinner(screen.say("data.opening_sample")):
            upload.open_sample(asked)


def pay_in() -> None:
    """Settle what money is written in, for this run and for what is redrawn by itself after it."""
    st.session_state["currency"] = loaded.currency()


def enter(page: StreamlitPage) -> None:
    """The page's own title on the browser tab; each entry is counted, and takes the settings along."""
    if st.session_state.get("page") != page.url_path:
        st.session_state["page"] = page.url_path
        st.session_state["entries"] = st.session_state.get("entries", 0) + 1
        settings.carry()
    st.set_page_config(page_title=f"{page.title} · Ritorno", page_icon=ICON, layout="wide")


def sidebar() -> None:
    """Name, what is loaded, language, the link to this view, the promise about the file."""
    with st.sidebar:
        st.markdown(screen.say("frame.line"))
        _loaded()
        st.segmented_control(
            screen.say("frame.language"),
            list(LANGUAGES),
            format_func=lambda code: LANGUAGES[code].name,
            key="language",
            required=True,
            persist_state="session",
        )
        with st.popover(screen.say("frame.link"), icon=":material/link:", width="stretch"):
            st.caption(_what_a_link_holds())
            st.code(address.here(), language=None, wrap_lines=True)
        _visit()
        kept.note()
        _promise()
        address.keep(st.session_state.get("page", ""))
        alive.keep()


def _what_a_link_holds() -> str:
    """What the address opens, in a sentence."""
    here = loaded.source()
    if here is None or here.sample:
        return screen.say("frame.link.help")
    return screen.say("frame.link.source" if here.kept_at else "frame.link.own")


def over() -> None:
    """Say that the visit has ended and go no further, where its visitor has ended it."""
    ticket = kept.over()
    if ticket is not None:
        st.success(screen.say("visit.ended"), icon=":material/check:")
        alive.over(ticket)
        st.stop()


def _visit() -> None:
    """What becomes of the visit: nothing kept of it, or its end at once."""
    with st.popover(screen.say("visit.title"), icon=":material/lock:", width="stretch"):
        if kept.visits().seconds:
            st.toggle(
                screen.say("visit.unkept"),
                key=kept.UNKEPT,
                help=screen.say("visit.unkept.help"),
                on_change=kept.forget,
                persist_state="session",
            )
        st.button(screen.say("visit.end"), icon=":material/logout:", key="visit_end", on_click=_end)
        st.caption(screen.say("visit.end.what"))
        trouble = st.session_state.pop("visit_end_problem", None)
        if trouble is not None:
            problems.error(trouble)


def _end() -> None:
    try:
        kept.end()
    except InputError as trouble:
        st.session_state["visit_end_problem"] = trouble


def _promise() -> None:
    """Who can open the file and for how long; or that a reload loses it, and why."""
    trouble, here = kept.problem(), loaded.source()
    if trouble is not None:
        st.warning(screen.say(f"error.{trouble.code}", **trouble.details), icon=":material/warning:")
    elif here is not None and here.kept_at:
        st.caption(screen.say("frame.source"))
    elif kept.wanted() and (here is None or here.sample or kept.keeping()):
        st.caption(screen.say("frame.kept", n=kept.visits().limits.keep_minutes))
    else:
        st.caption(screen.say("frame.privacy"))


def _loaded() -> None:
    here = loaded.source()
    if here is None:
        st.caption(screen.say("frame.nothing_loaded"))
        return
    with st.container(border=True):
        st.markdown(f"**{escaped(here.name)}**")
        held = loaded.usable()
        if held is not None:
            window = held.orders.window
            st.caption(
                screen.say(
                    "frame.loaded",
                    customers=held.account.customers,
                    orders=held.account.purchases,
                    first=window.first,
                    last=window.last,
                )
            )
        connected.told()
        st.page_link("data.py", label=screen.say("frame.change"), icon=":material/edit:")
