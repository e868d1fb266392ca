"""What became of a file's rows: nothing leaves without being counted here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    import pandas as pd

    from retention.errors import DataWarning
    from retention.orders import Orders


@dataclass(frozen=True)
class Account:
    """Every row of a file by what became of it; money in the file's currency.

    ``rows = rows_used + set aside + after_until + cancelled + dropped duplicates``

    Attributes
    ----------
    rows : filled rows of the file
    rows_used : rows the orders are made from
    set_aside : by reason, how many rows and the sum of their amounts, None where none could be read; of the
        reasons, the first that holds: missing_customer, missing_date, unreadable_date, missing_amount,
        unreadable_amount, future_date
    set_aside_rows : those rows as in the file, behind two columns: their row number in it, and the reason
    after_until : usable rows dated after the observation end
    cancelled : rows the file marks as cancelled, failed or unpaid
    duplicate_rows : usable rows that repeat an earlier one in every column of the file
    duplicates_dropped : how many of these were left out
    purchases, refunds, zero_orders : orders worth more than, less than and exactly 0; kept zero orders are
        purchases too
    customers : with a purchase
    customers_without_purchase : with refunds or zero orders alone
    reversed_orders : purchases later taken back by a refund of the same customer and amount: how many, and
        their sum
    first_date, last_date : days of the first and last usable row
    now : the moment beyond whose day a date is in the future
    """

    rows: int
    rows_used: int
    set_aside: dict[str, tuple[int, float | None]]
    set_aside_rows: pd.DataFrame
    after_until: int
    cancelled: int
    duplicate_rows: int
    duplicates_dropped: int
    purchases: int
    refunds: int
    zero_orders: int
    customers: int
    customers_without_purchase: int
    reversed_orders: tuple[int, float]
    first_date: date
    last_date: date
    now: datetime


@dataclass(frozen=True)
class Intake:
    """Orders, the account of the rows they came from, and what a reader must know about them."""

    orders: Orders
    account: Account
    warnings: tuple[DataWarning, ...] = ()
