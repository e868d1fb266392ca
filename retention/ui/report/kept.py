"""What changed since a snapshot: today's to save, and an earlier one to open."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from retention.snapshot import dump, load
from retention.text import since as said
from retention.ui.parts import screen
from retention.ui.state import loaded, settings

if TYPE_CHECKING:
    from retention.study import Study


def section(study: Study) -> None:
    """A part of the page, closed until asked for."""
    screen.details("since.section", _both, study)


def _both(study: Study) -> None:
    _keep(study)
    _open(study)


def _keep(study: Study) -> None:
    """Today's figures and forecast, computed when asked for."""
    if st.button(
        screen.say("since.keep"),
        help=screen.say("since.keep.help"),
        icon=":material/inventory_2:",
        key="make_snapshot",
    ):
        here = loaded.source()
        today = datetime.now(tz=UTC).date()
        name = "" if here is None else here.raw.name
        taken = study.snapshots.taken(name, today, settings.wanted(), settings.time_unit())
        if not taken.sealed:
            screen.text("since.sealed.none")
        st.download_button(
            screen.say("since.download"),
            partial(dump, taken),
            file_name=f"{screen.words().say('file.snapshot')}.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
            key="download_snapshot",
        )


def _open(study: Study) -> None:
    """An earlier one, and what these sales say of it."""
    given = st.file_uploader(
        screen.say("since.open"), type=["json"], help=screen.say("since.privacy"), key="snapshot_file"
    )
    if given is None:
        return
    with screen.input_errors():
        earlier = load(given.getvalue())
        found = study.snapshots.since(earlier)
    words = screen.markdown_words()
    screen.text("since.of", made=earlier.made, name=earlier.name, end=earlier.end)
    st.markdown("\n\n".join(said.changed(found, words)))
    screen.paragraph(*said.notes(found, words))
    st.markdown(said.forecast(found, words))
    if found.opened:
        screen.show_table(pd.DataFrame(said.rows(found, words.bare)))
        screen.paragraph(*said.notes_on_forecast(found, words))
