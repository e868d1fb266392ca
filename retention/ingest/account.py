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

    ``rows = rows_used + set aside + cancelled + overlap + after_until + duplicates_dropped + left out`` and
    ``rows_read = rows + not_data``; `money` adds up in the same way.

    Attributes
    ----------
    rows : filled rows of the file that are data
    not_data : rows recognised as no data, by kind: title, heading, total, note
    rows_used : rows the orders are made from
    set_aside : by reason, how many rows and the sum of their amounts, None where none could be read; of the
        reasons, the first that holds: not_a_sale, missing_customer, missing_date, unreadable_date,
        missing_amount, unreadable_amount, future_date, other_currency
    set_aside_rows : those rows as in the file, behind their row number in it (and the file's name, where
        there are several) and the reason
    after_until : usable rows dated after the observation end
    cancelled : rows the file marks as cancelled, failed or unpaid
    cancelled_by : of these, how many by the words of the file's own status
    duplicate_rows : usable rows that repeat an earlier one in every column of the file
    duplicates_across_files : how many of these repeat a row of another file
    duplicates_dropped : how many of the duplicate rows were left out
    overlap : rows of orders that an earlier file has already
    left_out : by switch (left_out_customer, reversed), how many rows and the sum of their amounts
    left_out_rows : rows neither used nor set aside, as `set_aside_rows` has those
    money : sum of the readable amounts of all rows, and of those used, set_aside, cancelled, overlap,
        after_until, duplicate and left_out, less what of them went back
    purchases, refunds, zero_orders : orders worth more than, less than and exactly 0; kept zero orders are
        purchases too
    customers : with a purchase
    customers_without_purchase : with refunds or zero orders alone
    reversed_orders : purchases later taken back by a refund of the same customer and amount: how many, and
        their sum; whether or not they were left out
    first_date, last_date : days of the first and last usable row
    now : the moment beyond whose day a date is in the future
    """

    rows: int
    not_data: dict[str, int]
    rows_used: int
    set_aside: dict[str, tuple[int, float | None]]
    set_aside_rows: pd.DataFrame
    after_until: int
    cancelled: int
    cancelled_by: dict[str, int]
    duplicate_rows: int
    duplicates_across_files: int
    duplicates_dropped: int
    overlap: int
    left_out: dict[str, tuple[int, float | None]]
    left_out_rows: pd.DataFrame
    money: dict[str, float]
    purchases: int
    refunds: int
    zero_orders: int
    customers: int
    customers_without_purchase: int
    reversed_orders: tuple[int, float]
    first_date: date
    last_date: date
    now: datetime

    @property
    def rows_read(self) -> int:
        """Filled rows of the file, those that are no data included."""
        return self.rows + sum(self.not_data.values())


@dataclass(frozen=True)
class Intake:
    """Orders, the account of the rows they came from, and what a reader must know about them."""

    orders: Orders
    account: Account
    warnings: tuple[DataWarning, ...] = ()
