"""A source of the host's: how it becomes the visit's data, how far that is, and how it is called off.

What a visitor chooses is a key of the host's configuration. It is read while the page waits: whatever ends
that run ends the reading, here and at the database. The next run begins it again, unless it was called off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from retention.errors import InputError
from retention.sources import Reading
from retention.text import when_read
from retention.ui.parts import screen
from retention.ui.state import loaded, settings, sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.delta_generator import DeltaGenerator

    from retention.sources import Found, Source
    from retention.sources.course import Course
    from retention.sources.work import Work

_WANTED = "source_wanted"  # in the visit's state
_LOOK = 0.25  # seconds between two looks


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
    try:
        if not reading.wait(_LOOK):  # what another visitor has read is there at once
            _wait(reading, source.name, "source.reading", _call_off)
        return reading.result()
    finally:
        reading.cancel()


def _form() -> None:
    """Have an engine form the orders of what is loaded, where it has not by the columns as they are now."""
    here, forming = loaded.file(), None if loaded.given_up() else loaded.to_form()
    if here is None or forming is None:
        return
    try:
        if not forming.wait(_LOOK):
            _wait(forming, here.name, "source.forming", _give_up)
        forming.result()
    except InputError as problem:
        loaded.give_up(problem)
    finally:
        forming.cancel()
    st.rerun()


def _wait(work: Work[Any], name: str, doing: str, on_cancel: Callable[[], None]) -> None:
    """Say how far it is until it is over."""
    with st.container(key="source_reading"):
        told = st.empty()
        _tell(told, name, doing, work.course)
        st.button(
            screen.say("source.cancel"), key="source_cancel", icon=":material/cancel:", on_click=on_cancel
        )
        while not work.wait(_LOOK):
            _tell(told, name, doing, work.course)


def _tell(told: DeltaGenerator, name: str, doing: str, course: Course) -> None:
    share = course.share
    if doing == "source.reading" and not course.rows:
        said = screen.say("source.asking", name=name)
    else:
        said = screen.say(doing, name=name, rows=course.rows)
    if share is None:
        told.info(said, icon=":material/hourglass_top:")
    else:
        told.progress(share, text=said)


def _call_off() -> None:
    st.session_state[_WANTED] = None
    st.toast(screen.say("source.cancelled"))


def _give_up() -> None:
    loaded.give_up(InputError("orders_called_off"))
