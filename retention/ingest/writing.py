"""How a file writes its dates and amounts, as its columns tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.ingest.amounts import read_amounts
from retention.ingest.rows import read_mapped_dates

if TYPE_CHECKING:
    from retention.ingest.mapping import Mapping
    from retention.ingest.numbers import Decimal
    from retention.ingest.reading import RawTable


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
    """

    day_first: bool | None
    decimal: Decimal | None
    serial: bool
    date_system_1904: bool
    utc: bool


def writing_of(raw: RawTable, mapping: Mapping) -> Writing:
    """How the mapped columns of a file are written."""
    money = read_amounts(raw, mapping)
    dates = read_mapped_dates(raw, mapping, commas=money.commas)
    return Writing(dates.day_first, money.decimal, dates.serial, raw.date_system_1904, dates.utc)
