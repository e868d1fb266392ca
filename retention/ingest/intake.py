"""A file and its mapping to Orders, with an account of every row."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from retention.errors import InputError
from retention.ingest.account import Account, Intake
from retention.ingest.forming import ZeroOrders, form_orders, reversed_orders
from retention.ingest.mapping import Mapping, require_columns
from retention.ingest.rows import REASONS, USABLE, Rows, read_rows
from retention.orders import Orders
from retention.periods import Window

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.ingest.reading import RawTable

Duplicates = Literal["keep", "drop"]


def to_orders(
    raw: RawTable,
    mapping: Mapping,
    *,
    until: date | None = None,
    zero_orders: ZeroOrders = "leave-out",
    duplicates: Duplicates = "keep",
    now: datetime | None = None,
) -> Intake:
    """Make orders of a file's rows; what cannot be used is set aside and accounted for.

    Parameters
    ----------
    until : observation end, inclusive; by default the day of the last usable row
    zero_orders : whether orders worth exactly 0 are purchases
    duplicates : whether rows equal to another in every column are used
    now : dates after its day are in the future; by default the clock's

    Raises
    ------
    InputError
        ``no_such_column``; ``no_usable_rows`` with the counts by reason.
    """
    require_columns(raw, mapping.columns.values())
    now = now or datetime.now()  # noqa: DTZ005  the file's dates are local as written, and so is this one
    rows = read_rows(raw, mapping, now.date())
    usable = rows.reason == USABLE
    late = usable & (rows.day > np.datetime64(until or date.max, "D"))
    used = usable & ~late
    repeated = _repeated(raw.table, rows, used)
    kept = used & ~repeated if duplicates == "drop" else used
    if not kept.any():
        raise InputError(
            "no_usable_rows", rows=len(usable), after_until=int(late.sum()), set_aside=_counts(rows)
        )
    chosen = rows.where(kept)
    table = form_orders(chosen, zero_orders)
    first, last = chosen.day.min().item(), chosen.day.max().item()
    account = Account(
        rows=len(usable),
        rows_used=int(kept.sum()),
        set_aside={reason: (n, _sum(rows, reason)) for reason, n in _counts(rows).items()},
        set_aside_rows=_set_aside_rows(raw, rows),
        after_until=int(late.sum()),
        cancelled=0,
        duplicate_rows=int(repeated.sum()),
        duplicates_dropped=int(used.sum() - kept.sum()),
        first_date=first,
        last_date=last,
        now=now,
        **_census(table),
    )
    return Intake(Orders(table, Window(first, until or last)), account, rows.warnings)


def _repeated(table: pd.DataFrame, rows: Rows, used: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Mark used rows equal to an earlier used one; only those alike in date and amount are compared."""
    places = np.flatnonzero(used)
    alike = pd.DataFrame({"date": rows.date[places], "amount": rows.amount[places]}).duplicated(keep=False)
    places = places[alike.to_numpy()]
    repeated = np.zeros(len(used), dtype=bool)
    repeated[places] = table.iloc[places].duplicated().to_numpy()
    return repeated


def _counts(rows: Rows) -> dict[str, int]:
    """Rows set aside by reason, for the reasons that occur."""
    counts = np.bincount(rows.reason, minlength=len(REASONS))
    return {
        reason: int(n) for reason, n in zip(REASONS, counts, strict=True) if n and reason != REASONS[USABLE]
    }


def _sum(rows: Rows, reason: str) -> float | None:
    amounts = rows.amount[rows.reason == REASONS.index(reason)]
    readable = np.sort(amounts[~np.isnan(amounts)])
    return float(readable.sum()) if len(readable) else None


def _set_aside_rows(raw: RawTable, rows: Rows) -> pd.DataFrame:
    places = np.flatnonzero(rows.reason != USABLE)
    aside = raw.table.iloc[places]
    numbers = aside.index.to_numpy() + raw.first_row
    reasons = pd.Series(np.array(REASONS)[rows.reason[places]], index=aside.index, dtype="str")
    front = {_free("row", aside): numbers, _free("reason", aside): reasons}
    return pd.concat([pd.DataFrame(front, index=aside.index), aside], axis=1).reset_index(drop=True)


def _free(name: str, table: pd.DataFrame) -> str:
    while name in table.columns:
        name += "_"
    return name


def _census(table: pd.DataFrame) -> dict[str, Any]:
    """Count orders and customers, named as fields of `Account`."""
    bought = table.loc[table["kind"] == "purchase", "customer_id"]
    customers = bought.nunique()
    return {
        "purchases": len(bought),
        "refunds": int((table["value"] < 0).sum()),
        "zero_orders": int((table["value"] == 0).sum()),
        "customers": customers,
        "customers_without_purchase": table["customer_id"].nunique() - customers,
        "reversed_orders": reversed_orders(table),
    }
