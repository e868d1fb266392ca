"""One row per customer, and what the models of purchases and of value are fitted on."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import narwhals as nw

from retention.aggregate._query import closes, count, lazy, opens, rows_of, segment_keys, small, types_of
from retention.aggregate.purchases import NONE, ChangedPurchases
from retention.changed import Change, Changed, additive
from retention.orders import SEGMENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from retention.aggregate._query import Rows
    from retention.aggregate.purchases import Purchases

_OF_CUSTOMERS: dict[str, type] = {
    **dict.fromkeys(("first_day", "last_day", "orders"), int),
    **dict.fromkeys(("revenue", "refunds", "first_value"), float),
    **dict.fromkeys(("x", "t_x", "T"), int),
    "m_x": float,
}
DECIMALS = 6  # sums of money are rounded as order values are: equal customers stay equal in any order of rows


def customers(purchases: Purchases) -> pd.DataFrame:
    """One row per customer with a purchase; the only table here that grows with the base.

    Returns
    -------
    customer_id
    first_day, last_day : day numbers of the first and last purchase
    orders, revenue (gross), refunds (negative, wherever they fall)
    first_value : value of the first purchase
    x : repeat purchase days; t_x, T : days from the first purchase to the last and to the observation end
    m_x : mean value of the repeat purchase days, null where there is none
    segment, segment_2 … : those of the first purchase, where the orders carry them
    """
    segments = list(purchases.segments.values())
    held = purchases.engine.in_memory
    table = small(
        (_everybody(purchases) if held else _everybody(purchases, segments)).sort("customer"),
        customer=int,
        **_OF_CUSTOMERS,
        **({} if held else dict.fromkeys(segments, str)),
    )
    table.insert(0, "customer_id", purchases.names_of(table.pop("customer")))
    if not held:
        return table
    of_first = purchases.table.loc[purchases.table["number"] == 1, segments]
    return table.assign(**{name: of_first[name].array for name in segments})


def people(purchases: Purchases, *, once: bool = False) -> Any:
    """The same where the purchases are, for tables to be made of it: by number instead of name.

    Parameters
    ----------
    once : whether it is asked but once, so that it need not be kept

    Returns
    -------
    A frame of the engine, with ``customer`` in place of the name and ``first_month`` besides; where some
    purchases have changed, a name is its own number
    """
    if isinstance(purchases, ChangedPurchases):
        return _changed(purchases, once=once)
    query = _everybody(purchases, [*purchases.segments.values(), "first_month"])
    return query.to_native() if once else purchases.engine.kept(query)


class ChangedPeople(Changed):
    """Customers of whom some have changed since tables of them were kept."""

    def __init__(self, change: Change[Any]) -> None:
        self.change = change


def _changed(purchases: ChangedPurchases, *, once: bool) -> ChangedPeople:
    """Those whose purchases have changed, and a look at all."""
    change = purchases.change.then("people", lambda each: people(each, once=once))
    end = purchases.window.last.toordinal()
    if purchases.narrowed:
        return ChangedPeople(change)
    named = purchases.change.then("people", _by_name)

    def whole() -> Any:
        rows = lazy(change.kept.rows(named.name, named)).rename({"customer_id": "customer"})
        return rows.with_columns(T=end - nw.col("first_day")).to_native()

    return ChangedPeople(replace(change, whole=cache(whole)))


def _by_name(purchases: Purchases) -> Any:
    named: Any = with_names(purchases, lazy(people(purchases))).to_native()
    return named


def with_names(purchases: Purchases, rows: Rows) -> Rows:
    """Rows by customer's number, by name instead: a number where that is the name."""
    if isinstance(purchases, ChangedPurchases) or purchases.names is None:
        return rows.rename({"customer": "customer_id"})
    named = rows.join(lazy(purchases.names), on="customer")
    return named.select(
        "customer_id", *(name for name in rows.collect_schema().names() if name != "customer")
    )


def numbers(purchases: Purchases) -> NDArray[np.int64]:
    """The numbers of all customers with a purchase, in order."""
    query = rows_of(purchases).filter(nw.col("number") == 1).select("customer").sort("customer")
    return small(query, customer=int)["customer"].to_numpy()


def _everybody(purchases: Purchases, of_first: Sequence[str] = ()) -> Rows:
    """What `customers` holds, by number, and what of the first purchase is asked for."""
    end = purchases.window.last.toordinal()
    return (
        _added_up(purchases, of_first)
        .join(_refunded(purchases), on="customer", how="left")
        .with_columns(
            refunds=nw.col("refunds").fill_null(0.0),
            t_x=nw.col("last_day") - nw.col("first_day"),
            T=end - nw.col("first_day"),
            m_x=nw.when(nw.col("x") > 0).then(nw.col("repeat").round(DECIMALS) / nw.col("x")),
        )
    )


def _added_up(purchases: Purchases, of_first: Sequence[str]) -> Rows:
    """What the purchases of each customer come to; what is of the first stands on every one of them."""
    again = nw.col("day") > nw.col("first")
    return (
        rows_of(purchases)
        .select(
            "customer",
            "day",
            "first",
            "value",
            "first_value",
            *of_first,
            repeat=nw.when(again).then(nw.col("value")).otherwise(0.0),
            again=count(again & opens("day")),
        )
        .group_by("customer")
        .agg(
            first_day=nw.col("first").min(),
            last_day=nw.col("day").max(),
            orders=nw.len(),
            revenue=nw.col("value").sum(),
            first_value=nw.col("first_value").max(),
            repeat=nw.col("repeat").sum(),
            x=nw.col("again").sum(),
            **{name: nw.col(name).max() for name in of_first},
        )
    )


def _refunded(purchases: Purchases) -> Rows:
    return lazy(purchases.refunds).group_by("customer").agg(refunds=nw.col("value").sum())


def states(people: Any, by: str | None = None) -> pd.DataFrame:
    """How many customers share each state of the purchase models, in whole days.

    Parameters
    ----------
    people : the table `customers` made
    by : one of its columns that holds a segment

    Returns
    -------
    [segment, "" where it has none,] x, t_x, T, customers
    """
    segment = segment_keys(by)
    keys = [*segment, "x", "t_x", "T"]
    return small(
        lazy(people).select("x", "t_x", "T", **segment).group_by(keys).agg(customers=nw.len()).sort(keys),
        **types_of(segment),
        x=int,
        t_x=int,
        T=int,
        customers=int,
    )


@additive(SEGMENT, "x", "m_x")
def spend(people: Any, by: str | None = None) -> pd.DataFrame:
    """Repeat purchase days and their mean value, for customers who repeat and spend.

    Parameters
    ----------
    by : one of the columns of `people` that holds a segment

    Returns
    -------
    [segment, "" where it has none,] x, m_x, customers
    """
    segment = segment_keys(by)
    keys = [*segment, "x", "m_x"]
    return small(
        lazy(people)
        .filter((nw.col("x") > 0) & (nw.col("m_x") > 0))
        .select("x", "m_x", **segment)
        .group_by(keys)
        .agg(customers=nw.len())
        .sort(keys),
        **types_of(segment),
        x=int,
        m_x=float,
        customers=int,
    )


def rhythms(purchases: Purchases) -> pd.DataFrame:
    """The days between the purchase days of each customer who has bought on more than one.

    Returns
    -------
    customer_id
    gaps : how many times between purchase days
    days, squares : their sum in days, and the sum of their squares
    """
    gap = nw.col("next") - nw.col("day")
    table = small(
        rows_of(purchases)
        .filter(closes("day") & (nw.col("next") != NONE))
        .select("customer", gap=gap, square=gap * gap)
        .group_by("customer")
        .agg(gaps=nw.len(), days=nw.col("gap").sum(), squares=nw.col("square").sum())
        .sort("customer"),
        customer=int,
        gaps=int,
        days=int,
        squares=int,
    )
    table.insert(0, "customer_id", purchases.names_of(table.pop("customer")))
    return table


def bought_between(purchases: Purchases, first: int, last: int) -> pd.DataFrame:
    """What customers bought from one day to another, both included.

    Parameters
    ----------
    first, last : day numbers

    Returns
    -------
    customer_id
    purchases : purchase days
    revenue : gross
    """
    table = small(
        _bought_between(purchases, first, last).sort("customer"),
        customer=int,
        purchases=int,
        revenue=float,
    )
    table.insert(0, "customer_id", purchases.names_of(table.pop("customer")))
    return table


def with_revenue_before(purchases: Purchases, rows: Rows, first: int, last: int) -> Rows:
    """Customers with their revenue but for what they bought from one day to another: `revenue_before`.

    Parameters
    ----------
    rows : customer and revenue among others
    """
    lately = _bought_between(purchases, first, last).select("customer", lately=nw.col("revenue"))
    return (
        rows.join(lately, on="customer", how="left")
        .with_columns(revenue_before=nw.col("revenue") - nw.col("lately").fill_null(0.0))
        .drop("lately")
    )


def _bought_between(purchases: Purchases, first: int, last: int) -> Rows:
    return (
        rows_of(purchases)
        .filter((nw.col("day") >= first) & (nw.col("day") <= last))
        .select("customer", "value", opening=count(opens("day")))
        .group_by("customer")
        .agg(purchases=nw.col("opening").sum(), revenue=nw.col("value").sum())
    )


def names(people: Any, column: str) -> list[str]:
    """What stands in a column of customers that holds a segment, each once, in order."""
    return [str(name) for name in _named(people, column)["name"]]


@additive("name")
def _named(people: Any, column: str) -> pd.DataFrame:
    """The same, and of how many customers."""
    return small(
        lazy(people)
        .select(name=nw.col(column))
        .drop_nulls()
        .group_by("name")
        .agg(customers=nw.len())
        .sort("name"),
        name=str,
        customers=int,
    )


@additive("first_day", SEGMENT)
def starts(people: Any, by: str | None = None) -> pd.DataFrame:
    """How many customers first bought on each day.

    Parameters
    ----------
    people : the table `customers` made
    by : one of its columns that holds a segment

    Returns
    -------
    first_day, [segment, "" where it has none,] customers
    """
    segment = segment_keys(by)
    keys = ["first_day", *segment]
    return small(
        lazy(people).select("first_day", **segment).group_by(keys).agg(customers=nw.len()).sort(keys),
        first_day=int,
        **types_of(segment),
        customers=int,
    )
