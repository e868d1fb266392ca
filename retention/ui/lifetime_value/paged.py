"""Customers a page at a time, where they are too many for one table: an engine sorts and looks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention.study import MOST_TAKEN, ORDERS
from retention.ui.lifetime_value import tables
from retention.ui.lifetime_value.value import named
from retention.ui.parts import downloads, screen

if TYPE_CHECKING:
    from retention.study import Listed, Order, Value

_ORDER, _PAGE, _TYPED = "customers_by", "customers_page", "search_customer"  # in the visit's state


def show(value: Value, forecast: str) -> None:
    """A page of those looked for, in the order chosen, and the first of them as a file.

    Parameters
    ----------
    forecast : how far it can be trusted, in words that go out with each customer
    """
    everybody = value.study.everybody(value)
    with screen.settings():
        order, typed = _order(), _typed()
        place = screen.place()
    with screen.computing():
        found = everybody.listed(order, typed, int(st.session_state.get(_PAGE) or 1))
    with place:
        _turned(found)
    _shown(found)
    if found.customers:
        table = tables.customers(found.table, everybody.intervals(found.table), forecast)
        screen.show_table(downloads.written(table, screen.words()), height=420, columns=tables.VALUED)
        screen.download(
            lambda: tables.customers(everybody.best(order, typed), None, forecast),
            "customers",
            label="lifetime_value.paged.download",
        )
        screen.text("lifetime_value.paged.all", most=MOST_TAKEN)
    screen.text("lifetime_value.customers.model", model=named(value.purchases))


def _order() -> Order:
    words = screen.words()
    return st.selectbox(
        screen.say("lifetime_value.paged.order"),
        ORDERS,
        format_func=lambda name: words.heading("last_bought" if name == "last_day" else name),
        key=_ORDER,
        on_change=_first,
        persist_state="session",
        width=260,
    )


def _typed() -> str:
    return st.text_input(
        screen.say("lifetime_value.search"),
        key=_TYPED,
        help=screen.say("lifetime_value.search.help"),
        on_change=_first,
        persist_state="session",
        width=260,
    ).strip()


def _first() -> None:
    """What is looked for, or how it is ordered, has changed: begin at the first page."""
    st.session_state[_PAGE] = 1


def _turned(found: Listed) -> None:
    """Which page it is; a number that is none is the last."""
    st.session_state[_PAGE] = found.page
    st.number_input(
        screen.say("lifetime_value.paged.page", pages=found.pages),
        min_value=1,
        max_value=found.pages,
        key=_PAGE,
        persist_state="session",
        width=160,
    )


def _shown(found: Listed) -> None:
    if found.customers == 0:
        screen.text("lifetime_value.search.nobody")
        return
    screen.text("lifetime_value.paged.shown", first=found.first, last=found.last, customers=found.customers)
