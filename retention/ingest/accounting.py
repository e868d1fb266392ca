"""The account of rows whose fate is settled."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from retention.ingest.account import Account
from retention.ingest.columns import Coded
from retention.ingest.distinct import as_mask
from retention.ingest.fates import CODE, FATES, LEFT_OUT, SET_ASIDE
from retention.ingest.summing import exact_sum

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from numpy.typing import NDArray

    from retention.ingest.reading import RawTable
    from retention.ingest.repeats import Repeated
    from retention.ingest.rows import Rows


_USABLE = ("used", "duplicate", *LEFT_OUT)  # what happened on these days is known, used or not


def account_of(
    raw: RawTable,
    rows: Rows,
    again: Repeated,
    table: pd.DataFrame,
    *,
    reversed_orders: tuple[int, float],
    now: datetime,
) -> Account:
    """Count rows by fate, and the orders that were made of them."""
    found = counts(rows)
    moments = rows.date[_with_fate(rows, [CODE[fate] for fate in _USABLE])]
    return Account(
        rows=len(rows.fate),
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
        left_out_rows=_rows_with(raw, rows, set(FATES[1:]) - set(SET_ASIDE)),
        money=_money(rows),
        reversed_orders=reversed_orders,
        first_date=_day(moments.min()),
        last_date=_day(moments.max()),
        now=now,
        **_census(table),
    )


def counts(rows: Rows) -> dict[str, int]:
    """Rows by fate, for every fate."""
    found = np.bincount(rows.fate, minlength=len(FATES))
    return {fate: int(n) for fate, n in zip(FATES, found, strict=True)}


def _with_fate(rows: Rows, codes: list[int]) -> NDArray[np.bool_]:
    """Rows whose fate is one of several."""
    among = np.zeros(len(FATES), dtype=bool)
    among[codes] = True
    return among[rows.fate]


def _day(moment: np.datetime64) -> Any:
    return moment.astype("datetime64[D]").item()


def _with_money(rows: Rows, fates: Iterable[str]) -> dict[str, tuple[int, float | None]]:
    """Rows and the sum of their amounts for the fates that occur, None where no amount can be read."""
    present = counts(rows)
    found = {fate: rows.money[rows.fate == CODE[fate]] for fate in fates if present[fate]}
    return {fate: (len(amounts), _sum(amounts)) for fate, amounts in found.items() if len(amounts)}


def _money(rows: Rows) -> dict[str, float]:
    """Sum of the readable amounts of all rows, and of each part of them."""
    part_of = {fate: fate for fate in FATES}
    part_of |= dict.fromkeys(SET_ASIDE, "set_aside") | dict.fromkeys(LEFT_OUT, "left_out")
    sums = dict.fromkeys(part_of.values(), 0.0)
    amounts, present = rows.money, set(np.flatnonzero(np.bincount(rows.fate)))
    for part in sums:
        codes = [CODE[fate] for fate in FATES if part_of[fate] == part and CODE[fate] in present]
        sums[part] = _sum(amounts[_with_fate(rows, codes)]) or 0.0 if codes else 0.0
    return {"rows": math.fsum(sums.values()), **sums}


def _cancelled_by(rows: Rows) -> dict[str, int]:
    """Cancelled rows by the words of their status; those of another column's making are left out."""
    if rows.status is None:
        return {}
    codes = rows.status.codes[rows.fate == CODE["cancelled"]]
    found = Coded(codes, rows.status.names).sorted()
    numbers = np.bincount(found.codes[found.codes >= 0], minlength=len(found.names))
    return {name: int(n) for name, n in zip(found.names.to_pylist(), numbers, strict=True) if n}


def _rows_with(raw: RawTable, rows: Rows, fates: Iterable[str]) -> pd.DataFrame:
    """Rows as in the file, behind row number, name of the file where there are several, and fate."""
    places = np.flatnonzero(_with_fate(rows, [CODE[fate] for fate in fates]))
    table = raw.table.iloc[places] if len(places) else raw.table.iloc[:0]
    front: dict[str, Any] = {"row": raw.row_numbers[places]}
    if len(raw.files) > 1:
        front["file"] = np.array(raw.files)[raw.file[places]]
    front["reason"] = np.array(FATES)[rows.fate[places]]
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
