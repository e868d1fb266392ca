"""How things stood at the end of a day: what was known by then, and what followed it.

As of the end of a day t, a customer's last purchase is the one with ``day`` ≤ t that has no ``next`` ≤ t.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from retention.aggregate._query import ALONE, closes, count, opens, period_of, rows_of, small
from retention.changed import additive

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd

    from retention.aggregate._query import Rows
    from retention.aggregate.purchases import Purchases
    from retention.periods import Period

_YEAR = 365
_HELD_BACK: dict[str, type] = {"spent": float, "value": float, "customers": int}


def held_back(purchases: Purchases, end: date, through: date | None = None, grain: int = 1) -> pd.DataFrame:
    """What customers won by `end` had done by then, and what they did afterwards.

    Parameters
    ----------
    through : last day looked at, by default that of the data
    grain : days of a first or last purchase that are not told apart, for very many customers; t_x and T are
        then means, in whole days

    Returns
    -------
    x, t_x, T : the state of the purchase models at the end of that day, in days
    later : purchase days after it
    customers : how many share all four
    spent : what they had spent on repeat purchases by then, together, gross
    value : what they spent afterwards, together, gross
    """
    if grain > 1:
        return _of_means(_held_back_alike(purchases, end, through, grain))
    return _held_back(purchases, end, through)


@additive("x", "t_x", "T", "later")
def _held_back(purchases: Purchases, end: date, through: date | None) -> pd.DataFrame:
    keys = ["x", "t_x", "T", "later"]
    return small(
        _each_held_back(purchases, end, through)
        .group_by(keys)
        .agg(nw.col("spent", "value").sum(), customers=nw.len())
        .sort(keys),
        **dict.fromkeys(keys, int),
        **_HELD_BACK,
    )


@additive("x", "later", "won", "lately")
def _held_back_alike(purchases: Purchases, end: date, through: date | None, grain: int) -> pd.DataFrame:
    """Customers together whose first and last purchase are not told apart, with the sums of t_x and T."""
    won, lately = (nw.col("first") - 1) // grain, (nw.col("last_known") - 1) // grain
    keys, sums = ["x", "later", "won", "lately"], ["t_x", "T", "spent", "value"]
    return small(
        _each_held_back(purchases, end, through)
        .with_columns(won=won, lately=lately)
        .group_by(keys)
        .agg(nw.col(sums).sum(), customers=nw.len())
        .sort(keys),
        **dict.fromkeys([*keys, "t_x", "T"], int),
        **_HELD_BACK,
    )


def _of_means(found: pd.DataFrame) -> pd.DataFrame:
    """Customers alike at their mean t_x and T."""
    t_x, age = ((found[name] / found["customers"]).round().astype("int64") for name in ("t_x", "T"))
    counted = found.assign(t_x=t_x.clip(upper=age), T=age)
    return counted.groupby(["x", "t_x", "T", "later"], as_index=False)[list(_HELD_BACK)].sum()


def _each_held_back(purchases: Purchases, end: date, through: date | None) -> Rows:
    last, day, first, value = end.toordinal(), nw.col("day"), nw.col("first"), nw.col("value")
    known, again = day <= last, day > first
    return (
        rows_of(purchases)
        .filter((first <= last) & (day <= (through or purchases.window.last).toordinal()))
        .select(
            "customer",
            "first",
            x=count(known & again & opens("day")),
            later=count(~known & opens("day")),
            last_known=nw.when(known).then(day).otherwise(first),
            spent=nw.when(known & again).then(value).otherwise(0.0),
            value=nw.when(known).then(0.0).otherwise(value),
        )
        .group_by("customer", "first")
        .agg(nw.col("x", "later", "spent", "value").sum(), nw.col("last_known").max())
        .with_columns(t_x=nw.col("last_known") - first, T=last - first)
    )


@additive("before", "later")
def a_year_before(purchases: Purchases, end: date, through: date) -> pd.DataFrame:
    """How often customers won by `end` bought in the days up to `through`, and in the same a year before.

    Parameters
    ----------
    through : at most a year after `end`

    Returns
    -------
    before : purchase days in the days that lie 365 days before those held back
    later : purchase days held back
    customers : how many share both
    """
    last, day = end.toordinal(), nw.col("day")
    keys = ["before", "later"]
    days = through.toordinal() - last
    return small(
        rows_of(purchases)
        .filter((nw.col("first") <= last) & (day <= through.toordinal()) & opens("day"))
        .select(
            "customer",
            before=count((day > last - _YEAR) & (day <= last - _YEAR + days)),
            later=count(day > last),
        )
        .group_by("customer")
        .agg(nw.col(keys).sum())
        .group_by(keys)
        .agg(customers=nw.len())
        .sort(keys),
        **dict.fromkeys([*keys, "customers"], int),
    )


def repeats_by_day(purchases: Purchases, end: date, through: date | None = None) -> pd.DataFrame:
    """Repeat purchase days of customers won by `end`, on each day of the data that has any.

    Parameters
    ----------
    through : last day looked at, by default that of the data

    Returns
    -------
    day : day number
    repeats : customers who bought on it, and not for the first time
    """
    return _repeats(purchases, *((None, None) if end >= purchases.window.last else (end, through)))


@additive("day")
def _repeats(purchases: Purchases, end: date | None, through: date | None) -> pd.DataFrame:
    """The same; None for the last day of the data, whichever that is."""
    first, rows = nw.col("first"), rows_of(purchases).filter(opens("day") & (nw.col("day") > nw.col("first")))
    if end is not None:
        rows = rows.filter(first <= end.toordinal())
    if through is not None:
        rows = rows.filter(nw.col("day") <= through.toordinal())
    return small(rows.group_by("day").agg(repeats=nw.len()).sort("day"), day=int, repeats=int)


@additive("cohort", "last_day", "once")
def recency(purchases: Purchases, period: Period, last: int) -> pd.DataFrame:
    """When customers bought last, and whether only once, as it stood at the end of a period.

    Returns
    -------
    cohort : period of the first purchase
    last_day : day number of the last purchase in or before the period `last`
    once : 1 for customers with one order until then, else 0
    customers : how many share the three
    """
    latest = (period_of(period) <= last) & (ALONE | (period_of(period, "next") > last))
    keys = ["cohort", "last_day", "once"]
    return small(
        rows_of(purchases)
        .filter(latest)
        .select(cohort=period_of(period, "first"), last_day=nw.col("day"), once=count(nw.col("number") == 1))
        .group_by(keys)
        .agg(customers=nw.len())
        .sort(keys),
        **dict.fromkeys([*keys, "customers"], int),
    )


@additive(sums=("customers",))
def buying_again(
    purchases: Purchases, days: Sequence[int], active_days: int, within: Sequence[int]
) -> pd.DataFrame:
    """How often customers who were active on some days bought again soon after them.

    Parameters
    ----------
    days : day numbers on whose evening one looks
    active_days : a customer is active who bought in the last so many days, that day included
    within : spans in days after it

    Returns
    -------
    at_risk : on how many of the days a customer was active
    within_<d> : on how many of these the customer bought in the next d days
    customers : how many share these counts
    """
    day, following = nw.col("day"), nw.col("next")
    active = {t: f"active on {t}" for t in days}
    counts = {"at_risk": nw.sum_horizontal(*(count(nw.col(there)) for there in active.values()))} | {
        f"within_{span}": nw.sum_horizontal(
            *(count(nw.col(there) & (following <= t + span)) for t, there in active.items())
        )
        for span in within
    }
    keys = list(counts)
    return small(
        rows_of(purchases)
        .filter(closes("day") & (day > min(days) - active_days))
        .select("customer", "day", next=nw.when(ALONE).then(max(days) + max(within) + 1).otherwise(following))
        .with_columns(
            **{name: (day <= t) & (day > t - active_days) & (following > t) for t, name in active.items()}
        )
        .select("customer", **counts)
        .group_by("customer")
        .agg(nw.col(keys).sum())
        .filter(nw.col("at_risk") > 0)
        .group_by(keys)
        .agg(customers=nw.len())
        .sort(keys),
        **dict.fromkeys([*keys, "customers"], int),
    )
