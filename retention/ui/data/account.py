"""The account of a file: what was used, what was set aside and why, and the rows themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from retention.story import tables
from retention.ui.parts import screen
from retention.ui.state import loaded

if TYPE_CHECKING:
    from retention.ingest import Account


def show() -> None:
    """What became of every row, and the orders made of those used."""
    held = loaded.usable()
    if held is None:
        return
    with st.expander(screen.say("account.title"), icon=":material/receipt_long:"):
        screen.show_table(tables.rows_of_file(held.account, screen.words()))
        screen.text("account.adds_up", read=held.account.rows_read, used=held.account.rows_used)
        if loaded.is_beyond_memory():
            screen.text("account.beyond")
        _downloads(held.account)
        screen.show_table(tables.orders_made(held, screen.words()))
        if held.account.customers_without_purchase:
            screen.text("account.without_purchase", n=held.account.customers_without_purchase)


def _downloads(account: Account) -> None:
    """The rows that are not in the orders, each kind to be looked at in a spreadsheet."""
    here = loaded.file()
    not_data = here.raw.not_data_rows if here else pd.DataFrame()
    with st.container(horizontal=True):
        for name, rows in (
            ("set_aside", account.set_aside_rows),
            ("left_out", account.left_out_rows),
            ("not_data", not_data),
        ):
            if len(rows):
                screen.download(rows, name, label=f"account.download.{name}")
