"""The account of a file: what was used, what was set aside and why, and the rows themselves."""

from __future__ import annotations

import pandas as pd

from retention.ui import loaded, screen


def show() -> None:
    """What became of every row, and the orders made of those used."""
    held = loaded.usable()
    if held is None:
        return
    screen.warnings(held.warnings)
    screen.section("account.title")
    screen.show_table(_rows())
    if len(held.account.set_aside_rows):
        screen.download(held.account.set_aside_rows, "set_aside", label="account.download")
    screen.show_table(_orders())
    _checks()


def _rows() -> pd.DataFrame:
    """Rows of the file by what became of them; they add up to those read."""
    held, words = loaded.intake(), screen.words()
    account = held.account
    lines: list[tuple[str, int, float | None]] = [
        (words.say("account.read"), account.rows, None),
        (words.say("account.used"), account.rows_used, float(held.orders.table["value"].sum())),
        *(
            (words.say(f"account.reason.{reason}"), rows, money)
            for reason, (rows, money) in account.set_aside.items()
        ),
        (words.say("account.after_until"), account.after_until, None),
        (words.say("account.dropped"), account.duplicates_dropped, None),
    ]
    kept = [line for line in lines if line[1] > 0]
    return pd.DataFrame(kept, columns=["rows_of_file", "count", "amount"])


def _orders() -> pd.DataFrame:
    """What the rows used make: purchases, refunds, orders worth nothing."""
    held, words = loaded.intake(), screen.words()
    value = held.orders.table.groupby("kind")["value"].sum()
    lines = [
        (words.say("account.purchases"), held.account.purchases, value.get("purchase")),
        (words.say("account.refunds"), held.account.refunds, value.get("refund")),
        (words.say("account.zero_orders"), held.account.zero_orders, None),
    ]
    return pd.DataFrame(lines, columns=["orders_made", "count", "amount"])


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
