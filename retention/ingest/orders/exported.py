"""What a file's rows come to before any of them leaves: what somebody sees who adds the export up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from retention.ingest.orders.forming import DECIMALS
from retention.ingest.orders.rows import OUTCOMES, SET_ASIDE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.orders.rows import Rows
    from retention.ingest.parse.reading import RawTable

Part = Literal["used", "left_out", "unusable", "no_customer", "cancelled"]
PARTS: tuple[Part, ...] = get_args(Part)  # from what figures are made of outwards
_PART_OF: dict[str, Part] = {
    **dict.fromkeys(OUTCOMES, "left_out"),
    **dict.fromkeys(SET_ASIDE, "unusable"),
    **dict.fromkeys(("id_cut_short", "missing_customer", "nobody"), "no_customer"),
    "cancelled": "cancelled",
    "used": "used",
}
_RANK = np.array([PARTS.index(_PART_OF[outcome]) for outcome in OUTCOMES])  # of each outcome's part
_EPOCH_DAY = 719_163  # day number of 1970-01-01
NO_DAY = 0  # of rows whose date cannot be read
_REPEAT = 2  # orders from which a customer has come back


@dataclass(frozen=True, eq=False)
class Exported:
    """All rows of a file, by what became of them; money in the file's currency.

    Attributes
    ----------
    days : one row per day and part

        - ``day`` : its number, 0 of rows whose date cannot be read; ``part`` : one of `PARTS`
        - ``sales`` : sum of the amounts above 0; ``back`` : of those below, and of what went back of others
    counts : one row per part that has rows, in the order of `PARTS`; each also counts all parts before it

        - ``part``, ``orders``, ``customers``; ``repeaters`` : customers with two orders or more
    written : how many different texts the customer's column holds
    other : how many the column of the customer's second name holds; None where there is none
    """

    days: pd.DataFrame
    counts: pd.DataFrame
    written: int
    other: int | None


def exported(raw: RawTable, mapping: Mapping, rows: Rows) -> Exported:
    """Add up and count a file's rows, those that leave included.

    An order is what `form_orders` takes for one; a row that names neither order nor customer is its own.

    Parameters
    ----------
    rows : all of them, once their outcome is settled
    """
    rank = _RANK[rows.outcome]
    other = mapping.other_customer
    return Exported(
        days=_days(rows, rank),
        counts=_counts(rows, rank),
        written=_different(raw.table[mapping.customer]),
        other=None if other is None else _different(raw.table[other]),
    )


def _days(rows: Rows, rank: NDArray[np.int64]) -> pd.DataFrame:
    amount = np.nan_to_num(rows.amount)
    back = np.minimum(amount, 0.0)
    if rows.refunded is not None:
        back = back - np.nan_to_num(rows.refunded)
    each = pd.DataFrame({"day": _day(rows), "rank": rank, "sales": np.maximum(amount, 0.0), "back": back})
    sums = each.groupby(["day", "rank"])[["sales", "back"]].sum().round(DECIMALS).reset_index()
    return sums.assign(part=_names(sums["rank"]))[["day", "part", "sales", "back"]]


def _counts(rows: Rows, rank: NDArray[np.int64]) -> pd.DataFrame:
    """Orders and customers by the innermost part one of their rows is of, summed outwards."""
    orders = _orders(rows, rank)
    bought = orders[orders["customer"] >= 0]
    found = []
    for part in np.flatnonzero(np.bincount(rank, minlength=len(PARTS))):
        of_each = bought.loc[bought["rank"] <= part, "customer"].value_counts()
        found.append(
            {
                "part": PARTS[part],
                "orders": int((orders["rank"] <= part).sum()),
                "customers": len(of_each),
                "repeaters": int((of_each >= _REPEAT).sum()),
            }
        )
    return pd.DataFrame(found)


def _orders(rows: Rows, rank: NDArray[np.int64]) -> pd.DataFrame:
    """Customer and part of each order, −1 where nobody is named."""
    customer = rows.customer.codes
    order = np.full(len(customer), -1) if rows.order is None else rows.order.codes
    alone = (order < 0) & (customer < 0)
    day = np.where(order < 0, _day(rows), NO_DAY)
    keys = {
        "customer": customer,
        "order": order,
        "day": np.where(alone, -np.arange(len(day)) - 1, day),
        "apart": np.zeros(len(day), dtype=bool) if rows.apart is None else rows.apart,
    }
    each = pd.DataFrame({**keys, "rank": rank})
    return each.groupby(list(keys), sort=False)["rank"].min().reset_index()[["customer", "rank"]]


def _day(rows: Rows) -> NDArray[np.int64]:
    unread = np.isnat(rows.date)
    return np.where(unread, NO_DAY, rows.day.astype(np.int64) + _EPOCH_DAY)


def _names(rank: pd.Series[int]) -> pd.Series[str]:
    return rank.map(dict(enumerate(PARTS)))


def _different(column: pd.Series) -> int:
    """How many different texts stand in a column, blanks in front and behind and capitals told apart."""
    return sum(bool(str(text).strip()) for text in column.dropna().unique())
