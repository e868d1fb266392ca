"""What became of a file's rows: nothing leaves without being counted here."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from retention.engines import collected
from retention.errors import DataWarning
from retention.ingest.columns.distinct import as_mask
from retention.ingest.columns.numbers import exact_sum
from retention.ingest.columns.texts import Coded
from retention.ingest.orders.rows import CODE, LEFT_OUT, OUTCOMES, SET_ASIDE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from numpy.typing import NDArray

    from retention.ingest.orders.duplicates import Repeated
    from retention.ingest.orders.exported import Exported
    from retention.ingest.orders.products import Lines
    from retention.ingest.orders.rows import Rows
    from retention.ingest.parse.reading import RawTable
    from retention.orders import Orders

_USABLE = ("used", "duplicate", *LEFT_OUT)  # what happened on these days is known, used or not
_MUCH_SET_ASIDE = 0.1  # of the rows, or of the money
_NO_LOSS = ("not_a_sale", "other_currency")
_MANY_SET_ASIDE = 0.05  # of the rows


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
        reasons, the first that holds: not_a_sale, id_cut_short, missing_customer, nobody, missing_date,
        unreadable_date, missing_amount, unreadable_amount, future_date, other_currency
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

    @property
    def rows_within_orders(self) -> int:
        """Rows used that are no purchase of their own: refunds, zero orders, further rows of an order."""
        return self.rows_used - self.purchases

    @property
    def rows_set_aside(self) -> int:
        """Rows that could not be used, for whatever reason."""
        return sum(rows for rows, _ in self.set_aside.values())

    @property
    def share_set_aside(self) -> float:
        """Share of the rows that could not be used."""
        return self.rows_set_aside / self.rows

    @property
    def many_set_aside(self) -> bool:
        """Whether so many could not be used that a reader must know before any figure."""
        return self.share_set_aside > _MANY_SET_ASIDE


@dataclass(frozen=True)
class Intake:
    """Orders, the account of the rows they came from, and what a reader must know about them.

    Attributes
    ----------
    lines : what was bought; None where the file names no product
    exported : what all rows of the file come to; None where they are not known
    """

    orders: Orders
    account: Account
    warnings: tuple[DataWarning, ...] = ()
    lines: Lines | None = None
    exported: Exported | None = None

    @cached_property
    def worth(self) -> dict[str, float]:
        """What purchases and refunds come to, by the kind of order."""
        rows = nw.from_native(self.orders.table).lazy()
        found = collected(rows.group_by("kind").agg(nw.col("value").sum()))
        return dict(zip(found["kind"].astype(str), found["value"].astype(float), strict=True))


def account_of(
    raw: RawTable,
    rows: Rows,
    again: Repeated,
    table: pd.DataFrame,
    *,
    reversed_orders: tuple[int, float],
    now: datetime,
) -> Account:
    """Count rows by outcome, and the orders that were made of them."""
    found = counts(rows)
    moments = rows.date[_with_outcome(rows, [CODE[outcome] for outcome in _USABLE])]
    return Account(
        rows=len(rows.outcome),
        not_data=dict(raw.not_data),
        rows_used=found["used"],
        set_aside=_with_money(rows, SET_ASIDE),
        set_aside_rows=_rows_with(raw, rows, SET_ASIDE),
        after_until=found["after_until"],
        cancelled=found["cancelled"],
        cancelled_by=_cancelled_by(rows),
        duplicate_rows=int(again.rows.sum()),
        duplicates_across_files=again.across_files,
        duplicates_dropped=found["duplicate"],
        overlap=found["overlap"],
        left_out=_with_money(rows, LEFT_OUT),
        left_out_rows=_rows_with(raw, rows, set(OUTCOMES[1:]) - set(SET_ASIDE)),
        money=_money(rows),
        reversed_orders=reversed_orders,
        first_date=_day(moments.min()),
        last_date=_day(moments.max()),
        now=now,
        **_census(table),
    )


def much_set_aside(account: Account) -> tuple[DataWarning, ...]:
    """Warn where more than a tenth of the rows, or of the money, is lost; what is no sale is none."""
    lost = [each for reason, each in account.set_aside.items() if reason not in _NO_LOSS]
    rows, money = sum(n for n, _ in lost), math.fsum(amount or 0.0 for _, amount in lost)
    whole = abs(account.money["used"]) + abs(money)
    share, of_money = rows / account.rows, abs(money) / whole if whole else 0.0
    if max(share, of_money) <= _MUCH_SET_ASIDE:
        return ()
    details = {"rows": rows, "share": share, "amount": money, "share_of_money": of_money}
    return (DataWarning("much_set_aside", details),)


def counts(rows: Rows) -> dict[str, int]:
    """Rows by outcome, for every outcome."""
    found = np.bincount(rows.outcome, minlength=len(OUTCOMES))
    return {outcome: int(n) for outcome, n in zip(OUTCOMES, found, strict=True)}


def _with_outcome(rows: Rows, codes: list[int]) -> NDArray[np.bool_]:
    """Rows whose outcome is one of several."""
    among = np.zeros(len(OUTCOMES), dtype=bool)
    among[codes] = True
    return among[rows.outcome]


def _day(moment: np.datetime64) -> Any:
    return moment.astype("datetime64[D]").item()


def _with_money(rows: Rows, outcomes: Iterable[str]) -> dict[str, tuple[int, float | None]]:
    """Rows and the sum of their amounts for the outcomes that occur, None where no amount can be read."""
    present = counts(rows)
    found = {outcome: rows.money[rows.outcome == CODE[outcome]] for outcome in outcomes if present[outcome]}
    return {outcome: (len(amounts), _sum(amounts)) for outcome, amounts in found.items() if len(amounts)}


def _money(rows: Rows) -> dict[str, float]:
    """Sum of the readable amounts of all rows, and of each part of them."""
    part_of = {outcome: outcome for outcome in OUTCOMES}
    part_of |= dict.fromkeys(SET_ASIDE, "set_aside") | dict.fromkeys(LEFT_OUT, "left_out")
    sums = dict.fromkeys(part_of.values(), 0.0)
    amounts, present = rows.money, set(np.flatnonzero(np.bincount(rows.outcome)))
    for part in sums:
        codes = [
            CODE[outcome] for outcome in OUTCOMES if part_of[outcome] == part and CODE[outcome] in present
        ]
        sums[part] = _sum(amounts[_with_outcome(rows, codes)]) or 0.0 if codes else 0.0
    return {"rows": math.fsum(sums.values()), **sums}


def _cancelled_by(rows: Rows) -> dict[str, int]:
    """Cancelled rows by the words of their status; those of another column's making are left out."""
    if rows.status is None:
        return {}
    codes = rows.status.codes[rows.outcome == CODE["cancelled"]]
    found = Coded(codes, rows.status.names).sorted()
    numbers = np.bincount(found.codes[found.codes >= 0], minlength=len(found.names))
    return {name: int(n) for name, n in zip(found.names.to_pylist(), numbers, strict=True) if n}


def _rows_with(raw: RawTable, rows: Rows, outcomes: Iterable[str]) -> pd.DataFrame:
    """Rows as in the file, behind row number, name of the file where there are several, and outcome."""
    places = np.flatnonzero(_with_outcome(rows, [CODE[outcome] for outcome in outcomes]))
    table = raw.table.iloc[places] if len(places) else raw.table.iloc[:0]
    front: dict[str, Any] = {"row": raw.row_numbers[places]}
    if len(raw.files) > 1:
        front["file"] = np.array(raw.files)[raw.file[places]]
    front["reason"] = np.array(OUTCOMES)[rows.outcome[places]]
    named = pd.DataFrame({_free(name, table): column for name, column in front.items()}, index=table.index)
    texts = [name for name in named.columns if not pd.api.types.is_numeric_dtype(named[name])]
    return pd.concat([named.astype(dict.fromkeys(texts, "str")), table], axis=1).reset_index(drop=True)


def _census(table: pd.DataFrame) -> dict[str, int]:
    """Count orders and customers, named as fields of `Account`."""
    bought = (table["kind"] == "purchase").to_numpy()
    people = np.cumsum(_begins(table["customer_id"]))
    customers = int(np.count_nonzero(np.bincount(people[bought]))) if bought.any() else 0
    return {
        "purchases": int(bought.sum()),
        "refunds": int((table["value"] < 0).sum()),
        "zero_orders": int((table["value"] == 0).sum()),
        "customers": customers,
        "customers_without_purchase": int(people[-1]) - customers,
    }


def _begins(customer: pd.Series) -> NDArray[np.bool_]:
    """Where the orders of the next customer begin, in a table sorted by customer."""
    texts = pa.array(customer, pa.string())
    return np.append([True], as_mask(pc.not_equal(texts[1:], texts[:-1])))


def _sum(amounts: NDArray[np.float64]) -> float | None:
    """Sum that does not depend on the order of rows."""
    readable = amounts[~np.isnan(amounts)]
    return exact_sum(readable) if len(readable) else None


def _free(name: str, table: pd.DataFrame) -> str:
    while name in table.columns:
        name += "_"
    return name
