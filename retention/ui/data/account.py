"""The account of a file: what was used, what was set aside and why, and the rows themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from retention.ui.parts import screen
from retention.ui.state import loaded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.ingest import Account

Line = tuple[str, int, float | None]


def show() -> None:
    """What became of every row, and the orders made of those used."""
    held = loaded.usable()
    if held is None:
        return
    with st.expander(screen.say("account.title"), icon=":material/receipt_long:"):
        screen.show_table(_table("rows_of_file", (line for line in _rows(held.account) if line[1] > 0)))
        screen.text("account.adds_up", read=held.account.rows_read, used=held.account.rows_used)
        _downloads(held.account)
        screen.show_table(_table("orders_made", _orders()))
        if held.account.customers_without_purchase:
            screen.text("account.without_purchase", n=held.account.customers_without_purchase)


def _rows(account: Account) -> Iterator[Line]:
    """Rows of the file by what became of them; from the second on they add up to those read."""
    words, money = screen.words(), account.money
    yield words.say("account.read"), account.rows_read, None
    yield words.say("account.used"), account.rows_used, money["used"]
    for kind, rows in account.not_data.items():
        yield words.say(f"account.not_data.{kind}"), rows, None
    for reason, (rows, amount) in account.set_aside.items():
        yield words.say(f"account.reason.{reason}"), rows, amount
    yield words.say("account.cancelled"), account.cancelled, money.get("cancelled")
    yield words.say("account.overlap"), account.overlap, money.get("overlap")
    yield words.say("account.after_until"), account.after_until, money.get("after_until")
    yield words.say("account.dropped"), account.duplicates_dropped, money.get("duplicate")
    for switch, (rows, amount) in account.left_out.items():
        yield words.say(f"account.left_out.{switch}"), rows, amount


def _orders() -> Iterator[Line]:
    """What the rows used make: purchases, refunds, orders worth nothing."""
    held, words = loaded.intake(), screen.words()
    value = held.worth
    yield words.say("account.purchases"), held.account.purchases, value.get("purchase")
    yield words.say("account.refunds"), held.account.refunds, value.get("refund")
    yield words.say("account.zero_orders"), held.account.zero_orders, None


def _table(what: str, lines: Iterator[Line]) -> pd.DataFrame:
    return pd.DataFrame(lines, columns=[what, "count", "amount"])


def _downloads(account: Account) -> None:
    """The rows that are not in the orders, each kind to be looked at in a spreadsheet."""
    here = loaded.source()
    not_data = here.raw.not_data_rows if here else pd.DataFrame()
    with st.container(horizontal=True):
        for name, rows in (
            ("set_aside", account.set_aside_rows),
            ("left_out", account.left_out_rows),
            ("not_data", not_data),
        ):
            if len(rows):
                screen.download(rows, name, label=f"account.download.{name}")
