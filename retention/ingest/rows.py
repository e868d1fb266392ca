"""A file's rows as customer, order, date and amount, and why a row cannot be used."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from retention.errors import DataWarning
from retention.ingest import once
from retention.ingest.amounts import Amounts, is_continental, read_amounts
from retention.ingest.columns import Coded, coded_identifiers, coded_labels
from retention.ingest.dates import Dates, read_dates
from retention.ingest.fates import CODE, USED
from retention.ingest.identity import either, joined
from retention.ingest.memory import remembered
from retention.ingest.movements import sales_and_refunds
from retention.ingest.platforms import rules_of
from retention.ingest.statuses import is_refund_heading, marks_refund, saying, says_yes, status_of

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from retention.ingest.mapping import Mapping
    from retention.ingest.platform_rules import Platform
    from retention.ingest.reading import RawTable


@dataclass(frozen=True)
class Rows:
    """The fields of n rows.

    Attributes
    ----------
    customer, order : texts; order is None where the file has no such column
    segments : texts by the name `retention.orders.Orders` gives each
    date : (n,) datetime64[us], NaT where unreadable
    amount : (n,) in the file's currency, NaN where unreadable; of a row of its own that is a refund, below 0
    refunded : (n,) what of the amount went back, 0 or more; None where nothing says so
    apart : (n,) rows that are refunds whatever order they name; None where none is
    fate : (n,) place in `fates.FATES`
    status : texts; None where the file has no such column
    bare : whether nothing stands beside the amounts that could name a currency
    warnings : what had to be assumed, and what the export's readers must know
    """

    customer: Coded
    order: Coded | None
    segments: dict[str, Coded]
    date: NDArray[np.datetime64]
    amount: NDArray[np.float64]
    refunded: NDArray[np.float64] | None
    apart: NDArray[np.bool_] | None
    fate: NDArray[np.int8]
    status: Coded | None = None
    bare: bool = False
    warnings: tuple[DataWarning, ...] = ()

    @property
    def day(self) -> NDArray[np.datetime64]:
        """(n,) datetime64[D]."""
        return self.date.astype("datetime64[D]")

    @property
    def money(self) -> NDArray[np.float64]:
        """(n,) amount less what of it went back, NaN where unreadable."""
        return self.amount if self.refunded is None else self.amount - self.refunded

    def where(self, kept: NDArray[np.bool_]) -> Rows:
        """Keep the rows for which a mask is true."""
        return replace(
            self,
            customer=self.customer.where(kept),
            order=None if self.order is None else self.order.where(kept),
            segments={name: column.where(kept) for name, column in self.segments.items()},
            status=None,
            date=self.date[kept],
            amount=self.amount[kept],
            refunded=None if self.refunded is None else self.refunded[kept],
            apart=None if self.apart is None else self.apart[kept],
            fate=self.fate[kept],
        )


def read_rows(raw: RawTable, mapping: Mapping, today: date) -> Rows:
    """Read the mapped columns; a date after `today` is in the future."""
    reader = _Reader(raw, mapping)
    return reader.rows(today)


def read_mapped_dates(raw: RawTable, mapping: Mapping, *, commas: bool) -> Dates:
    """Read the column of dates; `commas` says whether the file writes its decimals with them."""
    rule, name = rules_of(mapping.platform).day_first, mapping.date
    otherwise = (is_continental(raw) or commas) if rule is None else rule
    return remembered(
        raw,
        ("dates", name, mapping.day_first, otherwise),
        lambda: read_dates(
            raw.table[name],
            mapping.day_first,
            otherwise=otherwise,
            typed=raw.typed.get(name),
            since_1904=raw.date_system_1904,
        ),
    )


class _Reader:
    """The columns of a file on their way to rows, each step on what the one before left."""

    def __init__(self, raw: RawTable, mapping: Mapping) -> None:
        self.raw, self.mapping = raw, mapping
        self.rules: Platform = rules_of(mapping.platform)
        with ThreadPoolExecutor() as meanwhile:  # numpy and Arrow let others work while they do
            names = (mapping.customer, mapping.other_customer, mapping.order)
            ids = [meanwhile.submit(self._ids, name) for name in names if name is not None]
            self.money: Amounts = read_amounts(raw, mapping)
            self.dates: Dates = read_mapped_dates(raw, mapping, commas=self.money.commas)
        self.date, self.amount, self.refunded = self.dates.when, self.money.value, self.money.refunded
        found = iter([column.result() for column in ids])
        self.customer = next(found)
        self.other = None if mapping.other_customer is None else next(found)
        self.order = None if mapping.order is None else next(found)
        self.segments = {name: coded_labels(raw.table[col]) for name, col in mapping.segments.items()}
        self.status = self._labels(mapping.status)
        self.ended = self._labels(self.rules.cancelled_when_filled)
        self.apart: NDArray[np.bool_] | None = None
        self.no_sale: NDArray[np.bool_] | None = None

    def rows(self, today: date) -> Rows:
        if self.mapping.once_per_order and self.order is not None:
            self._once_per_order(self.order.codes)
        if self.other is not None:
            self.customer = joined(self.customer, self.other)
        self._turn_refunds()
        self._refund_by_status()
        cancelled = self._cancelled()
        return Rows(
            customer=self.customer,
            order=self.order,
            segments=self.segments,
            date=self.date,
            amount=self.amount,
            refunded=self.refunded,
            apart=self.apart,
            fate=self._fates(today, cancelled),
            status=self.status,
            bare=self.money.bare,
            warnings=self._warnings(),
        )

    def _ids(self, name: str) -> Coded:
        return coded_identifiers(self.raw.table[name], self.raw.typed.get(name))

    def _labels(self, name: str | None) -> Coded | None:
        return coded_labels(self.raw.table[name]) if name in self.raw.table.columns else None

    def _once_per_order(self, order: NDArray[np.int64]) -> None:
        """Give each row of an order what one of them says, and its money to one of them."""
        self.customer = once.filled(self.customer, order)
        self.other, self.status, self.ended = (
            None if column is None else once.filled(column, order)
            for column in (self.other, self.status, self.ended)
        )
        self.segments = {name: once.filled(column, order) for name, column in self.segments.items()}
        self.date = once.filled_dates(self.date, order)
        self.amount = once.counted_once(self.amount, order, self.raw.file)
        if self.refunded is not None:
            self.refunded = once.counted_once(self.refunded, order, self.raw.file)

    def _turn_refunds(self) -> None:
        """Book below zero what a mark calls a refund, and as a refund what a rule says stands apart."""
        if self.mapping.refund is not None:
            mark = self.raw.table[self.mapping.refund]
            if self.rules.movements:
                sale, back = sales_and_refunds(mark, self.amount)
                self.no_sale = ~(sale | back)
                self.customer = either(self.customer, self._ids(str(self.rules.refund_customer)), back)
            else:
                plainly = is_refund_heading(self.mapping.refund)
                back = saying(coded_labels(mark), says_yes if plainly else marks_refund)
            self.amount = np.where(back, -np.abs(self.amount), self.amount)
            self.apart = back
        if self.rules.negative_apart:
            below = self.amount < 0
            self.apart = below if self.apart is None else self.apart | below

    def _refund_by_status(self) -> None:
        """Take the whole amount back where the status says so and no column says how much."""
        if self.status is None or self.rules.movements:  # movements have refunds of their own
            return
        known = np.zeros(len(self.amount)) if self.refunded is None else self.refunded
        sent_back = saying(self.status, lambda text: status_of(text) == "refunded")
        whole = sent_back & (known == 0) & (self.amount > 0)
        if whole.any():
            self.refunded = np.where(whole, self.amount, known)

    def _cancelled(self) -> NDArray[np.bool_]:
        """Rows that never were a sale."""
        cancelled = np.zeros(len(self.amount), dtype=bool)
        if self.status is not None:
            cancelled |= saying(self.status, lambda text: status_of(text) == "cancelled")
        return cancelled if self.ended is None else cancelled | (self.ended.codes >= 0)

    def _fates(self, today: date, cancelled: NDArray[np.bool_]) -> NDArray[np.int8]:
        """Find the first reason that holds for each row."""
        unread_date, unread_amount = np.isnat(self.date), np.isnan(self.amount)
        checks = {
            "not_a_sale": self.no_sale,
            "cancelled": cancelled,
            "missing_customer": self.customer.codes < 0,
            "missing_date": self.dates.blank & unread_date,
            "unreadable_date": unread_date,
            "missing_amount": self.money.blank & unread_amount,
            "unreadable_amount": unread_amount,
            "future_date": self.date >= np.datetime64(today, "D") + np.timedelta64(1, "D"),
        }
        fate = np.full(len(self.amount), USED, dtype=np.int8)
        for reason, holds in reversed(checks.items()):
            if holds is not None:
                fate[holds] = CODE[reason]
        return fate

    def _warnings(self) -> tuple[DataWarning, ...]:
        warnings = [
            DataWarning("decimal_assumed", {"column": name, "decimal": sign})
            for name, sign in self.money.assumed.items()
        ]
        column = self.mapping.date
        if self.dates.assumed and self.rules.day_first is None:
            details = {"column": column, "day_first": self.dates.day_first}
            warnings.append(DataWarning("date_order_assumed", details))
        if self.dates.utc or re.search(r"\butc\b", column.casefold()):
            warnings.append(DataWarning("times_in_utc", {"column": column}))
        if self.status is not None and self.mapping.refunded is None and not self.rules.movements:
            partly = saying(self.status, lambda text: status_of(text) == "partly_refunded").sum()
            warnings += [DataWarning("partly_refunded_unknown", {"rows": int(partly)})] if partly else []
        warnings += [
            DataWarning(code, {"platform": self.rules.code, "column": column})
            for code, column in self.rules.caveats_on(self.mapping)
        ]
        return tuple(warnings)
