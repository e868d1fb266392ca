"""Orders to the small tables: the only step that touches many rows, one query each, on any engine.

Money is in the file's currency; periods and days are the whole numbers of `retention.periods`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import narwhals as nw

from retention.orders import SEGMENT, Orders
from retention.periods import DAYS_PER_MONTH, Period, day_expr, number_expr

if TYPE_CHECKING:
    import pandas as pd

_PURCHASE = nw.col("kind") == "purchase"
_WHOLE = frozenset(
    [
        "cohort",
        "period",
        "last_period",
        "customers",
        "orders",
        "active",
        "new",
        "retained",
        "reactivated",
        "at_risk",
        "returned",
        "purchase",
        "days",
        "count",
        "x",
        "t_x",
        "T",
        "first_day",
        "month",
    ]
)


def cells(orders: Orders, period: Period, *, by_segment: bool = False) -> pd.DataFrame:
    """Customers, orders and money of each cohort in each period.

    A refund dated before the customer's first purchase is booked in the cohort's own period; refunds of
    customers without a purchase belong to no cohort and are in `flows` alone.

    Returns
    -------
    cohort, period, [segment,] customers, orders, revenue (gross), refunds (negative)
    """
    keys = ["cohort", "period", SEGMENT] if by_segment else ["cohort", "period"]
    rows = _rows(orders, period)
    if by_segment:
        rows = rows.drop(SEGMENT).join(
            _first_purchases(orders).select("customer_id", SEGMENT), on="customer_id"
        )
    return _small(
        rows.with_columns(cohort=nw.col("bought_in").min().over("customer_id"))
        .filter(~nw.col("cohort").is_null())
        .with_columns(period=nw.max_horizontal("period", "cohort"))
        .group_by("customer_id", *keys)
        .agg(nw.col("orders", "revenue", "refunds").sum())
        .with_columns(customers=(nw.col("orders") > 0).cast(nw.Int64))
        .group_by(keys)
        .agg(nw.col("customers", "orders", "revenue", "refunds").sum())
        .sort(keys)
    )


def flows(orders: Orders, period: Period) -> pd.DataFrame:
    """Who bought in each period that saw an order or a refund, by what they did before.

    Returns
    -------
    period, active, new, retained, reactivated, orders, revenue (gross), refunds (negative)
    """
    previous = nw.col("bought_in").shift(1).over("customer_id", order_by="bought_in")
    people = (
        _rows(orders, period)
        .filter(nw.col("orders") > 0)
        .group_by("customer_id", "bought_in")
        .agg(nw.col("orders").sum())
        .with_columns(previous=previous)
        .with_columns(
            new=nw.col("previous").is_null().cast(nw.Int64),
            retained=(nw.col("previous") == nw.col("bought_in") - 1).fill_null(value=False).cast(nw.Int64),
        )
        .group_by("bought_in")
        .agg(active=nw.len(), new=nw.col("new").sum(), retained=nw.col("retained").sum())
        .with_columns(reactivated=nw.col("active") - nw.col("new") - nw.col("retained"))
        .rename({"bought_in": "period"})
    )
    money = _rows(orders, period).group_by("period").agg(nw.col("orders", "revenue", "refunds").sum())
    counts = [nw.col(c).fill_null(0).cast(nw.Int64) for c in ("active", "new", "retained", "reactivated")]
    return _small(money.join(people, on="period", how="left").with_columns(*counts).sort("period"))


def steadiness(orders: Orders, period: Period, first: int, last: int) -> pd.DataFrame:
    """How often customers who bought in one period bought in the next, between two complete periods.

    Returns
    -------
    at_risk : periods in [first, last − 1] a customer bought in
    retained : of these, followed by a purchase in the period after
    returned : periods in [first + 1, last] a customer bought in who had bought before, whenever that was
    customers : how many customers share the three
    """
    bought_in = nw.col("bought_in")
    before = bought_in.shift(1).over("customer_id", order_by="bought_in")
    after = bought_in.shift(-1).over("customer_id", order_by="bought_in")
    at_risk = (bought_in >= first) & (bought_in < last)
    followed = (nw.col("after") == bought_in + 1).fill_null(value=False)
    returned = (bought_in > first) & (bought_in <= last) & ~nw.col("before").is_null()
    counts = ["at_risk", "retained", "returned"]
    return _small(
        _rows(orders, period)
        .filter(nw.col("orders") > 0)
        .group_by("customer_id", "bought_in")
        .agg(nw.col("orders").sum())
        .with_columns(before=before, after=after)
        .with_columns(
            at_risk=at_risk.cast(nw.Int64),
            retained=(at_risk & followed).cast(nw.Int64),
            returned=returned.cast(nw.Int64),
        )
        .group_by("customer_id")
        .agg(nw.col(counts).sum())
        .group_by(counts)
        .agg(customers=nw.len())
        .sort(counts)
    )


def last_periods(orders: Orders, period: Period) -> pd.DataFrame:
    """Cohort by the last period its customers bought in: for "on or after" retention.

    Returns
    -------
    cohort, last_period, customers
    """
    return _small(
        _rows(orders, period)
        .filter(nw.col("orders") > 0)
        .group_by("customer_id")
        .agg(cohort=nw.col("bought_in").min(), last_period=nw.col("bought_in").max())
        .group_by("cohort", "last_period")
        .agg(customers=nw.len())
        .sort("cohort", "last_period")
    )


def gaps(orders: Orders, period: Period, *, unit: Literal["order", "day"] = "order") -> pd.DataFrame:
    """Days from each purchase to the next, or waited so far.

    Parameters
    ----------
    unit : whether a purchase is an order or a day with at least one order

    Returns
    -------
    purchase : 1 for a customer's first, 2 for the second …
    period : that of the purchase
    days : whole calendar days to the next purchase, or to the observation end where there is none
    followed : whether there is a next
    count : how many purchases share the four
    """
    bought = _purchases(orders).with_columns(
        day=day_expr(nw.col("date")), period=number_expr(nw.col("date"), period)
    )
    order_by = ["date", "smaller"]
    if unit == "day":
        bought = bought.group_by("customer_id", "day", "period").agg(nw.col("value").sum())
        order_by = ["day"]
    bought = bought.with_columns(smaller=-nw.col("value"))
    following = nw.col("day").shift(-1).over("customer_id", order_by=order_by)
    return _small(
        bought.with_columns(
            purchase=_ordinal(order_by),
            following=following,
        )
        .with_columns(
            followed=~nw.col("following").is_null(),
            days=nw.col("following").fill_null(orders.window.last.toordinal()).cast(nw.Int64) - nw.col("day"),
        )
        .group_by("purchase", "period", "days", "followed")
        .agg(count=nw.len())
        .sort("purchase", "period", "days", "followed")
    )


def customers(orders: Orders) -> Any:
    """One row per customer with a purchase; grows with the base, so it stays on the orders' engine.

    Returns
    -------
    customer_id
    first_day, last_day : day numbers of the first and last purchase
    orders, revenue (gross), refunds (negative, wherever they fall)
    first_value : value of the first purchase
    x : repeat purchase days; t_x, T : days from the first purchase to the last and to the observation end
    m_x : mean value of the repeat purchase days, null where there is none
    segment : that of the first purchase, where the orders carry one
    """
    end = orders.window.last.toordinal()
    days = (
        _purchases(orders)
        .with_columns(day=day_expr(nw.col("date")))
        .group_by("customer_id", "day")
        .agg(orders=nw.len(), value=nw.col("value").sum())
        .with_columns(first_day=nw.col("day").min().over("customer_id"))
        .with_columns(
            repeat=nw.when(nw.col("day") > nw.col("first_day")).then(nw.col("value")).otherwise(0.0),
        )
    )
    people = days.group_by("customer_id").agg(
        first_day=nw.col("day").min(),
        last_day=nw.col("day").max(),
        orders=nw.col("orders").sum(),
        revenue=nw.col("value").sum(),
        days=nw.len(),
        repeat=nw.col("repeat").sum(),
    )
    refunds = (
        _lazy(orders.table)
        .filter(nw.col("kind") == "refund")
        .group_by("customer_id")
        .agg(refunds=nw.col("value").sum())
    )
    kept = ["customer_id", "first_value", *([SEGMENT] if orders.has_segment else [])]
    return (
        people.join(refunds, on="customer_id", how="left")
        .join(_first_purchases(orders).rename({"value": "first_value"}).select(kept), on="customer_id")
        .with_columns(
            refunds=nw.col("refunds").fill_null(0.0),
            x=nw.col("days") - 1,
            t_x=nw.col("last_day") - nw.col("first_day"),
            T=end - nw.col("first_day"),
        )
        .with_columns(m_x=nw.when(nw.col("x") > 0).then(nw.col("repeat") / nw.col("x")))
        .drop("repeat", "days")
        .sort("customer_id")
        .collect()
        .to_native()
    )


def states(people: Any) -> pd.DataFrame:
    """How many customers share each state of the purchase models, in whole days.

    Parameters
    ----------
    people : the table `customers` made

    Returns
    -------
    x, t_x, T, customers
    """
    return _small(_lazy(people).group_by("x", "t_x", "T").agg(customers=nw.len()).sort("x", "t_x", "T"))


def spend(people: Any) -> pd.DataFrame:
    """Repeat purchase days and their mean value, for customers who repeat and spend.

    Returns
    -------
    x, m_x, customers
    """
    return _small(
        _lazy(people)
        .filter((nw.col("x") > 0) & (nw.col("m_x") > 0))
        .group_by("x", "m_x")
        .agg(customers=nw.len())
        .sort("x", "m_x")
    )


def value_by_age(orders: Orders) -> pd.DataFrame:
    """Money by the day of the first purchase and the months since: for what customers have been worth so far.

    Returns
    -------
    first_day : day number of the first purchase
    month : 0 for the first 30.4375 days, that day included, 1 for the next …; refunds before it are in 0
    revenue (gross), refunds (negative)
    """
    start = nw.col("bought_on").min().over("customer_id")
    rows = _lazy(orders.table).with_columns(day=day_expr(nw.col("date")))
    return _small(
        rows.with_columns(
            bought_on=nw.when(_PURCHASE).then(nw.col("day")),
            revenue=nw.when(_PURCHASE).then(nw.col("value")).otherwise(0.0),
            refunds=nw.when(nw.col("kind") == "refund").then(nw.col("value")).otherwise(0.0),
        )
        .with_columns(first_day=start)
        .filter(~nw.col("first_day").is_null())
        .with_columns(age=nw.max_horizontal("day", "first_day") - nw.col("first_day"))
        .with_columns(month=((nw.col("age").cast(nw.Float64)) / DAYS_PER_MONTH).floor().cast(nw.Int64))
        .group_by("first_day", "month")
        .agg(nw.col("revenue", "refunds").sum())
        .sort("first_day", "month")
    )


def _rows(orders: Orders, period: Period) -> nw.LazyFrame[Any]:
    """Orders and refunds as summable columns; `bought_in` is the period of a purchase, else null."""
    return (
        _lazy(orders.table)
        .filter(nw.col("kind") != "zero")
        .with_columns(period=number_expr(nw.col("date"), period))
        .with_columns(
            bought_in=nw.when(_PURCHASE).then(nw.col("period")),
            orders=_PURCHASE.cast(nw.Int64),
            revenue=nw.when(_PURCHASE).then(nw.col("value")).otherwise(0.0),
            refunds=nw.when(_PURCHASE).then(0.0).otherwise(nw.col("value")),
        )
    )


def _purchases(orders: Orders) -> nw.LazyFrame[Any]:
    return _lazy(orders.table).filter(_PURCHASE)


def _lazy(table: Any) -> nw.LazyFrame[Any]:
    frame: nw.LazyFrame[Any] = nw.from_native(table).lazy()
    return frame


def _first_purchases(orders: Orders) -> nw.LazyFrame[Any]:
    """Each customer's earliest purchase; at one instant the larger: no figure depends on row order."""
    return (
        _purchases(orders)
        .with_columns(smaller=-nw.col("value"))
        .with_columns(rank=_ordinal(["date", "smaller"]))
        .filter(nw.col("rank") == 1)
        .drop("rank", "smaller")
    )


def _ordinal(order_by: list[str]) -> nw.Expr:
    """Rank of a customer's rows in this order: 1 for the first, 2 for the second.

    It counts ``value``, never a column of `order_by`: on pandas, Narwhals counts such a column in the frame's
    own order.
    """
    return nw.col("value").cum_count().over("customer_id", order_by=order_by).cast(nw.Int64)


def _small(frame: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Collect to pandas; periods and counts are whole numbers again where an engine made them floats."""
    table = frame.collect().to_pandas().reset_index(drop=True)
    whole = [name for name in table.columns if name in _WHOLE]
    return table.astype(dict.fromkeys(whole, "int64"))
