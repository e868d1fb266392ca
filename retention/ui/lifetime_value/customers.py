"""Every customer with what is expected of them and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from retention import lifetime_value
from retention.ui.lifetime_value import holdout
from retention.ui.lifetime_value.value import named
from retention.ui.parts import downloads, screen
from retention.ui.state import loaded

if TYPE_CHECKING:
    from retention.ui.lifetime_value.value import Valued

_SHOWN = 200  # customers on screen; the download holds all
_BEST_FIRST = ["clv", "revenue", "first_value", "customer_id"]
_VALUED = ("customer_id", "clv", "clv_low", "clv_high", "value_at_risk", "p_alive", "expected_purchases")
_ENDS = ("purchases_low", "purchases_high", "expected_spend")
_BOUGHT = ("orders", "revenue_net", "first_bought", "last_bought")


def section(found: Valued) -> None:
    """The most valuable, or those whose id holds what is typed; all in the download."""
    screen.section("lifetime_value.customers")
    of_revenue = loaded.computed("ranked_customers", lambda: _ranked(found), found.basis)
    ranked = found.at_margin(of_revenue, "clv", "value_at_risk")
    typed = st.text_input(
        screen.say("lifetime_value.search"),
        key="search_customer",
        help=screen.say("lifetime_value.search.help"),
        persist_state="session",
        width=320,
    ).strip()
    chosen, forecast = ranked, holdout.in_words()
    if typed:
        chosen = ranked[ranked["customer_id"].str.contains(typed, case=False, regex=False)]
    if chosen.empty:
        screen.text("lifetime_value.search.nobody")
    else:
        key = "lifetime_value.search.found" if typed else "lifetime_value.customers.help"
        screen.text(key, n=min(_SHOWN, len(chosen)), customers=len(chosen))
        words, given, first = screen.words(), (*found.given, typed, forecast), chosen.head(_SHOWN)
        shown = loaded.computed(
            "shown_customers",
            lambda: downloads.written(_readable(first, forecast, _ends(first, found, typed)), words),
            (given, words),
        )
        screen.show_table(shown, height=420)
    screen.text(
        "lifetime_value.customers.model",
        model=named(found.listed),
    )
    if len(ranked) > lifetime_value.MOST_WITH_INTERVAL:
        screen.text("lifetime_value.customers.many", most=lifetime_value.MOST_WITH_INTERVAL)
    screen.download(
        lambda: _readable(ranked, forecast, _ends(ranked, found)),
        "customers",
        label="lifetime_value.download",
    )


def _ranked(found: Valued) -> pd.DataFrame:
    """Customers by value; who is alike in everything, by id."""
    listed = found.risk_of_revenue.table[["p_alive", "value_at_risk"]]
    table = found.of_revenue.table.drop(columns="p_alive").join(listed)
    return table.sort_values(_BEST_FIRST, ascending=[False, False, False, True], ignore_index=True)


def _ends(table: pd.DataFrame, found: Valued, which: str | None = None) -> pd.DataFrame | None:
    """Both ends of the intervals of each, None of too many; once for those named, whatever the margin."""
    if len(table) > lifetime_value.MOST_WITH_INTERVAL:
        return None

    def compute() -> pd.DataFrame:
        return lifetime_value.customer_intervals(table, found.purchases, found.spend, found.terms)

    ends = compute() if which is None else loaded.computed("customer_ends", compute, (*found.basis, which))
    return found.at_margin(ends, "clv_low", "clv_high")


def _readable(table: pd.DataFrame, forecast: str, ends: pd.DataFrame | None) -> pd.DataFrame:
    """Add the intervals, where there are any, dates and the verdict; in reading order."""
    origin = pd.Timestamp("1970-01-01").toordinal()
    dated = table.assign(
        first_bought=pd.to_datetime(table["first_day"] - origin, unit="D").dt.date,
        revenue_net=table["revenue"] + table["refunds"],
        last_bought=pd.to_datetime(table["last_day"] - origin, unit="D").dt.date,
    )
    if ends is not None:
        dated = dated.join(ends)
    dated = dated.assign(forecast=forecast)
    segments = [name for name in dated.columns if str(name).startswith("segment")]
    names = [*_VALUED, *_ENDS, *_BOUGHT, *segments, "forecast"]
    return dated[[name for name in names if name in dated]]
