"""How an engine reads the mapped columns of a row: who, when, how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw

from retention.errors import InputError
from retention.ingest.mapping.exports import rules_of
from retention.ingest.mapping.mapped_columns import read_mapped_dates, writing_of
from retention.ingest.words.nobody import NOBODY

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

    from narwhals.dtypes import DType

    from retention.engines import Dialect
    from retention.ingest.mapping.mapped_columns import Writing
    from retention.ingest.mapping.mapping import Mapping, Role
    from retention.ingest.parse.reading import RawTable

_NOT_READ: tuple[Role, ...] = ("discount", "currency", "status", "refund", "refunded", "other_customer")
_YEAR_FIRST = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d")
# A year of two digits comes first, and the year first last: else two digits are taken for a year long ago
_DAY_FIRST = ("%d/%m/%y", "%d.%m.%y", "%d-%m-%y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
_NUMBER = "^[€$£]? *[-+(]?[€$£]? *[0-9][0-9.,'’ \u00a0\u202f]*[)]?-? *([€$£]|[A-Z]{3})?$"
_WHOLE = (nw.Int8, nw.Int16, nw.Int32, nw.Int64)


@dataclass(frozen=True)
class Fields:
    """SQL of what a row says.

    Attributes
    ----------
    customer, order, date, amount : null where it cannot be read; order is None where there is no column
    nobody : whether the customer is nobody in particular
    date_blank, amount_blank : whether there was nothing to read
    segments : by the name `retention.orders.Orders` gives each
    """

    customer: str
    order: str | None
    date: str
    amount: str
    nobody: str
    date_blank: str
    amount_blank: str
    segments: dict[str, str]


def fields_of(part: RawTable, mapping: Mapping, types: Dictionary[str, DType], sql: Dialect) -> Fields:
    """How each column is read, as a part of the file tells.

    Parameters
    ----------
    types : of the columns
    sql : how the engine writes it

    Raises
    ------
    InputError
        ``engine_cannot_read`` with the `column` whose rules an engine does not know; ``export_of_rules`` of
        an export whose rows have rules of their own; ``day_or_month_first`` where that is open.
    """
    for role, column in mapping.columns.items():
        if role in _NOT_READ:
            raise InputError("engine_cannot_read", column=column)
    if mapping.once_per_order or rules_of(mapping.platform).has_rules:
        raise InputError("export_of_rules", platform=mapping.platform)
    return _Reader(part, mapping, types, sql).fields()


@dataclass(frozen=True)
class _Reader:
    part: RawTable
    mapping: Mapping
    types: Dictionary[str, DType]
    sql: Dialect

    def fields(self) -> Fields:
        mapping, writing = self.mapping, writing_of(self.part, self.mapping)
        amounts = [mapping.amount] if mapping.amount is not None else [mapping.quantity, mapping.price]
        money = [str(name) for name in amounts]
        read = [self._number(name, writing.decimal or ".") for name in money]
        cents = 100 if any(mapping.in_cents(name) for name in money if name != mapping.quantity) else 1
        return Fields(
            customer=self._identifier(mapping.customer),
            order=None if mapping.order is None else self._identifier(mapping.order),
            date=self._date(writing),
            amount=" * ".join(read) if cents == 1 else f"{' * '.join(read)} / {cents}.0",
            nobody=self._is_nobody(),
            date_blank=self._blank(mapping.date),
            amount_blank=" OR ".join(self._blank(name) for name in money),
            segments={name: self._text(column) for name, column in mapping.segments.items()},
        )

    def _text(self, column: str) -> str:
        return f"nullif(trim(CAST({self.sql.quoted(column)} AS STRING)), '')"

    def _blank(self, column: str) -> str:
        return f"{self._text(column)} IS NULL"

    def _identifier(self, column: str) -> str:
        """A number where the file has whole ones, else text."""
        name, kind = self.sql.quoted(column), self.types[column]
        if isinstance(kind, _WHOLE):
            return f"CAST({name} AS BIGINT)"
        if kind.is_float():  # whole numbers beside blanks, as programs write them
            return f"CASE WHEN {name} = floor({name}) THEN CAST({name} AS BIGINT) END"
        return self._text(column)

    def _is_nobody(self) -> str:
        column = self.mapping.customer
        if isinstance(self.types[column], _WHOLE) or self.types[column].is_float():
            return f"{self.sql.quoted(column)} = 0"
        names = ", ".join(self.sql.said(name) for name in sorted(NOBODY))
        return f"lower({self._text(column)}) IN ({names})"

    def _number(self, column: str, decimal: str) -> str:
        if self.types[column].is_numeric():
            return f"CAST({self.sql.quoted(column)} AS DOUBLE)"
        text, thousands = self._text(column), "," if decimal == "." else "."
        digits = f"replace(replace({self.sql.only(text, '0-9.,')}, '{thousands}', ''), ',', '.')"
        sign = f"CASE WHEN {self.sql.matches(text, '[-(]')} THEN -1 ELSE 1 END"
        return f"CASE WHEN {self.sql.matches(text, _NUMBER)} THEN TRY_CAST({digits} AS DOUBLE) * {sign} END"

    def _date(self, writing: Writing) -> str:
        column, mapping = self.mapping.date, self.mapping
        if isinstance(self.types[column], nw.Datetime | nw.Date):
            return f"CAST({self.sql.quoted(column)} AS TIMESTAMP)"
        if not isinstance(self.types[column], nw.String) or writing.serial:
            raise InputError("engine_cannot_read", column=column)
        day_first = writing.day_first if mapping.day_first is None else mapping.day_first
        if mapping.day_first is None and read_mapped_dates(self.part, mapping, commas=False).assumed:
            raise InputError("day_or_month_first", column=column)
        return self.sql.moment(self._text(column), [*_in_order(day_first=day_first), *_YEAR_FIRST])


def _in_order(*, day_first: bool | None) -> tuple[str, ...]:
    """Forms of a day, a month and a year in this order."""
    if day_first is None:
        return ()
    swapped = {"%d": "%m", "%m": "%d"}
    return tuple(
        form if day_first else swapped[form[:2]] + form[2] + swapped[form[3:5]] + form[5:]
        for form in _DAY_FIRST
    )
