"""Every customer with what is expected of them and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention.lifetime_value import MOST_WITH_INTERVAL
from retention.ui.lifetime_value import paged, tables
from retention.ui.lifetime_value.value import named
from retention.ui.parts import downloads, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    import pandas as pd

    from retention.study import Value

_SHOWN = 100  # customers on screen; the download holds all


def section(value: Value, forecast: str) -> None:
    """The most valuable, or those whose id holds what is typed; all in the download.

    Parameters
    ----------
    forecast : how far it can be trusted, in words that go out with each customer
    """
    screen.section("lifetime_value.customers")
    if not value.study.tables.one_by_one():
        paged.show(value, forecast)
        return
    ranked = value.ranked()
    screen.download(
        lambda: tables.customers(ranked, value.intervals(ranked), forecast),
        "customers",
        label="lifetime_value.download",
    )
    typed = _typed()
    _found(value, cached(_holding, ranked, typed), typed, forecast)
    screen.text("lifetime_value.customers.model", model=named(value.purchases))
    if len(ranked) > MOST_WITH_INTERVAL:
        screen.text("lifetime_value.customers.many", most=MOST_WITH_INTERVAL)


def _typed() -> str:
    return st.text_input(
        screen.say("lifetime_value.search"),
        key="search_customer",
        help=screen.say("lifetime_value.search.help"),
        persist_state="session",
        width=320,
    ).strip()


def _found(value: Value, chosen: pd.DataFrame, typed: str, forecast: str) -> None:
    """The first of those looked for; or that there is nobody."""
    if chosen.empty:
        screen.text("lifetime_value.search.nobody")
        return
    first = cached(_first, chosen)
    key = "lifetime_value.search.found" if typed else "lifetime_value.customers.help"
    screen.text(key, n=len(first), customers=len(chosen))
    table = cached(tables.customers, first, value.intervals(first), forecast)
    screen.show_table(cached(downloads.written, table, screen.words()), height=420, columns=tables.VALUED)


def _holding(ranked: pd.DataFrame, typed: str) -> pd.DataFrame:
    """Customers whose id holds what is typed: all, where nothing is."""
    return ranked[ranked["customer_id"].str.contains(typed, case=False, regex=False)] if typed else ranked


def _first(chosen: pd.DataFrame) -> pd.DataFrame:
    return chosen.head(_SHOWN)
