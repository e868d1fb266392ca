"""Orders at fixed intervals: how often each is kept, what becomes of renewals, what is paid a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import pandas as pd

from retention.aggregate._query import ALONE, closes, count, lazy, rows_of, small
from retention.engines import collected
from retention.periods import first_day, last_day, number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retention.aggregate.purchases import Purchases

    Bounds = Sequence[tuple[int, int]]

RENEWED, PAUSED, CANCELLED, OPEN = range(4)
MOVES = ("new", "expansion", "contraction", "churned", "reactivated")
_MOST_RENEWALS = 520  # told apart: ten years of weeks
_DECIMALS = 6


def times_between(purchases: Purchases, bounds: Bounds) -> pd.DataFrame:
    """How many of the times between a customer's purchase days keep to each of several intervals.

    Parameters
    ----------
    bounds : shortest and longest days of each

    Returns
    -------
    customer : its number; only those who have bought on more than one day
    gaps : times between purchase days
    on_0, early_0, on_1 … : how many lie within an interval's bounds, and how many are shorter
    """
    gap = nw.col("next") - nw.col("day")
    columns: dict[str, nw.Expr] = {}
    for place, (low, high) in enumerate(bounds):
        columns |= {f"on_{place}": count((gap >= low) & (gap <= high)), f"early_{place}": count(gap < low)}
    return small(
        rows_of(purchases)
        .filter(closes("day") & ~ALONE)
        .select("customer", **columns)
        .group_by("customer")
        .agg(nw.col(list(columns)).sum(), gaps=nw.len())
        .sort("customer"),
        customer=int,
        gaps=int,
        **dict.fromkeys(columns, int),
    )


def renewals(purchases: Purchases, subscribers: pd.DataFrame, bounds: Bounds) -> pd.DataFrame:
    """What became of every renewal that was due.

    An order before its time is an extra, and no renewal; the next is due counted from the one before it.

    Parameters
    ----------
    subscribers : customer (its number), interval (place in `bounds`), known

    Returns
    -------
    interval, known : as of the customer
    renewals : how many the customer had made on time by then; first : whether none was missed before
    outcome : `RENEWED` on time, `PAUSED` came back later, `CANCELLED` has not come back, `OPEN` not due yet
    late : days after the longest that are on time, of those who came back later; else 0
    customers : how many share all these
    """
    rows = _due(purchases, subscribers, bounds)
    on_time, missed = (rows["outcome"] == RENEWED).astype(int), (rows["outcome"] == PAUSED).astype(int)
    rows = rows.assign(
        renewals=(on_time.groupby(rows["customer"], sort=False).cumsum() - on_time).clip(
            upper=_MOST_RENEWALS
        ),
        first=missed.groupby(rows["customer"], sort=False).cumsum() - missed == 0,
        late=np.where(missed, rows["gap"] - rows["high"], 0),
    )
    keys = ["interval", "known", "renewals", "first", "outcome", "late"]
    return small(
        lazy(rows).group_by(keys).agg(customers=nw.len()).sort(keys),
        interval=int,
        known=int,
        renewals=int,
        first=bool,
        outcome=int,
        late=int,
        customers=int,
    )


def recurring(
    purchases: Purchases, subscribers: pd.DataFrame, bounds: Bounds, months: Sequence[float]
) -> pd.DataFrame:
    """How what subscribers pay a month changes from the end of one month to the end of the next.

    A subscriber pays at the end of a month who is not overdue by then: the last renewal, by the month.

    Parameters
    ----------
    subscribers : see `renewals`
    months : length of each interval

    Returns
    -------
    month : number; every month that the data sees the end of
    new, expansion, contraction, churned, reactivated : money a month, all 0 or more
    customers : who pay at its end
    """
    window = purchases.window
    whole = [n for n in window.numbers("month") if last_day(n, "month") <= window.last]
    rows = _due(purchases, subscribers, bounds)
    paid = (rows["value"] / np.asarray(months)[rows["interval"]]).round(_DECIMALS)
    counts = np.where(rows["followed"], np.minimum(rows["gap"], rows["high"] + 1), rows["high"] + 1)
    stop = _month_of(
        rows["day"].to_numpy() + counts
    )  # the first month at whose end an order no longer counts
    rows = rows.assign(paid=paid, stop=stop)
    rows = rows[rows["stop"] > rows["month"]]
    customer = rows.groupby("customer", sort=False)
    before, was = customer["stop"].shift(fill_value=-1), customer["paid"].shift(fill_value=0.0)
    goes_on, back = before == rows["month"], (before >= 0) & (before < rows["month"])
    more = rows["paid"] - was
    leaves = customer["month"].shift(-1, fill_value=-1) != rows["stop"]
    moves = [
        (rows["month"], "new", rows["paid"].where(before < 0, 0.0), (before < 0) * 1),
        (rows["month"], "reactivated", rows["paid"].where(back, 0.0), back * 1),
        (rows["month"], "expansion", more.clip(lower=0.0).where(goes_on, 0.0), 0),
        (rows["month"], "contraction", (-more).clip(lower=0.0).where(goes_on, 0.0), 0),
        (rows["stop"], "churned", rows["paid"].where(leaves, 0.0), leaves * -1),
    ]
    told = pd.concat(
        [
            pd.DataFrame({"month": month, name: money, "customers": people})
            for month, name, money, people in moves
        ]
    ).fillna(0.0)
    summed = told.groupby("month").sum().reindex(whole, fill_value=0.0)[[*MOVES, "customers"]]
    summed["customers"] = summed["customers"].cumsum().astype("int64")
    return summed.round(_DECIMALS).rename_axis("month").reset_index()


def _due(purchases: Purchases, subscribers: pd.DataFrame, bounds: Bounds) -> pd.DataFrame:
    """Orders of subscribers without extra ones, each with what became of the renewal after it."""
    low, high = np.array(bounds).T
    rows = collected(
        rows_of(purchases)
        .join(lazy(purchases.engine.beside(subscribers)), on="customer", how="inner")
        .group_by("customer", "day", "month", "interval", "known")
        .agg(nw.col("value").sum())
        .sort("customer", "day")
    )
    rows = rows.assign(low=low[rows["interval"]], high=high[rows["interval"]])
    rows = rows[_in_time(rows)].reset_index(drop=True)
    same = rows["customer"].eq(rows["customer"].shift(-1)).to_numpy()
    following = np.where(same, rows["day"].shift(-1, fill_value=0), purchases.window.last.toordinal())
    gap = following - rows["day"].to_numpy()
    on_time = gap <= rows["high"].to_numpy()
    outcome = np.where(same, np.where(on_time, RENEWED, PAUSED), np.where(on_time, OPEN, CANCELLED))
    return rows.assign(gap=gap, followed=same, outcome=outcome)


def _in_time(rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Orders that are a customer's first, or no sooner after the last such one than the interval allows."""
    kept = np.zeros(len(rows), dtype=bool)
    customer, day, low = (rows[name].tolist() for name in ("customer", "day", "low"))
    last_customer, last_day_of = None, 0
    for place, (who, when, least) in enumerate(zip(customer, day, low, strict=True)):
        if who != last_customer or when - last_day_of >= least:
            kept[place], last_customer, last_day_of = True, who, when
    return kept


def _month_of(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """The month each day falls in."""
    dates = (np.asarray(days, dtype=np.int64) - first_day(12 * 1970, "month").toordinal()).astype(
        "datetime64[D]"
    )
    return dates.astype("datetime64[M]").astype(np.int64) + number_of(first_day(12 * 1970, "month"), "month")
