"""Who has waited past the usual time, and which customers came back or were gone at the same age."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from retention.aggregate._query import ALONE, count, lazy, rows_of, small
from retention.aggregate.quantiles import quantiles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from retention.aggregate._query import Rows
    from retention.aggregate.purchases import Purchases
    from retention.periods import Window


def past_trigger(
    people: Any,
    window: Window,
    triggers: Mapping[int, int],
    later: tuple[int, int] | None,
    within: int = 7,
) -> pd.DataFrame:
    """Customers whose wait since their last order passed its trigger day in the last days of the data.

    Parameters
    ----------
    people : the table `customers` made
    triggers : days to wait after a customer's first, second … order
    later : from which order on all have the same, and how many days it is
    within : how many days before the observation end count, its last included

    Returns
    -------
    customer_id
    purchase : how many orders so far
    last_day : day number of the last one
    waited, trigger : days since, and after how many the customer is asked
    revenue : value of all purchases, net of refunds
    """
    return small(
        _past_trigger(people, window, triggers, later, within)
        .with_columns(revenue=nw.col("revenue") + nw.col("refunds"))
        .sort("revenue", "customer_id", descending=[True, False]),
        customer_id=str,
        purchase=int,
        last_day=int,
        waited=int,
        trigger=int,
        revenue=float,
    )


def number_past_trigger(
    people: Any,
    window: Window,
    triggers: Mapping[int, int],
    later: tuple[int, int] | None,
    within: int = 7,
) -> int:
    """How many customers `past_trigger` holds, however many they are.

    Parameters
    ----------
    people : the frame `retention.aggregate.people` made
    """
    rows = _past_trigger(people, window, triggers, later, within).select(customers=nw.len())
    return int(small(rows, customers=int)["customers"].iloc[0])


def _past_trigger(
    people: Any,
    window: Window,
    triggers: Mapping[int, int],
    later: tuple[int, int] | None,
    within: int,
) -> Rows:
    past = nw.col("waited") - nw.col("trigger")
    return with_trigger(lazy(people), window, triggers, later).filter((past >= 0) & (past < within))


def with_trigger(
    people: Rows, window: Window, triggers: Mapping[int, int], later: tuple[int, int] | None
) -> Rows:
    """Customers with `purchase`, `waited` and `trigger` as of `past_trigger`."""
    return people.with_columns(
        purchase=nw.col("orders"), waited=window.last.toordinal() - nw.col("last_day")
    ).with_columns(trigger=_trigger(triggers, later, window.days))


def _trigger(triggers: Mapping[int, int], later: tuple[int, int] | None, never: int) -> nw.Expr:
    """Trigger day of a customer's last order; one nobody can have waited for where none is known."""
    day = nw.lit(never, nw.Int64)
    if later is not None:
        first, days = later
        day = nw.when(nw.col("purchase") >= first).then(nw.lit(days, nw.Int64)).otherwise(day)
    for number, days in triggers.items():
        day = nw.when(nw.col("purchase") == number).then(nw.lit(days, nw.Int64)).otherwise(day)
    return day


def first_order_quartiles(people: Any) -> list[float]:
    """The three values that part customers into four by the value of their first purchase; [] of nobody.

    Parameters
    ----------
    people : the table `customers` made
    """
    return quantiles(lazy(people), "first_value", (0.25, 0.5, 0.75))


def outcomes_by_segment(purchases: Purchases, by: str, days: int) -> pd.DataFrame:
    """Repeaters and leavers by segment of the first purchase: see `outcomes_by_first_order`."""
    return _outcomes(purchases, nw.col(by), str, days)


def outcomes_by_first_order(purchases: Purchases, edges: Sequence[float], days: int) -> pd.DataFrame:
    """Repeaters and leavers by size of the first purchase.

    Each customer is looked at over the same stretch of the own history, so that those won early do not
    differ from those won late by the time they had.

    Parameters
    ----------
    edges : values up to and including which a customer belongs to group 0, 1 …
    days : N; the stretch is 2 · N days from the first purchase on

    Returns
    -------
    group : 0 for the smallest first purchases, 1 …
    customers : first bought at least N days before the observation end
    repeated : of these, with a second order within N days of the first
    watched : first bought at least 2 · N days before the observation end
    gone : of these, without an order after day N up to day 2 · N
    """
    size = sum((count(nw.col("first_value") > edge) for edge in edges), nw.lit(0, nw.Int64))
    return _outcomes(purchases, size, int, days)


def _outcomes(purchases: Purchases, group: nw.Expr, kind: type, days: int) -> pd.DataFrame:
    """Counts of the purchases that cross day N: the last of each customer up to that day of life."""
    first, following = nw.col("first"), nw.col("next")
    age, observed = nw.col("day") - first, purchases.window.last.toordinal() - first
    watched = observed >= 2 * days
    counts = {
        "repeated": nw.col("number") > 1,
        "watched": watched,
        "gone": watched & (ALONE | (following - first > 2 * days)),
    }
    return small(
        rows_of(purchases)
        .filter((observed >= days) & (age <= days) & (ALONE | (following - first > days)))
        .select(group=group, **{name: count(condition) for name, condition in counts.items()})
        .group_by("group")
        .agg(nw.col(list(counts)).sum(), customers=nw.len())
        .sort("group"),
        group=kind,
        customers=int,
        **dict.fromkeys(counts, int),
    )
