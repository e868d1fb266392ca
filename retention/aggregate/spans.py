"""What customers brought between two days: in sums, so that nobody's name is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from retention.aggregate._query import movements, opens, small
from retention.aggregate.purchases import NONE
from retention.changed import additive

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from retention.aggregate._query import Rows
    from retention.aggregate.purchases import Purchases

_SUMS = ("whole", "part", "whole2", "cross", "part2", "net", "net2")


@additive()
def spent_between(purchases: Purchases, first: date, last: date) -> pd.DataFrame:
    """Orders and money of some days, both ends included, with the sums their errors are made of.

    Returns
    -------
    One row:

    customers : with an order or a refund in these days; ``buyers`` : with an order
    whole, part : orders, gross revenue
    whole2, cross, part2 : sums over customers of orders², orders × revenue, revenue²
    net, net2 : revenue less refunds, and the sum over customers of its square
    """
    orders, gross, net = nw.col("orders"), nw.col("revenue"), nw.col("revenue") + nw.col("refunds")
    sums = {"whole": orders, "part": gross, "whole2": orders**2, "cross": orders * gross}
    sums |= {"part2": gross**2, "net": net, "net2": net**2}
    found = (
        _between(purchases, first, last)
        .group_by("customer")
        .agg(nw.col("orders", "revenue", "refunds").sum())
        .select(buyers=(orders > 0).cast(nw.Int64), **sums)
    )
    return _summed(found, buyers=int, **dict.fromkeys(_SUMS, float))


@additive()
def brought_after(purchases: Purchases, end: date, through: date) -> pd.DataFrame:
    """What the customers won by a day brought after it.

    Parameters
    ----------
    through : last day looked at

    Returns
    -------
    One row: ``customers`` of them with an order or a refund then; ``purchase_days``; ``net`` revenue
    """
    known = nw.col("first")
    found = (
        _between(purchases, end, through)
        .filter((known != NONE) & (known <= end.toordinal()) & (nw.col("day") > end.toordinal()))
        .group_by("customer")
        .agg(nw.col("purchase_days", "revenue", "refunds").sum())
        .select(purchase_days=nw.col("purchase_days"), net=nw.col("revenue") + nw.col("refunds"))
    )
    return _summed(found, purchase_days=int, net=float)


def _between(purchases: Purchases, first: date, last: date) -> Rows:
    """Orders and refunds of some days."""
    columns = {name: nw.col(name) for name in ("customer", "day", "first")}
    day = nw.col("day")
    rows = movements(purchases, columns, {"purchase_days": opens("day")})
    return rows.filter((day >= first.toordinal()) & (day <= last.toordinal()))


def _summed(of_each: Rows, **types: type) -> pd.DataFrame:
    """Columns of customers added up, and how many customers there are."""
    totals = of_each.select(nw.col(list(types)).sum(), customers=nw.len())
    return small(totals.with_columns(nw.col(list(types)).fill_null(0)), customers=int, **types)
