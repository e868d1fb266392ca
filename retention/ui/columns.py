"""What was understood of a file's columns, and the means to change it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from retention.errors import InputError
from retention.ui import controls, loaded, screen

_EARLIEST = date(1900, 1, 1)  # the calendar would begin ten years ago
_PREVIEW_ROWS = 10
_MANY_ASIDE = 0.05  # of the rows: from here on the reader must know before reading a figure


def understood() -> None:
    """The file in a sentence: rows, orders, customers, days, the amount; or why it cannot be used."""
    found = problem()
    if found is not None:
        screen.error(found)
        return
    held = loaded.intake()
    account, window = held.account, held.orders.window
    aside = sum(rows for rows, _ in account.set_aside.values())
    sentence = screen.say(
        "data.understood",
        rows=account.rows,
        orders=account.purchases,
        customers=account.customers,
        first=window.first,
        last=window.last,
    )
    st.markdown(f"{sentence} {_basis()}")
    if aside:
        share = aside / account.rows
        told = screen.say("data.set_aside", n=aside, share=share)
        if share > _MANY_ASIDE:
            st.warning(told, icon=":material/warning:")
        else:
            st.caption(told)
    screen.next_step("cohorts")


def _basis() -> str:
    columns = loaded.mapping()
    if columns is None:
        return ""
    if columns.amount:
        return screen.say("data.basis.amount", column=columns.amount)
    return screen.say("data.basis.parts", quantity=columns.quantity, price=columns.price)


def choose() -> None:
    """The mapping as a row of selects, and the switches that decide what counts."""
    here = loaded.source()
    if here is None:
        return
    with st.container(border=True):
        st.markdown(f"**{screen.say('data.columns')}**", help=screen.say("data.columns.help"))
        names = [None, *map(str, here.raw.table.columns)]
        with st.grid("auto", min_column_width=200):
            for role in loaded.ROLES:
                _select(role, names)
            controls.codes("data.map_dates", ("auto", "day_first", "month_first"), "map_dates")
            controls.codes("data.map_decimal", ("auto", ",", "."), "map_decimal")
            st.date_input(
                screen.say("data.until"),
                value=None,
                min_value=_EARLIEST,
                key="until",
                help=screen.say("data.until.help"),
                format="DD/MM/YYYY",
                persist_state="session",
            )
        with st.container(horizontal=True):
            for switch in ("keep_zero", "drop_duplicates"):
                st.toggle(
                    screen.say(f"data.{switch}"),
                    key=switch,
                    help=screen.say(f"data.{switch}.help"),
                    persist_state="session",
                )


def preview() -> None:
    """The first rows as they stand in the file."""
    here = loaded.source()
    if here is not None:
        with st.expander(screen.say("data.preview"), icon=":material/table_rows:"):
            st.dataframe(
                here.raw.table.head(_PREVIEW_ROWS).astype("string"), hide_index=True, width="stretch"
            )


def problem() -> InputError | None:
    """Why the file cannot be used as it is mapped, None if it can."""
    try:
        loaded.intake()
    except InputError as error:
        return error
    return None


def _select(role: str, names: list[str | None]) -> None:
    guessed = loaded.guessed(role)
    key = f"map_{role}"
    changed = st.session_state.get(key) != guessed
    st.selectbox(
        screen.say(f"data.role.{role}") + (" :material/edit:" if changed else ""),
        names,
        format_func=lambda name: screen.words().say("data.no_column") if name is None else name,
        key=key,
        placeholder=screen.words().say("data.no_column"),
        help=screen.say(f"data.role.{role}.help"),
        persist_state="session",
    )
