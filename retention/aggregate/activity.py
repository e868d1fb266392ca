"""Who bought in which period: cohorts, flows and how steadily customers buy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import pandas as pd

from retention.aggregate._query import (
    ALONE,
    closes,
    count,
    movements,
    opens,
    period_of,
    rows_of,
    segment_keys,
    small,
    types_of,
)
from retention.aggregate.people import DECIMALS
from retention.aggregate.purchases import NONE
from retention.changed import additive
from retention.orders import SEGMENT
from retention.periods import number_of
from retention.returned import ONCE

if TYPE_CHECKING:
    from retention.aggregate.purchases import Purchases
    from retention.periods import Period, Window
    from retention.returned import Returned

_MONEY = ("revenue", "refunds")


def cells(
    purchases: Purchases, period: Period, *, by: str | None = None, returned: Returned = ONCE
) -> pd.DataFrame:
    """Customers, orders and money of each cohort in each period.

    A refund dated before the customer's first purchase is booked in the cohort's own period; refunds of
    customers without a purchase belong to no cohort and are in `flows` alone.

    Parameters
    ----------
    by : column that holds a segment
    returned : what it takes in a period after the first to be among its customers

    Returns
    -------
    cohort, period, [segment,] customers, orders, revenue (gross), refunds (negative)
    """
    found = _cells(purchases, period, by)
    if returned.by_any_purchase:
        return found
    keys = ["cohort", "period", *segment_keys(by)]
    back = _customers_back(purchases, period, by, returned)
    customers = found[keys].merge(back, on=keys, how="left")["customers"].fillna(0).astype("int64")
    return found.assign(customers=customers)


@additive("cohort", "period", SEGMENT)
def _cells(purchases: Purchases, period: Period, by: str | None) -> pd.DataFrame:
    cohort, segment = period_of(period, "first"), segment_keys(by)
    columns = {"cohort": cohort, "period": nw.max_horizontal(period_of(period), cohort), **segment}
    keys = list(columns)
    return small(
        movements(purchases, columns, {"customers": opens(period)})
        .filter(nw.col("cohort") >= 0)
        .group_by(keys)
        .agg(nw.col("customers", "orders", *_MONEY).sum())
        .sort(keys),
        cohort=int,
        period=int,
        **types_of(segment),
        customers=int,
        orders=int,
        revenue=float,
        refunds=float,
    )


@additive("cohort", "period", SEGMENT)
def _customers_back(purchases: Purchases, period: Period, by: str | None, returned: Returned) -> pd.DataFrame:
    """Customers of each cohort whose purchases of a period are enough; in the first period all are."""
    keys = {"cohort": period_of(period, "first"), "period": period_of(period), **segment_keys(by)}
    enough = (nw.col("orders") >= returned.purchases) & (nw.col("spent") >= returned.spend)
    return small(
        rows_of(purchases)
        .select("customer", "value", **keys)
        .group_by("customer", *keys)
        .agg(orders=nw.len(), spent=nw.col("value").sum())
        .with_columns(spent=nw.col("spent").round(DECIMALS))
        .filter(enough | (nw.col("cohort") == nw.col("period")))
        .group_by(list(keys))
        .agg(customers=nw.len())
        .sort(list(keys)),
        cohort=int,
        period=int,
        **types_of(segment_keys(by)),
        customers=int,
    )


@additive("period")
def flows(purchases: Purchases, period: Period) -> pd.DataFrame:
    """Who bought in each period that saw an order or a refund, by what they did before.

    Returns
    -------
    period, orders, revenue (gross), refunds (negative), active, new, retained, reactivated, and the measures
    of the orders
    """
    first_of_all = nw.col("number") == 1
    retained = period_of(period, "previous") == period_of(period) - 1
    people = {"active": opens(period), "new": first_of_all, "retained": retained & ~first_of_all}
    return small(
        movements(purchases, {"period": period_of(period)}, people)
        .group_by("period")
        .agg(nw.col(*people, "orders", *_MONEY, *purchases.measures).sum())
        .with_columns(reactivated=nw.col("active") - nw.col("new") - nw.col("retained"))
        .sort("period"),
        period=int,
        orders=int,
        revenue=float,
        refunds=float,
        active=int,
        new=int,
        retained=int,
        reactivated=int,
        **dict.fromkeys(purchases.measures, float),
    )


@additive("group", "period")
def retained_by_segment(purchases: Purchases, period: Period, by: str) -> pd.DataFrame:
    """Customers of each segment per period, and how many of them had bought in the period before.

    Parameters
    ----------
    by : column that holds a segment; customers without one are left out

    Returns
    -------
    group, period, active, retained
    """
    retained = count(period_of(period, "previous") == period_of(period) - 1)
    return small(
        rows_of(purchases)
        .filter(opens(period) & ~nw.col(by).is_null())
        .select(group=nw.col(by), period=period_of(period), retained=retained)
        .group_by("group", "period")
        .agg(nw.col("retained").sum(), active=nw.len())
        .sort("group", "period"),
        group=str,
        period=int,
        active=int,
        retained=int,
    )


@additive("at_risk", "retained", "returned")
def steadiness(purchases: Purchases, period: Period, first: int, last: int) -> pd.DataFrame:
    """How often customers who bought in one period bought in the next, between two complete periods.

    Returns
    -------
    at_risk : periods in [first, last − 1] a customer bought in
    retained : of these, followed by a purchase in the period after
    returned : periods in [first + 1, last] a customer bought in who had bought before, whenever that was
    customers : how many customers share the three
    """
    now = period_of(period)
    at_risk = closes(period) & (now >= first) & (now < last)
    returned = opens(period) & (nw.col("number") > 1) & (now > first) & (now <= last)
    counts = ["at_risk", "retained", "returned"]
    return small(
        rows_of(purchases)
        .select(
            "customer",
            at_risk=count(at_risk),
            retained=count(at_risk & (period_of(period, "next") == now + 1)),
            returned=count(returned),
        )
        .group_by("customer")
        .agg(nw.col(counts).sum())
        .group_by(counts)
        .agg(customers=nw.len())
        .sort(counts),
        at_risk=int,
        retained=int,
        returned=int,
        customers=int,
    )


MOST_AGES = 96  # periods of a customer's life that `patterns` looks at: eight years of months
_BITS = 48  # that a floating number of any engine holds without rounding


@additive("cohort", "early", "late")
def patterns(purchases: Purchases, period: Period) -> pd.DataFrame:
    """In which of the first 96 periods of their life customers bought.

    Returns
    -------
    cohort : period of the first purchase
    early, late : Σ 2^age over the ages 0 … 47, and Σ 2^(age − 48) over 48 … 95, with a purchase
    customers : how many share the three
    """
    age, two = nw.col("age"), nw.lit(2.0)
    halves = {"early": (age < _BITS, 0), "late": ((age >= _BITS) & (age < MOST_AGES), _BITS)}
    bits = {
        name: nw.when(inside).then(two ** (age - start)).otherwise(0.0)
        for name, (inside, start) in halves.items()
    }
    return small(
        rows_of(purchases)
        .filter(opens(period))
        .select(
            "customer", cohort=period_of(period, "first"), age=period_of(period) - period_of(period, "first")
        )
        .with_columns(**bits)
        .group_by("customer", "cohort")
        .agg(nw.col("early", "late").sum())
        .group_by("cohort", "early", "late")
        .agg(customers=nw.len())
        .sort("cohort", "early", "late"),
        cohort=int,
        early=int,
        late=int,
        customers=int,
    )


@additive("cohort", "last_period", SEGMENT)
def last_periods(
    purchases: Purchases, period: Period, *, by: str | None = None, returned: Returned = ONCE
) -> pd.DataFrame:
    """Cohort by the last period its customers bought in: for "on or after" retention.

    Parameters
    ----------
    by : column that holds a segment
    returned : what it takes from a period on; the last from which on it was enough stands for the customer,
        the first of all where none after it was

    Returns
    -------
    cohort, last_period, [segment,] customers
    """
    segment = segment_keys(by)
    keys = ["cohort", "last_period", *segment]
    cohort, last = period_of(period, "first"), period_of(period)
    rows = rows_of(purchases)
    if returned.by_any_purchase:
        people = rows.filter(ALONE).select(cohort=cohort, last_period=last, **segment)
    else:
        from_here_on = nw.when(_enough_to_come(returned)).then(last).otherwise(cohort)
        people = (
            rows.select("customer", cohort=cohort, last_period=from_here_on, **segment)
            .group_by("customer", "cohort", *segment)
            .agg(nw.col("last_period").max())
        )
    return small(
        people.group_by(keys).agg(customers=nw.len()).sort(keys),
        cohort=int,
        last_period=int,
        **types_of(segment),
        customers=int,
    )


def _enough_to_come(returned: Returned) -> nw.Expr:
    """Whether a customer's purchases from one on, that included, are enough."""
    so_far = nw.col("value").cum_sum().over("customer", order_by="number")
    worth = nw.col("value").sum().over("customer") - so_far + nw.col("value")
    orders = nw.col("number").max().over("customer") - nw.col("number") + 1
    return (orders >= returned.purchases) & (worth.round(DECIMALS) >= returned.spend)


def spells(purchases: Purchases, period: Period, days: int) -> pd.DataFrame:
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
    stop = _reach(purchases.window, period, days)
    table = _closings(purchases, period)
    start = pd.Series({day: number_of(date.fromordinal(day), period) + 1 for day in table["day"].unique()})
    rows = pd.DataFrame(
        {
            "start": table["day"].map(start).astype("int64"),
            "stop": table["day"].map(stop).astype("int64"),
            "before": table["before"].map(stop).fillna(NONE).astype("int64"),
            "customers": table["customers"],
        }
    )
    new = table["before"] == NONE
    follows = ~new & (rows["start"] <= rows["before"] + 1)
    rows["entry"] = np.select([new, follows], ["new", "stayed"], "returned")
    rows["start"] = rows["start"].mask(follows, rows["before"] + 1)
    rows = rows[rows["start"] <= rows["stop"]].astype({"entry": "str"})
    return rows.groupby(["start", "stop", "entry"], as_index=False)[["customers"]].sum()


@additive("before", "day")
def _closings(purchases: Purchases, period: Period) -> pd.DataFrame:
    """Days on which customers bought last in a period, and those of the period with a purchase before it.

    Returns
    -------
    before : day number, −1 where there is none; day; customers
    """
    before = nw.col("day").shift(1).over("customer", order_by="day").fill_null(NONE)
    return small(
        rows_of(purchases)
        .filter(closes(period))
        .select("customer", "day")
        .with_columns(before=before)
        .group_by("before", "day")
        .agg(customers=nw.len()),
        before=int,
        day=int,
        customers=int,
    )


def _reach(window: Window, period: Period, days: int) -> pd.Series[int]:
    """The last period at whose start a purchase of each day still counts, `days` after it."""
    end = window.last.toordinal()
    bought = np.arange(window.first.toordinal(), end + 1)
    last = window.numbers(period)[-1]
    stop = [
        last + 1 if day + days > end else number_of(date.fromordinal(day + days), period)
        for day in bought.tolist()
    ]
    return pd.Series(stop, index=bought, dtype="int64")
