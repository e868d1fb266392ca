"""What every small table is made with: the period of a column, sums by customer, a table of stated types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import narwhals as nw

from retention.aggregate.purchases import NONE
from retention.changed import Changed
from retention.engines import collected
from retention.orders import SEGMENT

if TYPE_CHECKING:
    import pandas as pd

    from retention.aggregate.purchases import Purchases
    from retention.periods import Period

    Rows = nw.LazyFrame[Any]
    When = Literal["", "previous", "next", "first"]

ALONE = nw.col("next") == NONE  # nothing bought after it
_DTYPES = {int: "int64", float: "float64", bool: "bool"}


def rows_of(purchases: Purchases) -> Rows:
    return lazy(purchases.table)


def lazy(table: Any) -> Rows:
    frame: Rows = nw.from_native(table.change.whole() if isinstance(table, Changed) else table).lazy()
    return frame


def period_of(period: Period, when: When = "") -> nw.Expr:
    """Number of the period of a purchase, or of the customer's previous, next or first; below 0 for none."""
    if period in {"day", "week"}:
        day = nw.col(when or "day")
        return day if period == "day" else (day - 1) // 7
    month = nw.col(f"{when}_month" if when else "month")
    return {"month": month, "quarter": month // 3, "year": month // 12}[period]


def opens(period: Period) -> nw.Expr:
    """Whether a purchase is the customer's first in its period."""
    return period_of(period, "previous") != period_of(period)


def closes(period: Period) -> nw.Expr:
    """Whether a purchase is the customer's last in its period."""
    return period_of(period, "next") != period_of(period)


def count(condition: nw.Expr) -> nw.Expr:
    """A condition as a number that can be summed: 1 where it holds."""
    return condition.cast(nw.Int64)


def segment_keys(by: str | None) -> dict[str, nw.Expr]:
    """The segment as a key of a table, "" where the first purchase names none; nothing where not asked."""
    return {} if by is None else {SEGMENT: nw.col(by).fill_null("")}


def types_of(segment: dict[str, nw.Expr]) -> dict[str, type]:
    return dict.fromkeys(segment, str)


def movements(
    purchases: Purchases, columns: dict[str, nw.Expr], counts: dict[str, nw.Expr] | None = None
) -> Rows:
    """Purchases and refunds as one list of sums to make: orders, revenue (gross), refunds, counts, measures.

    Parameters
    ----------
    columns : what to keep of each row
    counts : conditions on a purchase that are counted; a refund adds to none
    """
    counts, nothing, none = counts or {}, nw.lit(0.0), nw.lit(0, nw.Int64)
    bought = lazy(purchases.table).select(
        **columns,
        orders=nw.lit(1, nw.Int64),
        revenue=nw.col("value"),
        refunds=nothing,
        **{name: count(condition) for name, condition in counts.items()},
        **{name: nw.col(name) for name in purchases.measures},
    )
    taken_back = lazy(purchases.refunds).select(
        **columns,
        orders=none,
        revenue=nothing,
        refunds=nw.col("value"),
        **dict.fromkeys(counts, none),
        **dict.fromkeys(purchases.measures, nothing),
    )
    return nw.concat([bought, taken_back], how="vertical")


def small(query: Rows, **types: type) -> pd.DataFrame:
    """The table of a query: these columns in this order, whole numbers, money or text as stated."""
    table: Any = collected(query.select(list(types))).reset_index(drop=True)
    wanted = {name: _DTYPES[kind] for name, kind in types.items() if kind in _DTYPES}
    others = {name: wanted[name] for name, dtype in table.dtypes.items() if dtype != wanted.get(name, dtype)}
    found: pd.DataFrame = table.astype(others) if others else table  # it copies every column
    return found
