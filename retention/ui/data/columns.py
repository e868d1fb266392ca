"""What each column of a file is, how it is written and what counts: found, and to be changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from retention.ingest import ROLES
from retention.ui.data import saved
from retention.ui.parts import controls, screen
from retention.ui.state import loaded, mapped

if TYPE_CHECKING:
    from retention.ui.state.loaded import Source

_EARLIEST = date(1900, 1, 1)  # the calendar would begin ten years ago
_SURE = 0.7  # confidence below which a column is marked to be looked at
_SWITCHES = ("keep_zero", "drop_duplicates", "drop_reversed")
_MAIN_ROLES = ("customer", "date", "amount", "order", "quantity", "price", "segment")


def choose(here: Source) -> None:
    """The mapping as a row of selects, and the switches that decide what counts."""
    names = [None, *map(str, here.raw.table.columns)]
    st.markdown(f"**{screen.say('data.columns')}**", help=screen.say("data.columns.help"))
    with st.grid("auto", min_column_width=200):
        for role in _MAIN_ROLES:
            _select(here, role, names)
        _until()
    with st.grid("auto", min_column_width=330):
        _ways()
    with st.container(horizontal=True):
        for switch in ("keep_zero",) if loaded.is_beyond_memory() else _SWITCHES:
            st.toggle(
                screen.say(f"data.{switch}"),
                key=switch,
                help=screen.say(f"data.{switch}.help"),
                persist_state="session",
            )
    with st.expander(screen.say("data.more"), icon=":material/tune:"):
        with st.grid("auto", min_column_width=200):
            for role in ROLES:
                if role not in _MAIN_ROLES:
                    _select(here, role, names)
        _left_out()
        saved.show(here)


def _ways() -> None:
    """How dates and amounts are written; where the file leaves it open, only once that is answered."""
    asked = {question.field for question in loaded.questions()}
    for field, way in mapped.WAYS.items():
        answered = st.session_state.get(way.key) in way.codes
        if field == "once_per_order":
            if answered and st.session_state.get("map_order") and st.session_state.get("map_amount"):
                controls.codes(f"data.{way.key}", tuple(way.codes), way.key)
        elif field == "cents":
            if st.session_state.get(way.key) == "cents" or (answered and field in asked):
                controls.codes(f"data.{way.key}", tuple(way.codes), way.key)
        elif field not in asked:
            controls.codes(f"data.{way.key}", (mapped.AUTO, *way.codes), way.key)
        elif answered:
            controls.codes(f"data.{way.key}", tuple(way.codes), way.key)


def _until() -> None:
    st.date_input(
        screen.say("data.until"),
        value=None,
        min_value=_EARLIEST,
        key="until",
        help=screen.say("data.until.help"),
        format="DD/MM/YYYY",
        persist_state="session",
    )


def _select(here: Source, role: str, names: list[str | None]) -> None:
    key = f"map_{role}"
    changed = st.session_state.get(key) != here.guess.columns.get(role)
    mark = " :material/edit:" if changed else " :material/help_center:" if _is_unsure(here, role) else ""
    st.selectbox(
        screen.say(f"data.role.{role}") + mark,
        names,
        format_func=lambda name: screen.words().say("data.no_column") if name is None else name,
        key=key,
        placeholder=screen.words().say("data.no_column"),
        help=_help(here, role),
        persist_state="session",
        on_change=mapped.chosen_anew,
        args=(here.raw, here.guess, role),
    )


def unsure(here: Source) -> list[str]:
    """Columns in use that were found without much certainty."""
    return [here.guess.columns[role] for role in ROLES if _is_unsure(here, role)]


def _is_unsure(here: Source, role: str) -> bool:
    found = here.guess.columns.get(role)
    in_use = found is not None and st.session_state.get(f"map_{role}") == found
    return in_use and here.guess.confidence.get(role, 1.0) < _SURE


def _help(here: Source, role: str) -> str:
    """What the column is for, and how sure its finding was."""
    said = screen.say(f"data.role.{role}.help")
    sure = here.guess.confidence.get(role)
    return said if sure is None else f"{said} {screen.say('data.confidence', share=sure)}"


def _left_out() -> None:
    left_out = st.session_state.get("left_out") or []
    st.multiselect(
        screen.say("data.left_out"),
        left_out,
        key="left_out",
        accept_new_options=True,
        placeholder=screen.words().say("data.left_out.none"),
        help=screen.say("data.left_out.help"),
        persist_state="session",
    )
