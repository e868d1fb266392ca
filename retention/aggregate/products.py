"""What customers buy first, next, and all along: counts by product.

Everybody together stands beside the products under a number of its own, since an order may hold several: what
all others do is everybody less a product's own customers, never the sum of the other products.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pandas as pd

from retention.aggregate._query import count, lazy, rows_of, small
from retention.aggregate.money import by_month_of_life
from retention.aggregate.people import DECIMALS
from retention.aggregate.purchases import NONE
from retention.periods import DAYS_PER_MONTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention.aggregate._query import Rows
    from retention.aggregate.baskets import Baskets

EVERYBODY, OTHERS = -1, -2  # in place of a product: all customers; those of products that are not told apart
STEPS = 3  # from one order to the next, which are looked at: 1 → 2 → 3 → 4
_FIRST = nw.col("number") == 1
_STEP, _LEAST = 1.01, 0.01  # of levels of value; what is less is as good as nothing


def first_buyers(baskets: Baskets) -> pd.DataFrame:
    """How many customers' first purchase held each product.

    Returns
    -------
    product, or `EVERYBODY` whose first purchase names one; customers
    """
    return small(
        _with_everybody(lazy(baskets.table).filter(_FIRST).select("customer", "product"))
        .group_by("product")
        .agg(customers=nw.len())
        .sort("product"),
        product=int,
        customers=int,
    )


def bought(baskets: Baskets) -> pd.DataFrame:
    """How many customers bought each product at any time, and in how many orders.

    Returns
    -------
    product, customers, orders
    """
    return small(
        lazy(baskets.table)
        .group_by("customer", "product")
        .agg(orders=nw.len())
        .group_by("product")
        .agg(nw.col("orders").sum(), customers=nw.len())
        .sort("product"),
        product=int,
        customers=int,
        orders=int,
    )


def first_outcomes(baskets: Baskets, among: Sequence[int], days: int) -> pd.DataFrame:
    """Who came back in time, by the products of the first purchase.

    Parameters
    ----------
    among : products told apart; customers with none of these are `OTHERS`
    days : after the first purchase, within which a second counts

    Returns
    -------
    product, or `EVERYBODY` or `OTHERS`
    customers : whose first purchase held it
    watched : of these, with that many days seen
    repeated : of these, with a second order within them
    """
    waited, watched = nw.col("next") - nw.col("day"), _observed(baskets) >= days
    counts = {"watched": watched, "repeated": watched & (nw.col("next") != NONE) & (waited <= days)}
    people = (
        rows_of(baskets.purchases)
        .filter(_FIRST)
        .select("customer", **{name: count(condition) for name, condition in counts.items()})
    )
    return small(
        _first_held(baskets, among)
        .join(people, on="customer")
        .group_by("product")
        .agg(nw.col(list(counts)).sum(), customers=nw.len())
        .sort("product"),
        product=int,
        customers=int,
        **dict.fromkeys(counts, int),
    )


def first_values(baskets: Baskets, among: Sequence[int], months: int) -> pd.DataFrame:
    """What customers brought in their first months, by the products of the first purchase.

    Parameters
    ----------
    among : as in `first_outcomes`
    months : of 30.4375 days, the first purchase's day included; of customers seen for all of them

    Returns
    -------
    product, or `EVERYBODY` or `OTHERS`
    level : values in steps of 1 %, the same for all that is nothing or less
    customers : how many share the two
    value : Σ of their purchases in these months, net of refunds
    """
    spent = nw.when(nw.col("month") < months).then(nw.col("revenue") + nw.col("refunds")).otherwise(0.0)
    value = nw.col("value")
    some = nw.when(value > _LEAST).then(value).otherwise(_LEAST)
    worth = (
        by_month_of_life(baskets.purchases, {"customer": nw.col("customer")})
        .with_columns(spent=spent)
        .filter(_end(baskets) + 1 - nw.col("first_day") >= months * DAYS_PER_MONTH)
        .group_by("customer")
        .agg(value=nw.col("spent").sum())
        .with_columns(nw.col("value").round(DECIMALS))
        .with_columns(level=(some.log() / log(_STEP)).floor().cast(nw.Int64))
    )
    return small(
        _first_held(baskets, among)
        .join(worth, on="customer")
        .group_by("product", "level")
        .agg(nw.col("value").sum(), customers=nw.len())
        .sort("product", "level"),
        product=int,
        level=int,
        customers=int,
        value=float,
    )


def days_to_second(baskets: Baskets, among: Sequence[int], days: int) -> pd.DataFrame:
    """Days from the first order to the second, of customers seen for so many days who came back within them.

    Parameters
    ----------
    among, days : as in `first_outcomes`

    Returns
    -------
    product, or `EVERYBODY` or `OTHERS`; days; customers : how many share the two
    """
    waited = nw.col("next") - nw.col("day")
    back = (
        rows_of(baskets.purchases)
        .filter(_FIRST & (_observed(baskets) >= days) & (nw.col("next") != NONE) & (waited <= days))
        .select("customer", days=waited)
    )
    return small(
        _first_held(baskets, among)
        .join(back, on="customer")
        .group_by("product", "days")
        .agg(customers=nw.len())
        .sort("product", "days"),
        product=int,
        days=int,
        customers=int,
    )


def followers(baskets: Baskets, among: Sequence[int]) -> pd.DataFrame:
    """Which product the next order holds, after orders that held one.

    Of customers whose order and next order both name a product.

    Parameters
    ----------
    among : products told apart

    Returns
    -------
    step : 1 from the first order to the second … up to `STEPS`
    product, following : of the order and the next one, or `EVERYBODY` for whatever it held
    customers
    """
    held = _with_everybody(
        lazy(baskets.table).filter(nw.col("number") <= STEPS + 1).select("customer", "number", "product")
    ).filter(nw.col("product").is_in([EVERYBODY, *among]))
    later = held.select("customer", number=nw.col("number") - 1, following="product")
    return small(
        held.join(later, on=["customer", "number"])
        .group_by("number", "product", "following")
        .agg(customers=nw.len())
        .rename({"number": "step"})
        .sort("step", "product", "following"),
        step=int,
        product=int,
        following=int,
        customers=int,
    )


def variety(baskets: Baskets) -> pd.DataFrame:
    """How many of a customer's pairs of purchased products are of two different ones.

    Returns
    -------
    customer_id
    held : products over all purchases, each once a purchase
    alike : ordered pairs of these that are the same product
    """
    table = small(
        lazy(baskets.table)
        .group_by("customer", "product")
        .agg(times=nw.len())
        .select("customer", "times", alike=nw.col("times") * (nw.col("times") - 1))
        .group_by("customer")
        .agg(held=nw.col("times").sum(), alike=nw.col("alike").sum())
        .sort("customer"),
        customer=int,
        held=int,
        alike=int,
    )
    table.insert(0, "customer_id", baskets.purchases.names_of(table.pop("customer")))
    return table


def shares_of_orders(baskets: Baskets, chosen: Any, among: Sequence[int]) -> pd.DataFrame:
    """In what share of their orders customers buy each product, of some customers and of all others.

    Parameters
    ----------
    chosen : names of customers
    among : products told apart

    Returns
    -------
    chosen : whether of these
    product, or `EVERYBODY`, whose share is 1
    customers : with an order that names a product, for `EVERYBODY`; of a product, who bought it
    share, share2 : Σ and Σ² over these of the share of their orders that held it
    """
    numbers = baskets.purchases.numbers_of(pd.Index(chosen))
    held = _with_everybody(lazy(baskets.table).select("customer", "number", "product"))
    times = held.group_by("customer", "product").agg(times=nw.len())
    orders = times.filter(nw.col("product") == EVERYBODY).select("customer", orders="times")
    share = nw.col("times") / nw.col("orders")
    return small(
        times.filter(nw.col("product").is_in([EVERYBODY, *among]))
        .join(orders, on="customer")
        .select(
            "product",
            chosen=nw.col("customer").is_in(numbers.tolist()),
            share=share,
            share2=share * share,
        )
        .group_by("chosen", "product")
        .agg(nw.col("share", "share2").sum(), customers=nw.len())
        .sort("chosen", "product"),
        chosen=bool,
        product=int,
        customers=int,
        share=float,
        share2=float,
    )


def main_products(baskets: Baskets, among: Sequence[int]) -> pd.Series:
    """The main product of each customer's first purchase: that of the largest amount, of equal ones by name.

    Parameters
    ----------
    among : products told apart

    Returns
    -------
    By customer's number, the product's number, `OTHERS` where it is none of these; without those whose first
    purchase names no product
    """
    first = baskets.table[baskets.table["number"] == 1]
    ranked = first.sort_values(["customer", "amount", "product"], ascending=[True, False, True])
    main = ranked.drop_duplicates("customer").set_index("customer")["product"]
    return main.where(main.isin(list(among)), OTHERS)


def _end(baskets: Baskets) -> int:
    return baskets.purchases.window.last.toordinal()


def _observed(baskets: Baskets) -> nw.Expr:
    """Days a customer has been seen since the first purchase."""
    return _end(baskets) - nw.col("first")


def _first_held(baskets: Baskets, among: Sequence[int]) -> Rows:
    """Customers and the products of their first purchase: told apart, else `OTHERS`; and `EVERYBODY`."""
    first = lazy(baskets.table).filter(_FIRST).select("customer", "product")
    known = first.filter(nw.col("product").is_in(list(among)))
    rest = first.join(known, on="customer", how="anti")
    others = rest.select("customer", product=nw.lit(OTHERS, nw.Int64)).unique()
    return nw.concat([_with_everybody(first, alone=True), known, others], how="vertical")


def _with_everybody(held: Rows, *, alone: bool = False) -> Rows:
    """The products of purchases, and once for each purchase that everybody who made it did."""
    keys = [name for name in held.collect_schema().names() if name != "product"]
    everybody = held.select(keys).unique().with_columns(product=nw.lit(EVERYBODY, nw.Int64))
    return everybody if alone else nw.concat([everybody, held], how="vertical")
