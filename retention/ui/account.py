"""The account of a file: what was used, what was set aside and why, and the rows themselves."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from retention.ui import columns, loaded, screen


def show() -> None:
    """What became of every row, or why the file cannot be used."""
    problem = columns.problem()
    if problem is not None:
        screen.error(problem)
        return
    held = loaded.intake()
    screen.warnings(held.warnings)
    st.subheader(screen.say("account.title"), anchor=False)
    screen.show_table(_rows())
    set_aside = held.account.set_aside_rows
    if len(set_aside):
        screen.download(set_aside, "set_aside", label="account.download")
    _checks()


def _rows() -> pd.DataFrame:
    """One line per fate of a row, with how many and what they are worth."""
    account, words = loaded.intake().account, screen.words()
    orders = loaded.intake().orders.table
    value = orders.groupby("kind")["value"].sum()
    lines: list[tuple[str, int, float | None]] = [
        (words.say("account.used"), account.rows_used, float(value.sum())),
        (words.say("account.purchases"), account.purchases, value.get("purchase")),
        (words.say("account.refunds"), account.refunds, value.get("refund")),
        (words.say("account.zero_orders"), account.zero_orders, None),
        *(
            (words.say(f"account.reason.{reason}"), rows, money)
            for reason, (rows, money) in account.set_aside.items()
        ),
    ]
    if account.after_until:
        lines.append((words.say("account.after_until"), account.after_until, None))
    return pd.DataFrame(lines, columns=["what", "count", "amount"])


def _checks() -> None:
    """What a careful analyst would ask about, where there is something to ask."""
    account = loaded.intake().account
    if account.customers_without_purchase:
        screen.text("account.without_purchase", n=account.customers_without_purchase)
    if account.duplicate_rows:
        screen.text("account.duplicates", n=account.duplicate_rows)
    reversed_orders, amount = account.reversed_orders
    if reversed_orders:
        screen.text("account.reversed", n=reversed_orders, amount=amount)
