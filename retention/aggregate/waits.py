"""The days from one purchase to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import narwhals as nw

from retention.aggregate._query import ALONE, closes, period_of, rows_of, small

if TYPE_CHECKING:
    import pandas as pd

    from retention.aggregate._query import Rows
    from retention.aggregate.purchases import Purchases
    from retention.periods import Period

Unit = Literal["order", "day"]


def gaps(purchases: Purchases, *, unit: Unit = "order") -> pd.DataFrame:
    """Days from each purchase to the next, or waited so far.

    Parameters
    ----------
    unit : whether a purchase is an order or a day with at least one order

    Returns
    -------
    purchase : 1 for a customer's first, 2 for the second …
    days : whole calendar days to the next purchase, or to the observation end where there is none
    followed : whether there is a next
    count : how many purchases share the three
    """
    return _counted(purchases, unit, {})


def gaps_by_cohort(purchases: Purchases, period: Period) -> pd.DataFrame:
    """Days from each order to the customer's next, or waited so far, by period of the first purchase.

    Returns
    -------
    group : number of the period; purchase, days, followed, count : as in `gaps`
    """
    return _counted(purchases, "order", {"group": period_of(period, "first")})


def gaps_by_segment(purchases: Purchases, by: str) -> pd.DataFrame:
    """Days from each order to the customer's next, or waited so far, by segment of the customer.

    Parameters
    ----------
    by : column that holds a segment

    Returns
    -------
    group : the segment, null where the first purchase has none
    purchase, days, followed, count : as in `gaps`
    """
    return _counted(purchases, "order", {"group": nw.col(by)}, group=str)


def _counted(purchases: Purchases, unit: Unit, groups: dict[str, nw.Expr], group: type = int) -> pd.DataFrame:
    end = purchases.window.last.toordinal()
    number = "number" if unit == "order" else "buying_day"
    until = nw.when(ALONE).then(nw.lit(end, nw.Int64)).otherwise(nw.col("next"))
    keys = [*groups, "purchase", "days", "followed"]
    return small(
        _every(purchases, unit)
        .select(**groups, purchase=nw.col(number), days=until - nw.col("day"), followed=~ALONE)
        .group_by(keys)
        .agg(count=nw.len())
        .sort(keys),
        **dict.fromkeys(groups, group),
        purchase=int,
        days=int,
        followed=bool,
        count=int,
    )


def _every(purchases: Purchases, unit: Unit) -> Rows:
    """Every order, or the last of each day with any."""
    rows = rows_of(purchases)
    return rows if unit == "order" else rows.filter(closes("day"))
