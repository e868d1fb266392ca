"""A source of the host's: how it becomes the visit's data, how far that is, and how it is called off.

What a visitor chooses is a key of the host's configuration. It is read while the page waits: whatever ends
that run ends the reading, here and at the database. The next run begins it again, unless it was called off.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from retention.errors import InputError
from retention.sources import Reading
from retention.text import when_read
from retention.ui.parts import screen, waited
from retention.ui.state import loaded, settings, sources

if TYPE_CHECKING:
    from retention.sources import Found, Source
    from retention.sources.course import Course

_WANTED = "source_wanted"  # in the visit's state


@dataclass(frozen=True)
class Wish:
    """A source somebody asks for, by its key; anew, where they want what is there now."""

    key: str
    anew: bool = False


def want(key: str, *, anew: bool = False) -> None:
    """Have a source read before the page is drawn."""
    st.session_state[_WANTED] = Wish(key, anew)
    st.session_state["upload_problem"] = None


def told() -> None:
    """When the source that is loaded was read, and the way to what is there now; nothing of a file."""
    here = loaded.file()
    when = None if here is None else when_read(here.raw, screen.markdown_words(), loaded.rows())
    if here is None or here.kept_at is None or when is None:
        return
    st.caption(when)
    if here.kept_at in sources.visible():
        st.button(
            screen.say("source.again"),
            key="source_again",
            help=screen.say("source.again.help"),
            icon=":material/refresh:",
            on_click=want,
            args=(here.kept_at,),
            kwargs={"anew": True},
        )


def arrive() -> None:
    """Read the source that was asked for; what cannot be read leaves what was loaded before untouched."""
    _asked_by_address()
    wish: Wish | None = st.session_state.get(_WANTED)
    source = None if wish is None else sources.visible().get(wish.key)
    if wish is None or source is None:
        st.session_state[_WANTED] = None
        _form()
        return
    try:
        found = _read(source, anew=wish.anew)
        with st.spinner(screen.say("data.reading", name=source.name)):
            loaded.take_source(found, source.key)
            loaded.usable()
    except InputError as problem:
        st.session_state["upload_problem"] = problem
    else:
        st.session_state["upload_problem"] = None
    st.session_state[_WANTED] = None
    st.rerun()


def _asked_by_address() -> None:
    """Ask for the source the address names, where the visit has nothing loaded; once."""
    asked = settings.source_asked()
    if asked is not None and loaded.source() is None:
        if asked in sources.visible():
            want(asked)
        else:
            settings.is_of_a_file()


def _read(source: Source, *, anew: bool) -> Found:
    reading = Reading(source, sources.shelf(), anew=anew)
    return waited.over(reading, partial(_said_of_reading, source.name, reading.course), _call_off)


def _said_of_reading(name: str, course: Course) -> str:
    if not course.rows:
        return screen.say("source.asking", name=name)
    return screen.say("source.reading", name=name, rows=course.rows)


def _form() -> None:
    """Have an engine form the orders of what is loaded, where it has not by the columns as they are now."""
    here, forming = loaded.file(), None if loaded.given_up() else loaded.to_form()
    if here is None or forming is None:
        return
    try:
        waited.over(forming, partial(screen.say, "source.forming", name=here.name), _give_up)
    except InputError as problem:
        loaded.give_up(problem)
    st.rerun()


def _call_off() -> None:
    st.session_state[_WANTED] = None
    st.toast(screen.say("source.cancelled"))


def _give_up() -> None:
    loaded.give_up(InputError("orders_called_off"))
