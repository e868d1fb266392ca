"""The ways in: a file of one's own, or a sample."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from retention.ingest import SAMPLES
from retention.ui.data import connected
from retention.ui.parts import screen, upload
from retention.ui.parts.pages import FIRST, ICONS, PAGES
from retention.ui.state import loaded, mapped

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


_PICTURES = Path(__file__).with_name("pictures")
_TOGETHER = "\0together"  # a name no sheet has
_OUTCOMES = ("overview", "cohorts", "simulator", "acquisition", "lifetime_value")  # each has its picture
_ABREAST = 3  # cards of pages: three rows of three


def another() -> None:
    """Another file, or a sample, in the place of the one that is loaded."""
    with st.expander(screen.say("data.another"), icon=":material/upload_file:"):
        ways_in()


def sheet() -> None:
    """Which sheet of a workbook is read, where it has several."""
    here = loaded.file()
    if here is not None and len(here.raw.sheets) > 1 and here.files:
        st.session_state.setdefault("sheets_together", bool(here.raw.together))
        together = [_TOGETHER] if st.session_state["sheets_together"] else []
        st.session_state["sheet"] = _TOGETHER if here.raw.together else here.raw.sheet
        st.selectbox(
            screen.say("data.sheet"),
            [*together, *here.raw.sheets],
            key="sheet",
            format_func=_named,
            on_change=_other_sheet,
            help=screen.say("data.sheet.help"),
        )


def _named(sheet: str) -> str:
    """Name of a sheet, or of all with the same headings."""
    return screen.say("data.sheet.together") if sheet == _TOGETHER else sheet


def what_comes_out() -> None:
    """What the pages will show, before there is anything to show."""
    st.header(screen.say("data.outcomes"), anchor=False)
    with _cards(len(_OUTCOMES)):
        for page in _OUTCOMES:
            with st.container():
                st.image(_PICTURES / f"{page}.svg", width="stretch", alt="")
                _card(page)


def where_next() -> None:
    """What the pages answer, once there is something to answer from."""
    if loaded.usable() is None or mapped.unanswered(loaded.questions()):
        return
    screen.section("data.next")
    with _cards(_ABREAST):
        for page in PAGES:
            if page != FIRST:
                with st.container():
                    _card(page)


def _cards(abreast: int) -> DeltaGenerator:
    return st.grid(abreast, min_column_width=180, border=True)


def _card(page: str) -> None:
    """A page by its name, with the question it answers."""
    st.page_link(f"{page}.py", label=screen.words().say(f"{page}.page"), icon=ICONS[page])
    st.caption(screen.say(f"{page}.question"))


def ways_in() -> None:
    """Drop a file, open a source of the host's, or a sample."""
    own, sample = st.columns([3, 2], gap="large")
    with own:
        st.header(screen.say("data.own"), anchor=False)
        upload.picker()
    with sample:
        connected.ways_in()
        st.header(screen.say("data.sample"), anchor=False)
        for name in SAMPLES:
            st.button(
                screen.say(f"data.sample.{name}"),
                help=screen.say(f"data.sample.{name}.help"),
                on_click=upload.open_sample,
                args=(name,),
                width="stretch",
                icon=":material/storefront:",
            )
        st.caption(screen.say("data.sample.note"))


def _other_sheet() -> None:
    here = loaded.file()
    if here is not None:
        chosen = st.session_state["sheet"]
        st.session_state["upload_problem"] = upload.trouble(
            here.files, None if chosen == _TOGETHER else chosen
        )
