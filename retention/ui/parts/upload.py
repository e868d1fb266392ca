"""A file of one's own, or a sample: how it becomes the visit's data, on whatever page that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import ingest
from retention.errors import InputError
from retention.ui.parts import problems, screen
from retention.ui.state import kept, loaded, people

if TYPE_CHECKING:
    from retention.ingest import Sample


def picker() -> None:
    """Where files are dropped."""
    ingest.keep_ready()
    st.file_uploader(
        screen.say("data.upload"),
        accept_multiple_files=True,
        help=screen.say("data.upload.help"),
        key=_key(),
        disabled=people.guest(),
    )


def received() -> None:
    """Take what was dropped, before any control of the file before it; or say why it cannot be."""
    given = st.session_state.get(_key())
    if given:
        _read(tuple((file.name, file.getvalue()) for file in given))
    problem = st.session_state.get("upload_problem")
    if problem is not None:
        problems.error(problem)


def trouble(files: tuple[loaded.File, ...], wanted: str | None) -> InputError | None:
    """Take files as the visit's data; why they cannot be, None if they can.

    Parameters
    ----------
    wanted : sheet to read, the best unless told
    """
    problem = _taken(files, wanted)
    if problem is None:
        kept.keep(files, wanted)
    return problem


def open_sample(name: Sample) -> None:
    """Take a sample as the visit's data, or remember why there is no room for it."""
    try:
        loaded.take_sample(name)
    except InputError as error:
        st.session_state["upload_problem"] = error
    else:
        st.session_state["upload_problem"] = None


def again() -> None:
    """Take what an earlier page of this browser kept, where the address names it."""
    try:
        found = kept.sought()
    except InputError as error:
        st.session_state["upload_problem"] = error
        return
    if found is None:
        return
    with st.spinner(screen.say("data.reading", name=", ".join(name for name, _ in found.files))):
        st.session_state["upload_problem"] = _taken(found.files, found.choices.plain.get("sheet"))
    if st.session_state["upload_problem"] is None:
        kept.resume(found)


def _taken(files: tuple[loaded.File, ...], wanted: str | None) -> InputError | None:
    """Make files the visit's data; why they cannot be, None if they can."""
    try:
        loaded.take(ingest.read_many(files, sheet=wanted), files=files)
        loaded.usable()
    except InputError as error:
        return error
    return None


def _key() -> str:
    """Key of the picker, another one after each file: it then comes without those it held."""
    return f"upload_{st.session_state.get('uploads', 0)}"


def _read(files: tuple[loaded.File, ...]) -> None:
    """Read files and empty the picker, so that the next ones come without these.

    What cannot be read leaves what was loaded before untouched.
    """
    with st.spinner(screen.say("data.reading", name=", ".join(name for name, _ in files))):
        st.session_state["upload_problem"] = trouble(files, None)
    st.session_state.pop("sheets_together", None)  # told of this file once it is shown
    st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1
    st.rerun()
