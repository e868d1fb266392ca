"""What a careful analyst would look at before trusting a file's figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.ingest.checking.check import Check, of_account
from retention.ingest.checking.days import of_days
from retention.ingest.checking.values import of_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.ingest.orders.account import Intake

_ORDINAL_OF_1970 = 719_163


def checks(intake: Intake) -> tuple[Check, ...]:
    """Look a file's orders over.

    Examples
    --------
    >>> from retention.ingest import guess, open_sample, to_orders
    >>> raw = open_sample("shop")
    >>> [check.code for check in checks(to_orders(raw, guess(raw).mapping))]
    ['extreme_orders', 'reversed_orders']
    """
    return tuple(_found(intake))


def _found(intake: Intake) -> Iterator[Check]:
    table, account = intake.orders.table, intake.account
    bought = table[table["kind"] == "purchase"]
    days = np.unique(bought["date"].to_numpy().astype("datetime64[D]").astype(np.int64)) + _ORDINAL_OF_1970
    yield from of_days(days, intake.orders.window, account.last_date, account.now)
    yield from of_values(bought)
    yield from of_account(account)
