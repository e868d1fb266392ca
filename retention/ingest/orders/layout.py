"""What a reader must know of how a file lays out its rows and writes its dates and amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.errors import DataWarning
from retention.ingest.mapping.cents import may_be

if TYPE_CHECKING:
    from retention.ingest.columns.dates import Dates
    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.parse.reading import RawTable


def said_of_file(raw: RawTable) -> list[DataWarning]:
    """Rows with more fields than headings, sheets read together or not read, formulas without values."""
    rows, first = raw.wider
    said = [DataWarning("wider_than_headings", {"rows": rows, "row": first})] if rows else []
    if raw.together:
        together = {"sheets": list(raw.together), "rows": len(raw.table)}
        said.append(DataWarning("sheets_read_together", together))
    if raw.unread:
        said.append(DataWarning("sheets_not_read", {"sheets": list(raw.unread)}))
    if raw.formulas:
        said.append(DataWarning("formulas_without_values", {"columns": list(raw.formulas)}))
    return said


def said_of_discount(mapping: Mapping) -> list[DataWarning]:
    """A discount beside an amount, which is read as it stands."""
    if mapping.amount is None or mapping.discount is None:
        return []
    return [DataWarning("discount_not_used", {"column": mapping.discount, "amount": mapping.amount})]


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


def said_of_cents(raw: RawTable, mapping: Mapping) -> list[DataWarning]:
    """Amounts read as hundredths, or that could be and nobody said."""
    column = str(mapping.amount or mapping.price)
    if mapping.cents:
        return [DataWarning("read_as_cents", {"column": column})]
    if mapping.cents is None and may_be(raw, mapping):
        return [DataWarning("maybe_cents", {"column": column})]
    return []
