"""Marketing spend, typed or uploaded: a table the visitor edits, kept while they go about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from retention import ingest
from retention.errors import InputError
from retention.periods import key
from retention.ui import loaded, screen

if TYPE_CHECKING:
    from retention.ingest import RawTable

_COLUMNS = {
    "month": "object",
    "channel": "object",
    "purpose": "object",
    "amount": "float64",
    "leads": "float64",
}
_GIVEN = ("channel", "purpose", "amount", "leads")
_PURPOSES = ("acquisition", "retention")


def editor() -> None:
    """Spend by month, channel and purpose, to type in or to upload; the sample shop brings its own."""
    _start()
    with st.expander(screen.say("spend.title"), expanded=_brings_none(), icon=":material/edit_note:"):
        st.caption(screen.say("spend.help"))
        given = st.file_uploader(screen.say("spend.upload"), help=screen.say("spend.upload.help"))
        if given is not None:
            _read(given.file_id, given.name, given.getvalue())
        edited = _edited()
        st.session_state["spend"] = edited
        uncounted = len(edited) - len(_counted(edited))
        if uncounted:
            st.warning(screen.say("spend.uncounted", n=uncounted), icon=":material/warning:")
        if not edited.empty:
            screen.download(edited, "spend")


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
    rows = _counted(_typed())
    return None if rows.empty else rows


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
            "amount": columns.NumberColumn(words.heading("amount"), min_value=0.0),
            "leads": columns.NumberColumn(
                words.heading("leads"), min_value=0.0, help=words.say("spend.leads.help")
            ),
        },
    )
    return edited


def _counted(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with a month that can be read, a purpose and an amount."""
    numbers = [ingest.month_number(str(month)) for month in rows["month"]]
    months = pd.Series(numbers, index=rows.index, dtype=float)
    amount = pd.to_numeric(rows["amount"], errors="coerce")
    whole = months.notna() & rows["purpose"].isin(_PURPOSES) & (amount >= 0)
    leads = pd.to_numeric(rows["leads"], errors="coerce")
    kept = rows[whole].assign(
        month=months[whole].astype("int64"), amount=amount[whole], leads=leads[whole].where(leads[whole] >= 0)
    )
    return kept.assign(channel=kept["channel"].fillna(""))[["month", *_GIVEN]]


def _typed() -> pd.DataFrame:
    rows: pd.DataFrame = st.session_state.get("spend", _nothing())
    return rows


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in _COLUMNS.items()})


def _brings_none() -> bool:
    here = loaded.source()
    return here is None or here.sample != "shop"


def _start() -> None:
    """The editor keeps nothing over a page change: its base is what it last held, anew on each entry."""
    here = loaded.source()
    content = here.raw.content_hash if here else None
    entry = st.session_state.get("entries")
    if st.session_state.get("spend_of") != content:
        st.session_state["spend_of"] = content
        _begin_with(_nothing() if _brings_none() else _rows(ingest.sample_spend()))
    elif st.session_state.get("spend_entry") != entry:
        _begin_with(_typed())
    st.session_state["spend_entry"] = entry


def _begin_with(rows: pd.DataFrame) -> None:
    st.session_state["spend"] = st.session_state["spend_base"] = rows.reset_index(drop=True)
    st.session_state["spend_version"] = st.session_state.get("spend_version", 0) + 1


def _read(file_id: str, name: str, content: bytes) -> None:
    """Read an uploaded sheet once; one that cannot be read leaves the table as it is."""
    last_id, problem = st.session_state.get("spend_upload", (None, None))
    if file_id != last_id:
        problem = None
        with st.spinner(screen.say("data.reading", name=name)):
            try:
                _begin_with(_rows(ingest.read(content, name)))
            except InputError as error:
                problem = error
        st.session_state["spend_upload"] = (file_id, problem)
    if problem is not None:
        screen.error(problem)


def _rows(raw: RawTable) -> pd.DataFrame:
    spend = ingest.read_spend(raw).table
    months = [key(int(number), "month") for number in spend["month"]]
    written = [f"{name[5:]}/{name[:4]}" for name in months]  # as both languages write a month in figures
    return pd.DataFrame({"month": written, **{name: spend[name] for name in _GIVEN}})
