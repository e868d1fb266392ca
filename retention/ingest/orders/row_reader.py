"""The mapped columns of a file to rows, and why a row cannot be used."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from retention.errors import DataWarning
from retention.ingest.columns.line_items import counted_once, filled_dates, filled_texts
from retention.ingest.columns.numbering import tell_apart
from retention.ingest.columns.texts import Coded, coded_identifiers, coded_labels, saying
from retention.ingest.mapping.exports import rules_of
from retention.ingest.mapping.mapped_columns import Amounts, read_amounts, read_mapped_dates
from retention.ingest.mapping.platform import folded
from retention.ingest.mapping.rivals import amount_rival, customer_rival, pieces_rival
from retention.ingest.orders.ids import Mended, mended
from retention.ingest.orders.layout import said_of_cents, said_of_dates, said_of_discount, said_of_file
from retention.ingest.orders.rows import CODE, USED, Rows
from retention.ingest.orders.somebody import either, named_by_either, nobody_by_name, said_of_nobody, somebody
from retention.ingest.orders.status_columns import said_of_documents, said_of_status, statuses_not_used
from retention.ingest.words.documents import is_no_sale_document, is_refund_heading, marks_refund, says_yes
from retention.ingest.words.statuses import movement_of

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from retention.ingest.columns.dates import Dates
    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.mapping.platform import Platform
    from retention.ingest.parse.reading import RawTable
    from retention.ingest.words.statuses import Status


def read_rows(raw: RawTable, mapping: Mapping, today: date) -> Rows:
    """Read the mapped columns; a date after `today` is in the future."""
    reader = _Reader(raw, mapping)
    return reader.rows(today)


class _Reader:
    """The columns of a file on their way to rows, each step on what the one before left."""

    def __init__(self, raw: RawTable, mapping: Mapping) -> None:
        self.raw, self.mapping = raw, mapping
        self.rules: Platform = rules_of(mapping.platform)
        with ThreadPoolExecutor() as meanwhile:  # numpy and Arrow let others work while they do
            names = (mapping.customer, mapping.other_customer, mapping.order)
            ids = [meanwhile.submit(self._mended, name) for name in names if name is not None]
            self.money: Amounts = read_amounts(raw, mapping)
            self.dates: Dates = read_mapped_dates(raw, mapping, commas=self.money.commas)
        self.date, self.amount, self.refunded = self.dates.when, self.money.value, self.money.refunded
        found = [column.result() for column in ids]
        given = iter(mended.ids for mended in found)
        self.customer, self.cut = next(given), found[0].cut
        self.other = None if mapping.other_customer is None else next(given)
        self.order = None if mapping.order is None else next(given)
        self.segments = {name: coded_labels(raw.table[col]) for name, col in mapping.segments.items()}
        self.status = self._labels(mapping.status)
        names = [] if self.status is None else self.status.names.to_pylist()
        self.reading = mapping.status_reading(names)
        self.ended = self._labels(self._of_rule(self.rules.cancelled_when_filled))
        self.apart: NDArray[np.bool_] | None = None
        self.no_sale: NDArray[np.bool_] | None = None
        self.said = [said for mended in found for said in mended.said]

    def rows(self, today: date) -> Rows:
        if not self.mapping.once_per_order:
            self._fill_from_above()
        self._turn_refunds()
        self._tell_orders_apart()  # by all that is named: the cash desk's are not the customer's above
        if self.mapping.once_per_order and self.order is not None:
            self._once_per_order(self.order.codes)
        named = self.customer
        self.customer, nobody = somebody(named)
        if self.other is not None:
            self.customer = named_by_either(self.customer, somebody(self.other)[0])
        self.customer, by_name = nobody_by_name(self.raw, self.mapping, self.customer, self.said)
        self.nobody = (nobody | by_name) & (self.customer.codes < 0)
        self.said += said_of_nobody(named, self.nobody & ~by_name)
        self._refund_by_status()
        self._leave_other_events()
        cancelled = self._cancelled()
        return Rows(
            customer=self.customer,
            order=self.order,
            segments=self.segments,
            date=self.date,
            amount=self.amount,
            refunded=self.refunded,
            apart=self.apart,
            outcome=self._outcomes(today, cancelled),
            status=self.status,
            bare=self.money.bare,
            warnings=self._warnings(),
        )

    def _ids(self, name: str) -> Coded:
        return coded_identifiers(self.raw.table[name], self.raw.typed.get(name))

    def _mended(self, name: str) -> Mended:
        return mended(self._ids(name), name, self.raw.file)

    def _labels(self, name: str | None) -> Coded | None:
        return coded_labels(self.raw.table[name]) if name in self.raw.table.columns else None

    def _of_rule(self, heading: str | None) -> str | None:
        """The file's column of a heading a rule names, whatever its capitals."""
        wanted = folded(heading or "")
        return next((name for name in map(str, self.raw.table.columns) if folded(name) == wanted), None)

    def _fill_from_above(self) -> None:
        """Give the further lines of an order what stands on its first: customer, date, number, status."""
        blank = self.customer.codes < 0
        if not blank.any():
            return
        blank = blank & self.dates.blank & np.isnat(self.date) & ~np.isnan(self.amount)
        if self.order is not None:
            blank &= self.order.codes < 0
        if not blank.any():
            return
        above = np.maximum.accumulate(np.where(blank, -1, np.arange(len(blank))))
        parent = np.maximum(above, 0)
        plain = blank & (above >= 0) & (self.raw.file == self.raw.file[parent]) & ~np.isnat(self.date[parent])
        plain &= self.customer.codes[parent] >= 0
        if self.order is not None:
            plain &= self.order.codes[parent] >= 0
        plain[plain] = self._describe_a_line(np.flatnonzero(plain))
        if not plain.any():
            return
        self.customer = _taken(self.customer, plain, parent)
        self.order = None if self.order is None else _taken(self.order, plain, parent)
        self.date = np.where(plain, self.date[parent], self.date)
        self.status, self.ended = (
            None if column is None else _taken(column, plain & (column.codes < 0), parent)
            for column in (self.status, self.ended)
        )
        self.segments = {
            name: _taken(column, plain & (column.codes < 0), parent) for name, column in self.segments.items()
        }
        self.said.append(DataWarning("lines_without_order", {"rows": int(plain.sum())}))

    def _describe_a_line(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Rows with something beside their money, as a line of an order has: its product, its quantity."""
        taken = {name for role, name in self.mapping.columns.items() if role not in {"product", "quantity"}}
        others = [name for name in self.raw.table.columns if name not in taken]
        said = np.zeros(len(places), dtype=bool)
        for name in others:
            said |= coded_labels(self.raw.table[name].iloc[places]).codes >= 0
        return said

    def _tell_orders_apart(self) -> None:
        if self.order is None:
            return
        found = tell_apart(self.order, self.customer, self.date, self.amount)
        self.order = found.order
        details = {"column": self.mapping.order, "numbers": found.repeated}
        self.said += [DataWarning("order_numbers_repeat", details)] if found.repeated else []
        spanning = {"column": self.mapping.order, "orders": found.spanning}
        self.said += [DataWarning("orders_over_days", spanning)] if found.spanning else []

    def _once_per_order(self, order: NDArray[np.int64]) -> None:
        """Give each row of an order what one of them says, and its money to one of them."""
        self.customer = filled_texts(self.customer, order)
        self.other, self.status, self.ended = (
            None if column is None else filled_texts(column, order)
            for column in (self.other, self.status, self.ended)
        )
        self.segments = {name: filled_texts(column, order) for name, column in self.segments.items()}
        self.date = filled_dates(self.date, order)
        self.amount = counted_once(self.amount, order, self.raw.file)
        if self.refunded is not None:
            self.refunded = counted_once(self.refunded, order, self.raw.file)

    def _turn_refunds(self) -> None:
        """Book below zero what a mark calls a refund, and as a refund what a rule says stands apart."""
        if self.mapping.refund is not None:
            mark = coded_labels(self.raw.table[self.mapping.refund])
            if self.rules.movements:
                sale, back = _sales_and_refunds(mark, self.amount)
                self.no_sale = ~(sale | back)
                if (payee := self._of_rule(self.rules.refund_customer)) is not None:
                    self.customer = either(self.customer, self._ids(payee), back)
            else:
                plainly = is_refund_heading(self.mapping.refund)
                back = saying(mark, says_yes if plainly else marks_refund)
                self._leave_no_sales(saying(mark, is_no_sale_document))
            self._book_below_zero(back)
        if self.status is not None and (back := self._status_says("refund")).any():
            self._book_below_zero(back)
        if self.rules.negative_apart:
            below = self.amount < 0
            self.apart = below if self.apart is None else self.apart | below

    def _book_below_zero(self, back: NDArray[np.bool_]) -> None:
        self.amount = np.where(back, -np.abs(self.amount), self.amount)
        self.apart = back if self.apart is None else self.apart | back

    def _refund_by_status(self) -> None:
        """Take the whole amount back where the status says so and no column says how much."""
        if self.status is None or self.rules.movements:  # movements have refunds of their own
            return
        known = np.zeros(len(self.amount)) if self.refunded is None else self.refunded
        sent_back = self._status_says("refunded")
        whole = sent_back & (known == 0) & (self.amount > 0)
        if whole.any():
            self.refunded = np.where(whole, self.amount, known)

    def _status_says(self, what: Status) -> NDArray[np.bool_]:
        if self.status is None:
            return np.zeros(len(self.amount), dtype=bool)
        return saying(self.status, lambda text: self._meaning(text) == what)

    def _meaning(self, text: str) -> Status | None:
        """What a status says: as the export uses it, else as people do."""
        sold = self.rules.statuses.get(text.casefold())
        if sold is None:
            return self.reading(text)
        return None if sold else "cancelled"

    def _leave_other_events(self) -> None:
        """Leave out the steps on the way to a purchase, where a file has them all."""
        self._leave_no_sales(self._status_says("no_sale"))

    def _leave_no_sales(self, rows: NDArray[np.bool_]) -> None:
        if rows.any():
            self.no_sale = rows if self.no_sale is None else self.no_sale | rows

    def _cancelled(self) -> NDArray[np.bool_]:
        """Rows that never were a sale."""
        cancelled = np.zeros(len(self.amount), dtype=bool)
        if self.status is not None:
            cancelled |= self._status_says("cancelled")
        return cancelled if self.ended is None else cancelled | (self.ended.codes >= 0)

    def _outcomes(self, today: date, cancelled: NDArray[np.bool_]) -> NDArray[np.int8]:
        """Find the first reason that holds for each row."""
        unread_date, unread_amount = np.isnat(self.date), np.isnan(self.amount)
        checks = {
            "not_a_sale": self.no_sale,
            "cancelled": cancelled,
            "id_cut_short": self.cut & (self.customer.codes < 0),
            "missing_customer": (self.customer.codes < 0) & ~self.nobody,
            "nobody": self.customer.codes < 0,
            "missing_date": self.dates.blank & unread_date,
            "unreadable_date": unread_date,
            "missing_amount": self.money.blank & unread_amount,
            "unreadable_amount": unread_amount,
            "future_date": self.date >= np.datetime64(today, "D") + np.timedelta64(1, "D"),
        }
        outcome = np.full(len(self.amount), USED, dtype=np.int8)
        for reason, holds in reversed(checks.items()):
            if holds is not None:
                outcome[holds] = CODE[reason]
        return outcome

    def _warnings(self) -> tuple[DataWarning, ...]:
        warnings = [
            *self.said,
            *(
                DataWarning("decimal_assumed", {"column": name, "decimal": sign})
                for name, sign in self.money.assumed.items()
            ),
        ]
        found = (rival(self.raw, self.mapping) for rival in (amount_rival, pieces_rival, customer_rival))
        warnings += [rival for rival in found if rival is not None]
        if self.money.discount is not None:
            warnings.append(DataWarning("discount_assumed", {"column": self.mapping.discount}))
        if self.status is not None and self.mapping.status is not None and not self.rules.movements:
            warnings += said_of_status(self.mapping, self.status)
        warnings += statuses_not_used(self.raw, self.mapping) + said_of_documents(self.raw, self.mapping)
        column = self.mapping.date
        if self.dates.assumed and self.rules.day_first is None:
            details = {"column": column, "day_first": self.dates.day_first}
            warnings.append(DataWarning("date_order_assumed", details))
        if self.dates.utc or re.search(r"\butc\b", column.casefold()):
            warnings.append(DataWarning("times_in_utc", {"column": column}))
        if self.status is not None and self.mapping.refunded is None and not self.rules.movements:
            partly = self._status_says("partly_refunded").sum()
            warnings += [DataWarning("partly_refunded_unknown", {"rows": int(partly)})] if partly else []
        warnings += said_of_file(self.raw) + said_of_discount(self.mapping)
        warnings += said_of_dates(self.dates, self.mapping) + said_of_cents(self.raw, self.mapping)
        warnings += [
            DataWarning(code, {"platform": self.rules.code, "column": column})
            for code, column in self.rules.caveats_on(self.mapping)
        ]
        return tuple(warnings)


def _taken(column: Coded, rows: NDArray[np.bool_], parent: NDArray[np.int64]) -> Coded:
    """Take the text of other rows on the rows of a mask."""
    return Coded(np.where(rows, column.codes[parent], column.codes), column.names)


def _sales_and_refunds(
    movements: Coded, amount: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Rows that are sales, and rows that are refunds, of a payment account's movements.

    Parameters
    ----------
    movements : type of each
    amount : (n,) money in; below 0 money out; where it cannot be read the type decides
    """
    payment = saying(movements, lambda text: movement_of(text) == "payment")
    back = saying(movements, lambda text: movement_of(text) == "refund")
    return payment & ~(amount <= 0), back & ~(amount >= 0)
