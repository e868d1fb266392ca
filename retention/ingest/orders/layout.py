"""What a reader must know of how a file lays out its rows and writes its dates and amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.errors import DataWarning
from retention.ingest.words.headings import plain

if TYPE_CHECKING:
    from retention.ingest.columns.dates import Dates
    from retention.ingest.mapping.mapped_columns import Amounts
    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.parse.reading import RawTable


_CENTS = frozenset({"cents", "cent", "centesimi", "centimes", "centavos", "pence", "minor"})


def said_of_file(raw: RawTable) -> list[DataWarning]:
    """Rows with more fields than headings, and sheets that are read together or are not read."""
    rows, first = raw.wider
    said = [DataWarning("wider_than_headings", {"rows": rows, "row": first})] if rows else []
    if raw.together:
        together = {"sheets": list(raw.together), "rows": len(raw.table)}
        said.append(DataWarning("sheets_read_together", together))
    if raw.unread:
        said.append(DataWarning("sheets_not_read", {"sheets": list(raw.unread)}))
    return said


def said_of_dates(dates: Dates, mapping: Mapping) -> list[DataWarning]:
    """Months without days, and days that were swapped or may be.

    Bills are numbered, and may well be of the first day of each month.
    """
    column = mapping.date
    months = dates.months or (dates.first_days and mapping.order is None)
    said = [DataWarning("days_not_known", {"column": column})] if months else []
    doubts = {"dates_swapped_back": dates.swapped, "dates_maybe_swapped": dates.maybe_swapped}
    return said + [
        DataWarning(code, {"column": column, "rows": rows}) for code, rows in doubts.items() if rows
    ]


def said_of_cents(money: Amounts, dates: Dates, mapping: Mapping) -> list[DataWarning]:
    """Whole amounts in a column of cents, or beside times as payment programs write them."""
    column = str(mapping.amount or mapping.price)
    amounts = money.value[~np.isnan(money.value)]
    whole = bool(amounts.size) and bool((amounts == np.round(amounts)).all())
    if whole and (dates.since_1970 or _CENTS & set(plain(column).split())):
        return [DataWarning("maybe_cents", {"column": column})]
    return []
