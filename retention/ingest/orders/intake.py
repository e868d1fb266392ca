"""A file and its mapping to Orders, with an account of every row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention.errors import DataWarning, InputError
from retention.ingest.columns.distinct import as_mask
from retention.ingest.columns.numbers import exact_sum
from retention.ingest.mapping.mapping import Mapping, require_columns, require_values
from retention.ingest.orders.account import Intake, account_of, counts, much_set_aside
from retention.ingest.orders.currency import keep_one_currency
from retention.ingest.orders.duplicates import repeated
from retention.ingest.orders.exported import exported
from retention.ingest.orders.forming import ZeroOrders, form_orders, reversed_orders
from retention.ingest.orders.overlap import overlapping
from retention.ingest.orders.products import ProductLines
from retention.ingest.orders.row_reader import read_rows
from retention.ingest.orders.rows import CODE, USED, Rows
from retention.orders import Orders
from retention.periods import Window

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from retention.ingest.parse.reading import RawTable

Duplicates = Literal["keep", "drop"]


def to_orders(
    raw: RawTable,
    mapping: Mapping,
    *,
    until: date | None = None,
    zero_orders: ZeroOrders = "leave-out",
    duplicates: Duplicates = "keep",
    currency: str | None = None,
    leave_out_customers: frozenset[str] = frozenset(),
    drop_reversed: bool = False,
    now: datetime | None = None,
) -> Intake:
    """Make orders of a file's rows; what cannot be used is set aside and accounted for.

    Parameters
    ----------
    until : observation end, inclusive; by default the day of the last usable row
    zero_orders : whether orders worth exactly 0 are purchases
    duplicates : whether rows equal to another in every column are used
    currency : the one to keep where the file has several; what its amounts are in where it names none
    leave_out_customers : customers whose rows are not used: a cash desk, a guest's number
    drop_reversed : whether purchases exactly taken back leave, together with their refunds
    now : dates after its day are in the future; by default the clock's

    Raises
    ------
    InputError
        ``no_such_column``; ``formulas_without_values`` with the column; ``several_currencies`` with the
        rows of each; ``no_such_currency`` likewise; ``unknown_currency``; ``ids_cut_short`` where a
        spreadsheet spoiled the customers' ids; ``no_usable_rows`` with the counts by reason.
    """
    require_columns(raw, mapping.columns.values())
    require_values(raw, mapping.columns)
    now = now or datetime.now()  # noqa: DTZ005  the file's dates are local as written, and so is this one
    rows = read_rows(raw, mapping, now.date())
    rows = _without_overlap(raw, rows)
    in_currency = keep_one_currency(raw, mapping, rows, currency)
    if leave_out_customers:
        _leave(rows, _of_customers(rows, leave_out_customers), "left_out_customer")
    if until is not None:
        _leave(rows, rows.day > np.datetime64(until, "D"), "after_until")
    again = repeated(raw, rows, mapping)
    if duplicates == "drop":
        _leave(rows, again.rows, "duplicate")
    _require_rows(rows)
    used = rows.outcome == USED
    formed = form_orders(rows.where(used), zero_orders)
    table, taken_back = formed.table, reversed_orders(formed.table)
    reversals = _reversals(table, taken_back)
    dropped = taken_back if drop_reversed else np.zeros_like(taken_back)
    if dropped.any():
        table, left = formed.without(dropped)
        rows.outcome[np.flatnonzero(used)[left]] = CODE["reversed"]
        _require_rows(rows)
    account = account_of(raw, rows, again, table, reversed_orders=reversals, now=now)
    said = (*rows.warnings, *much_set_aside(account))
    window = Window(account.first_date, until or account.last_date)
    named = mapping.product is not None
    lines = ProductLines(raw, mapping, table, formed, used, ~dropped) if named else None
    orders = Orders(table, window, in_currency, mapping.segments)
    return Intake(orders, account, said, lines, exported(raw, mapping, rows))


def _without_overlap(raw: RawTable, rows: Rows) -> Rows:
    """Leave out what an earlier file has already, and say where that is not plain."""
    overlap = overlapping(raw, rows)
    rows.outcome[overlap.rows] = CODE["overlap"]
    if overlap.cancelled is not None:
        _leave(rows, overlap.cancelled, "cancelled")
    found = {"orders_differ_across_files": overlap.differing, "orders_changed_across_files": overlap.changed}
    said = [DataWarning(code, {"orders": orders}) for code, orders in found.items() if orders]
    return replace(rows, order=overlap.order, warnings=(*rows.warnings, *said))


def _require_rows(rows: Rows) -> None:
    """Raise `InputError` where no row is used, with what became of them."""
    found = counts(rows)
    if found["used"]:
        return
    if 2 * found["id_cut_short"] >= len(rows.outcome):
        raise InputError("ids_cut_short", rows=found["id_cut_short"])
    reasons = {outcome: n for outcome, n in found.items() if n}
    raise InputError("no_usable_rows", rows=len(rows.outcome), reasons=reasons)


def _reversals(table: pd.DataFrame, taken_back: NDArray[np.bool_]) -> tuple[int, float]:
    """How many purchases are taken back, and the sum of their values."""
    values = table["value"].to_numpy()[taken_back]
    return int((values > 0).sum()), exact_sum(values[values > 0])


def _leave(rows: Rows, which: NDArray[np.bool_], outcome: str) -> None:
    """Give rows that are still used another outcome."""
    rows.outcome[which & (rows.outcome == USED)] = CODE[outcome]


def _of_customers(rows: Rows, customers: frozenset[str]) -> NDArray[np.bool_]:
    named = pc.is_in(rows.customer.names, value_set=pa.array(sorted(customers), pa.string()))
    return np.append(as_mask(named), np.False_)[rows.customer.codes]
