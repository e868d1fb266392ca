"""The ways in: a file of one's own, or a sample."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from retention import ingest
from retention.errors import InputError
from retention.ui.parts import screen
from retention.ui.state import loaded
from retention.ui.state.settings import SAMPLES, Sample

_PICTURES = Path(__file__).with_name("pictures")
_TOGETHER = "\0together"  # a name no sheet has
_OUTCOMES = {
    "overview": ":material/monitoring:",
    "cohorts": ":material/grid_on:",
    "simulator": ":material/trending_up:",
    "acquisition": ":material/balance:",
    "lifetime_value": ":material/savings:",
}


def ways_in() -> None:
    """Drop a file, or open a sample; folded away once something is loaded."""
    problem = st.session_state.get("upload_problem")
    if problem is not None:
        screen.error(problem)
    if loaded.source():
        with st.expander(screen.say("data.another"), icon=":material/upload_file:"):
            _ways()
    else:
        _ways()


def sheet() -> None:
    """Which sheet of a workbook is read, where it has several."""
    here = loaded.source()
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
    st.subheader(screen.say("data.outcomes"), anchor=False)
    with st.grid("auto", min_column_width=180, border=True):
        for page, icon in _OUTCOMES.items():
            with st.container():
                st.image(_PICTURES / f"{page}.svg", width="stretch", alt="")
                st.page_link(f"{page}.py", label=screen.words().say(f"{page}.page"), icon=icon)
                st.caption(screen.say(f"{page}.question"))


def _ways() -> None:
    ingest.keep_ready()
    own, sample = st.columns([3, 2], gap="large")
    with own:
        st.subheader(screen.say("data.own"), anchor=False)
        given = st.file_uploader(
            screen.say("data.upload"),
            accept_multiple_files=True,
            help=screen.say("data.upload.help"),
            key=f"upload_{st.session_state.get('uploads', 0)}",
        )
        if given:
            _read(tuple((file.name, file.getvalue()) for file in given))
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


def _read(files: tuple[loaded.File, ...]) -> None:
    """Read files and empty the picker, so that the next ones come without these.

    What cannot be read leaves what was loaded before untouched.
    """
    with st.spinner(screen.say("data.reading", name=", ".join(name for name, _ in files))):
        st.session_state["upload_problem"] = _trouble(files, None)
    st.session_state.pop("sheets_together", None)  # told of this file once it is shown
    st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1
    st.rerun()


def _trouble(files: tuple[loaded.File, ...], wanted: str | None) -> InputError | None:
    """Take files as the visit's data; why they cannot be, None if they can."""
    try:
        loaded.take(ingest.read_many(files, sheet=wanted), files=files)
        loaded.usable()
    except InputError as error:
        return error
    return None


def _other_sheet() -> None:
    here = loaded.source()
    if here is not None:
        chosen = st.session_state["sheet"]
        st.session_state["upload_problem"] = _trouble(here.files, None if chosen == _TOGETHER else chosen)


def _open_sample(name: Sample) -> None:
    st.session_state["upload_problem"] = None
    loaded.take(ingest.open_sample(name), name)
