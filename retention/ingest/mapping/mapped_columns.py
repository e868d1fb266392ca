"""The money and the dates of a file, read from the columns a mapping names, and how the file writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.ingest.columns.dates import Dates, read_dates
from retention.ingest.columns.line_items import counted_once
from retention.ingest.columns.numbering import tell_apart
from retention.ingest.columns.numbers import LARGEST, Numbers, exact_sum, read_numbers
from retention.ingest.columns.texts import coded_identifiers
from retention.ingest.mapping.by_file import dates_by_file, numbers_by_file
from retention.ingest.mapping.discounts import DiscountKind, after_discount, discount_kind
from retention.ingest.mapping.exports import rules_of
from retention.ingest.words.headings import are_continental

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from retention.ingest.columns.numbers import Decimal
    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.parse.reading import RawTable

HUNDREDTHS = 100


@dataclass(frozen=True)
class Amounts:
    """Money of n rows, in the file's currency.

    Attributes
    ----------
    value : (n,) NaN where blank or unreadable
    blank : (n,) where there was nothing to read
    refunded : (n,) what went back, 0 or more; None where the file has no such column
    assumed : decimal sign of the columns that leave it open, by column
    decimal : sign of the amount's column, or of the price's; None where the file itself stores numbers
    commas : whether any column has decimal commas
    decided : whether every column tells its sign, or needs none as the file itself stores numbers
    bare : whether nothing but numbers stands in the columns, so that they name no currency
    discount : what a column of discounts is read as where it could be read otherwise
    """

    value: NDArray[np.float64]
    blank: NDArray[np.bool_]
    refunded: NDArray[np.float64] | None
    assumed: dict[str, Decimal]
    decimal: Decimal | None
    commas: bool
    decided: bool
    bare: bool
    discount: DiscountKind | None = None


@dataclass(frozen=True)
class Writing:
    """How dates and amounts are written.

    Attributes
    ----------
    day_first : whether the day comes before the month; None where no date depends on it
    decimal : sign before the decimals; None where the file itself stores numbers, or has no such sign
    serial : whether dates are days of a spreadsheet written as numbers
    date_system_1904 : whether such days count from 1904
    utc : whether times are universal time rather than the shop's
    cents : whether amounts are read as hundredths
    """

    day_first: bool | None
    decimal: Decimal | None
    serial: bool
    date_system_1904: bool
    utc: bool
    cents: bool


def is_continental(raw: RawTable) -> bool:
    """Whether a file looks as if it came from where the day stands first and decimals follow a comma."""
    return raw.delimiter == ";" or are_continental(raw.table.columns)


def read_amounts(raw: RawTable, mapping: Mapping) -> Amounts:
    """Read the columns of money by one decimal sign each; a column that leaves it open follows the others."""
    parts = [mapping.quantity, mapping.price, mapping.discount]
    names = [mapping.amount] if mapping.amount is not None else parts
    columns = [name for name in (*names, mapping.refunded) if name is not None]
    readings = {name: _read(raw, name, mapping.decimal) for name in columns}
    decided = {reading.decimal for reading in readings.values() if reading.decided}
    if len(decided) == 1:
        sign = decided.pop()
        follow = [name for name, reading in readings.items() if reading.assumed]
        readings |= {name: _read(raw, name, sign) for name in follow}
    value, blank, discount = _of_rows(mapping, readings)
    refunded = None
    if mapping.in_cents(str(mapping.amount or mapping.price)):
        value = value / HUNDREDTHS
    if mapping.refunded is not None:
        refunded = np.abs(np.nan_to_num(readings[mapping.refunded].value))
        refunded = refunded / HUNDREDTHS if mapping.in_cents(mapping.refunded) else refunded
    return Amounts(
        value,
        blank,
        refunded,
        {name: reading.decimal for name, reading in readings.items() if reading.assumed and reading.decimal},
        readings[mapping.amount or str(mapping.price)].decimal,
        any(reading.decimal == "," for reading in readings.values()),
        all(reading.decided or reading.decimal is None for reading in readings.values()),
        all(reading.bare for name, reading in readings.items() if name != mapping.discount),
        discount,
    )


def read_quantity(raw: RawTable, mapping: Mapping) -> NDArray[np.float64]:
    """Read the column of quantities, NaN where unknown; one that leaves its sign open follows the money."""
    found = _read(raw, str(mapping.quantity), mapping.decimal)
    sign = read_amounts(raw, mapping).decimal if found.assumed else None
    return found.value if sign is None else _read(raw, str(mapping.quantity), sign).value


def _read(raw: RawTable, name: str, decimal: Decimal | None) -> Numbers:
    otherwise: Decimal = "," if is_continental(raw) else "."

    def read(column: pd.Series, sign: Decimal | None, typed: NDArray[np.bool_] | None) -> Numbers:
        return read_numbers(column, sign, otherwise, typed=typed)

    def whole() -> Numbers:
        several = numbers_by_file(raw, name, decimal, read) if len(raw.files) > 1 else None
        return several or read(raw.table[name], decimal, raw.typed.get(name))

    return raw.remembered(("numbers", name, decimal, otherwise), whole)


def _of_rows(
    mapping: Mapping, readings: dict[str, Numbers]
) -> tuple[NDArray[np.float64], NDArray[np.bool_], DiscountKind | None]:
    if mapping.amount is not None:
        return readings[mapping.amount].value, readings[mapping.amount].blank, None
    quantity, price = readings[str(mapping.quantity)], readings[str(mapping.price)]
    product, assumed = quantity.value * price.value, None
    if mapping.discount is not None:
        kind, is_open = discount_kind(mapping.discount, readings[mapping.discount], product)
        product, assumed = (
            after_discount(product, readings[mapping.discount], kind),
            kind if is_open else None,
        )
    return np.where(np.abs(product) < LARGEST, product, np.nan), quantity.blank | price.blank, assumed


def total_of(raw: RawTable, mapping: Mapping) -> float:
    """What all rows come to, an order's own amount counted once."""
    amounts = read_amounts(raw, mapping).value
    if mapping.once_per_order and mapping.order is not None:
        amounts = counted_once(amounts, orders_of(raw, mapping), raw.file)
    return exact_sum(amounts[~np.isnan(amounts)])


def read_mapped_dates(raw: RawTable, mapping: Mapping, *, commas: bool) -> Dates:
    """Read the column of dates; `commas` says whether the file writes its decimals with them."""
    rule, name = rules_of(mapping.platform).day_first, mapping.date
    otherwise = (is_continental(raw) or commas) if rule is None else rule

    def read(column: pd.Series, order: bool | None, typed: NDArray[np.bool_] | None) -> Dates:
        return read_dates(column, order, otherwise=otherwise, typed=typed, since_1904=raw.date_system_1904)

    def whole() -> Dates:
        several = dates_by_file(raw, name, mapping.day_first, read) if len(raw.files) > 1 else None
        return several or read(raw.table[name], mapping.day_first, raw.typed.get(name))

    return raw.remembered(("dates", name, mapping.day_first, otherwise), whole)


def orders_of(raw: RawTable, mapping: Mapping) -> NDArray[np.int64]:
    """Place of each row's order, below 0 where it has no number; numbers that begin again told apart."""

    def told() -> NDArray[np.int64]:
        names = (mapping.customer, str(mapping.order))
        customer, order = (coded_identifiers(raw.table[name], raw.typed.get(name)) for name in names)
        money = read_amounts(raw, mapping)
        date = read_mapped_dates(raw, mapping, commas=money.commas).when
        return tell_apart(order, customer, date, money.value).order.codes

    return raw.remembered(("orders", mapping), told)


def writing_of(raw: RawTable, mapping: Mapping) -> Writing:
    """How the mapped columns of a file are written."""
    money = read_amounts(raw, mapping)
    dates = read_mapped_dates(raw, mapping, commas=money.commas)
    cents = bool(mapping.cents)
    return Writing(dates.day_first, money.decimal, dates.serial, raw.date_system_1904, dates.utc, cents)
