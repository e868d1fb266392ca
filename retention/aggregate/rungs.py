"""Purchases as rungs: where being back takes more than the next purchase, however much that was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import pandas as pd

from retention.aggregate.people import DECIMALS
from retention.aggregate.purchases import NONE, ChangedPurchases
from retention.changed import carried

if TYPE_CHECKING:
    from retention.aggregate.purchases import Purchases
    from retention.returned import Returned

MOST_RUNGS = 50  # a small spend would make very many
_HALF = 0.5 * 10.0**-DECIMALS  # sums of money are told apart to six decimals


@carried(ChangedPurchases)
def rungs(purchases: Purchases, returned: Returned) -> Purchases:
    """The times customers were back, each as the purchase that made them so; the first purchase is the first.

    A customer is back k times on the day the purchases since the first are k times as many, and worth k times
    as much, as it takes. One purchase can be several rungs; where one purchase of any value is enough, the
    rungs are the purchases.

    Returns
    -------
    Purchases whose ``number`` is 1 + the times back, ``next`` the day of the next rung; `buying_day`, the
    neighbours' months and the measures of the purchase are not theirs
    """
    if returned.by_any_purchase:
        return purchases
    return _in_memory(purchases, returned) if purchases.engine.in_memory else _beyond(purchases, returned)


def _beyond(purchases: Purchases, returned: Returned) -> Purchases:
    """The same as one query: a purchase that is several rungs joins each of them."""
    number, before = nw.col("number"), nw.col("level").shift(1).over("customer", order_by="number")
    since = nw.col("value").cum_sum().over("customer", order_by="number") - nw.col("first_value")
    level = (number - 1) // returned.purchases
    if returned.spend > 0.0:
        spent = ((since + _HALF) / returned.spend).floor().cast(nw.Int64)
        level = nw.min_horizontal(level, spent)
    found = (
        nw.from_native(purchases.table)
        .lazy()
        .with_columns(level=nw.min_horizontal(level, nw.lit(MOST_RUNGS - 1)).cast(nw.Int64))
        .with_columns(before=before.fill_null(-1).cast(nw.Int64))
        .drop("number", "next")
        .join(nw.from_native(purchases.engine.beside(_steps())).lazy(), on=["before", "level"])
        .with_columns(next=nw.col("day").shift(-1).over("customer", order_by="number").fill_null(NONE))
        .filter(number < MOST_RUNGS)
        .drop("level", "before")
    )
    return replace(purchases, table=purchases.engine.kept(found))


def _steps() -> pd.DataFrame:
    """The rungs taken at once by who stood on one and now stands on another."""
    steps = [
        (before, level, rung + 1)
        for before in range(-1, MOST_RUNGS - 1)
        for level in range(before + 1, MOST_RUNGS)
        for rung in range(before + 1, level + 1)
    ]
    return pd.DataFrame(steps, columns=["before", "level", "number"], dtype="int64")


def _in_memory(purchases: Purchases, returned: Returned) -> Purchases:
    table = purchases.table
    since = table.groupby("customer")["value"].cumsum() - table["first_value"]
    level = (table["number"].to_numpy() - 1) // returned.purchases
    if returned.spend > 0.0:
        level = np.minimum(level, np.floor((since.to_numpy() + _HALF) / returned.spend).astype(np.int64))
    level = np.minimum(level, MOST_RUNGS - 1)
    opens = table["number"].to_numpy() == 1
    before = np.where(opens, -1, np.append(-1, level[:-1])[: len(level)])
    row = np.repeat(np.arange(len(level)), level - before)
    first = np.cumsum(level - before) - (level - before)
    number = before[row] + 2 + np.arange(len(row)) - first[row]
    found = table.take(row).reset_index(drop=True)
    customer, day = found["customer"].to_numpy(), found["day"].to_numpy()
    following = np.append(day[1:], NONE)[: len(day)]
    same = np.append(customer[1:] == customer[:-1], np.False_)[: len(day)]
    known = found.assign(number=number, next=np.where(same, following, NONE))
    return replace(purchases, table=known[known["number"] < MOST_RUNGS].reset_index(drop=True))
