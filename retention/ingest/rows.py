"""A file's rows as customer, order, date and amount, and why a row cannot be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.errors import DataWarning
from retention.ingest.columns import identifiers, labels
from retention.ingest.dates import Dates, read_dates
from retention.ingest.headings import are_italian
from retention.ingest.numbers import LARGEST, Numbers, read_numbers

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd
    from numpy.typing import NDArray

    from retention.ingest.mapping import Mapping
    from retention.ingest.numbers import Decimal
    from retention.ingest.reading import RawTable

USABLE = 0
REASONS = (
    "usable",
    "missing_customer",
    "missing_date",
    "unreadable_date",
    "missing_amount",
    "unreadable_amount",
    "future_date",
)


@dataclass(frozen=True)
class Rows:
    """The fields of n rows.

    Attributes
    ----------
    customer, order, segment : (n,) text, null where the row has none; order and segment are None where the
        file has no such column
    date : (n,) datetime64[us], NaT where unreadable
    amount : (n,) in the file's currency, NaN where unreadable
    reason : (n,) place in `REASONS`
    warnings : what had to be assumed
    """

    customer: pd.Series
    order: pd.Series | None
    segment: pd.Series | None
    date: NDArray[np.datetime64]
    amount: NDArray[np.float64]
    reason: NDArray[np.int8]
    warnings: tuple[DataWarning, ...] = ()

    @property
    def day(self) -> NDArray[np.datetime64]:
        """(n,) datetime64[D]."""
        return self.date.astype("datetime64[D]")

    def where(self, kept: NDArray[np.bool_]) -> Rows:
        """Keep the rows for which a mask is true."""
        return Rows(
            customer=self.customer[kept],
            order=None if self.order is None else self.order[kept],
            segment=None if self.segment is None else self.segment[kept],
            date=self.date[kept],
            amount=self.amount[kept],
            reason=self.reason[kept],
            warnings=self.warnings,
        )


def read_rows(raw: RawTable, mapping: Mapping, today: date) -> Rows:
    """Read the mapped columns; a date after `today` is in the future."""
    table, italian = raw.table, are_italian(raw.table.columns)
    continental = raw.delimiter == ";" or italian
    amount, readings = _amounts(table, mapping, "," if continental else ".")
    continental = continental or any(reading.decimal == "," for reading in readings.values())
    dates = read_dates(table[mapping.date], mapping.day_first, otherwise=continental)
    customer = identifiers(table[mapping.customer])
    return Rows(
        customer=customer,
        order=None if mapping.order is None else identifiers(table[mapping.order]),
        segment=None if mapping.segment is None else labels(table[mapping.segment]),
        date=dates.when,
        amount=amount.value,
        reason=_reasons(customer, dates, amount, today),
        warnings=_warnings(mapping, dates, readings),
    )


def _amounts(table: pd.DataFrame, mapping: Mapping, otherwise: Decimal) -> tuple[Numbers, dict[str, Numbers]]:
    """Amount of each row, and the readings of the columns it comes from."""
    if mapping.amount is not None:
        amount = read_numbers(table[mapping.amount], mapping.decimal, otherwise)
        return amount, {mapping.amount: amount}
    factors = [str(mapping.quantity), str(mapping.price)]
    readings = {name: read_numbers(table[name], mapping.decimal, otherwise) for name in factors}
    quantity, price = (readings[name] for name in factors)
    product = quantity.value * price.value
    product = np.where(np.abs(product) < LARGEST, product, np.nan)
    return Numbers(product, quantity.blank | price.blank, price.decimal), readings


def _reasons(customer: pd.Series, dates: Dates, amount: Numbers, today: date) -> NDArray[np.int8]:
    """Find the first reason that holds for each row, in the order of `REASONS`."""
    checks = [
        customer.isna().to_numpy(dtype=bool),
        dates.blank,
        np.isnat(dates.when),
        amount.blank,
        np.isnan(amount.value),
        dates.when >= np.datetime64(today, "D") + np.timedelta64(1, "D"),
    ]
    return np.select(checks, list(range(1, len(REASONS))), USABLE).astype(np.int8)


def _warnings(mapping: Mapping, dates: Dates, readings: dict[str, Numbers]) -> tuple[DataWarning, ...]:
    warnings = [
        DataWarning("decimal_assumed", {"column": name, "decimal": reading.decimal})
        for name, reading in readings.items()
        if reading.assumed
    ]
    if dates.assumed:
        warnings.append(
            DataWarning("date_order_assumed", {"column": mapping.date, "day_first": dates.day_first})
        )
    return tuple(warnings)
