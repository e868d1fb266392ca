"""The choices for a file's columns as a small file to keep, and such a file back into choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import ingest
from retention.errors import InputError
from retention.ui.parts import offered, problems, screen
from retention.ui.state import loaded, mapped

if TYPE_CHECKING:
    from retention.ui.state.loaded import Source


def show(here: Source) -> None:
    """The choices as a small file, and such a file back into choices."""
    columns = loaded.mapping()
    if columns is not None:
        offered.file(
            screen.say("data.save_mapping"),
            lambda: ingest.dump(columns).encode(),
            f"{screen.words().say('file.mapping')}.json",
            "application/json",
            key="download_mapping",
        )
    st.file_uploader(
        screen.say("data.load_mapping"),
        type="json",
        key="mapping_file",
        help=screen.say("data.load_mapping.help"),
        on_change=_load,
        args=(here,),
    )
    trouble = st.session_state.get("mapping_problem")
    if trouble is not None:
        problems.error(trouble)


def _load(here: Source) -> None:
    """Take a saved mapping over; one that does not fit leaves the choices as they are."""
    given = st.session_state.get("mapping_file")
    st.session_state["mapping_problem"] = None
    if given is None:
        return
    try:
        mapping = ingest.load(given.getvalue().decode("utf-8", "replace"))
        ingest.require_columns(here.raw, mapping.columns.values())
    except InputError as error:
        st.session_state["mapping_problem"] = error
    else:
        mapped.apply(mapping)
