"""The ways in: a file of one's own, or a sample."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from retention import ingest
from retention.errors import InputError
from retention.ui import loaded, screen
from retention.ui.settings import SAMPLES, Sample

_PICTURES = Path(__file__).with_name("pictures")
_OUTCOMES = {
    "cohorts": ":material/grid_on:",
    "simulator": ":material/trending_up:",
    "acquisition": ":material/balance:",
    "lifetime_value": ":material/savings:",
}


def ways_in() -> None:
    """Drop a file, or open a sample; folded away once something is loaded."""
    _, problem = st.session_state.get("last_upload", (None, None))
    if problem is not None:
        screen.error(problem)
    if loaded.source():
        with st.expander(screen.say("data.another"), icon=":material/upload_file:"):
            _ways()
    else:
        _ways()


def what_comes_out() -> None:
    """What the pages will show, before there is anything to show."""
    st.subheader(screen.say("data.outcomes"), anchor=False)
    with st.grid("auto", min_column_width=180, border=True):
        for page, icon in _OUTCOMES.items():
            with st.container():
                st.image(_PICTURES / f"{page}.svg", width="stretch", alt="")
                st.page_link(f"{page}.py", label=screen.words().say(f"{page}.page"), icon=icon)
                st.caption(screen.say(f"{page}.question"))


def _ways() -> None:
    own, sample = st.columns([3, 2], gap="large")
    with own:
        st.subheader(screen.say("data.own"), anchor=False)
        given = st.file_uploader(screen.say("data.upload"), help=screen.say("data.upload.help"), key="upload")
        if given is not None:
            _read(given.file_id, given.name, given.getvalue())
    with sample:
        st.subheader(screen.say("data.sample"), anchor=False)
        for name in SAMPLES:
            st.button(
                screen.say(f"data.sample.{name}"),
                help=screen.say(f"data.sample.{name}.help"),
                on_click=_open_sample,
                args=(name,),
                width="stretch",
                icon=":material/storefront:",
            )
        st.caption(screen.say("data.sample.note"))


def _read(file_id: str, name: str, content: bytes) -> None:
    """Read an uploaded file once; a file that cannot be read leaves what was loaded before untouched."""
    last_id, problem = st.session_state.get("last_upload", (None, None))
    if file_id != last_id:
        problem = None
        with st.spinner(screen.say("data.reading", name=name)):
            try:
                loaded.take(ingest.read(content, name))
                loaded.usable()
            except InputError as error:
                problem = error
        st.session_state["last_upload"] = (file_id, problem)
        st.rerun()


def _open_sample(name: Sample) -> None:
    last_id, _ = st.session_state.get("last_upload", (None, None))
    st.session_state["last_upload"] = (last_id, None)  # the file in the picker is not read again
    loaded.take(ingest.open_sample(name), name)
