"""Customers alike: tables of people that stay small however many customers there are.

Beyond some number customers are not told one by one: a row stands for all who are alike, `customers` says
how many, and every other column is their mean. What is linear in the column comes out exactly so; what is not
is off by no more than customers of one row differ.

- `alike` tells customers apart by how often they bought, and by the weeks of their first and last purchase
- `worths` by how many orders they made, and by the value of the first and of all in steps of 2 %
- `spend_in_bins` by how often they bought again, and by what for in steps of 1 %
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from retention.aggregate._query import lazy, segment_keys, small, types_of
from retention.changed import additive
from retention.orders import SEGMENT, SEGMENTS

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd
    from numpy.typing import NDArray

    from retention.aggregate._query import Rows
    from retention.aggregate.purchases import Purchases

CUSTOMERS = "customers"  # how many a row stands for, where customers are not told one by one
GRAINS = (1, 7, 14, 28, 56, 112)  # days of a first or last purchase that are not told apart
STEP, SPEND_STEP = 1.02, 1.01  # from one level of value to the next
_LEAST = 1e-6  # what is worth less is of one level
_DIGITS = 10  # of a mean behind the point: equal ones stay equal in whatever order they were added up
_BROUGHT = ("first_value", "revenue", "refunds")
_MEANS = ("m_x", "m_x_squared", "first_value", "revenue", "refunds", "orders")


def customers_of(people: pd.DataFrame) -> NDArray[np.float64]:
    """How many customers each row of people stands for: as it says, else one."""
    if CUSTOMERS in people:
        return people[CUSTOMERS].to_numpy(dtype=float)
    return np.ones(len(people))


def total_of(people: pd.DataFrame, values: NDArray[np.float64] | pd.Series) -> float:
    """Sum over customers of what one customer of each row has."""
    if CUSTOMERS in people:
        return float(customers_of(people) @ np.asarray(values, dtype=float))
    return float(values.sum())


def grain_of(people: Any, most: int) -> int:
    """Days of a first or last purchase not to be told apart, so that no more than so many rows are alike.

    Parameters
    ----------
    people : the frame `retention.aggregate.people` made
    """
    found = GRAINS[-1]
    for grain in reversed(GRAINS[:-1]):  # days not told apart by one are not by any that is longer
        if len(_kinds(people, grain)) > most:
            break
        found = grain
    return found


@additive("x", "month", "won", "lately")
def _kinds(people: Any, grain: int) -> pd.DataFrame:
    """Kinds of customers, and how many there are of each."""
    keys = places(grain)
    return small(
        lazy(people).select(**keys).group_by(list(keys)).agg(customers=nw.len()),
        **dict.fromkeys(keys, int),
        customers=int,
    )


def places(grain: int) -> dict[str, nw.Expr]:
    """What tells customers apart: times bought again, month of the first purchase, its place, the last's."""
    return {
        "x": nw.col("x"),
        "month": nw.col("first_month"),
        "won": (nw.col("first_day") - 1) // grain,
        "lately": (nw.col("last_day") - 1) // grain,
    }


def alike(people: Any, grain: int, end: date, by: str | None = None) -> pd.DataFrame:
    """Customers alike, for the purchase models and all that is told by them.

    Parameters
    ----------
    people : the frame `retention.aggregate.people` made
    grain : days of a first or last purchase that are not told apart; those of one month are never told apart
        from those of another
    end : observation end
    by : column that holds a segment, to tell them apart by it too

    Returns
    -------
    [segment, null where it has none,] x, month, won, lately : what all of a row share, see `places`
    first_day, t_x, T : means, in whole days; last_day : the latest it can be
    m_x, m_x_squared : means of the mean value of repeat purchase days and of its square, null where x = 0
    first_value, revenue, refunds, orders : means; customers : how many they are
    """
    table = _alike(people, grain, by)
    number = table[CUSTOMERS]
    means = {name: table[name] / number for name in _MEANS}
    first, t_x = ((table[name] / number).round().astype("int64") for name in ("first_day", "t_x"))
    again = table["x"] > 0
    means |= {name: means[name].where(again) for name in ("m_x", "m_x_squared")}
    age = end.toordinal() - first.to_numpy()
    latest = ((table["lately"] + 1) * grain).clip(upper=_last_days(people)["last_day"].max())
    return table.assign(**means, first_day=first, last_day=latest, t_x=np.minimum(t_x, age), T=age)


@additive("x", "month", "won", "lately", *SEGMENTS)
def _alike(people: Any, grain: int, by: str | None) -> pd.DataFrame:
    """Customers alike, with the sums their means are made of."""
    keys = places(grain) | ({} if by is None else {by: nw.col(by)})
    paid = nw.col("m_x").fill_null(0.0)
    return small(
        lazy(people)
        .select(
            *("first_day", "t_x", "first_value", "revenue", "refunds", "orders"),
            **keys,
            m_x=paid,
            m_x_squared=paid * paid,
        )
        .group_by(list(keys))
        .agg(nw.col("first_day", "t_x", *_MEANS).sum(), customers=nw.len())
        .sort([name for name in keys if name != by]),
        **dict.fromkeys([*places(grain), "first_day", "t_x"], int),
        **({} if by is None else {by: str}),
        **dict.fromkeys(_MEANS, float),
        customers=int,
    )


@additive("last_day")
def _last_days(people: Any) -> pd.DataFrame:
    """How many customers last bought on each day."""
    return small(
        lazy(people).select("last_day").group_by("last_day").agg(customers=nw.len()).sort("last_day"),
        last_day=int,
        customers=int,
    )


def worths(people: Any) -> pd.DataFrame:
    """Customers alike in what they brought.

    Returns
    -------
    orders : of each of them
    first_value, revenue : means, of customers within steps of 2 %
    refunds : mean
    customers : how many they are
    """
    table = _worths(people).drop(columns=["first", "all"])
    return table.assign(**{name: table[name] / table[CUSTOMERS] for name in _BROUGHT})


@additive("orders", "first", "all")
def _worths(people: Any) -> pd.DataFrame:
    """The same in sums, with the steps they are of."""
    keys = {"orders": nw.col("orders"), "first": level("first_value", STEP), "all": level("revenue", STEP)}
    return small(
        lazy(people)
        .select(*_BROUGHT, **keys)
        .group_by(list(keys))
        .agg(nw.col(*_BROUGHT).sum(), customers=nw.len())
        .sort(list(keys)),
        **dict.fromkeys(keys, int),
        **dict.fromkeys(_BROUGHT, float),
        customers=int,
    )


def predicted(purchases: Purchases, people: Any, grain: int, kinds: pd.DataFrame) -> Rows:
    """What a model expects of every customer, where they are.

    Parameters
    ----------
    people : the frame `retention.aggregate.people` made
    kinds : what is expected of customers alike, by the columns of `places`; and of what goes by a customer's
        own m_x a column with _base and one with _slope after its name

    Returns
    -------
    customer, first_day, last_day, orders, revenue, refunds, x, t_x, T, m_x, and what is expected
    """
    m_x = nw.col("m_x").fill_null(0.0)
    keys = places(grain)
    columns = [str(name) for name in kinds]
    own = [name.removesuffix("_base") for name in columns if name.endswith("_base")]
    told_already = {*keys, *(f"{name}{part}" for name in own for part in ("_base", "_slope"))}
    told = lazy(purchases.engine.beside(kinds.drop(columns="x").assign(bought=kinds["x"])))
    return (
        lazy(people)
        .with_columns(**{name: expr for name, expr in keys.items() if name != "x"}, bought=nw.col("x"))
        .join(told, on=["bought", "month", "won", "lately"])
        .select(
            *("customer", "first_day", "last_day", "orders", "revenue", "refunds", "x", "t_x", "T", "m_x"),
            *(name for name in columns if name not in told_already),
            **{name: nw.col(f"{name}_base") + nw.col(f"{name}_slope") * m_x for name in own},
        )
    )


def value_levels(predictions: Rows) -> pd.DataFrame:
    """Customers by their CLV, in steps of 1 %: clv, the mean of a step, and customers.

    The share of the best, read off the Lorenz curve of these, is off by less than 0.25 % of itself.
    """
    found = small(
        predictions.select("clv", level=level("clv", SPEND_STEP))
        .group_by("level")
        .agg(nw.col("clv").sum(), customers=nw.len())
        .sort("level"),
        clv=float,
        customers=int,
    )
    return found.assign(clv=found["clv"] / found[CUSTOMERS])


def level(column: str, step: float) -> nw.Expr:
    """Which level of value a sum of money is on; all that is hardly anything is on one."""
    value = nw.col(column)
    some = nw.when(value > _LEAST).then(value).otherwise(_LEAST)
    return (some.log() / log(step)).floor().cast(nw.Int64)


def spend_in_bins(people: Any, by: str | None = None) -> pd.DataFrame:
    """As `retention.aggregate.spend`, m_x being the mean of customers within steps of 1 %.

    The mean of all customers is exact; that of the logarithms is off by less than 1.3e-5.
    """
    found = _spend_in_bins(people, by).drop(columns="level")
    return found.assign(m_x=(found["m_x"] / found[CUSTOMERS]).round(_DIGITS))


@additive(SEGMENT, "x", "level")
def _spend_in_bins(people: Any, by: str | None) -> pd.DataFrame:
    """The same in sums, with the steps they are of."""
    segment = segment_keys(by)
    keys = {**segment, "x": nw.col("x"), "level": level("m_x", SPEND_STEP)}
    return small(
        _repeaters(people)
        .select("m_x", **keys)
        .group_by(list(keys))
        .agg(nw.col("m_x").sum(), customers=nw.len())
        .sort(list(keys)),
        **types_of(segment),
        x=int,
        level=int,
        m_x=float,
        customers=int,
    )


def _repeaters(people: Any) -> Rows:
    return lazy(people).filter((nw.col("x") > 0) & (nw.col("m_x") > 0))
