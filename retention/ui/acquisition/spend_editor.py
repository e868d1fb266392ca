"""Marketing spend, typed or uploaded: a table the visitor edits, kept while they go about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from retention import ingest
from retention.errors import InputError
from retention.periods import key
from retention.ui.parts import problems, screen
from retention.ui.state import loaded, people
from retention.ui.state.settings import language

if TYPE_CHECKING:
    from retention.errors import DataWarning
    from retention.ingest import Spend

_COLUMNS = {
    "month": "object",
    "channel": "object",
    "purpose": "object",
    "amount": "float64",
    "leads": "float64",
}
_PURPOSES = ("acquisition", "retention")
_NO_PURPOSE = "spend_purpose_assumed"


def editor() -> None:
    """Spend by month, channel and purpose, to type in or to upload; the sample shop brings its own."""
    _start()
    opened = _brings_none() or st.session_state["spend_to_mend"]
    with st.expander(screen.say("spend.title"), expanded=opened, icon=":material/edit_note:"):
        st.caption(screen.say("spend.help"))
        given = st.file_uploader(
            screen.say("spend.upload"), help=screen.say("spend.upload.help"), disabled=people.guest()
        )
        if given is not None:
            _read(given.file_id, given.name, given.getvalue())
        problems.warnings(one for one in st.session_state["spend_assumed"] if one.code != _NO_PURPOSE)
        above = st.container()
        edited = _edited()
        st.session_state["spend"] = edited
        # Not above the table where a row is still being typed: it would move away under the typing hand
        with above if st.session_state["spend_to_mend"] else st.container():
            _told(_settled(edited))
        if not edited.empty:
            screen.download(edited, "spend")
        screen.download(_template(), "spend_template", "spend.template")
    _purpose_assumed(edited)


def _purpose_assumed(rows: pd.DataFrame) -> None:
    """That all counts as winning customers, beside the figures, as long as nobody has said otherwise."""
    if bool((rows["purpose"] == _PURPOSES[0]).all()):
        problems.warnings(one for one in st.session_state["spend_assumed"] if one.code == _NO_PURPOSE)


def _template() -> pd.DataFrame:
    """A sheet to fill in, with a row of either purpose as an example."""
    words = screen.words()
    example = {
        "month": ["01/2025", "01/2025"],
        "channel": ["Google Ads", "Newsletter"],
        "amount": [1200.0, 150.0],
        "purpose": [words.say(f"spend.{purpose}") for purpose in _PURPOSES],
        "leads": [350.0, None],
    }
    return pd.DataFrame(example)


def present() -> pd.DataFrame | None:
    """The table of the loaded file on a page without the editor."""
    _start()
    return table()


def table() -> pd.DataFrame | None:
    """The rows that say when, what for and how much; None while there is none.

    Returns
    -------
    month : number of `retention.periods`; channel, purpose, amount; leads (people addressed), or NaN
    """
    rows = _settled(_typed()).table
    return None if rows.empty else rows


def _settled(rows: pd.DataFrame) -> Spend:
    """What of the rows can be used; looked at once until one of them changes."""
    of, found = st.session_state.get("spend_settled", (None, None))
    if found is None or not rows.equals(of):
        found = ingest.typed_spend(rows)
        st.session_state["spend_settled"] = (rows, found)
    settled: Spend = found
    return settled


def _told(typed: Spend) -> None:
    """Which rows are not counted, why, what they hold, and how to mend them."""
    for warning in typed.warnings:
        said = [screen.say(f"warning.{warning.code}", **warning.details)]
        if warning.code == "spend_rows_set_aside":
            said.append(screen.say("spend.mend"))
        st.warning(" ".join(said), icon=":material/warning:")


def _edited() -> pd.DataFrame:
    words = screen.words()
    columns = st.column_config
    edited: pd.DataFrame = st.data_editor(
        st.session_state["spend_base"],
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        key=f"spend_editor_{st.session_state['spend_version']}",
        placeholder="",
        column_config={
            "month": columns.TextColumn(words.heading("month"), help=words.say("spend.month.help")),
            "channel": columns.TextColumn(words.heading("channel")),
            "purpose": columns.SelectboxColumn(
                words.heading("purpose"),
                options=list(_PURPOSES),
                format_func=lambda code: screen.words().say(f"spend.{code}"),
                default=_PURPOSES[0],
            ),
            "amount": columns.NumberColumn(words.in_money(words.heading("amount"))),
            "leads": columns.NumberColumn(
                words.heading("leads"), min_value=0.0, help=words.say("spend.leads.help")
            ),
        },
    )
    return edited


def typed() -> pd.DataFrame | None:
    """The rows as they stand in the editor, those to be mended among them; None where there are none."""
    _start()
    rows = _typed()
    return None if rows.empty else _as_typed(rows)


def assumed() -> tuple[DataWarning, ...]:
    """What the reading of an uploaded sheet took for granted."""
    found: tuple[DataWarning, ...] = st.session_state.get("spend_assumed", ())
    return found


def _as_typed(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose texts are texts, missing ones None."""
    made = rows[list(_COLUMNS)].astype(_COLUMNS)
    for name in (name for name, kind in _COLUMNS.items() if kind == "object"):
        made[name] = pd.Series([None if pd.isna(each) else str(each) for each in rows[name]], dtype="object")
    return made


def _typed() -> pd.DataFrame:
    rows: pd.DataFrame = st.session_state.get("spend", _nothing())
    return rows


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in _COLUMNS.items()})


def _brings_none() -> bool:
    here, shared = loaded.source(), loaded.given()
    return (here is None or here.sample != "shop") and (shared is None or shared.spend is None)


def _start() -> None:
    """The editor keeps nothing over a change of page or language: its base is then what it last held."""
    here = loaded.source()
    content = here.content if here else None
    entry = st.session_state.get("entries"), language()
    if st.session_state.get("spend_of") != content:
        st.session_state["spend_of"] = content
        shared = loaded.given()
        if _brings_none():
            _begin_with(_nothing())
        elif shared is not None and shared.spend is not None:
            _begin_with(_as_typed(shared.spend), shared.spend_assumed)
        else:
            _begin_with_file(ingest.read_spend(ingest.sample_spend()))
    elif st.session_state.get("spend_entry") != entry:
        _begin_with(_typed(), st.session_state.get("spend_assumed", ()))
    st.session_state["spend_entry"] = entry


def _begin_with(rows: pd.DataFrame, taken: tuple[DataWarning, ...] = ()) -> None:
    """Make a table the one to edit.

    Parameters
    ----------
    taken : what its reading took for granted
    """
    st.session_state["spend"] = st.session_state["spend_base"] = rows.reset_index(drop=True)
    st.session_state["spend_version"] = st.session_state.get("spend_version", 0) + 1
    st.session_state["spend_to_mend"] = bool(_settled(rows).set_aside)
    st.session_state["spend_assumed"] = taken


def _read(file_id: str, name: str, content: bytes) -> None:
    """Read an uploaded sheet once; one that cannot be read leaves the table as it is."""
    last_id, problem = st.session_state.get("spend_upload", (None, None))
    if file_id != last_id:
        problem = None
        with st.spinner(screen.say("data.reading", name=name)):
            try:
                _begin_with_file(ingest.read_spend(ingest.read(content, name)))
            except InputError as error:
                problem = error
        st.session_state["spend_upload"] = (file_id, problem)
    if problem is not None:
        problems.error(problem)


def _begin_with_file(read: Spend) -> None:
    """Rows to be mended stand first, where they are seen."""
    counted = read.table.assign(month=[key(int(number), "month") for number in read.table["month"]])
    rows = pd.concat([read.unused, counted], ignore_index=True)[list(_COLUMNS)]
    rows["month"] = rows["month"].map(_in_figures)
    taken = tuple(warning for warning in read.warnings if warning.code != "spend_rows_set_aside")
    _begin_with(rows.astype(_COLUMNS), taken)


def _in_figures(month: object) -> object:
    """A month as both languages write it in figures; what is none as it is."""
    year, _, number = str(month).partition("-")
    return f"{number}/{year}" if year.isdigit() and number.isdigit() else month
