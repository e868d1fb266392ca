"""The days from one purchase to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import narwhals as nw

from retention.aggregate._query import ALONE, closes, opens, period_of, rows_of, small
from retention.changed import additive

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
    return _until_the_end(purchases, _counted(purchases, unit))


def gaps_by_cohort(purchases: Purchases, period: Period) -> pd.DataFrame:
    """Days from each order to the customer's next, or waited so far, by period of the first purchase.

    Returns
    -------
    group : number of the period; purchase, days, followed, count : as in `gaps`
    """
    return _until_the_end(purchases, _counted(purchases, "order", cohorts=period))


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
    return _until_the_end(purchases, _counted(purchases, "order", by=by))


@additive("before", "last")
def last_two_gaps(purchases: Purchases) -> pd.DataFrame:
    """The last two times between purchase days, of customers who have bought on three days or more.

    Returns
    -------
    before, last : whole days between the last purchase days but two and but one, and to the last
    customers : how many share the two
    """
    gap, buying_day = nw.col("day") - nw.col("previous"), nw.col("buying_day")
    behind = buying_day.max().over("customer") - buying_day
    return small(
        rows_of(purchases)
        .filter(opens("day") & (buying_day > 1))
        .select("customer", gap=gap, behind=behind)
        .select(
            "customer",
            before=nw.when(nw.col("behind") == 1).then(nw.col("gap")).otherwise(0),
            last=nw.when(nw.col("behind") == 0).then(nw.col("gap")).otherwise(0),
        )
        .group_by("customer")
        .agg(nw.col("before", "last").sum())
        .filter(nw.col("before") > 0)
        .group_by("before", "last")
        .agg(customers=nw.len())
        .sort("before", "last"),
        before=int,
        last=int,
        customers=int,
    )


@additive("first_day", "last_day")
def gaps_by_day(purchases: Purchases) -> pd.DataFrame:
    """Purchase days and the customer's next one.

    Returns
    -------
    first_day, last_day : day numbers
    count : how many share the two
    """
    return small(
        _every(purchases, "day")
        .filter(~ALONE)
        .select(first_day="day", last_day="next")
        .group_by("first_day", "last_day")
        .agg(count=nw.len())
        .sort("first_day", "last_day"),
        first_day=int,
        last_day=int,
        count=int,
    )


@additive("group", "purchase", "days", "followed")
def _counted(
    purchases: Purchases, unit: Unit, *, cohorts: Period | None = None, by: str | None = None
) -> pd.DataFrame:
    """The same, whenever the observation ends: where there is no next, `days` is the day of the purchase.

    Parameters
    ----------
    cohorts : to group by the period of the first purchase
    by : to group by a column that holds a segment
    """
    groups: dict[str, nw.Expr] = {} if by is None else {"group": nw.col(by)}
    groups |= {} if cohorts is None else {"group": period_of(cohorts, "first")}
    number = "number" if unit == "order" else "buying_day"
    days = nw.when(ALONE).then(nw.col("day")).otherwise(nw.col("next") - nw.col("day"))
    keys = [*groups, "purchase", "days", "followed"]
    return small(
        _every(purchases, unit)
        .select(**groups, purchase=nw.col(number), days=days, followed=~ALONE)
        .group_by(keys)
        .agg(count=nw.len()),
        **dict.fromkeys(groups, int if by is None else str),
        purchase=int,
        days=int,
        followed=bool,
        count=int,
    )


def _until_the_end(purchases: Purchases, counted: pd.DataFrame) -> pd.DataFrame:
    """The same in order, with the days waited so far where there is no next."""
    waited = purchases.window.last.toordinal() - counted["days"]
    found: pd.DataFrame = counted.assign(days=counted["days"].where(counted["followed"], waited))
    keys = [str(name) for name in found if name != "count"]
    return found.sort_values(keys, na_position="first", ignore_index=True)


def _every(purchases: Purchases, unit: Unit) -> Rows:
    """Every order, or the last of each day with any."""
    rows = rows_of(purchases)
    return rows if unit == "order" else rows.filter(closes("day"))
