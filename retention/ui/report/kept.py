"""What changed since an earlier file of the visit or a saved snapshot, and today's snapshot to save."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from retention.snapshot import dump, load
from retention.text import escaped, since as said
from retention.ui.parts import offered, problems, screen
from retention.ui.state import earlier, loaded, people, settings

if TYPE_CHECKING:
    from retention.snapshot import Since
    from retention.study import Study
    from retention.ui.state.earlier import Earlier

_SECTION, _FILE = "since.section", "since_file"


def section(study: Study) -> None:
    """A part of the page, closed until asked for."""
    screen.details(_SECTION, _parts, study)


def leads_to(file: Earlier) -> None:
    """The way here from another page, the part open and the file chosen."""
    said = screen.say("earlier.leads_to", name=file.name, end=earlier.figures(file).end)
    if st.button(said, key="to_since", type="tertiary", icon=":material/arrow_forward:"):
        st.session_state[f"details_{_SECTION}"] = True
        st.session_state[_FILE] = file.content
        screen.turn_to("report")


def _parts(study: Study) -> None:
    here = loaded.source()
    files = {} if here is None else {file.content: file for file in earlier.files(here.content)}
    if files:
        _of_visit(study, files)
    _open(study)
    _keep(study)


def _of_visit(study: Study, files: dict[str, Earlier]) -> None:
    """A file that was loaded before, and what these sales say of it."""
    chosen = st.pills(
        screen.say("earlier.files"),
        list(files),
        format_func=lambda content: escaped(files[content].name),
        key=_FILE,
        help=screen.say("earlier.files.help"),
        persist_state="session",
    )
    if chosen not in files:
        return
    file = files[chosen]
    problem = earlier.refusal(study, file)
    if problem is not None:
        said = screen.say(f"earlier.{problem.code}", name=file.name, **problem.details)
        st.error(said, icon=":material/error:")
        return
    with problems.input_errors(), screen.computing():
        found = study.snapshots.since(earlier.sealed(file))
    screen.text("earlier.of", name=file.name, end=found.snapshot.end)
    _tell(found)


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
        name = "" if here is None else here.name
        taken = study.snapshots.taken(name, today, settings.wanted(), settings.time_unit())
        if not taken.sealed:
            screen.text("since.sealed.none")
        offered.file(
            screen.say("since.download"),
            partial(dump, taken),
            f"{screen.words().say('file.snapshot')}.json",
            "application/json",
            key="download_snapshot",
        )


def _open(study: Study) -> None:
    """An earlier one, and what these sales say of it."""
    given = st.file_uploader(
        screen.say("since.open"),
        type=["json"],
        help=screen.say("since.privacy"),
        key="snapshot_file",
        disabled=people.guest(),
    )
    if given is None:
        return
    with problems.input_errors():
        kept = load(given.getvalue())
        found = study.snapshots.since(kept)
    screen.text("since.of", made=kept.made, name=kept.name, end=kept.end)
    _tell(found)


def _tell(found: Since) -> None:
    """What changed, and what became of the forecast."""
    words = screen.markdown_words()
    st.markdown("\n\n".join(said.changed(found, words)))
    screen.paragraph(*said.notes(found, words))
    st.markdown(said.forecast(found, words))
    if found.opened:
        screen.show_table(pd.DataFrame(said.rows(found, words.bare)))
        screen.paragraph(*said.notes_on_forecast(found, words))
