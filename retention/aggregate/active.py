"""Who bought in which period: cohorts, flows and how steadily customers buy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from retention.aggregate._query import purchases, segmented, small, summable
from retention.orders import SEGMENT
from retention.periods import day_expr, first_day, number_expr

if TYPE_CHECKING:
    import pandas as pd

    from retention.orders import Orders
    from retention.periods import Period


def cells(orders: Orders, period: Period, *, by: str | None = None) -> pd.DataFrame:
    """Customers, orders and money of each cohort in each period.

    A refund dated before the customer's first purchase is booked in the cohort's own period; refunds of
    customers without a purchase belong to no cohort and are in `flows` alone.

    Parameters
    ----------
    by : column of the orders that holds a segment; a customer's is that of the first purchase

    Returns
    -------
    cohort, period, [segment,] customers, orders, revenue (gross), refunds (negative)
    """
    keys = ["cohort", "period", *([SEGMENT] if by else [])]
    rows = segmented(summable(orders, period), orders, by)
    return small(
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
        summable(orders, period)
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
    money = summable(orders, period).group_by("period").agg(nw.col("orders", "revenue", "refunds").sum())
    counts = [nw.col(c).fill_null(0).cast(nw.Int64) for c in ("active", "new", "retained", "reactivated")]
    return small(money.join(people, on="period", how="left").with_columns(*counts).sort("period"))


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
    return small(
        summable(orders, period)
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


MOST_AGES = 96  # periods of a customer's life that `patterns` looks at: eight years of months
_BITS = 48  # that a floating number of any engine holds without rounding


def patterns(orders: Orders, period: Period) -> pd.DataFrame:
    """In which of the first 96 periods of their life customers bought.

    Returns
    -------
    cohort : period of the first purchase
    early, late : Σ 2^age over the ages 0 … 47, and Σ 2^(age − 48) over 48 … 95, with a purchase
    customers : how many share the three
    """
    age, two = nw.col("bought_in") - nw.col("cohort"), nw.lit(2.0)
    halves = {"early": age < _BITS, "late": (age >= _BITS) & (age < MOST_AGES)}
    bits = {
        name: nw.when(inside).then(two ** (age - start)).otherwise(0.0)
        for (name, inside), start in zip(halves.items(), (0, _BITS), strict=True)
    }
    return small(
        purchases(orders)
        .select("customer_id", bought_in=number_expr(nw.col("date"), period))
        .unique()
        .with_columns(cohort=nw.col("bought_in").min().over("customer_id"))
        .with_columns(**bits)
        .group_by("customer_id", "cohort")
        .agg(nw.col("early", "late").sum())
        .group_by("cohort", "early", "late")
        .agg(customers=nw.len())
        .sort("cohort", "early", "late")
    ).astype({"early": "int64", "late": "int64"})


def last_periods(orders: Orders, period: Period, *, by: str | None = None) -> pd.DataFrame:
    """Cohort by the last period its customers bought in: for "on or after" retention.

    Parameters
    ----------
    by : column of the orders that holds a segment; a customer's is that of the first purchase

    Returns
    -------
    cohort, last_period, [segment,] customers
    """
    segment = [SEGMENT] if by else []
    keys = ["cohort", "last_period", *segment]
    return small(
        segmented(summable(orders, period).filter(nw.col("orders") > 0), orders, by)
        .group_by("customer_id", *segment)
        .agg(cohort=nw.col("bought_in").min(), last_period=nw.col("bought_in").max())
        .group_by(keys)
        .agg(customers=nw.len())
        .sort(keys)
    )


def spells(orders: Orders, period: Period, days: int) -> pd.DataFrame:
    """At which period starts customers had bought in the last so many days, in runs without a break.

    A customer is active at a period's start B with a purchase on one of the days B − `days` … B − 1. The
    start after the last period is the day after the observation end, where that comes first.

    Returns
    -------
    start, stop : first and last period at whose start customers are active, without a break in between
    entry : "new" where the first purchase of all falls in the period before `start`; "stayed" where they were
        active at the start before; "returned" otherwise
    customers
    """
    numbers = orders.window.numbers(period)
    starts = [first_day(number, period).toordinal() for number in numbers[1:]]
    starts.append(orders.window.last.toordinal() + 1)
    reached = [(nw.col("day") + days >= start).cast(nw.Int64) for start in starts]
    before = nw.col("stop").shift(1).over("customer_id", order_by="day")
    bought = (
        purchases(orders)
        .with_columns(day=day_expr(nw.col("date")), bought_in=number_expr(nw.col("date"), period))
        .group_by("customer_id", "day", "bought_in")
        .agg(nw.len())
        .with_columns(cohort=nw.col("bought_in").min().over("customer_id"))
        .with_columns(start=nw.col("bought_in") + 1, stop=numbers[0] + nw.sum_horizontal(reached))
        .filter(nw.col("start") <= nw.col("stop"))
        .with_columns(before=before)
    )
    follows = nw.col("start") <= nw.col("before") + 1
    entry = nw.when(follows).then(nw.lit("stayed")).otherwise(nw.lit("returned"))
    new = nw.col("before").is_null() & (nw.col("start") == nw.col("cohort") + 1)
    return small(
        bought.with_columns(
            entry=nw.when(new).then(nw.lit("new")).otherwise(entry),
            start=nw.when(follows).then(nw.col("before") + 1).otherwise(nw.col("start")),
        )
        .filter(nw.col("start") <= nw.col("stop"))
        .group_by("start", "stop", "entry")
        .agg(customers=nw.len())
        .sort("start", "stop", "entry")
    )
