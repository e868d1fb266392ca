"""What a careful analyst would look at before trusting a file's figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.ingest.check import Check, Switch
from retention.ingest.checking_days import of_days
from retention.ingest.checking_values import of_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.ingest.account import Account, Intake

_ORDINAL_OF_1970 = 719_163


def checks(intake: Intake) -> tuple[Check, ...]:
    """Look a file's orders over.

    Examples
    --------
    >>> from retention.ingest import guess, open_sample, to_orders
    >>> raw = open_sample("shop")
    >>> [check.code for check in checks(to_orders(raw, guess(raw).mapping))]
    ['reversed_orders']
    """
    return tuple(_found(intake))


def _found(intake: Intake) -> Iterator[Check]:
    table, account = intake.orders.table, intake.account
    bought = table[table["kind"] == "purchase"]
    days = np.unique(bought["date"].to_numpy().astype("datetime64[D]").astype(np.int64)) + _ORDINAL_OF_1970
    yield from of_days(days, intake.orders.window, account.last_date, account.now)
    yield from of_values(bought)
    yield from _of_account(account)


def _of_account(account: Account) -> Iterator[Check]:
    """What was noticed on the way from rows to orders."""
    if account.duplicate_rows:
        dropped = account.duplicates_dropped > 0
        details = {"rows": account.duplicate_rows, "across_files": account.duplicates_across_files}
        yield Check("duplicates", {**details, "dropped": dropped}, Switch("duplicates", "drop"))
    orders, amount = account.reversed_orders
    if orders:
        dropped = "reversed" in account.left_out
        reversals = {"orders": orders, "amount": amount, "dropped": dropped}
        yield Check("reversed_orders", reversals, Switch("drop_reversed", value=True))
    if "future_date" in account.set_aside:
        rows, money = account.set_aside["future_date"]
        yield Check("future_dates", {"rows": rows, "amount": money, "now": account.now.date()})
