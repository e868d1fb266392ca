"""What money is in: one of several currencies to keep, or the one of a file that names none."""

from __future__ import annotations

import streamlit as st

from retention import ingest
from retention.ui.parts import screen
from retention.ui.state import loaded
from retention.ui.state.loaded import NO_CURRENCY, OTHER_CURRENCY

_AT_HAND = 4  # currencies a single press chooses


def keep_one() -> None:
    """Which of several currencies counts, where the file has several."""
    found: dict[str, int] = st.session_state.get("currencies") or {}
    if found:
        st.segmented_control(
            screen.say("data.currency"),
            list(found),
            required=True,
            format_func=lambda code: screen.say("data.currency.rows", currency=code, n=found[code]),
            key="keep_currency",
            help=screen.say("data.currency.help"),
            persist_state="session",
            wrap=True,
        )


def offer() -> None:
    """What amounts are in, where the file does not say: the likeliest first, and none until one is chosen."""
    here = loaded.file()
    if here is None or loaded.intake().orders.currency is not None:
        return
    codes = ingest.offered_currencies(map(str, here.raw.table.columns))
    st.segmented_control(
        screen.say("data.stated"),
        [*codes[:_AT_HAND], OTHER_CURRENCY, NO_CURRENCY],
        required=True,
        format_func=_short,
        key="stated_currency",
        help=screen.say("data.stated.help"),
        persist_state="session",
        wrap=True,
    )
    if st.session_state.get("stated_currency") == OTHER_CURRENCY:
        _list(codes[_AT_HAND:])


def _list(codes: tuple[str, ...]) -> None:
    """All the others by name; what is chosen outlives a change of language, which renames them."""
    st.session_state["listed_currency"] = st.session_state.get("other_currency")
    st.selectbox(
        screen.say("data.stated.other"),
        codes,
        index=None,
        format_func=screen.words().currency_name,
        key="listed_currency",
        placeholder=screen.words().say("data.stated.choose"),
        label_visibility="collapsed",
        on_change=_taken,
    )


def _short(code: str) -> str:
    words = screen.words()
    named = {NO_CURRENCY: words.say("data.stated.none"), OTHER_CURRENCY: words.say("data.stated.other")}
    return named.get(code) or words.short_currency(code)


def _taken() -> None:
    st.session_state["other_currency"] = st.session_state["listed_currency"]
